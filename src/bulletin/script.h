/* script: the embedded JavaScript engine (Duktape) with the scripts that draw, render and read Markdown. One
 * is opened a bulletin, because loading ECharts takes longer than drawing with it. */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/text.h"
#include <jansson.h>
#include <stdbool.h>

enum { SCRIPT_OUT_MOST = 64 << 20 };

struct script;
struct script *script_open(struct fault *fault); /* NULL on a fault */
void script_free(struct script *script);
OWNED_TYPE(script_free, struct script)

/* Calls the script's function NAME with one object and adds the string it returns to `out`. Takes over
 * `given`. */
bool script_call(struct script *script, const char *name, json_t *given, struct text *out,
                 struct fault *fault);

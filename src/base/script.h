/* script: the embedded JavaScript engine (Duktape) with the scripts it is told to load. Loading takes longer
 * than calling: one is opened a bulletin, and one a thread of the desk. */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/text.h"
#include <jansson.h>
#include <stdbool.h>

enum { SCRIPT_OUT_MOST = 64 << 20 };

struct script;
/* `names`: parts (base/parts.h) in the order they need each other; ends with NULL. NULL on a fault. */
struct script *script_open(const char *const *names, struct fault *fault);
void script_free(struct script *script);
OWNED_TYPE(script_free, struct script)

/* Calls the script's function NAME with one object and adds the string it returns to `out`. Takes over
 * `given`. */
bool script_call(struct script *script, const char *name, json_t *given, struct text *out,
                 struct fault *fault);

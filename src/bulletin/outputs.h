/* outputs: the formats of a bulletin, one line a format, each walking the same tree. */
#pragma once
#include "base/fault.h"
#include "base/script.h"
#include "tally/figures.h"
#include <jansson.h>
#include <stdbool.h>

struct edition {
    const char *folder; /* being made */
    const struct figures *figures;
    json_t *tree; /* as bulletin/page.h says */
    struct script *script;
    int64_t made_s; /* the time the bulletin bears: that of its publication, never today's */
};

bool outputs_write(const struct edition *edition, struct fault *fault);

/* True where a bulletin's folder holds something of this name. */
bool outputs_has(const char *name);

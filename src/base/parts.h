/* parts: the files that pages are made with (templates, styles, scripts, and what npm brings), found in the
 * source tree when the program runs from its build tree, else where they were installed. */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>

/* "templates/page.mustache", "scripts/draw.js", "vendor/echarts.common.min.js". Adds to `out`. */
bool parts_read(const char *name, struct text *out, struct fault *fault);

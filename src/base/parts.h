/* parts: the files that pages are made with (templates, styles, scripts, and what npm brings), found in the
 * source tree when the program runs from its build tree, else where they were installed. */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include <jansson.h>
#include <limits.h>
#include <stdbool.h>

/* "templates/page.mustache", "scripts/draw.js", "vendor/echarts.common.min.js". Adds to `out`. */
bool parts_read(const char *name, struct text *out, struct fault *fault);
/* Every file NAME.ENDING of a folder of parts ("templates/desk", ".mustache"): {"NAME": "its text"}, UTF-8.
 * New reference, NULL on a fault. */
json_t *parts_folder(const char *folder, const char *ending, struct fault *fault);
/* Where it is, for who confines himself to it. */
void parts_path(const char *name, char path[PATH_MAX]);

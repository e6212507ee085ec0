#include "bulletin/scripts.h"

struct script *scripts_open(struct fault *fault)
{
    static const char *const names[] = {
        "scripts/surroundings.js",
        "vendor/echarts.common.min.js",
        "vendor/mustache.min.js",
        "vendor/markdown-it.min.js",
        "scripts/chart.js",
        "scripts/draw.js",
        "scripts/render.js",
        "scripts/markdown.js",
        NULL,
    };
    return script_open(names, fault);
}

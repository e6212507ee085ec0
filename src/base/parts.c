#include "base/parts.h"
#include "base/cleanup.h"
#include "base/file.h"
#include <limits.h>
#include <stdio.h>
#include <string.h>

/* Where npm keeps what is installed as vendor/NAME. */
static const char *const vendor[][2] = {
    {"vendor/echarts.common.min.js", "echarts/dist/echarts.common.min.js"},
    {"vendor/markdown-it.min.js", "markdown-it/dist/markdown-it.min.js"},
    {"vendor/mustache.min.js", "mustache/mustache.min.js"},
    {"vendor/pico.classless.min.css", "@picocss/pico/css/pico.classless.min.css"},
};

static bool runs_from_build_tree(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    size_t root = strlen(PARTS_BUILD_ROOT);
    return length > 0 && (size_t)length > root && memcmp(path, PARTS_BUILD_ROOT, root) == 0 &&
           path[root] == '/';
}

static void find(char path[PATH_MAX], const char *name)
{
    if (!runs_from_build_tree()) {
        snprintf(path, PATH_MAX, "%s/%s", PARTS_INSTALLED, name);
        return;
    }
    for (size_t i = 0; i < sizeof vendor / sizeof vendor[0]; i++)
        if (strcmp(vendor[i][0], name) == 0) {
            snprintf(path, PATH_MAX, "%s/%s", PARTS_NODE_MODULES, vendor[i][1]);
            return;
        }
    snprintf(path, PATH_MAX, "%s/%s", PARTS_WEB, name);
}

bool parts_read(const char *name, struct text *out, struct fault *fault)
{
    char path[PATH_MAX];
    find(path, name);
    return file_read(path, out, fault) || fault_while(fault, "reading a part of the pages");
}

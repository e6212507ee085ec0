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

void parts_path(const char *name, char path[PATH_MAX])
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
    parts_path(name, path);
    return file_read(path, out, fault) || fault_while(fault, "reading a part of the pages");
}

/* The name of a file without `ending`; 0: it ends otherwise. */
static size_t stem(const char *file, const char *ending)
{
    size_t length = strlen(file), tail = strlen(ending);
    return length > tail && strcmp(file + length - tail, ending) == 0 ? length - tail : 0;
}

static bool add_file(json_t *files, const char *folder, const char *file, const char *ending,
                     struct fault *fault)
{
    enum { FILE_MOST = 1 << 20 };
    char name[PATH_MAX];
    CLEANUP(text_clear) struct text bytes;
    text_init(&bytes, FILE_MOST);
    snprintf(name, sizeof name, "%s/%s", folder, file);
    if (!parts_read(name, &bytes, fault))
        return false;
    json_t *text = json_stringn(bytes.bytes, bytes.length);
    if (text == NULL)
        return fault_set(fault, "'%s' is not UTF-8", name);
    snprintf(name, sizeof name, "%.*s", (int)stem(file, ending), file);
    json_object_set_new(files, name, text);
    return true;
}

json_t *parts_folder(const char *folder, const char *ending, struct fault *fault)
{
    char path[PATH_MAX];
    parts_path(folder, path);
    CLEANUP(cleanup_folder) DIR *list = opendir(path);
    if (list == NULL) {
        fault_errno(fault, "'%s'", path);
        return NULL;
    }
    json_t *files = json_object();
    const struct dirent *entry;
    while (files != NULL && (entry = readdir(list)) != NULL)
        if (stem(entry->d_name, ending) > 0 && !add_file(files, folder, entry->d_name, ending, fault)) {
            json_decref(files);
            files = NULL;
        }
    return files;
}

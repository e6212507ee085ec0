#include "base/settings.h"

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

enum { FILE_MOST = 1 << 20, NAMES_MOST = 64 };

struct reading {
    const char *path;
    const struct setting *table;
    void *target;
    uint64_t seen; /* one bit a name of the table */
};

static char *trim(char *string)
{
    string += strspn(string, " \t\r");
    size_t length = strlen(string);
    while (length > 0 && strchr(" \t\r", string[length - 1]) != NULL)
        length--;
    string[length] = '\0';
    return string;
}

static bool no_setting(const struct setting *table, const char *name, struct fault *fault)
{
    CLEANUP(text_clear) struct text names;
    text_init(&names, sizeof fault->text / 2);
    for (size_t i = 0; table[i].name != NULL; i++)
        text_addf(&names, "%s%s", i == 0 ? "" : table[i + 1].name == NULL ? " or " : ", ", table[i].name);
    return fault_set(fault, "'%s' is no setting (expected %s)", name, names.bytes);
}

static bool take_setting(struct reading *reading, const char *name, const char *value, struct fault *fault)
{
    size_t i = 0;
    while (reading->table[i].name != NULL && strcmp(reading->table[i].name, name) != 0)
        i++;
    const struct setting *setting = &reading->table[i];
    if (setting->name == NULL || i >= NAMES_MOST)
        return no_setting(reading->table, name, fault);
    if ((reading->seen & UINT64_C(1) << i) != 0 && !setting->repeats)
        return fault_set(fault, "'%s' is set a second time", name);
    reading->seen |= UINT64_C(1) << i;
    return setting->take(reading->target, value, fault);
}

static bool take_line(struct reading *reading, char *line, struct fault *fault)
{
    char *name = trim(line);
    if (name[0] == '\0' || name[0] == '#')
        return true;
    char *equals = strchr(name, '=');
    if (equals == NULL)
        return fault_set(fault, "'%s' has no value (expected 'name = value')", name);
    *equals = '\0';
    return take_setting(reading, trim(name), trim(equals + 1), fault);
}

static bool take_lines(struct reading *reading, char *bytes, struct fault *fault)
{
    size_t number = 1;
    for (char *line = bytes; line != NULL; number++) {
        char *end = strchr(line, '\n');
        if (end != NULL)
            *end = '\0';
        if (!take_line(reading, line, fault))
            return fault_set(fault, "%s:%zu: %s", reading->path, number, fault->text);
        line = end != NULL ? end + 1 : NULL;
    }
    return true;
}

bool settings_read(const char *path, bool optional, const struct setting *table, void *target,
                   struct fault *fault)
{
    CLEANUP(text_clear) struct text all;
    text_init(&all, FILE_MOST);
    if (optional && !file_exists(path) && errno == ENOENT)
        return true;
    if (!file_read(path, &all, fault))
        return false;
    if (memchr(all.bytes, '\0', all.length) != NULL || !text_is_utf8(all.bytes, all.length))
        return fault_set(fault, "'%s' is not text (expected UTF-8)", path);
    size_t mark = all.length >= 3 && memcmp(all.bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    struct reading reading = {path, table, target, 0};
    return take_lines(&reading, all.bytes + mark, fault);
}

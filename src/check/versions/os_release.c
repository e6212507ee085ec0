#include "check/versions/os_release.h"
#include "base/text.h"
#include <string.h>

/* A value as a shell would take it: in quotes of either kind or bare, a backslash keeps the next character.
 */
static const char *value_of(const char *bytes, size_t length, struct arena *arena)
{
    char quote = length > 0 && (bytes[0] == '"' || bytes[0] == '\'') ? bytes[0] : '\0';
    char *value = arena_string(arena, bytes, length);
    size_t written = 0;
    for (size_t i = quote != '\0'; i < length && bytes[i] != quote && bytes[i] != '\0'; i++) {
        if (bytes[i] == '\\' && quote != '\'' && i + 1 < length)
            i++;
        value[written++] = (unsigned char)bytes[i] < ' ' ? '?' : bytes[i];
    }
    value[written] = '\0';
    return text_is_utf8(value, written) ? value : "";
}

void os_release_read(const char *bytes, size_t length, struct arena *arena, struct os_release *release)
{
    const char *name = "";
    *release = (struct os_release){"", "", ""};
    const struct {
        const char *name;
        const char **place;
    } wanted[] = {{"ID=", &release->id},
                  {"PRETTY_NAME=", &release->name},
                  {"NAME=", &name},
                  {"VERSION_ID=", &release->version}};
    const char *end = bytes + length;
    for (const char *line = bytes; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t size = (size_t)((stop != NULL ? stop : end) - line);
        for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
            size_t head = strlen(wanted[i].name);
            if (size >= head && memcmp(line, wanted[i].name, head) == 0)
                *wanted[i].place = value_of(line + head, size - head, arena);
        }
        line += size + (stop != NULL);
    }
    if (release->name[0] == '\0')
        release->name = name;
}

#include "check/versions/control.h"
#include <stddef.h>
#include <string.h>
#include <strings.h>

void control_init(struct control *control, struct unpacked *unpacked)
{
    *control = (struct control){.unpacked = unpacked};
}

/* More bytes to read; at the end of the file `ended`. */
static bool more_bytes(struct control *control, struct fault *fault)
{
    const char *bytes = NULL;
    size_t length;
    if (!unpacked_next(control->unpacked, &bytes, &length, fault))
        return false;
    control->ended = length == 0;
    control->read += length;
    control->at = bytes;
    control->end = control->ended ? bytes : bytes + length;
    return true;
}

/* Keeps what there is of a line whose end is in another run: its beginning is enough to know it by. */
static void keep(struct control *control, const char *bytes, size_t length)
{
    size_t room = sizeof control->line - control->line_length;
    size_t kept = length < room ? length : room;
    if (kept > 0)
        memcpy(control->line + control->line_length, bytes, kept);
    control->line_length += kept;
    control->line_beyond += length - kept;
}

struct line {
    const char *bytes;
    size_t length;
    size_t beyond; /* bytes that it had more */
};

/* The next line without its end; false at the end of the file too, where `ended`. */
static bool next_line(struct control *control, struct line *line, struct fault *fault)
{
    control->line_length = control->line_beyond = 0;
    for (;;) {
        size_t left = (size_t)(control->end - control->at);
        const char *end = left == 0 ? NULL : memchr(control->at, '\n', left);
        if (end != NULL && control->line_length == 0) {
            *line = (struct line){control->at, (size_t)(end - control->at), 0};
            control->at = end + 1;
            return true;
        }
        keep(control, control->at, end != NULL ? (size_t)(end - control->at) : left);
        if (end == NULL && !more_bytes(control, fault))
            return false;
        if (end != NULL)
            control->at = end + 1;
        if (end == NULL && !control->ended)
            continue;
        *line = (struct line){control->line, control->line_length, control->line_beyond};
        return end != NULL || control->line_length > 0;
    }
}

static bool is_blank(const struct line *line)
{
    for (size_t i = 0; i < line->length; i++)
        if (line->bytes[i] != ' ' && line->bytes[i] != '\t' && line->bytes[i] != '\r')
            return false;
    return line->beyond == 0;
}

static const struct field {
    const char *name;
    size_t offset, size;
} fields[] = {
#define FIELD(name, member)                                                                                  \
    {                                                                                                        \
        name, offsetof(struct control_stanza, member), sizeof((struct control_stanza *)0)->member            \
    }
    FIELD("Package", package), FIELD("Version", version), FIELD("Architecture", architecture),
    FIELD("Source", source),   FIELD("Status", status),
#undef FIELD
};

static const struct field *find_field(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strlen(fields[i].name) == length && strncasecmp(fields[i].name, name, length) == 0)
            return &fields[i];
    return NULL;
}

/* Takes a line over into the stanza where it is a field that counts. */
static const struct field *take(struct control_stanza *stanza, const struct line *line)
{
    const char *colon = line->length == 0 ? NULL : memchr(line->bytes, ':', line->length);
    const struct field *field = colon == NULL ? NULL : find_field(line->bytes, (size_t)(colon - line->bytes));
    if (field == NULL)
        return NULL;
    const char *value = colon + 1, *end = line->bytes + line->length;
    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    while (end > value && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    size_t length = (size_t)(end - value);
    char *place = (char *)stanza + field->offset;
    if (line->beyond > 0 || length >= field->size || memchr(value, '\0', length) != NULL) {
        stanza->broken = true;
        length = 0;
    }
    memcpy(place, value, length);
    place[length] = '\0';
    return field;
}

/* To where the next stanza begins. */
static bool pass_over(struct control *control, struct fault *fault)
{
    struct line line;
    do
        if (!next_line(control, &line, fault))
            return control->ended;
    while (!is_blank(&line));
    return true;
}

/* A stanza is over: is it one? */
static bool is_whole(struct control *control, struct control_stanza *stanza, bool any)
{
    if (stanza->package[0] != '\0')
        return true;
    control->nameless += any;
    *stanza = (struct control_stanza){0};
    return false;
}

bool control_next(struct control *control, struct control_wish wish, struct control_stanza *stanza,
                  bool *more, struct fault *fault)
{
    struct line line;
    bool any = false; /* field that counts */
    *stanza = (struct control_stanza){0};
    *more = true;
    while (next_line(control, &line, fault)) {
        if (is_blank(&line)) {
            if (is_whole(control, stanza, any))
                return true;
            any = false;
            continue;
        }
        const struct field *field = take(stanza, &line);
        any = any || field != NULL;
        if (field != &fields[0] || wish.wanted == NULL || wish.wanted(wish.context, stanza->package))
            continue;
        *stanza = (struct control_stanza){0};
        any = false;
        if (!pass_over(control, fault))
            return false;
    }
    if (!control->ended)
        return false;
    *more = is_whole(control, stanza, any);
    return true;
}

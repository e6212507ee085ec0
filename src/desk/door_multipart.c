/* door_multipart: multipart/form-data (RFC 7578), as browsers write it and no other way. */
#include "desk/door_fields.h"
#include <string.h>
#include <strings.h>

enum { BOUNDARY_MOST = 70, PART_LINES_MOST = 8 };

struct parts {
    char delimiter[4 + BOUNDARY_MOST + 1]; /* CR LF -- boundary */
    size_t delimiter_length;
    char *at, *end;
};
struct part {
    char *name, *file;
    bool disposed; /* Content-Disposition was there */
};

/* "multipart/form-data; boundary=..." with nothing else but a charset. */
static bool read_boundary(const char *type, struct parts *parts)
{
    static const char word[] = "boundary=";
    const char *at = strchr(type, ';');
    at = at == NULL ? NULL : at + 1 + strspn(at + 1, " \t");
    if (at == NULL || strncasecmp(at, word, sizeof word - 1) != 0)
        return false;
    at += sizeof word - 1;
    bool quoted = *at == '"';
    at += quoted;
    size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'()+_,-./:=?");
    if (length == 0 || length > BOUNDARY_MOST || (quoted && at[length] != '"') || at[length + quoted] != '\0')
        return false;
    memcpy(parts->delimiter, "\r\n--", 4);
    memcpy(parts->delimiter + 4, at, length);
    parts->delimiter_length = length + 4;
    return true;
}

/* A quoted string, in place; *at is then behind it. Browsers write a quote as %22, others as \". */
static char *read_quoted(char **at)
{
    char *from = *at, *to = from;
    if (*from++ != '"')
        return NULL;
    char *begin = to = from;
    for (; *from != '"'; from++) {
        if (*from == '\0')
            return NULL;
        if (*from == '\\' && (from[1] == '"' || from[1] == '\\'))
            from++;
        else if (strncmp(from, "%22", 3) == 0) {
            *to++ = '"';
            from += 2;
            continue;
        }
        *to++ = *from;
    }
    *at = from + 1;
    *to = '\0';
    return begin;
}

/* A file's name as it is shown and kept: without folders, nothing that steers a terminal or turns its
 * direction, not too long. */
static char *tame(char *name)
{
    static char unnamed[] = "file";
    for (char *at = name; *at != '\0'; at++)
        if (*at == '/' || *at == '\\')
            name = at + 1;
    char *to = name;
    for (const char *at = name; *at != '\0' && to - name < REQUEST_NAME_MOST;) {
        size_t unruly = text_unruly(at);
        *to++ = unruly > 0 ? '?' : *at;
        at += unruly > 0 ? unruly : 1;
    }
    *to = '\0';
    while (to > name && !text_is_utf8(name, strlen(name)))
        *--to = '\0'; /* cut in the midst of a character */
    return *name == '\0' ? unnamed : name;
}

static bool read_disposition(char *value, struct part *part)
{
    static const char form[] = "form-data";
    if (part->disposed || strncasecmp(value, form, sizeof form - 1) != 0)
        return false;
    part->disposed = true;
    for (char *at = value + sizeof form - 1; *at != '\0';) {
        if (*at++ != ';')
            return false;
        at += strspn(at, " \t");
        char **into = strncasecmp(at, "name=", 5) == 0 ? &part->name : &part->file;
        if (into == &part->file && strncasecmp(at, "filename=", 9) != 0)
            return false;
        at += into == &part->name ? 5 : 9;
        if (*into != NULL || (*into = read_quoted(&at)) == NULL)
            return false;
    }
    return part->name != NULL;
}

static bool read_line(char *line, struct part *part)
{
    char *colon = strchr(line, ':');
    if (colon == NULL || colon == line)
        return false;
    *colon = '\0';
    char *value = colon + 1 + strspn(colon + 1, " \t");
    if (strcasecmp(line, "Content-Disposition") == 0)
        return read_disposition(value, part);
    /* An encoding would be undone by one reader and not by another. */
    return strcasecmp(line, "Content-Transfer-Encoding") != 0;
}

/* The lines before the content, up to the empty one. */
static bool read_lines(struct parts *parts, struct part *part)
{
    for (int i = 0; i <= PART_LINES_MOST; i++) {
        char *line = parts->at;
        char *end = memchr(line, '\r', (size_t)(parts->end - line));
        if (end == NULL || parts->end - end < 2 || end[1] != '\n' ||
            memchr(line, '\0', (size_t)(end - line)) != NULL ||
            memchr(line, '\n', (size_t)(end - line)) != NULL || !text_is_utf8(line, (size_t)(end - line)))
            return false;
        parts->at = end + 2;
        if (end == line)
            return part->disposed;
        *end = '\0';
        if (!read_line(line, part))
            return false;
    }
    return false;
}

static enum door_fields_read read_part(struct parts *parts, struct door_fields *fields)
{
    struct part part = {0};
    if (!read_lines(parts, &part))
        return DOOR_FIELDS_BAD;
    char *content = parts->at;
    char *end = memmem(content, (size_t)(parts->end - content), parts->delimiter, parts->delimiter_length);
    if (end == NULL)
        return DOOR_FIELDS_BAD;
    parts->at = end + parts->delimiter_length;
    *end = '\0';
    bool nothing_chosen = part.file != NULL && *part.file == '\0' && end == content;
    if (nothing_chosen)
        return DOOR_FIELDS_WELL;
    return door_fields_add(fields,
                           &(struct request_field){.name = part.name,
                                                   .value = content,
                                                   .length = (size_t)(end - content),
                                                   .file = part.file == NULL ? NULL : tame(part.file)});
}

/* What stands behind a delimiter: a line break and another part, or "--" and the end. */
static bool at_end(const struct parts *parts)
{
    size_t left = (size_t)(parts->end - parts->at);
    return (left == 2 && memcmp(parts->at, "--", 2) == 0) ||
           (left == 4 && memcmp(parts->at, "--\r\n", 4) == 0);
}

enum door_fields_read door_fields_multipart(char *bytes, size_t length, const char *content_type,
                                            struct door_fields *fields)
{
    struct parts parts = {.at = bytes, .end = bytes + length};
    enum door_fields_read read = DOOR_FIELDS_WELL;
    fields->count = fields->files = 0;
    *parts.end = '\0';
    if (!read_boundary(content_type, &parts) || length < parts.delimiter_length - 2 ||
        memcmp(bytes, parts.delimiter + 2, parts.delimiter_length - 2) != 0)
        return DOOR_FIELDS_BAD;
    parts.at += parts.delimiter_length - 2;
    while (read == DOOR_FIELDS_WELL && !at_end(&parts)) {
        if (parts.end - parts.at < 2 || memcmp(parts.at, "\r\n", 2) != 0)
            return DOOR_FIELDS_BAD;
        parts.at += 2;
        read = read_part(&parts, fields);
    }
    return read;
}

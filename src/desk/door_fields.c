#include "desk/door_fields.h"
#include "desk/door_path.h"
#include <string.h>

/* Names are ours: letters, digits, '_', '-' and '.'. */
static bool is_name(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
    return length > 0 && name[length] == '\0';
}

enum door_fields_read door_fields_add(struct door_fields *fields, const struct request_field *field)
{
    bool is_file = field->file != NULL;
    if (!is_name(field->name))
        return DOOR_FIELDS_BAD;
    if (!is_file &&
        (memchr(field->value, '\0', field->length) != NULL || !text_is_utf8(field->value, field->length)))
        return DOOR_FIELDS_BAD;
    if (strlen(field->name) > REQUEST_NAME_MOST || fields->count == REQUEST_FIELDS_MOST ||
        field->length > (is_file ? REQUEST_FILE_MOST : REQUEST_FIELD_LONG) ||
        (is_file && fields->files == REQUEST_FILES_MOST))
        return DOOR_FIELDS_LARGE;
    fields->list[fields->count++] = *field;
    fields->files += is_file;
    return DOOR_FIELDS_WELL;
}

/* In place, with a NUL behind: what is decoded is never longer. */
static bool decode(char *bytes, size_t *length)
{
    char *to = bytes;
    for (const char *at = bytes, *end = bytes + *length; at < end; at++) {
        int byte = *at == '+' ? ' ' : (unsigned char)*at;
        if (*at == '%') {
            byte = end - at > 2 ? door_path_hex(at + 1) : -1;
            at += 2;
        }
        if (byte <= 0)
            return false;
        *to++ = (char)byte;
    }
    *length = (size_t)(to - bytes);
    *to = '\0';
    return true;
}

enum door_fields_read door_fields_form(char *bytes, size_t length, struct door_fields *fields)
{
    enum door_fields_read read = DOOR_FIELDS_WELL;
    char *end = bytes + length;
    fields->count = fields->files = 0;
    for (char *at = bytes; length > 0 && at <= end && read == DOOR_FIELDS_WELL;) {
        char *next = memchr(at, '&', (size_t)(end - at));
        next = next == NULL ? end : next;
        char *equals = memchr(at, '=', (size_t)(next - at));
        char *value = equals == NULL ? next : equals + 1;
        size_t name_length = (size_t)((equals == NULL ? next : equals) - at),
               value_length = (size_t)(next - value);
        if (!decode(value, &value_length) || !decode(at, &name_length))
            return DOOR_FIELDS_BAD;
        read = door_fields_add(fields,
                               &(struct request_field){.name = at, .value = value, .length = value_length});
        at = next + 1;
    }
    return read;
}

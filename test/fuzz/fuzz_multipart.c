/* Any bytes are no form in parts, or fields with sane names whose values lie in the bytes. The first line is
 * the Content-Type. */
#include "fuzz.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "desk/door_fields.h"
#include <string.h>

static void look(const struct request_field *field, const char *body, size_t length)
{
    MUST(field->value >= body && field->value + field->length <= body + length);
    MUST(field->value[field->length] == '\0' && field->name[0] != '\0' &&
         strlen(field->name) <= REQUEST_NAME_MOST);
    if (field->file == NULL) {
        MUST(strlen(field->value) == field->length && text_is_utf8(field->value, field->length));
        return;
    }
    MUST(field->file[0] != '\0' && strlen(field->file) <= REQUEST_NAME_MOST);
    MUST(text_is_utf8(field->file, strlen(field->file)) && strpbrk(field->file, "/\\\r\n") == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const uint8_t *line = length == 0 ? NULL : memchr(bytes, '\n', length);
    if (line == NULL)
        return 0;
    size_t type_length = (size_t)(line - bytes), body_length = length - type_length - 1;
    OWNED_MEMORY char *type = memory_new(type_length + 1, 1), *body = memory_new(body_length + 1, 1);
    OWNED_MEMORY struct door_fields *fields = memory_new(1, sizeof *fields);
    memcpy(type, bytes, type_length);
    memcpy(body, line + 1, body_length);
    if (door_fields_multipart(body, body_length, type, fields) != DOOR_FIELDS_WELL)
        return 0;
    MUST(fields->count <= REQUEST_FIELDS_MOST && fields->files <= REQUEST_FILES_MOST);
    for (size_t i = 0; i < fields->count; i++)
        look(&fields->list[i], body, body_length);
    return 0;
}

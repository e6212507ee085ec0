/* door_fields: the fields of a query or a form, decoded where they lie. Strict: what a browser would not send
 * is refused, since two readers that make different sense of one request are a hole (RFC 7578, URL standard).
 */
#pragma once
#include "desk/request.h"

struct door_fields {
    struct request_field list[REQUEST_FIELDS_MOST]; /* pointing into the bytes read */
    size_t count, files;
};
enum door_fields_read { DOOR_FIELDS_WELL, DOOR_FIELDS_BAD, DOOR_FIELDS_LARGE };

/* Both change the bytes, and write a NUL to bytes[length]. */
enum door_fields_read door_fields_form(char *bytes, size_t length, struct door_fields *fields);
enum door_fields_read door_fields_multipart(char *bytes, size_t length, const char *content_type,
                                            struct door_fields *fields);

/* One more; refused where the name, the value or the number of them is not as desk/request.h has it. */
enum door_fields_read door_fields_add(struct door_fields *fields, const struct request_field *field);

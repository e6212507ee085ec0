#include "desk/wire.h"
#include "base/reader.h"
#include <endian.h>
#include <string.h>

enum { WIRE_NONE = 0xffffffff, WIRE_ID = 8, WIRE_FLAG_SECURE = 1 };

static void add_u32(struct text *out, uint32_t value)
{
    uint32_t big = htobe32(value);
    text_add(out, (const char *)&big, sizeof big);
}

static void add_u64(struct text *out, uint64_t value)
{
    uint64_t big = htobe64(value);
    text_add(out, (const char *)&big, sizeof big);
}

/* With a NUL behind, so that who reads can point at it where it lies. */
static void add_bytes(struct text *out, const char *bytes, size_t length)
{
    add_u32(out, bytes == NULL ? WIRE_NONE : (uint32_t)length);
    if (bytes == NULL)
        return;
    text_add(out, bytes, length);
    text_add_byte(out, '\0');
}

static void add_string(struct text *out, const char *string)
{
    add_bytes(out, string, string == NULL ? 0 : strlen(string));
}

void wire_add_request(struct text *out, uint64_t id, const struct request *request)
{
    add_u64(out, id);
    text_add_byte(out, (char)request->method);
    text_add_byte(out, request->secure ? WIRE_FLAG_SECURE : 0);
    add_u64(out, request->source.high);
    add_u64(out, request->source.low);
    add_string(out, request->path);
    add_string(out, request->host);
    add_string(out, request->origin);
    add_string(out, request->site);
    add_string(out, request->languages);
    for (size_t i = 0; i < REQUEST_COOKIES; i++)
        add_string(out, request->cookies[i]);
    add_u32(out, (uint32_t)request->fields_count);
    for (size_t i = 0; i < request->fields_count; i++) {
        add_string(out, request->fields[i].name);
        add_string(out, request->fields[i].file);
        add_bytes(out, request->fields[i].value, request->fields[i].length);
    }
}

void wire_set_id(struct text *message, uint64_t id)
{
    uint64_t big = htobe64(id);
    memcpy(message->bytes, &big, WIRE_ID);
}

void wire_add_reply(struct text *out, uint64_t id, const struct reply *reply)
{
    add_u64(out, id);
    add_u32(out, reply->status);
    add_string(out, reply->type);
    add_string(out, reply->location);
    add_string(out, reply->download);
    for (size_t i = 0; i < REQUEST_COOKIES; i++)
        add_string(out, reply->cookies[i]);
    add_bytes(out, reply->body.bytes, reply->body.length);
}

static uint64_t read_u64(struct reader *reader)
{
    uint64_t high = reader_u32(reader);
    return high << 32 | reader_u32(reader);
}

/* NULL: none was sent, or the message is broken (then the reader is sticky). */
static const char *read_bytes(struct reader *reader, size_t most, size_t *length)
{
    uint32_t count = reader_u32(reader);
    *length = 0;
    if (count == WIRE_NONE || reader->short_read)
        return NULL;
    const unsigned char *bytes = count > most ? NULL : reader_take(reader, (size_t)count + 1);
    if (bytes == NULL || bytes[count] != '\0') {
        reader->short_read = true;
        return NULL;
    }
    *length = count;
    return (const char *)bytes;
}

/* One of UTF-8 without a NUL. */
static const char *read_string(struct reader *reader, size_t most)
{
    size_t length;
    const char *string = read_bytes(reader, most, &length);
    if (string != NULL && (strlen(string) != length || !text_is_utf8(string, length)))
        reader->short_read = true;
    return reader->short_read ? NULL : string;
}

static const char *need_string(struct reader *reader, size_t most)
{
    const char *string = read_string(reader, most);
    if (string == NULL)
        reader->short_read = true;
    return string;
}

static void read_field(struct reader *reader, struct request_field *field)
{
    field->name = need_string(reader, REQUEST_NAME_MOST);
    field->file = read_string(reader, REQUEST_NAME_MOST);
    field->value =
        read_bytes(reader, field->file == NULL ? REQUEST_FIELD_LONG : REQUEST_FILE_MOST, &field->length);
    if (field->value == NULL)
        reader->short_read = true;
    else if (field->file == NULL && (memchr(field->value, '\0', field->length) != NULL ||
                                     !text_is_utf8(field->value, field->length)))
        reader->short_read = true;
}

static void read_fields(struct reader *reader, struct wire_request *read)
{
    uint32_t count = reader_u32(reader);
    size_t files = 0;
    if (count > REQUEST_FIELDS_MOST)
        reader->short_read = true;
    for (uint32_t i = 0; i < count && !reader->short_read; i++) {
        read_field(reader, &read->fields[i]);
        files += read->fields[i].file != NULL;
    }
    if (files > REQUEST_FILES_MOST)
        reader->short_read = true;
    read->request.fields = read->fields;
    read->request.fields_count = count;
}

bool wire_read_request(const void *bytes, size_t length, struct wire_request *read)
{
    struct reader reader = reader_over(bytes, length);
    struct request *request = &read->request;
    read->id = read_u64(&reader);
    uint8_t method = reader_u8(&reader), flags = reader_u8(&reader);
    *request = (struct request){.method = method, .secure = flags == WIRE_FLAG_SECURE};
    request->source.high = read_u64(&reader);
    request->source.low = read_u64(&reader);
    request->path = need_string(&reader, REQUEST_HEAD_MOST);
    request->host = read_string(&reader, REQUEST_HEAD_MOST);
    request->origin = read_string(&reader, REQUEST_HEAD_MOST);
    request->site = read_string(&reader, REQUEST_HEAD_MOST);
    request->languages = read_string(&reader, REQUEST_HEAD_MOST);
    for (size_t i = 0; i < REQUEST_COOKIES; i++)
        request->cookies[i] = read_string(&reader, REQUEST_HEAD_MOST);
    read_fields(&reader, read);
    return !reader.short_read && reader_left(&reader) == 0 && method <= REQUEST_POST &&
           flags <= WIRE_FLAG_SECURE && request->path[0] == '/';
}

/* No byte of a header may be one that ends a line. */
static void read_header(struct reader *reader, char *out, size_t room)
{
    const char *string = need_string(reader, room - 1);
    if (string == NULL)
        return;
    for (const char *at = string; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            reader->short_read = true;
    memcpy(out, string, strlen(string) + 1);
}

bool wire_read_reply(const void *bytes, size_t length, uint64_t *id, struct reply *reply)
{
    struct reader reader = reader_over(bytes, length);
    size_t body_length;
    uint64_t of = read_u64(&reader);
    reply->status = reader_u32(&reader);
    read_header(&reader, reply->type, sizeof reply->type);
    read_header(&reader, reply->location, sizeof reply->location);
    read_header(&reader, reply->download, sizeof reply->download);
    for (size_t i = 0; i < REQUEST_COOKIES; i++)
        read_header(&reader, reply->cookies[i], sizeof reply->cookies[i]);
    const char *body = read_bytes(&reader, REPLY_MOST, &body_length);
    if (reader.short_read || reader_left(&reader) != 0 || body == NULL || reply->status < 200 ||
        reply->status > 599)
        return false;
    text_add(&reply->body, body, body_length);
    *id = of;
    return true;
}

#include "desk/door_parts.h"
#include <string.h>

enum { COOKIE_MOST = 128 };

static enum door_fields_read read_fields(struct door_exchange *exchange, struct text *query,
                                         struct door_fields *fields)
{
    struct text *body = &exchange->body;
    fields->count = 0;
    if (exchange->head.method == REQUEST_GET)
        return query->length == 0 ? DOOR_FIELDS_WELL : door_fields_form(query->bytes, query->length, fields);
    if (body->length == 0)
        return exchange->head.form == DOOR_FORM_PLAIN ? DOOR_FIELDS_WELL : DOOR_FIELDS_BAD;
    return exchange->head.form == DOOR_FORM_PLAIN
               ? door_fields_form(body->bytes, body->length, fields)
               : door_fields_multipart(body->bytes, body->length, exchange->head.type, fields);
}

static void write_message(struct door_exchange *exchange, const struct door_fields *fields)
{
    char cookies[REQUEST_COOKIES][COOKIE_MOST];
    const struct door_settings *settings = exchange->door->settings;
    struct request request = {.method = exchange->head.method,
                              .path = exchange->path.bytes,
                              .host = exchange->head.host,
                              .origin = exchange->head.origin,
                              .site = exchange->head.site,
                              .languages = exchange->head.languages,
                              .source = exchange->connection->source,
                              .secure = settings->certificate != NULL,
                              .fields = fields->list,
                              .fields_count = fields->count};
    for (size_t i = 0; i < REQUEST_COOKIES; i++)
        if (door_head_cookie(exchange->head.cookie, headers_cookie(i, settings->secure), cookies[i],
                             COOKIE_MOST))
            request.cookies[i] = cookies[i];
    if (settings->behind_proxy)
        door_head_forwarded(exchange->head.forwarded, &request.source);
    wire_add_request(&exchange->message, 0, &request);
}

unsigned door_body_read(struct door_exchange *exchange)
{
    CLEANUP(text_clear) struct text query_text;
    OWNED_MEMORY struct door_fields *fields = memory_new(1, sizeof *fields);
    const char *query = strchr(exchange->target, '?');
    text_init(&query_text, REQUEST_HEAD_MOST + 1);
    if (query != NULL)
        text_add_string(&query_text, query + 1);
    switch (read_fields(exchange, &query_text, fields)) {
    case DOOR_FIELDS_BAD:
        return 400;
    case DOOR_FIELDS_LARGE:
        return 413;
    case DOOR_FIELDS_WELL:
        break;
    }
    write_message(exchange, fields);
    text_clear(&exchange->body);
    return text_whole(&exchange->message) ? 0 : 413;
}

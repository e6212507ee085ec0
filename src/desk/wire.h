/* wire: a request on its way from the door to the pages, and a reply on its way back, as bytes. Neither side
 * trusts the other: who reads checks every length, every limit of desk/request.h and what must be UTF-8. */
#pragma once
#include "desk/reply.h"
#include "desk/request.h"
#include <stdint.h>

enum { WIRE_REQUEST_MOST = REQUEST_MOST + (2 << 20), WIRE_REPLY_MOST = REPLY_MOST + (64 << 10) };

/* `id` comes back with the reply. */
void wire_add_request(struct text *out, uint64_t id, const struct request *request);
void wire_set_id(struct text *message, uint64_t id); /* of one that is written already */
void wire_add_reply(struct text *out, uint64_t id, const struct reply *reply);

/* All pointers lead into the bytes read, which must stay as long. */
struct wire_request {
    uint64_t id;
    struct request request;
    struct request_field fields[REQUEST_FIELDS_MOST];
};
bool wire_read_request(const void *bytes, size_t length, struct wire_request *read);
/* `reply` is one of reply_init(). */
bool wire_read_reply(const void *bytes, size_t length, uint64_t *id, struct reply *reply);

#include "desk/door_parts.h"
#include "desk/door_path.h"
#include <string.h>

/* More than could ever be taken is still heard to its end, up to here, because a browser shows no answer to
 * what it could not finish sending. */
enum { BODY_S = 30, ANSWER_S = 600, SEND_S = 30, IDLE_S = 15, HEARD_MOST = 256 << 20 };

struct door_exchange *door_exchange_new(struct door *door, struct door_connection *connection,
                                        struct MHD_Connection *mhd, const char *target)
{
    struct door_exchange *exchange = memory_new(1, sizeof *exchange);
    exchange->door = door;
    exchange->mhd = mhd;
    exchange->connection = connection;
    exchange->target = memory_string(target);
    text_init(&exchange->path, REQUEST_HEAD_MOST);
    text_init(&exchange->body, REQUEST_MOST + 1);
    text_init(&exchange->message, WIRE_REQUEST_MOST);
    reply_init(&exchange->reply);
    connection->exchange = exchange;
    return exchange;
}

void door_exchange_free(struct door_exchange *exchange)
{
    if (exchange == NULL)
        return;
    exchange->connection->exchange = NULL;
    door_clock_allow(exchange->connection, IDLE_S, 0);
    exchange->door->held -= exchange->held;
    exchange->door->busy -= exchange->busy;
    text_clear(&exchange->path);
    text_clear(&exchange->body);
    text_clear(&exchange->message);
    reply_clear(&exchange->reply);
    free(exchange->target);
    free(exchange);
}

bool door_exchange_hold(struct door_exchange *exchange, uint64_t bytes)
{
    exchange->held += bytes;
    uint64_t all = atomic_fetch_add(&exchange->door->held, bytes) + bytes;
    return all <= (exchange->held <= DOOR_SMALL ? 2 * DOOR_HELD_MOST : DOOR_HELD_MOST);
}

struct lines {
    struct door_line list[DOOR_LINES_MOST];
    size_t count;
    const char *end; /* of the line before */
    bool odd;
};

/* libmicrohttpd takes a lone CR or LF for the end of a line, joins folded lines and cuts a value at a NUL, as
 * whoever stands before us may not (RFC 9112 section 2.2). It reads a head where it lies, so that what was
 * between two lines can be measured: it must be one CR LF. */
static enum MHD_Result see_line(void *context, enum MHD_ValueKind kind, const char *name, size_t name_length,
                                const char *value, size_t value_length)
{
    struct lines *lines = context;
    (void)kind;
    value = value == NULL ? name + name_length : value;
    lines->odd |= name != lines->end + 2;
    lines->end = value + value_length;
    if (lines->count < DOOR_LINES_MOST)
        lines->list[lines->count] = (struct door_line){name, value, name_length, value_length};
    lines->count++;
    return MHD_YES;
}

static unsigned read_head(struct door_exchange *exchange, const char *method, const char *version)
{
    struct lines lines;
    const char *query;
    lines.count = 0;
    lines.odd = false;
    lines.end = version + strlen(version);
    MHD_get_connection_values_n(exchange->mhd, MHD_HEADER_KIND, see_line, &lines);
    unsigned status = door_head_read(method, version, lines.list, lines.count, &exchange->head);
    lines.odd |=
        lines.end[1] != '\0'; /* the last one's CR LF, two NUL now; behind a NUL of its own it is not */
    if (status == 0 && lines.odd)
        status = 400;
    if (status != 0)
        return status;
    switch (door_path_read(exchange->target, &exchange->path, &query)) {
    case DOOR_PATH_BAD:
        return 400;
    case DOOR_PATH_LONG:
        return 414;
    case DOOR_PATH_WELL:
        break;
    }
    if (exchange->head.method == REQUEST_POST && query != NULL)
        return 400; /* a form's fields are its body's */
    if (exchange->head.length > REQUEST_MOST)
        return 413;
    return 0;
}

/* What is wrong with the frame of a request makes all that follows on the connection doubtful. */
static bool must_close(const struct door_exchange *exchange, unsigned status)
{
    return exchange->stage == DOOR_HEAD || (status != 413 && status != 415 && status != 404 && status != 503);
}

static enum MHD_Result begin(struct door_exchange *exchange, const char *method, const char *version)
{
    exchange->refused = read_head(exchange, method, version);
    bool hear = exchange->refused == 0 || exchange->refused == 413 || exchange->refused == 415;
    if (!hear || exchange->head.length > HEARD_MOST)
        return door_answer_status(exchange, exchange->refused, true);
    uint64_t comes = exchange->head.length > 0 ? (uint64_t)exchange->head.length : 0;
    door_clock_allow(exchange->connection, BODY_S, comes);
    exchange->stage = DOOR_BODY;
    exchange->busy = true;
    exchange->door->busy++;
    return MHD_YES;
}

static void hear(struct door_exchange *exchange, const char *bytes, size_t length)
{
    if (exchange->refused != 0)
        return;
    if (!door_exchange_hold(exchange, length))
        exchange->refused = 503;
    else
        text_add(&exchange->body, bytes, length);
    if (!text_whole(&exchange->body))
        exchange->refused = 413;
    if (exchange->refused != 0)
        text_clear(&exchange->body);
}

static bool is_staff(const char *path)
{
    bool language = strncmp(path, "/ja/", 4) == 0 || strncmp(path, "/en/", 4) == 0;
    return language && strncmp(path + 4, "staff", 5) == 0 && (path[9] == '\0' || path[9] == '/');
}

/* All of the request is there. */
static enum MHD_Result ask(struct door_exchange *exchange)
{
    enum MHD_Result result;
    struct door *door = exchange->door;
    door_clock_allow(exchange->connection, ANSWER_S, 0);
    if (exchange->refused == 0 && door_answer_static(exchange, &result))
        return result;
    if (exchange->refused == 0)
        exchange->refused = door_body_read(exchange);
    if (exchange->refused != 0)
        return door_answer_status(exchange, exchange->refused, must_close(exchange, exchange->refused));
    exchange->stage = DOOR_ASKED;
    if (door_backend_ask(is_staff(exchange->path.bytes) ? &door->staff : &door->public, exchange))
        return MHD_YES;
    return door_answer_status(exchange, 503, true);
}

enum MHD_Result door_exchange_step(struct door_exchange *exchange, const char *method, const char *version,
                                   const char *bytes, size_t *length)
{
    switch (exchange->stage) {
    case DOOR_HEAD:
        return begin(exchange, method, version);
    case DOOR_BODY:
        if (*length == 0)
            return ask(exchange);
        hear(exchange, bytes, *length);
        *length = 0;
        return MHD_YES;
    case DOOR_ASKED:
        return MHD_YES;
    case DOOR_ANSWERED:
        break;
    }
    door_clock_allow(exchange->connection, SEND_S, exchange->reply.body.length);
    return exchange->gone ? door_answer_status(exchange, 503, true) : door_answer_reply(exchange);
}

void door_exchange_answer(struct door_exchange *exchange)
{
    exchange->stage = DOOR_ANSWERED;
    MHD_resume_connection(exchange->mhd);
}

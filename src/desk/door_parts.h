/* door_parts: what the files of the door share. */
#pragma once
#include "base/memory.h"
#include "base/cleanup.h"
#include "desk/door.h"
#include "desk/door_fields.h"
#include "desk/door_head.h"
#include "desk/headers.h"
#include "desk/wire.h"
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

/* --- door_clock.c: every connection, and how long it may take. An inactivity timeout is not enough: one byte
 * now and then keeps a connection for ever. */
struct door_connection {
    int socket;
    _Atomic int64_t due_ms;
    struct address source;
    struct door_exchange *exchange; /* the request that is on its way here; NULL */
    struct door_connection *before, *after;
};
struct door_clock {
    pthread_mutex_t lock;
    struct door_connection *first;
    _Atomic unsigned count;
    unsigned most;
};
struct door_connection *door_clock_begin(struct door_clock *clock, struct MHD_Connection *connection);
void door_clock_end(struct door_clock *clock, struct door_connection *connection);
/* It has so long, and a second more for every 16 KiB of `bytes`, from now. */
void door_clock_allow(struct door_connection *connection, unsigned seconds, uint64_t bytes);
void door_clock_sweep(struct door_clock *clock);

/* --- door_backend.c: a process that answers, and who waits for it. */
struct door_exchange;
struct door_backend {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t reader;
    int socket; /* -1: none just now */
    bool ending;
    unsigned asked; /* that were sent and not yet answered */
    uint64_t serial;
    struct door_exchange *sent[256], *first, *last /* waiting to be sent */;
    unsigned waiting;
};
bool door_backend_begin(struct door_backend *backend, struct fault *fault);
void door_backend_use(struct door_backend *backend, int socket);
/* False: too many wait. The exchange is suspended before it is asked, and resumed by door_exchange_answer().
 */
bool door_backend_ask(struct door_backend *backend, struct door_exchange *exchange);
void door_backend_end(struct door_backend *backend); /* who still waits is told that it cannot be */

/* --- the door */
/* Attachments that fill what there is keep no form out that has none. */
enum { DOOR_HELD_MOST = 256 << 20, DOOR_SMALL = 64 << 10 };
struct door {
    const struct door_settings *settings;
    struct MHD_Daemon *daemon;
    struct door_clock clock;
    struct door_backend public, staff;
    _Atomic uint64_t held; /* bytes of requests in flight */
    _Atomic unsigned busy; /* requests whose head was taken and that are not yet answered to the end */
    _Atomic bool ending;
};

/* libmicrohttpd, with all that is asked of it. Without threads it listens nowhere and runs when it is told.
 */
bool door_start(struct door *door, unsigned flags, unsigned threads, struct fault *fault);

/* --- door_exchange.c: one request and its reply. */
enum door_stage { DOOR_HEAD, DOOR_BODY, DOOR_ASKED, DOOR_ANSWERED };
struct door_exchange {
    struct door *door;
    struct MHD_Connection *mhd;
    struct door_connection *connection;
    enum door_stage stage;
    unsigned refused; /* the status it is refused with, when all of it has come; 0 */
    bool gone;        /* the process that should answer is */
    bool busy;        /* counted in door.busy */
    char *target;
    struct door_head head;
    struct text path, body, message; /* message: the request as it goes to the pages */
    struct reply reply;
    uint64_t id, held;
    struct door_exchange *next;
};
struct door_exchange *door_exchange_new(struct door *door, struct door_connection *connection,
                                        struct MHD_Connection *mhd, const char *target);
void door_exchange_free(struct door_exchange *exchange);                 /* NULL is fine */
bool door_exchange_hold(struct door_exchange *exchange, uint64_t bytes); /* false: too much is in flight */
enum MHD_Result door_exchange_step(struct door_exchange *exchange, const char *method, const char *version,
                                   const char *bytes, size_t *length);
/* Any thread: exchange->reply is there, or the process is gone. */
void door_exchange_answer(struct door_exchange *exchange);

/* --- door_body.c: from what came to a request for the pages. 0: exchange->message is it; else the status. */
unsigned door_body_read(struct door_exchange *exchange);

/* --- door_answer.c: what goes out. */
void door_answer_open(void);
enum MHD_Result door_answer_status(struct door_exchange *exchange, unsigned status, bool close);
enum MHD_Result door_answer_reply(struct door_exchange *exchange);
/* True: it was a file's path and *result is what came of it. */
bool door_answer_static(struct door_exchange *exchange, enum MHD_Result *result);

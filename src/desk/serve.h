/* serve: a request in, a reply out: the one loop over the table of pages that the public and the staff's
 * processes both are. */
#pragma once
#include "base/cleanup.h"
#include "desk/desk.h"
#include "desk/page.h"

/* One a process; both read files, so they are made before the process confines itself. NULL on a fault. */
struct serve *serve_new(const char *ledger, enum serve_which which, struct fault *fault);
void serve_free(struct serve *serve);
OWNED_TYPE(serve_free, struct serve)
struct desk *serve_desk(struct serve *serve); /* what its pages share; tests give it a table of their own */

/* One a thread: its ledger twice, read only and shared, each with an authorizer, and its renderer. */
struct serve_thread *serve_thread_new(struct serve *serve, struct fault *fault);
void serve_thread_free(struct serve_thread *thread);
OWNED_TYPE(serve_thread_free, struct serve_thread)

/* `reply`, after reply_init(), is always an answer for whoever asked. False: that answer is a 500 (or a page
 * that says why), and the fault is one line for the log, without anything personal. */
bool serve_request(struct serve_thread *thread, const struct request *request, struct reply *reply,
                   struct fault *fault);

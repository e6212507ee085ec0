/* asked: a desk whose two processes are asked directly, without HTTP, and somebody of the staff for each
 * right. */
#pragma once
#include "../unit.h"
#include "cases/session.h"
#include "desk/serve.h"

#define ASKED_OK(call)                                                                                       \
    do {                                                                                                     \
        if (!(call))                                                                                         \
            fail_msg("%s", fault.text);                                                                      \
    } while (0)

/* Who asks: nobody, one of the staff with no right at all, one for each right, one with all of them. */
enum asked_who {
    ASKED_NOBODY,
    ASKED_STAFF,
    ASKED_INTAKE,
    ASKED_ANALYST,
    ASKED_EDITOR,
    ASKED_ADMINISTRATOR,
    ASKED_ALL,
    ASKED_WHOS
};
/* Whose number is ASKED_FIRST + who: far from the numbers that pages are asked for, so that nobody here is
 * stopped by one. */
enum { ASKED_FIRST = 1000 };
extern const unsigned asked_rights[ASKED_WHOS]; /* bits of enum staff_right */

struct asked {
    char folder[64], path[80];
    struct seal_pair desk;
    struct ledger *ledger; /* LEDGER_SHARE, without an authorizer */
    struct serve *serves[2];
    struct serve_thread *threads[2];
    struct reply reply; /* the last one */
    struct fault fault; /* of the last one, where asked_request() was false */
};
void asked_open(struct asked *asked);
void asked_close(struct asked *asked);

struct asked_session {
    char cookie[SESSION_TOKEN], token[SESSION_TOKEN];
};
/* A new session; both "" for ASKED_NOBODY. */
void asked_sign_in(struct asked *asked, enum asked_who who, struct asked_session *session);
/* False: a fault, and a 500. The process is the one whose page it is. */
bool asked_request(struct asked *asked, const struct request *request);
/* A GET by nobody. */
void asked_get(struct asked *asked, const char *path);
int64_t asked_number(struct asked *asked, const char *sql);

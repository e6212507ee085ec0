/* bounce: which mail is nobody's telling: what mail servers send back, what programs answer by themselves,
 * and what goes round in circles. It never becomes a case and is never answered, so that two machines cannot
 * write to each other for ever (RFC 3834). */
#pragma once
#include "desk/mail.h"

enum bounce {
    BOUNCE_NONE,
    BOUNCE_RETURNED,  /* a message of ours that did not arrive, or a receipt for one */
    BOUNCE_LOOP,      /* our own, come back; or passed on too often */
    BOUNCE_AUTOMATIC, /* a program wrote it */
    BOUNCE_AWAY,      /* a program, for somebody who is not there */
    BOUNCE_LIST,      /* to many at once: a list, an advertisement */
    BOUNCES
};
extern const char *const bounce_words[BOUNCES]; /* "returned" ... as desk_state counts them */

/* `desk_mail` is the desk's own address, or "". */
enum bounce bounce_of(struct mail *mail, const char *desk_mail);

/* A person wrote it, but wants no automatic answer. */
bool bounce_no_answer(struct mail *mail);

/* The field that all our mail carries. */
#define BOUNCE_OURS "X-Mimamori-Desk"

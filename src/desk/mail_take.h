/* mail_take: a message comes in: it becomes a case, or joins the one whose receipt it carries, or is nobody's
 * telling and is left out. A number of a case in a subject proves nothing and is not looked for.
 *
 * The way of one mail: maildir.c (or program_mail.c); mail.c with mail_header*.c, mail_body.c, charset*.c and
 * mail_html.c: what it is; bounce.c: whether anybody tells; mail_told.c, marks.c: what; here: a case, or a
 * line of one, with mail_ack.c in the same transaction; the outbox; mailer_send.c, mail_write.c, send_*.c. */
#pragma once
#include "desk/bounce.h"
#include "ledger/ledger.h"

enum mail_taken {
    MAIL_TAKEN,     /* a new case */
    MAIL_ADDED,     /* joined a case */
    MAIL_KNOWN,     /* this message was taken in before */
    MAIL_LEFT_OUT,  /* and counted, by why */
    MAIL_UNREADABLE /* beyond the limits of desk/mail.h: `fault` says which */
};
struct mail_outcome {
    enum mail_taken taken;
    enum bounce why;  /* of what is left out */
    int64_t casefile; /* of what is not */
    bool acknowledged;
};
/* The ledger is open for LEDGER_SHARE. When this is back without a fault, the message is on the disk. A
 * fault: nothing was taken in. */
bool mail_take(struct ledger *ledger, const char *bytes, size_t length, struct mail_outcome *outcome,
               struct fault *fault);

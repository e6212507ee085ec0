/* mail_ack: the answer that a new case by mail is given at once: thanks, its receipt, what happens next. */
#pragma once
#include "cases/receipt.h"
#include "desk/mail.h"
#include <jansson.h>

/* In the transaction that takes the case in: into the outbox. Nobody is sent more than MAIL_ACK_MOST in a
 * day; whoever cannot be written to is sent nothing. *sent says whether. */
enum { MAIL_ACK_MOST = 3, MAIL_ACK_DAY_S = 24 * 3600 };
struct mail_ack {
    int64_t casefile, now_s;
    const json_t *told;
    const char *language;
    const struct receipt *receipt;
};
bool mail_ack(struct ledger *ledger, const struct mail *mail, const struct mail_ack *ack, bool *sent,
              struct fault *fault);

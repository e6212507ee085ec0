/* mail_write: a mail of ours as it goes out (RFC 5322), from what lies in the outbox. Nothing that anybody
 * else wrote becomes a header but as an encoded word, or is checked letter by letter. */
#pragma once
#include "cases/outbox.h"

struct mail_written {
    const char *from, *to; /* envelope; from "": answers to it go nowhere (an automatic mail) */
    struct text message;   /* lines end with \n */
};
/* False: this can never be sent, and why (nothing personal). `written` borrows from `mail` and the ledger's
 * settings. The same mail gives the same bytes, so that who gets it twice can see that it is one. */
bool mail_write(const struct ledger *ledger, const struct outbox_mail *mail, struct mail_written *written,
                struct fault *fault);
void mail_written_clear(struct mail_written *written);

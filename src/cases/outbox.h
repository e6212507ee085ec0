/* outbox: mail to be sent, sealed so that only the process that sends it can read it; gone once it is sent.
 * A mail may be sent twice where the sender dies between sending and forgetting; never is one lost. */
#pragma once
#include "cases/seal.h"
#include "ledger/ledger.h"
#include <jansson.h>
#include <stdint.h>

/* In the caller's transaction. `mail`: {"to", "subject", "text", "language"} and, where there are any,
 * "in_reply_to" (a Message-ID, with its brackets), "references" (Message-IDs), "receipt" (its text; added
 * below "text" with how to use it) and "automatic" (true: no person wrote it, so that nothing answers it);
 * borrowed. Nothing of a mail is a header by itself: the sender checks the address, and folds the rest. */
bool outbox_add(struct ledger *ledger, int64_t casefile, json_t *mail, struct fault *fault);

/* The rest is the sender's. The mailer's secret is LEDGER/mailer.key. */
enum { OUTBOX_GIVE_UP_S = 3 * 24 * 3600 };
enum outbox_found {
    OUTBOX_FOUND,
    OUTBOX_NONE /* nothing is due */,
    OUTBOX_SHUT /* not sealed to this pair */
};
struct outbox_mail {
    int64_t id, casefile, made_s, tries;
    json_t *mail; /* NULL where it is shut */
};
/* The mail that has been due the longest. */
bool outbox_next(struct ledger *ledger, const struct seal_pair *mailer, int64_t now_s,
                 struct outbox_mail *mail, enum outbox_found *found, struct fault *fault);
void outbox_clear(struct outbox_mail *mail);
/* It was sent, or cannot ever be: it is forgotten. */
bool outbox_forget(struct ledger *ledger, int64_t id, struct fault *fault);
/* Later: after 1, 2, 4 ... minutes, at most 6 hours. False in *later: OUTBOX_GIVE_UP_S have passed. */
bool outbox_later(struct ledger *ledger, const struct outbox_mail *mail, int64_t now_s, bool *later,
                  struct fault *fault);
/* How many wait, and since when the oldest does (0: none). */
bool outbox_waiting(struct ledger *ledger, uint64_t *count, int64_t *oldest_s, struct fault *fault);

/* limit: how often somebody may try to sign in. A try is counted, in one transaction, before it is looked at,
 * so that tries side by side count as much as tries one after the other; what was right is taken back.
 *
 * Three counts of the last hour, each with delays that grow: of an account's strangers, of a source's
 * strangers, and of a browser that has signed in to this account before. The first two close after some
 * failures, the last never does, and is not held back by the others: so strangers can lock out nobody who has
 * been here before, and one source closes no other. A name that nobody has is counted as if somebody had it.
 */
#pragma once
#include "cases/staff.h"

struct limit_try {
    int64_t staff;                /* whose account; limit_nobody() for a name nobody has */
    struct address source;        /* where from */
    const unsigned char *browser; /* 16 bytes: known to this account; NULL: a stranger's */
    int64_t at_s;
};
enum limit_verdict { LIMIT_TRY, LIMIT_WAIT };
int64_t limit_nobody(const struct ledger *ledger, const char *name);
/* LIMIT_TRY has counted it, as *number. */
bool limit_take(struct ledger *ledger, const struct limit_try *attempt, enum limit_verdict *verdict,
                int64_t *number, struct fault *fault);
/* In the caller's transaction: it was right. */
bool limit_give_back(struct ledger *ledger, int64_t number, struct fault *fault);

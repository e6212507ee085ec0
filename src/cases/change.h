/* change: one transaction of the desk. Within another it is a part of that one, so that what belongs together
 * (an answer, its mail, the case's state) is written together or not at all. */
#pragma once
#include "base/fault.h"
#include "ledger/ledger.h"

struct change {
    struct ledger *ledger; /* NULL: over, or never begun */
    bool part;
};
/* BEGIN IMMEDIATE, unless the caller has begun already. */
bool change_begin(struct change *change, struct ledger *ledger, struct fault *fault);
/* COMMIT, unless the caller will. */
bool change_commit(struct change *change, struct fault *fault);
/* For CLEANUP(change_undo): ROLLBACK of what was begun and not committed; a part leaves that to the whole. */
void change_undo(struct change *change);

#include "cases/change.h"
#include "ledger/records.h"

bool change_begin(struct change *change, struct ledger *ledger, struct fault *fault)
{
    bool part = sqlite3_get_autocommit(ledger->records) == 0;
    if (!part && !records_run(ledger->records, "BEGIN IMMEDIATE", fault))
        return false;
    *change = (struct change){ledger, part};
    return true;
}

bool change_commit(struct change *change, struct fault *fault)
{
    if (!change->part && !records_run(change->ledger->records, "COMMIT", fault))
        return false;
    change->ledger = NULL;
    return true;
}

void change_undo(struct change *change)
{
    struct fault ignored;
    if (change->ledger != NULL && !change->part)
        records_run(change->ledger->records, "ROLLBACK", &ignored);
    change->ledger = NULL;
}

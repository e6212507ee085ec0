/* What is told in a case that is there already: lines added, answers, notes. */
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/told.h"
#include "ledger/records.h"

static const char *const deeds[CASE_TOLDS] = {[CASE_TOLD] = "case.added",
                                              [CASE_ADDED] = "case.added",
                                              [CASE_ANSWER] = "case.answered",
                                              [CASE_NOTE] = "case.noted"};

/* A line of the reporter's brings a case that waited for them, or was done with, back to work; and so the one
 * it was merged into. */
static const char sql_touch[] =
    "UPDATE casefile SET changed_s = max(changed_s, ?2), state = CASE WHEN ?3 AND state IN ('waiting', "
    "'answered', 'closed') THEN"
    " 'working' ELSE state END WHERE id = ?1 OR id = (SELECT merged_into FROM casefile WHERE id = ?1)";

static bool touch(struct ledger *ledger, int64_t id, const struct case_add *add, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_touch, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_int64(statement, 2, add->at_s);
    sqlite3_bind_int(statement, 3, add->what == CASE_ADDED);
    return records_do(statement, fault);
}

static bool seal_part(struct ledger *ledger, const struct casefile *file, const struct seal_key *key,
                      const struct case_add *add, struct told *told, struct fault *fault)
{
    struct seal_public desk;
    return told_desk(ledger, &desk, fault) &&
           told_seal(told, &(struct told_keys){key, file->once, &desk}, add, fault);
}

static bool write_part(struct ledger *ledger, int64_t id, const struct case_add *add, const struct told *told,
                       enum case_taken *taken, struct fault *fault)
{
    struct casefile now; /* it may have been erased since its page was made */
    if (!casefile_living(ledger, id, &now, fault) || !told_write(ledger, id, told, taken, fault))
        return false;
    return *taken == CASE_KNOWN ||
           (touch(ledger, id, add, fault) &&
            deeds_add(ledger, add->staff == 0 ? -1 : add->staff, deeds[add->what], id, "", fault));
}

bool casefile_add(struct ledger *ledger, const struct casefile *file, const struct seal_key *key,
                  const struct case_add *add, enum case_taken *taken, struct fault *fault)
{
    CLEANUP(told_clear) struct told told = {0};
    CLEANUP(change_undo) struct change change = {0};
    enum case_taken written;
    if (!seal_part(ledger, file, key, add, &told, fault) || !change_begin(&change, ledger, fault) ||
        !write_part(ledger, file->id, add, &told, &written, fault) || !change_commit(&change, fault))
        return false;
    *taken = written;
    return true;
}

/* What is told in a case that is there already: lines added, answers, notes. */
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/keyed.h"
#include "cases/told.h"
#include "ledger/records.h"
#include <sodium.h>
#include <string.h>

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

static const char sql_merged[] =
    "SELECT id FROM casefile WHERE merged_into = ?1 AND erased_s IS NULL ORDER BY id";

static bool answer_one(struct ledger *ledger, const struct casefile *file, const struct seal_pair *desk,
                       const struct case_add *answer, enum case_taken *taken, struct fault *fault)
{
    struct seal_key key;
    if (!casefile_key(file, desk, &key))
        return fault_set(fault, "case %lld does not open with the desk's key", (long long)file->id);
    bool well = casefile_add(ledger, file, &key, answer, taken, fault);
    sodium_memzero(&key, sizeof key);
    return well;
}

/* The same answer, told once in each case. */
static bool answer_merged(struct ledger *ledger, int64_t id, const struct seal_pair *desk,
                          const struct case_add *answer, struct fault *fault)
{
    struct casefile file;
    enum case_taken taken;
    unsigned char bytes[16 + sizeof id] = {0}, once[16];
    struct case_add own = *answer;
    if (answer->once != NULL) {
        memcpy(bytes, answer->once, 16);
        memcpy(bytes + 16, &id, sizeof id);
        keyed_hash(ledger, "merged's answer", bytes, sizeof bytes, (struct keyed_bytes){once, sizeof once});
        own.once = once;
    }
    return casefile_living(ledger, id, &file, fault) && answer_one(ledger, &file, desk, &own, &taken, fault);
}

static bool answer_all_merged(struct ledger *ledger, int64_t into, const struct seal_pair *desk,
                              const struct case_add *answer, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_merged, fault);
    bool row = true;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, into);
    while (records_step(statement, &row, fault) && row)
        if (!answer_merged(ledger, sqlite3_column_int64(statement, 0), desk, answer, fault))
            return false;
    return !row;
}

bool casefile_answer(struct ledger *ledger, const struct casefile *file, const struct seal_pair *desk,
                     const struct case_add *answer, enum case_taken *taken, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    enum case_taken written;
    if (!change_begin(&change, ledger, fault) || !answer_one(ledger, file, desk, answer, &written, fault) ||
        (written == CASE_TAKEN && !answer_all_merged(ledger, file->id, desk, answer, fault)) ||
        !change_commit(&change, fault))
        return false;
    *taken = written;
    return true;
}

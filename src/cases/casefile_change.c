/* What the staff, or the reporter, change of a case. What is changed is looked at within the transaction that
 * changes it: the page it was asked from may be old. */
#include "cases/change.h"
#include "cases/classing.h"
#include "cases/deeds.h"
#include "ledger/records.h"
#include <time.h>

static const char sql_state[] =
    "UPDATE casefile SET state = ?2, changed_s = max(changed_s, ?3) WHERE id = ?1";
static const char sql_assign[] =
    "UPDATE casefile SET assigned = nullif(?2, 0), changed_s = max(changed_s, ?3) WHERE id = ?1";
static const char sql_due[] = "UPDATE casefile SET due_on = ?2, changed_s = max(changed_s, ?3) WHERE id = ?1";
static const char sql_link[] =
    "UPDATE casefile SET linked = nullif(?2, 0), changed_s = max(changed_s, ?3) WHERE id = ?1";
/* whoever else says that it is linked with one of the two: of a pair, and only of it */
static const char sql_unlink[] = "UPDATE casefile SET linked = NULL WHERE linked = ?1";
static const char sql_merge[] =
    "UPDATE casefile SET merged_into = nullif(?2, 0), changed_s = max(changed_s, ?3) WHERE id = ?1";
static const char sql_merged_here[] = "SELECT EXISTS (SELECT 1 FROM casefile WHERE merged_into = ?1)";

/* One column of one case. `value` is bound to ?2. */
static bool set(struct ledger *ledger, const char *sql, int64_t id, int64_t value, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    if (sqlite3_bind_parameter_count(statement) > 1) {
        sqlite3_bind_int64(statement, 2, value);
        sqlite3_bind_int64(statement, 3, time(NULL));
    }
    return records_do(statement, fault);
}

static int64_t doer(int64_t staff)
{
    return staff == 0 ? -1 : staff;
}

static bool write_state(struct ledger *ledger, int64_t id, enum case_state state, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_state, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_text(statement, 2, case_states[state], -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, time(NULL));
    return records_do(statement, fault);
}

bool casefile_set_state(struct ledger *ledger, int64_t id, enum case_state state, int64_t staff,
                        struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    char detail[64];
    if (!change_begin(&change, ledger, fault) || !casefile_living(ledger, id, &file, fault))
        return false;
    if (file.state == state)
        return change_commit(&change, fault);
    snprintf(detail, sizeof detail, "%s > %s", case_states[file.state], case_states[state]);
    return write_state(ledger, id, state, fault) && classing_settle(ledger, id, fault) &&
           deeds_add(ledger, doer(staff), "case.state", id, detail, fault) && change_commit(&change, fault);
}

bool casefile_assign(struct ledger *ledger, int64_t id, int64_t to, int64_t staff, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    char detail[32] = "nobody";
    if (!change_begin(&change, ledger, fault) || !casefile_living(ledger, id, &file, fault))
        return false;
    if (file.assigned == to)
        return change_commit(&change, fault);
    if (to != 0)
        snprintf(detail, sizeof detail, "staff %lld", (long long)to);
    return set(ledger, sql_assign, id, to, fault) &&
           deeds_add(ledger, doer(staff), "case.assigned", id, detail, fault) &&
           change_commit(&change, fault);
}

static bool write_due(struct ledger *ledger, int64_t id, int32_t day, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_due, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    if (day != INT32_MIN)
        sqlite3_bind_int(statement, 2, day);
    sqlite3_bind_int64(statement, 3, time(NULL));
    return records_do(statement, fault);
}

bool casefile_set_due(struct ledger *ledger, int64_t id, int32_t day, int64_t staff, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    char detail[CALENDAR_DAY_SIZE] = "none";
    if (!change_begin(&change, ledger, fault) || !casefile_living(ledger, id, &file, fault))
        return false;
    if (file.due_on == day)
        return change_commit(&change, fault);
    if (day != INT32_MIN)
        calendar_day_text(detail, day);
    return write_due(ledger, id, day, fault) &&
           deeds_add(ledger, doer(staff), "case.due", id, detail, fault) && change_commit(&change, fault);
}

static bool has_merged(struct ledger *ledger, int64_t id, bool *has, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(ledger->records, sql_merged_here, fault);
    bool row;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    if (!records_step(statement, &row, fault))
        return false;
    *has = sqlite3_column_int(statement, 0) != 0;
    return true;
}

/* Only what can be undone by one step: no chains, and nothing that counts as something else. */
static bool may_merge(struct ledger *ledger, int64_t id, int64_t into, struct fault *fault)
{
    struct casefile one, other;
    bool has;
    if (id == into)
        return fault_set(fault, "case %lld cannot be merged into itself", (long long)id);
    if (!casefile_living(ledger, id, &one, fault) || !casefile_living(ledger, into, &other, fault) ||
        !has_merged(ledger, id, &has, fault))
        return false;
    if (one.merged_into != 0)
        return fault_set(fault, "case %lld is merged into case %lld already", (long long)id,
                         (long long)one.merged_into);
    if (other.merged_into != 0)
        return fault_set(fault, "case %lld is itself merged into case %lld (expected one that stands alone)",
                         (long long)into, (long long)other.merged_into);
    if (has)
        return fault_set(fault, "others are merged into case %lld (expected one that stands alone)",
                         (long long)id);
    return one.kind == other.kind ||
           fault_set(fault, "case %lld is of another kind than case %lld", (long long)id, (long long)into);
}

bool casefile_merge(struct ledger *ledger, int64_t id, int64_t into, int64_t staff, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    char detail[32];
    snprintf(detail, sizeof detail, "into %lld", (long long)into);
    return change_begin(&change, ledger, fault) && may_merge(ledger, id, into, fault) &&
           set(ledger, sql_merge, id, into, fault) && classing_settle(ledger, id, fault) &&
           deeds_add(ledger, doer(staff), "case.merged", id, detail, fault) && change_commit(&change, fault);
}

bool casefile_unmerge(struct ledger *ledger, int64_t id, int64_t staff, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    char detail[32];
    if (!change_begin(&change, ledger, fault) || !casefile_living(ledger, id, &file, fault))
        return false;
    if (file.merged_into == 0)
        return change_commit(&change, fault);
    snprintf(detail, sizeof detail, "from %lld", (long long)file.merged_into);
    return set(ledger, sql_merge, id, 0, fault) && classing_settle(ledger, id, fault) &&
           deeds_add(ledger, doer(staff), "case.unmerged", id, detail, fault) &&
           change_commit(&change, fault);
}

/* Both are linked with nobody else afterwards. */
static bool link_pair(struct ledger *ledger, int64_t id, int64_t to, struct fault *fault)
{
    struct casefile other;
    return casefile_living(ledger, to, &other, fault) && set(ledger, sql_unlink, to, 0, fault) &&
           set(ledger, sql_link, id, to, fault) && set(ledger, sql_link, to, id, fault);
}

bool casefile_link(struct ledger *ledger, int64_t id, int64_t to, int64_t staff, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    char detail[32] = "none";
    if (id == to)
        return fault_set(fault, "case %lld cannot be linked with itself", (long long)id);
    if (!change_begin(&change, ledger, fault) || !casefile_living(ledger, id, &file, fault))
        return false;
    if (file.linked == to)
        return change_commit(&change, fault);
    if (to != 0)
        snprintf(detail, sizeof detail, "with %lld", (long long)to);
    return set(ledger, sql_unlink, id, 0, fault) &&
           (to == 0 ? set(ledger, sql_link, id, 0, fault) : link_pair(ledger, id, to, fault)) &&
           deeds_add(ledger, doer(staff), "case.linked", id, detail, fault) && change_commit(&change, fault);
}

/* Erasing a person: the keys of what they told go, and the sealed text with them; what was counted stays. */
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/casefile.h"
#include "ledger/records.h"
#include <time.h>

/* Of the case itself and of those merged into it: it is the same person's. */
#define THESE "(SELECT id FROM casefile WHERE id = ?1 OR merged_into = ?1)"
static const char *const sql_erase[] = {
    "DELETE FROM attachment WHERE told IN (SELECT id FROM told WHERE casefile IN " THESE ")",
    "UPDATE told SET sealed = NULL WHERE casefile IN " THESE,
    "DELETE FROM outbox WHERE casefile IN " THESE,
    "UPDATE casefile SET desk_key = NULL, own_key = NULL, receipt = NULL, reporter = NULL, erased_s = ?2,"
    " changed_s = max(changed_s, ?2) WHERE id IN " THESE " AND erased_s IS NULL",
};
static const char sql_these[] = "SELECT id FROM casefile WHERE (id = ?1 OR merged_into = ?1) AND erased_s IS "
                                "NULL ORDER BY id";

static bool add_deeds(struct ledger *ledger, int64_t id, int64_t staff, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_these, fault);
    bool row = true;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    while (records_step(statement, &row, fault) && row)
        if (!deeds_add(ledger, staff == 0 ? -1 : staff, "case.erased", sqlite3_column_int64(statement, 0), "",
                       fault))
            return false;
    return !row;
}

static bool erase_rows(struct ledger *ledger, int64_t id, struct fault *fault)
{
    for (size_t i = 0; i < sizeof sql_erase / sizeof *sql_erase; i++) {
        OWNED(sqlite3_finalize)
        sqlite3_stmt *statement = records_prepare(ledger->records, sql_erase[i], fault);
        if (statement == NULL)
            return false;
        sqlite3_bind_int64(statement, 1, id);
        if (sqlite3_bind_parameter_count(statement) > 1)
            sqlite3_bind_int64(statement, 2, time(NULL));
        if (!records_do(statement, fault))
            return false;
    }
    return true;
}

static bool erase(struct ledger *ledger, int64_t id, int64_t staff, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    enum case_found found;
    if (!change_begin(&change, ledger, fault) || !casefile_read(ledger, id, &file, &found, fault))
        return false;
    if (found == CASE_NONE)
        return fault_set(fault, "there is no case %lld", (long long)id);
    return add_deeds(ledger, id, staff, fault) && erase_rows(ledger, id, fault) &&
           change_commit(&change, fault);
}

bool casefile_erase(struct ledger *ledger, int64_t id, int64_t staff, struct fault *fault)
{
    if (!erase(ledger, id, staff, fault))
        return false;
    if (sqlite3_get_autocommit(ledger->records) != 0)
        records_settle(ledger->records); /* the log still has the pages as they were */
    return true;
}

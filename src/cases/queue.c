#include "cases/queue.h"
#include "ledger/records.h"

static const char count_sql[] =
    "SELECT count(*) FROM (SELECT 1 FROM casefile WHERE state = ?1 AND merged_into IS NULL LIMIT ?2)";

bool queue_count(struct ledger *ledger, unsigned most, unsigned counts[CASE_STATES], struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *count = records_prepare(ledger->records, count_sql, fault);
    unsigned found[CASE_STATES] = {0};
    for (int state = 0; count != NULL && state < CASE_STATES; state++) {
        bool row;
        sqlite3_bind_text(count, 1, case_states[state], -1, SQLITE_STATIC);
        sqlite3_bind_int64(count, 2, most);
        if (!records_step(count, &row, fault))
            return false;
        found[state] = (unsigned)sqlite3_column_int64(count, 0);
        sqlite3_reset(count);
    }
    if (count == NULL)
        return false;
    for (int state = 0; state < CASE_STATES; state++)
        counts[state] = found[state];
    return true;
}

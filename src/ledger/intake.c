#include "ledger/intake.h"
#include "base/text.h"
#include "ledger/records.h"
#include <time.h>

static const char sql_known[] = "SELECT 1 FROM intake WHERE kind = ?1 AND content = ?2";
static const char sql_add[] =
    "INSERT INTO intake (kind, content, name, taken_s, rows) VALUES (?1, ?2, ?3, ?4, ?5)";

bool intake_knows(const struct ledger *ledger, const char *kind, struct content content, bool *known,
                  struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_known, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, kind, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, content.sum, sizeof content.sum, SQLITE_STATIC);
    return records_step(statement, known, fault);
}

bool intake_add(struct ledger *ledger, const char *kind, struct content content, const char *name,
                uint64_t rows, struct fault *fault)
{
    const char *kept = text_or_null(name);
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_add, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, kind, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, content.sum, sizeof content.sum, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, kept == NULL ? "" : kept, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 4, (sqlite3_int64)time(NULL));
    sqlite3_bind_int64(statement, 5, (sqlite3_int64)rows);
    return records_do(statement, fault);
}

#include "cases/deeds.h"
#include "cases/history.h"
#include "ledger/records.h"
#include <sodium.h>

#define HISTORY_COLUMNS "SELECT id, at_s, ifnull(staff, 0), what, ifnull(casefile, 0), detail FROM deed"
/* By the case's own index, and by the number of the entry. */
static const char history_case_sql[] = HISTORY_COLUMNS " WHERE casefile = ?1 AND (?2 = 0 OR staff = ?2)"
                                                       " AND (?3 = 0 OR id < ?3) ORDER BY id DESC LIMIT ?4";
static const char history_all_sql[] = HISTORY_COLUMNS " WHERE ?1 = 0 AND (?2 = 0 OR staff = ?2)"
                                                      " AND (?3 = 0 OR id < ?3) ORDER BY id DESC LIMIT ?4";
static const char history_head_sql[] = "SELECT id, hash FROM deed ORDER BY id DESC LIMIT 1";

static json_t *entry_of(sqlite3_stmt *row)
{
    return json_pack(
        "{s:I, s:I, s:I, s:s, s:I, s:s}", "id", (json_int_t)sqlite3_column_int64(row, 0), "at_s",
        (json_int_t)sqlite3_column_int64(row, 1), "staff", (json_int_t)sqlite3_column_int64(row, 2), "what",
        (const char *)sqlite3_column_text(row, 3), "casefile", (json_int_t)sqlite3_column_int64(row, 4),
        "detail", (const char *)sqlite3_column_text(row, 5));
}

json_t *history_list(struct ledger *ledger, const struct history_filter *filter, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *read =
        records_prepare(ledger->records, filter->casefile != 0 ? history_case_sql : history_all_sql, fault);
    if (read == NULL)
        return NULL;
    sqlite3_bind_int64(read, 1, filter->casefile);
    sqlite3_bind_int64(read, 2, filter->staff);
    sqlite3_bind_int64(read, 3, filter->before);
    sqlite3_bind_int64(read, 4, filter->most);
    json_t *list = json_array();
    bool row;
    while (records_step(read, &row, fault)) {
        if (!row)
            return list;
        json_array_append_new(list, entry_of(read));
    }
    json_decref(list);
    return NULL;
}

bool history_head(struct ledger *ledger, int64_t *entries, char head[HISTORY_HEAD], struct fault *fault)
{
    bool row;
    OWNED(sqlite3_finalize) sqlite3_stmt *read = records_prepare(ledger->records, history_head_sql, fault);
    if (read == NULL || !records_step(read, &row, fault))
        return false;
    bool whole = row && sqlite3_column_bytes(read, 1) == DEEDS_HASH;
    *entries = row ? sqlite3_column_int64(read, 0) : 0;
    head[0] = '\0';
    if (whole)
        sodium_bin2hex(head, HISTORY_HEAD, sqlite3_column_blob(read, 1), DEEDS_HASH);
    return true;
}

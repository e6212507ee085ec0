#include "cases/history.h"
#include "ledger/records.h"

static const char history_sql[] =
    "SELECT at_s, coalesce(staff, 0), what, detail FROM (SELECT * FROM deed WHERE casefile = ?1"
    " ORDER BY id DESC LIMIT ?2) ORDER BY id";

json_t *history_read(struct ledger *ledger, int64_t casefile, unsigned most, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *read = records_prepare(ledger->records, history_sql, fault);
    if (read == NULL)
        return NULL;
    sqlite3_bind_int64(read, 1, casefile);
    sqlite3_bind_int64(read, 2, most);
    json_t *deeds = json_array();
    bool row;
    while (records_step(read, &row, fault)) {
        if (!row)
            return deeds;
        json_array_append_new(deeds, json_pack("{s:I, s:I, s:s, s:s}", "at_s",
                                               (json_int_t)sqlite3_column_int64(read, 0), "staff",
                                               (json_int_t)sqlite3_column_int64(read, 1), "what",
                                               (const char *)sqlite3_column_text(read, 2), "detail",
                                               (const char *)sqlite3_column_text(read, 3)));
    }
    json_decref(deeds);
    return NULL;
}

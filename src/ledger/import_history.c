/* Published totals of earlier months. The same month and figure again replaces the value; `records` counts
 * what changed. */
#include "ledger/history.h"
#include "ledger/import_kind.h"

enum { MONTH, FIGURE, VALUE };

static enum import_row take(struct import *import, const struct import_value *values, struct fault *fault)
{
    sqlite3_stmt *put = import->statements[0];
    sqlite3_bind_int64(put, 1, values[MONTH].number);
    sqlite3_bind_text(put, 2, history_figure_names[values[FIGURE].number], -1, SQLITE_STATIC);
    sqlite3_bind_int64(put, 3, values[VALUE].number);
    if (!records_do(put, fault))
        return IMPORT_ROW_FAILED;
    import->account->records += (uint64_t)sqlite3_changes(import->ledger->records);
    return IMPORT_ROW_TAKEN;
}

const struct import_kind import_history = {
    .name = "history",
    .one = "figure",
    .many = "figures",
    .replaces = true,
    .columns =
        {
            [MONTH] = {"month", IMPORT_MONTH, NULL, 0, 0},
            [FIGURE] = {"figure", IMPORT_WORD, history_figure_names, 0, 0},
            [VALUE] = {"value", IMPORT_NUMBER, NULL, 0, INT64_C(1000000000000)},
        },
    .sql = {"INSERT INTO history (month, figure, value) VALUES (?1, ?2, ?3)"
            " ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value"},
    .take = take,
};

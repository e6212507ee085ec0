#include "tally/rows.h"
#include <string.h>

static void bind(sqlite3_stmt *statement, const char *name, int64_t value)
{
    int place = sqlite3_bind_parameter_index(statement, name);
    if (place > 0)
        sqlite3_bind_int64(statement, place, value);
}

static void bind_window(sqlite3_stmt *statement, const struct figures *figures)
{
    bind(statement, ":first_day", figures->first_day);
    bind(statement, ":end_day", figures->first_day + figures->days);
    bind(statement, ":first_month", figures->month - FIGURES_NOW);
    bind(statement, ":end_month", figures->month + 1);
}

bool rows_each(struct month *month, const char *sql, void (*take)(struct month *month, sqlite3_stmt *row),
               struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(month->ledger->records, sql, fault);
    if (statement == NULL)
        return false;
    bind_window(statement, month->figures);
    bool row = true;
    while (row) {
        if (!records_step(statement, &row, fault))
            return false;
        if (row)
            take(month, statement);
    }
    return true;
}

char *rows_string(struct month *month, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    int length = sqlite3_column_bytes(row, column);
    return arena_string(&month->figures->arena, text == NULL ? "" : text, (size_t)length);
}

bool rows_is(sqlite3_stmt *row, int column, const char *word)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text != NULL && strcmp(text, word) == 0;
}

/* rows: one named statement over desk.sqlite, row by row.
 *
 * A statement may name the window it looks at: :first_day and :end_day, :first_month and :end_month
 * (half-open). */
#pragma once
#include "ledger/records.h"
#include "tally/month.h"

bool rows_each(struct month *month, const char *sql, void (*take)(struct month *month, sqlite3_stmt *row),
               struct fault *fault);
/* A column's text, kept in the figures' arena. */
char *rows_string(struct month *month, sqlite3_stmt *row, int column);
/* True where a column's text is this word. */
bool rows_is(sqlite3_stmt *row, int column, const char *word);

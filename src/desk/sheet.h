/* sheet: the rows of a table that somebody sends: CSV (UTF-8 with or without a mark, or Shift_JIS as
 * spreadsheets in Japan write it) or the first sheet of an XLSX file. Cells are text: a day that a
 * spreadsheet keeps as a number is "2026-11-03", a formula is what it last came to. Nothing in a file is run
 * or fetched, and no file, however it was made, takes more than the limits say. */
#pragma once
#include "base/arena.h"
#include <stddef.h>

enum {
    SHEET_ROWS_MOST = 5001, /* with the header; empty ones do not count */
    SHEET_COLUMNS_MOST = 64,
    SHEET_CELL_MOST = 40000 /* bytes; a spreadsheet's own limit is 32,767 characters */
};
struct sheet_row {
    size_t line;        /* as a spreadsheet or an editor numbers it, from 1 */
    size_t count;       /* cells */
    const char **cells; /* UTF-8, "" where nothing stands */
};
struct sheet {
    struct arena arena;
    struct sheet_row *rows;
    size_t count;
    size_t line; /* of a problem; 0: of none */
};

/* NULL, or what is wrong with it (a msgid); either way sheet_clear(). */
const char *sheet_read(struct sheet *sheet, const char *bytes, size_t length);
void sheet_clear(struct sheet *sheet);
/* What reading Shift_JIS needs of the C library's files: before the process confines itself. */
void sheet_prepare(void);

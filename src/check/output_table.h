/* output_table: rows whose cells stand under each other on a terminal, wide characters counted as two. */
#pragma once
#include "base/text.h"
#include <stdio.h>

enum { OUTPUT_TABLE_COLUMNS_MOST = 16, OUTPUT_TABLE_WIDE_MOST = 56 };

struct output_table {
    size_t columns, count, capacity;
    char **cells;                             /* row after row; of a note only the first, the second NULL */
    bool *notes;                              /* by row: it is a line under the row before */
    size_t widths[OUTPUT_TABLE_COLUMNS_MOST]; /* at most OUTPUT_TABLE_WIDE_MOST: one long cell pushes only its
                                                 own */
};
void output_table_init(struct output_table *table, const char *const *heads, size_t columns);
void output_table_clear(struct output_table *table);
void output_table_row(struct output_table *table, const char *const *cells); /* copied; NULL is "" */
/* "HEAD: note" under the row before; nothing where the note is NULL or "". */
void output_table_note(struct output_table *table, const char *head, const char *note);
/* The heads, then the rows with `before` before each. */
void output_table_print(const struct output_table *table, const char *before, FILE *out);

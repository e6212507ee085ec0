/* table: one table of a bulletin, as data: written once, then rendered to HTML and to CSV.
 *
 * A JSON object {file, caption, corner, columns: [text], rows: [{head, class, cells: [integer or text]}]}. */
#pragma once
#include "base/text.h"
#include "bulletin/issue.h"
#include <jansson.h>

json_t *table_new(const char *file, const char *caption, const char *corner);
void table_column(json_t *table, const char *label);
/* `kind`: "" a plain row, "part" one that is part of the row above it, "total" a sum. */
void table_row(json_t *table, const char *head, const char *kind, const uint64_t *cells, size_t count);
/* A row with one cell of text. */
void table_row_text(json_t *table, const char *head, const char *cell);
/* Rows as columns and columns as rows. Takes over. */
json_t *table_turned(json_t *table);

json_t *table_view(struct issue *issue, const json_t *table); /* for the page: numbers grouped */
void table_csv(const json_t *table, struct text *out);        /* with byte-order mark; formulas defused */

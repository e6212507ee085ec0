/* csv: reads CSV row by row (libcsv underneath) with the line each row began on, and writes cells.
 *
 * Reading: UTF-8, a byte-order mark is skipped, CRLF or LF (or a lone CR), quoted cells may hold line breaks.
 */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

enum { CSV_COLUMNS_MOST = 256, CSV_ROW_MOST = 64 << 20 /* bytes */ };

enum csv_next {
    CSV_NEXT_ROW, /* *row holds it until the next call */
    CSV_NEXT_BAD, /* this row is not CSV or not UTF-8: fault says why, row->line and row->raw say where; go on
                   */
    CSV_NEXT_END,
};

struct csv_row {
    size_t line;              /* the line the row began on, from 1 */
    size_t count;             /* cells */
    const char *const *cells; /* NUL-ended (a cell with a NUL byte is a bad row) */
    const size_t *lengths;
    const char *raw; /* the row's bytes as they lie in the file, with its line end */
    size_t raw_length;
};

struct csv_reader;
/* `path` "-" is standard input. */
struct csv_reader *csv_reader_open(const char *path, struct fault *fault);
/* Reads bytes that are in memory already; they are borrowed. `name` is what faults call them. */
struct csv_reader *csv_reader_over(const char *name, const void *bytes, size_t length);
void csv_reader_free(struct csv_reader *reader);
/* Rows of no cells (blank lines) are passed over. fault's text begins "PATH:LINE: " where it is set. A read
 * error of the file itself is CSV_NEXT_BAD followed by CSV_NEXT_END, and csv_reader_failed() is true. */
enum csv_next csv_reader_next(struct csv_reader *reader, struct csv_row *row, struct fault *fault);
bool csv_reader_failed(const struct csv_reader *reader);
/* Calls `see` with each run of bytes as it is read, for whoever wants to know the file's content. Before the
 * first csv_reader_next(). */
void csv_reader_watch(struct csv_reader *reader, void (*see)(void *context, const void *bytes, size_t length),
                      void *context);

/* One cell, quoted where it must be; `defuse` puts an apostrophe before what a spreadsheet would take for a
 * formula
 * (= + - @ tab CR first, but a plain number stays a number). No separator is added. */
void csv_write_cell(struct text *out, const char *cell, bool defuse);

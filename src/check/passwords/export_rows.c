#include "check/passwords/export.h"
#include <string.h>

static bool bad(const struct export_rows *rows, size_t line, const char *what, struct fault *fault)
{
    return fault_set(fault, "%s:%zu: %s", rows->name, line, what);
}

/* Passes over one line end. */
static void take_line_end(struct export_rows *rows)
{
    if (rows->at < rows->end && *rows->at == '\r')
        rows->at += rows->at[1] == '\n' ? 2 : 1;
    else if (rows->at < rows->end)
        rows->at++;
    rows->line++;
}

/* A quoted cell moves one byte towards its beginning for every quote that is none of its text; what it leaves
 * behind is wiped with all the rest. Returns its end, NULL where it has none. */
static char *take_quoted(struct export_rows *rows)
{
    char *from = rows->at + 1, *to = rows->at;
    while (from < rows->end) {
        if (*from == '"' && from[1] != '"') {
            rows->at = from + 1;
            return to;
        }
        from += *from == '"';
        rows->line += *from == '\n' || (*from == '\r' && from[1] != '\n');
        *to++ = *from++;
    }
    return NULL;
}

static char *take_plain(struct export_rows *rows)
{
    rows->at += strcspn(rows->at, ",\"\r\n");
    return rows->at;
}

/* The cell that begins here, NUL-ended; *last where no other follows in the row. */
static bool take_cell(struct export_rows *rows, char **cell, bool *last, struct fault *fault)
{
    size_t line = rows->line;
    bool quoted = *rows->at == '"';
    char *begin = rows->at, *end = quoted ? take_quoted(rows) : take_plain(rows);
    if (end == NULL)
        return bad(rows, line, "a quote is not closed before the end of the file", fault);
    char behind = *rows->at;
    if (rows->at < rows->end && behind != ',' && behind != '\r' && behind != '\n')
        return bad(
            rows, rows->line,
            "a quote stands where none may (expected a quoted cell to be quoted whole, its quotes doubled)",
            fault);
    *last = behind != ',';
    if (*last)
        take_line_end(rows);
    else
        rows->at++;
    *end = '\0';
    *cell = begin;
    return true;
}

enum export_next export_rows_next(struct export_rows *rows, struct export_row *row, struct fault *fault)
{
    while (rows->at < rows->end && (*rows->at == '\r' || *rows->at == '\n'))
        take_line_end(rows);
    if (rows->at == rows->end)
        return EXPORT_END;
    row->line = rows->line;
    row->count = 0;
    for (bool last = false; !last;) {
        if (row->count == EXPORT_COLUMNS_MOST) {
            bad(rows, row->line, "the row has too many cells (expected at most 64)", fault);
            return EXPORT_BAD;
        }
        if (!take_cell(rows, &row->cells[row->count], &last, fault))
            return EXPORT_BAD;
        row->count++;
    }
    return EXPORT_ROW;
}

#include "desk/sheet.h"
#include "base/cleanup.h"
#include "base/csv.h"
#include "base/memory.h"
#include "base/words.h"
#include "desk/charset.h"
#include "desk/sheet_parts.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

OWNED_TYPE(csv_reader_free, struct csv_reader)

enum { TABLE_MOST = 16 << 20 };

static pthread_mutex_t charset_mutex = PTHREAD_MUTEX_INITIALIZER; /* the converters are the process's */

void sheet_prepare(void)
{
    charset_open();
}

void sheet_clear(struct sheet *sheet)
{
    free(sheet->rows);
    arena_clear(&sheet->arena);
    *sheet = (struct sheet){0};
}

static bool is_empty(const struct sheet_line *line)
{
    size_t i = 0;
    while (i < line->count && (line->cells[i] == NULL || line->cells[i][0] == '\0'))
        i++;
    return i == line->count;
}

const char *sheet_add(struct sheet *sheet, const struct sheet_line *line)
{
    if (is_empty(line))
        return NULL;
    sheet->line = line->line;
    if (sheet->count == SHEET_ROWS_MOST)
        return N_("The table has too many rows: 5,000 are the most. Please send it in parts.");
    const char **cells = arena_new(&sheet->arena, line->count, sizeof *cells);
    for (size_t i = 0; i < line->count; i++)
        cells[i] = line->cells[i] != NULL ? line->cells[i] : "";
    if ((sheet->count & (sheet->count - 1)) == 0)
        sheet->rows =
            memory_resize(sheet->rows, sheet->count == 0 ? 1 : 2 * sheet->count, sizeof *sheet->rows);
    sheet->rows[sheet->count++] = (struct sheet_row){line->line, line->count, cells};
    sheet->line = 0;
    return NULL;
}

static const char *add_csv_row(struct sheet *sheet, const struct csv_row *row)
{
    struct sheet_line line = {.line = row->line};
    sheet->line = row->line;
    for (size_t i = 0; i < row->count; i++) {
        if (row->lengths[i] == 0)
            continue;
        if (i >= SHEET_COLUMNS_MOST)
            return N_("The table has too many columns: 64 are the most.");
        if (row->lengths[i] > SHEET_CELL_MOST)
            return N_("A cell is too long.");
        line.cells[i] = arena_string(&sheet->arena, row->cells[i], row->lengths[i]);
        line.count = i + 1;
    }
    return sheet_add(sheet, &line);
}

const char *sheet_read_csv(struct sheet *sheet, const char *bytes, size_t length)
{
    struct csv_row row;
    struct fault fault;
    const char *problem = NULL;
    OWNED(csv_reader_free) struct csv_reader *reader = csv_reader_over("", bytes, length);
    for (enum csv_next next;
         problem == NULL && (next = csv_reader_next(reader, &row, &fault)) != CSV_NEXT_END;) {
        if (next == CSV_NEXT_BAD) {
            sheet->line = row.line;
            return N_("This row is not CSV: a quote may be missing, or there are too many cells.");
        }
        problem = add_csv_row(sheet, &row);
    }
    return problem;
}

/* A sign that cannot be read becomes U+FFFD, which no sheet holds otherwise: the file is something else then.
 */
static const char *read_japanese(struct sheet *sheet, const char *bytes, size_t length)
{
    CLEANUP(text_clear) struct text decoded;
    text_init(&decoded, TABLE_MOST);
    pthread_mutex_lock(&charset_mutex);
    charset_decode("cp932", bytes, length, &decoded);
    pthread_mutex_unlock(&charset_mutex);
    if (!text_whole(&decoded))
        return N_("The file is too large.");
    if (strstr(decoded.bytes, "\xef\xbf\xbd") != NULL)
        return N_("The file is neither CSV (in UTF-8 or Shift_JIS) nor XLSX.");
    return sheet_read_csv(sheet, decoded.bytes, decoded.length);
}

const char *sheet_read(struct sheet *sheet, const char *bytes, size_t length)
{
    static const char zip[] = "PK\x03\x04", compound[] = "\xd0\xcf\x11\xe0";
    *sheet = (struct sheet){0};
    arena_init(&sheet->arena);
    const char *problem;
    if (length >= 4 && memcmp(bytes, zip, 4) == 0)
        problem = sheet_read_xlsx(sheet, bytes, length);
    else if (length >= 4 && memcmp(bytes, compound, 4) == 0)
        return N_("This is an old Excel file (XLS), or one with a password. Please save it as XLSX or CSV, "
                  "without a "
                  "password.");
    else if (memchr(bytes, '\0', length) != NULL)
        return N_("The file is neither CSV (in UTF-8 or Shift_JIS) nor XLSX.");
    else
        problem = text_is_utf8(bytes, length) ? sheet_read_csv(sheet, bytes, length)
                                              : read_japanese(sheet, bytes, length);
    return problem == NULL && sheet->count == 0 ? N_("The table is empty.") : problem;
}

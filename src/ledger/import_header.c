#include "ledger/import_header.h"
#include <string.h>

enum { LISTED_SIZE = 256, SHOWN_MOST = 40 };

/* The column that a header's cell names; the end of the table where there is none. */
static size_t column_find(const struct import_kind *kind, const char *cell, size_t length)
{
    import_trim(&cell, &length);
    size_t i = 0;
    while (kind->columns[i].name != NULL &&
           (strlen(kind->columns[i].name) != length || memcmp(kind->columns[i].name, cell, length) != 0))
        i++;
    return i;
}

static bool is_name(const struct import_kind *kind, const struct csv_row *row, size_t cell)
{
    return kind->columns[column_find(kind, row->cells[cell], row->lengths[cell])].name != NULL;
}

bool import_header_is(const struct import_kind *kind, const struct csv_row *row)
{
    size_t cell = 0;
    while (cell < row->count && is_name(kind, row, cell))
        cell++;
    return cell == row->count;
}

static void list_columns(const struct import_kind *kind, char out[LISTED_SIZE])
{
    size_t length = 0;
    out[0] = '\0';
    for (size_t i = 0; kind->columns[i].name != NULL && length < LISTED_SIZE; i++)
        length += (size_t)snprintf(out + length, LISTED_SIZE - length, "%s%s", i == 0 ? "" : ",",
                                   kind->columns[i].name);
}

/* An unknown column is shown only where others are known: else the row is no header, perhaps a person's row.
 */
static bool refuse_cell(const struct import_kind *kind, const struct csv_row *row, size_t cell,
                        struct fault *fault)
{
    char expected[LISTED_SIZE];
    bool header = false;
    for (size_t i = 0; i < row->count; i++)
        header = header || is_name(kind, row, i);
    list_columns(kind, expected);
    if (!header)
        return fault_set(fault, "the header is missing (expected %s)", expected);
    return fault_set(fault, "column %zu, '%.*s', is unknown (expected %s)", cell + 1, SHOWN_MOST,
                     row->cells[cell], expected);
}

static bool read_row(struct import_header *header, const struct import_kind *kind, const struct csv_row *row,
                     struct fault *fault)
{
    bool seen[IMPORT_COLUMNS_MOST] = {false};
    for (size_t cell = 0; cell < row->count; cell++) {
        size_t column = column_find(kind, row->cells[cell], row->lengths[cell]);
        if (kind->columns[column].name == NULL)
            return refuse_cell(kind, row, cell, fault);
        if (seen[column])
            return fault_set(fault, "the column '%s' is there twice (expected once)",
                             kind->columns[column].name);
        seen[column] = true;
        header->places[column] = cell;
    }
    for (size_t column = 0; kind->columns[column].name != NULL; column++)
        if (!seen[column])
            return fault_set(fault, "the column '%s' is missing (expected it in the header)",
                             kind->columns[column].name);
    header->width = row->count;
    return true;
}

bool import_header_read(struct import_header *header, const struct import_kind *kind,
                        struct csv_reader *reader, struct fault *fault)
{
    struct import_header read = {.name = header->name};
    struct csv_row row;
    enum csv_next next = csv_reader_next(reader, &row, fault);
    if (next == CSV_NEXT_BAD)
        return false;
    if (next == CSV_NEXT_END) {
        char expected[LISTED_SIZE];
        list_columns(kind, expected);
        return fault_set(fault, "'%s' is empty (expected a header: %s)", header->name, expected);
    }
    if (!read_row(&read, kind, &row, fault))
        return fault_while(fault, "%s:%zu", header->name, row.line);
    text_init(&read.raw, CSV_ROW_MOST);
    text_add(&read.raw, row.raw, row.raw_length);
    *header = read;
    return true;
}

void import_header_clear(struct import_header *header)
{
    text_clear(&header->raw);
}

#include "check/output_table.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "base/words.h"
#include <stdint.h>
#include <stdlib.h>

enum { CELL_MOST = 64 * 1024 };

static char *tame(const char *cell)
{
    CLEANUP(text_clear) struct text text;
    text_init(&text, CELL_MOST);
    text_add_tame(&text, cell != NULL ? cell : "");
    return memory_string(text.length > 0 ? text.bytes : "");
}

static char **add_row(struct output_table *table, bool note)
{
    if (table->count == table->capacity) {
        table->capacity = table->capacity == 0 ? 64 : 2 * table->capacity;
        table->cells = memory_resize(table->cells, table->capacity * table->columns, sizeof *table->cells);
        table->notes = memory_resize(table->notes, table->capacity, sizeof *table->notes);
    }
    table->notes[table->count] = note;
    return &table->cells[table->columns * table->count++];
}

void output_table_init(struct output_table *table, const char *const *heads, size_t columns)
{
    *table = (struct output_table){
        .columns = columns < OUTPUT_TABLE_COLUMNS_MOST ? columns : OUTPUT_TABLE_COLUMNS_MOST};
    output_table_row(table, heads);
}

void output_table_clear(struct output_table *table)
{
    for (size_t i = 0; i < table->count * table->columns; i++)
        free(table->cells[i]);
    free(table->cells);
    free(table->notes);
    *table = (struct output_table){0};
}

void output_table_row(struct output_table *table, const char *const *cells)
{
    char **row = add_row(table, false);
    for (size_t i = 0; i < table->columns; i++) {
        row[i] = tame(cells[i]);
        size_t width = text_columns(row[i]);
        if (width > table->widths[i])
            table->widths[i] = width < OUTPUT_TABLE_WIDE_MOST ? width : OUTPUT_TABLE_WIDE_MOST;
    }
}

void output_table_note(struct output_table *table, const char *head, const char *note)
{
    CLEANUP(text_clear) struct text line;
    text_init(&line, CELL_MOST);
    if (note == NULL || note[0] == '\0')
        return;
    text_addf(&line, _("%s: %s"), head, note);
    char **row = add_row(table, true);
    row[0] = tame(line.bytes);
    for (size_t i = 1; i < table->columns; i++)
        row[i] = NULL;
}

/* The blanks behind the last cell that says something are left out; behind a cell that is too wide for its
 * column the others stand in a line of their own. */
static void print_row(const struct output_table *table, char *const *row, int indent, FILE *out)
{
    size_t owed = 0, column = 0;
    for (size_t i = 0; i < table->columns; i++) {
        size_t width = text_columns(row[i]);
        if (width > 0 && owed == SIZE_MAX)
            fprintf(out, "\n%*s", indent + (int)column, "");
        else if (width > 0)
            fprintf(out, "%*s", (int)owed, "");
        fputs(row[i], out);
        column += table->widths[i] + 2;
        if (width > table->widths[i])
            owed = SIZE_MAX;
        else if (width > 0)
            owed = table->widths[i] - width + 2;
        else if (owed != SIZE_MAX)
            owed += table->widths[i] + 2;
    }
    fputc('\n', out);
}

void output_table_print(const struct output_table *table, const char *before, FILE *out)
{
    int indent = (int)text_columns(before);
    for (size_t i = 0; i < table->count; i++) {
        char *const *row = &table->cells[i * table->columns];
        if (table->notes[i]) {
            fprintf(out, "%*s  %s\n", indent, "", row[0]);
            continue;
        }
        if (i == 0)
            fprintf(out, "%*s", indent, "");
        else
            fputs(before, out);
        print_row(table, row, indent, out);
    }
}

/* Columns aligned for a terminal. The widths are those of the first rows: an answer of any length goes
 * through little memory. */
#include "base/arena.h"
#include "base/memory.h"
#include "base/text.h"
#include "ledger/format.h"
#include <string.h>

enum { TABLE_ROWS_FIRST = 1000, TABLE_WIDTH_MOST = 60, TABLE_LINE_MOST = 512 << 20 };

/* What a reporter wrote is shown, never obeyed. Line breaks stay: put_cell() sees to them. */
static void add_tame(struct text *out, const char *cell)
{
    for (const char *at = cell; *at != '\0';) {
        size_t length = *at == '\n' ? 0 : text_unruly(at);
        if (length == 0)
            text_add_byte(out, *at++);
        else
            text_add_string(out, "\xef\xbf\xbd"); /* U+FFFD */
        at += length;
    }
}

struct table {
    struct answer *answer;
    FILE *out;
    size_t columns;
    size_t *widths;
    struct text cell, line;
};

static void table_clear(struct table *table)
{
    free(table->widths);
    text_clear(&table->cell);
    text_clear(&table->line);
}

static void add_spaces(struct text *line, size_t count)
{
    while (count-- > 0)
        text_add_byte(line, ' ');
}

/* A line break in the last column goes on below it (an EXPLAIN has many); elsewhere it would break the row.
 */
static void add_lines(struct table *table, const char *cell, bool last)
{
    size_t before = 0;
    for (size_t i = 0; i + 1 < table->columns; i++)
        before += table->widths[i] + 2;
    for (; *cell != '\0'; cell++) {
        if (*cell != '\n' || last)
            text_add_byte(&table->line, *cell);
        else
            text_add_byte(&table->line, ' ');
        if (*cell == '\n' && last)
            add_spaces(&table->line, before);
    }
}

static void put_cell(struct table *table, size_t column, const char *cell)
{
    size_t width = table->widths[column], used = text_columns(cell), space = used < width ? width - used : 0;
    bool number = answer_kind(table->answer, column) == ANSWER_NUMBER, last = column + 1 == table->columns;
    add_spaces(&table->line, column == 0 ? 0 : 2);
    add_spaces(&table->line, number ? space : 0);
    add_lines(table, cell, last);
    add_spaces(&table->line, number || last ? 0 : space);
}

static void put_line(struct table *table)
{
    text_add_byte(&table->line, '\n');
    fwrite(table->line.bytes, 1, table->line.length, table->out);
    text_empty(&table->line);
}

/* The cell of this row as it may be shown, valid until the next. */
static const char *tame_cell(struct table *table, size_t column)
{
    const char *cell = answer_cell(table->answer, column);
    text_empty(&table->cell);
    add_tame(&table->cell, cell == NULL ? "" : cell);
    return table->cell.bytes;
}

static void widen(struct table *table, size_t column, const char *cell)
{
    size_t used = text_columns(cell);
    if (used > TABLE_WIDTH_MOST)
        used = TABLE_WIDTH_MOST;
    if (used > table->widths[column])
        table->widths[column] = used;
}

static void put_head(struct table *table)
{
    for (size_t i = 0; i < table->columns; i++) {
        text_empty(&table->cell);
        add_tame(&table->cell, answer_name(table->answer, i));
        put_cell(table, i, table->cell.bytes);
    }
    put_line(table);
    for (size_t i = 0; i < table->columns; i++) {
        add_spaces(&table->line, i == 0 ? 0 : 2);
        for (size_t dash = 0; dash < table->widths[i]; dash++)
            text_add_byte(&table->line, '-');
    }
    put_line(table);
}

/* Keeps the first rows, to see how wide the columns must be. */
static bool keep(struct table *table, struct arena *arena, const char **kept, size_t *count,
                 struct fault *fault)
{
    for (size_t i = 0; i < table->columns; i++)
        widen(table, i, answer_name(table->answer, i));
    for (bool row = true; *count < TABLE_ROWS_FIRST; ++*count) {
        if (!answer_next(table->answer, &row, fault))
            return false;
        if (!row)
            break;
        for (size_t i = 0; i < table->columns; i++) {
            const char *cell = tame_cell(table, i);
            widen(table, i, cell);
            kept[*count * table->columns + i] = arena_string(arena, cell, strlen(cell));
        }
    }
    return true;
}

static bool put_rest(struct table *table, uint64_t *rows, struct fault *fault)
{
    for (bool row = true; !ferror(table->out); ++*rows) {
        if (!answer_next(table->answer, &row, fault))
            return false;
        if (!row)
            break;
        for (size_t i = 0; i < table->columns; i++)
            put_cell(table, i, tame_cell(table, i));
        put_line(table);
    }
    return true;
}

bool format_table(struct answer *answer, FILE *out, uint64_t *rows, struct fault *fault)
{
    CLEANUP(arena_clear) struct arena arena;
    CLEANUP(table_clear)
    struct table table = {.answer = answer, .out = out, .columns = answer_columns(answer)};
    arena_init(&arena);
    text_init(&table.cell, TABLE_LINE_MOST);
    text_init(&table.line, TABLE_LINE_MOST);
    table.widths = memory_new(table.columns, sizeof *table.widths);
    const char **kept = arena_new(&arena, TABLE_ROWS_FIRST * table.columns, sizeof *kept);
    size_t count = 0;
    if (!keep(&table, &arena, kept, &count, fault))
        return false;
    put_head(&table);
    for (size_t row = 0; row < count; row++) {
        for (size_t i = 0; i < table.columns; i++)
            put_cell(&table, i, kept[row * table.columns + i]);
        put_line(&table);
    }
    *rows += count;
    return count < TABLE_ROWS_FIRST || put_rest(&table, rows, fault);
}

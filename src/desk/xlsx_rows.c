/* The cells of a sheet (ECMA-376 part 1, sections 18.3 and 18.18.11). */
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/number.h"
#include "base/text.h"
#include "base/words.h"
#include "desk/sheet_parts.h"
#include "desk/xlsx.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 1048576 };
enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_YES_NO, CELL_DAY };

struct rows {
    struct xlsx *xlsx;
    const struct xlsx_rows *with;
    struct sheet *sheet;
    struct sheet_line line;
    size_t last_line, column; /* of the cell under way */
    enum cell_type type;
    bool day, value, aloud; /* its style shows a day; within <v> or <t>; within <rPh> */
    struct text text;
};

/* "AB12" is column 27, from 0. False: it is no cell's name. */
static bool column_of(const char *name, size_t *column)
{
    size_t letters = 0, number = 0;
    for (; name[letters] >= 'A' && name[letters] <= 'Z' && letters < 4; letters++)
        number = number * 26 + (size_t)(name[letters] - 'A') + 1;
    if (letters == 0 || letters > 3 || !isdigit((unsigned char)name[letters]))
        return false;
    *column = number - 1;
    return true;
}

static enum cell_type type_of(const char *type)
{
    static const struct {
        const char *name;
        enum cell_type type;
    } types[] = {{"s", CELL_SHARED}, {"inlineStr", CELL_TEXT}, {"str", CELL_TEXT},
                 {"e", CELL_TEXT},   {"b", CELL_YES_NO},       {"d", CELL_DAY}};
    for (size_t i = 0; type != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].name, type) == 0)
            return types[i].type;
    return CELL_NUMBER;
}

static bool style_shows_day(const struct rows *rows, const char *style)
{
    uint64_t number;
    return style != NULL && number_parse(style, strlen(style), XLSX_STYLES_MOST - 1, &number) &&
           rows->with->styles->day[number];
}

static void begin_cell(struct rows *rows, const char **attributes)
{
    const char *name = xlsx_attribute(attributes, "r");
    if (name == NULL || !column_of(name, &rows->column))
        rows->column++; /* a name may be left out: the next one */
    rows->type = type_of(xlsx_attribute(attributes, "t"));
    rows->day = style_shows_day(rows, xlsx_attribute(attributes, "s"));
    text_empty(&rows->text);
}

static void begin_row(struct rows *rows, const char **attributes)
{
    const char *name = xlsx_attribute(attributes, "r");
    uint64_t line;
    bool named = name != NULL && number_parse(name, strlen(name), LINES_MOST, &line) && line > 0;
    rows->last_line = named ? (size_t)line : rows->last_line + 1;
    rows->line = (struct sheet_line){.line = rows->last_line};
    rows->column = SIZE_MAX; /* the next one is the first */
}

static void begin(void *context, const char *name, const char **attributes)
{
    struct rows *rows = context;
    rows->value = strcmp(name, "v") == 0 || strcmp(name, "t") == 0;
    rows->aloud = rows->aloud || strcmp(name, "rPh") == 0;
    if (strcmp(name, "row") == 0)
        begin_row(rows, attributes);
    if (strcmp(name, "c") == 0)
        begin_cell(rows, attributes);
}

static void text(void *context, const char *bytes, size_t length)
{
    struct rows *rows = context;
    if (rows->value && !rows->aloud)
        text_add(&rows->text, bytes, length);
}

/* Days since 1899-12-30, from March 1900 on: the 1900 system has a 29 February 1900 that was none, as its
 * day 60. */
static bool day_of(double serial, bool since_1904, int32_t *day)
{
    const double most = 2958465; /* 9999-12-31 */
    if (!(serial >= 0 && serial <= most))
        return false;
    int32_t whole = (int32_t)serial;
    if (since_1904)
        *day = calendar_day(1904, 1, 1) + whole;
    else if (whole == 0 || whole == 60)
        return false;
    else
        *day = calendar_day(1899, 12, 30) + whole + (whole < 60);
    return calendar_date(*day).year <= 9999;
}

void xlsx_number(const char *written, bool day, bool since_1904, char out[XLSX_NUMBER])
{
    char *end;
    int32_t civil;
    double number = strtod(written, &end);
    snprintf(out, XLSX_NUMBER, "%s", written);
    if (end == written || *end != '\0' || !isfinite(number) || strpbrk(written, "xX") != NULL)
        return;
    if (day && day_of(number, since_1904, &civil))
        calendar_day_text(out, civil);
    else if (fabs(number) < 1e15 && number == floor(number))
        snprintf(out, XLSX_NUMBER, "%.0f", number);
    else
        snprintf(out, XLSX_NUMBER, "%.15g", number);
}

static const char *shared(const struct rows *rows, const char *written)
{
    uint64_t place;
    const struct xlsx_strings *strings = rows->with->strings;
    if (!number_parse(written, strlen(written), SIZE_MAX, &place) || place >= strings->count)
        return NULL;
    return strings->strings[place];
}

static const char *value_of(struct rows *rows, const char *written)
{
    char number[XLSX_NUMBER];
    const char *string = written;
    switch (rows->type) {
    case CELL_SHARED:
        return shared(rows, written);
    case CELL_YES_NO:
        string = strcmp(written, "1") == 0 ? "yes" : "no";
        break;
    case CELL_NUMBER:
        xlsx_number(written, rows->day, rows->with->book->since_1904, number);
        string = number;
        break;
    case CELL_DAY: /* 2026-11-03T00:00:00 */
    case CELL_TEXT:
        return xlsx_plain(&rows->sheet->arena, written);
    }
    return arena_string(&rows->sheet->arena, string, strlen(string));
}

static const char *end_cell(struct rows *rows)
{
    if (rows->text.length == 0)
        return NULL;
    if (rows->column >= SHEET_COLUMNS_MOST)
        return N_("The table has too many columns: 64 are the most.");
    if (rows->text.length > SHEET_CELL_MOST)
        return N_("A cell is too long.");
    const char *value = value_of(rows, rows->text.bytes);
    if (value == NULL)
        return N_("This XLSX file is damaged, or it is none.");
    rows->line.cells[rows->column] = value;
    if (rows->line.count <= rows->column)
        rows->line.count = rows->column + 1;
    return NULL;
}

static void end(void *context, const char *name)
{
    struct rows *rows = context;
    const char *problem = NULL;
    rows->value = false;
    if (strcmp(name, "rPh") == 0)
        rows->aloud = false;
    if (strcmp(name, "c") == 0)
        problem = end_cell(rows);
    if (problem != NULL)
        rows->sheet->line = rows->line.line;
    if (strcmp(name, "row") == 0)
        problem = sheet_add(rows->sheet, &rows->line);
    if (problem != NULL)
        rows->xlsx->problem = problem;
}

void xlsx_rows_read(struct xlsx *xlsx, const struct xlsx_rows *with, struct sheet *sheet)
{
    struct rows *rows = &(struct rows){.xlsx = xlsx, .with = with, .sheet = sheet, .column = SIZE_MAX};
    const struct xlsx_reader reader = {begin, end, text, rows};
    text_init(&rows->text, 4 * SHEET_CELL_MOST);
    if (xlsx_read(xlsx, with->book->sheet, &reader) == XLSX_NONE)
        xlsx->problem = N_("This XLSX file is damaged, or it is none.");
    text_clear(&rows->text);
}

/* The table of a report of many at once, as the case page shows it: the first rows, with the labels of the
 * form. */
#include "desk/forms.h"
#include "desk/many.h"
#include "desk/page_case.h"
#include <string.h>

enum { ROWS_SHOWN = 50, CELL_MOST = 4096 };

static const struct field *column_of(const char *name)
{
    const struct field *column;
    for (size_t i = 0; (column = many_column(i)) != NULL; i++)
        if (strcmp(column->name, name) == 0)
            return column;
    return NULL;
}

static json_t *head_model(const struct call *call, const struct sheet_row *head)
{
    json_t *list = json_array();
    for (size_t i = 0; i < head->count; i++) {
        const struct field *column = column_of(head->cells[i]);
        bool known = column != NULL && column->label != NULL;
        json_array_append_new(list, json_string(known ? call_say(call, column->label) : head->cells[i]));
    }
    return list;
}

static json_t *row_model(const struct call *call, const struct sheet_row *head, const struct sheet_row *row)
{
    json_t *cells = json_array();
    for (size_t i = 0; i < head->count; i++) {
        const struct field *column = column_of(head->cells[i]);
        const char *value = i < row->count ? row->cells[i] : "";
        CLEANUP(text_clear) struct text shown;
        text_init(&shown, CELL_MOST);
        if (column != NULL)
            forms_shown(column, value, call->language, &shown);
        else
            text_add_string(&shown, value);
        json_array_append_new(cells, json_string(shown.length > 0 ? shown.bytes : ""));
    }
    return json_pack("{s:o}", "cells", cells);
}

json_t *page_case_rows(const struct call *call, const char *csv)
{
    CLEANUP(sheet_clear) struct sheet sheet = {0};
    if (sheet_read(&sheet, csv, strlen(csv)) != NULL || sheet.count < 2)
        return json_false();
    json_t *rows = json_array();
    for (size_t i = 1; i < sheet.count && i <= ROWS_SHOWN; i++)
        json_array_append_new(rows, row_model(call, &sheet.rows[0], &sheet.rows[i]));
    json_t *table = json_pack("{s:I, s:o, s:o, s:b}", "count", (json_int_t)sheet.count - 1, "head",
                              head_model(call, &sheet.rows[0]), "rows", rows, "more", false);
    if (sheet.count - 1 > ROWS_SHOWN)
        json_object_set_new(table, "more", json_integer((json_int_t)sheet.count - 1 - ROWS_SHOWN));
    return table;
}

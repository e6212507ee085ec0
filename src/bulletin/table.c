#include "bulletin/table.h"
#include "base/csv.h"
#include "bulletin/phrase.h"
#include <inttypes.h>

enum { TABLE_SHORT = 36 /* rows; a longer table may go on over the page */ };

json_t *table_new(const char *file, const char *caption, const char *corner)
{
    return json_pack("{s:s, s:s, s:s, s:[], s:[]}", "file", file, "caption", caption, "corner", corner,
                     "columns", "rows");
}

void table_column(json_t *table, const char *label)
{
    json_array_append_new(json_object_get(table, "columns"), json_string(label));
}

void table_row(json_t *table, const char *head, const char *kind, const uint64_t *cells, size_t count)
{
    json_t *values = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(values, json_integer((json_int_t)cells[i]));
    json_array_append_new(json_object_get(table, "rows"),
                          json_pack("{s:s, s:s, s:o}", "head", head, "class", kind, "cells", values));
}

void table_row_text(json_t *table, const char *head, const char *cell)
{
    json_array_append_new(json_object_get(table, "rows"),
                          json_pack("{s:s, s:s, s:[s]}", "head", head, "class", "words", "cells", cell));
}

json_t *table_turned(json_t *table)
{
    json_t *turned = json_copy(table), *columns = json_array(), *rows = json_array(), *label, *row;
    size_t i, r;
    json_array_foreach(json_object_get(table, "rows"), r, row)
        json_array_append(columns, json_object_get(row, "head"));
    json_array_foreach(json_object_get(table, "columns"), i, label)
    {
        json_t *cells = json_array();
        json_array_foreach(json_object_get(table, "rows"), r, row)
            json_array_append(cells, json_array_get(json_object_get(row, "cells"), i));
        json_array_append_new(rows, json_pack("{s:O, s:s, s:o}", "head", label, "class", "", "cells", cells));
    }
    json_object_set_new(turned, "columns", columns);
    json_object_set_new(turned, "rows", rows);
    json_decref(table);
    return turned;
}

static json_t *cell_view(struct issue *issue, json_t *cell)
{
    if (json_is_string(cell))
        return json_incref(cell);
    return json_string(phrase_number(issue, (uint64_t)json_integer_value(cell)));
}

static json_t *row_view(struct issue *issue, const json_t *row)
{
    json_t *cells = json_array(), *cell;
    size_t i;
    json_array_foreach(json_object_get(row, "cells"), i, cell)
        json_array_append_new(cells, cell_view(issue, cell));
    return json_pack("{s:O, s:O, s:o}", "head", json_object_get(row, "head"), "class",
                     json_object_get(row, "class"), "cells", cells);
}

json_t *table_view(struct issue *issue, const json_t *table)
{
    json_t *view = json_pack("{s:O, s:O, s:O, s:O, s:[]}", "file", json_object_get(table, "file"), "caption",
                             json_object_get(table, "caption"), "corner", json_object_get(table, "corner"),
                             "columns", json_object_get(table, "columns"), "rows");
    size_t i;
    json_t *row, *rows = json_object_get(table, "rows");
    json_array_foreach(rows, i, row)
        json_array_append_new(json_object_get(view, "rows"), row_view(issue, row));
    json_object_set_new(view, "long", json_boolean(json_array_size(rows) > TABLE_SHORT));
    return view;
}

static void csv_text(struct text *out, const json_t *value)
{
    csv_write_cell(out, json_string_value(value), true);
}

static void csv_cell(struct text *out, const json_t *cell)
{
    text_add_byte(out, ',');
    if (json_is_string(cell))
        csv_text(out, cell);
    else
        text_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(cell));
}

static void csv_row(struct text *out, const json_t *row)
{
    size_t i;
    json_t *cell;
    csv_text(out, json_object_get(row, "head"));
    json_array_foreach(json_object_get(row, "cells"), i, cell) csv_cell(out, cell);
    text_add_string(out, "\r\n"); /* RFC 4180 section 2 */
}

void table_csv(const json_t *table, struct text *out)
{
    size_t i;
    json_t *item;
    text_add_string(out, "\xef\xbb\xbf"); /* spreadsheets take it for UTF-8 by this */
    csv_text(out, json_object_get(table, "corner"));
    json_array_foreach(json_object_get(table, "columns"), i, item)
    {
        text_add_byte(out, ',');
        csv_text(out, item);
    }
    text_add_string(out, "\r\n");
    json_array_foreach(json_object_get(table, "rows"), i, item) csv_row(out, item);
}

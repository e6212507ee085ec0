#include "bulletin/figure.h"
#include "bulletin/phrase.h"
#include "bulletin/table.h"

json_t *figure_new(struct figure_words words, json_t *option, json_t *table)
{
    json_object_set_new(option, "unit", json_string(words.unit));
    if (json_is_array(json_object_get(option, "marks"))) /* days read better down the page than across it */
        table = table_turned(table);
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o}", "number", words.number, "file", words.file, "caption",
                     words.caption, "description", words.description, "option", option, "table", table);
}

json_t *figure_option(const char *kind, json_t *categories, json_t *marks)
{
    return json_pack("{s:s, s:o, s:o, s:[]}", "kind", kind, "categories", categories, "marks",
                     marks == NULL ? json_null() : marks, "series");
}

static void add_series(json_t *option, const char *name, bool rest, json_t *data)
{
    json_array_append_new(json_object_get(option, "series"),
                          json_pack("{s:s, s:b, s:o}", "name", name, "rest", (int)rest, "data", data));
}

static json_t *numbers(const uint64_t *values, size_t count)
{
    json_t *data = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(data, json_integer((json_int_t)values[i]));
    return data;
}

void figure_series(json_t *option, json_t *table, const char *name, const uint64_t *values, size_t count)
{
    add_series(option, name, false, numbers(values, count));
    table_row(table, name, "", values, count);
}

void figure_rest(json_t *option, json_t *table, const char *name, const uint64_t *values, size_t count)
{
    add_series(option, name, true, numbers(values, count));
    table_row(table, name, "", values, count);
}

json_t *figure_months(struct issue *issue)
{
    json_t *months = json_array();
    for (int i = 0; i < FIGURES_MONTHS; i++)
        json_array_append_new(
            months, json_string(phrase_month_short(issue, issue->figures->month - FIGURES_NOW + i)));
    return months;
}

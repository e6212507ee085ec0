/* The page: one file that stands alone, made of web/templates/check/ and web/style/check.css. */
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/number.h"
#include "base/parts.h"
#include "base/shelf.h"
#include "base/words.h"
#include "check/group.h"
#include "check/output.h"
#include <string.h>

/* A group of so many rows is not parted by the end of a page. */
enum { SHORT_MOST = 8, TITLE_MOST = 1024 };
enum { ROWS_MOST = 5000, STYLE_MOST = 1 << 20, CELL_MOST = 64 * 1024 };

static json_t *counted(size_t count)
{
    char text[NUMBER_GROUPED_SIZE];
    number_grouped(text, count);
    return json_string(text);
}

/* A cell that is not there is empty; so that the next stand under their heads. */
static void add_cell(json_t *cells, const char *label, const char *text)
{
    json_array_append_new(cells, json_pack("{s:s, s:s}", "label", label, "text", text != NULL ? text : ""));
}

static json_t *row_model(const struct group *group, const struct finding *finding)
{
    CLEANUP(text_clear) struct text cell;
    json_t *cells = json_array();
    text_init(&cell, CELL_MOST);
    for (size_t i = 0; i < GROUP_COLUMNS; i++) {
        if (!group_columns[i].wanted(group))
            continue;
        text_empty(&cell);
        group_columns[i].write(finding, &cell);
        add_cell(cells, _(group_columns[i].head), cell.length > 0 ? cell.bytes : "");
    }
    return json_pack("{s:s, s:o}", "first", finding->subject, "cells", cells);
}

/* heads, rows, and a sentence on what is left out. */
static void set_table(json_t *model, const struct group *group)
{
    json_t *heads = json_array(), *rows = json_array();
    json_array_append_new(heads, json_string(_("Item")));
    for (size_t i = 0; i < GROUP_COLUMNS; i++)
        if (group_columns[i].wanted(group))
            json_array_append_new(heads, json_string(_(group_columns[i].head)));
    for (size_t i = 0; i < group->count && i < ROWS_MOST; i++)
        json_array_append_new(rows, row_model(group, &group->items[i]));
    json_object_set_new(model, "heads", heads);
    json_object_set_new(model, "rows", rows);
    if (group->count > ROWS_MOST)
        json_object_set_new(model, "more",
                            json_sprintf(_("%zu more are not on this page; --json tells all of them."),
                                         group->count - ROWS_MOST));
}

static void add_fact(json_t *facts, const char *head, const char *value)
{
    if (value != NULL && value[0] != '\0')
        json_array_append_new(facts, json_pack("{s:s, s:s}", "head", head, "value", value));
}

/* What its findings have in common. */
static json_t *facts_model(const struct group *group)
{
    CLEANUP(text_clear) struct text value;
    json_t *facts = json_array();
    text_init(&value, CELL_MOST);
    add_fact(facts, _("Seen"), group->seen);
    add_fact(facts, _("Expected"), group->expected);
    group_write_sources(group, &value);
    add_fact(facts, _("Source"), value.bytes);
    text_empty(&value);
    if (group->place != NULL)
        group_write_place(group->place, &value);
    add_fact(facts, _("Where"), value.bytes);
    if (group->id != NULL)
        add_fact(facts, _("Name in other outputs"), group->id->id);
    return facts;
}

static json_t *group_model(const struct group *group)
{
    CLEANUP(text_clear) struct text title;
    text_init(&title, TITLE_MOST);
    group_write_title(group, &title);
    json_t *model = json_pack("{s:s, s:s, s:s, s:s, s:o}", "mark", group_mark(group->result), "result",
                              check_result_name(group->result), "title", title.bytes, "caption", title.bytes,
                              "count", counted(group->count));
    if (group->id != NULL) {
        json_object_set_new(model, "id", json_string(group->id->id));
        json_object_set_new(model, "anchor",
                            json_sprintf("%s-%s", check_result_name(group->result), group->id->id));
        json_object_set_new(model, "meaning", json_string(_(group->id->meaning)));
    }
    json_object_set_new(model, "advice", json_string(group->advice != NULL ? group->advice : ""));
    json_object_set_new(model, "facts", facts_model(group));
    json_object_set_new(model, "short", json_boolean(group->count <= SHORT_MOST));
    set_table(model, group);
    return model;
}

/* A list to print and tick off. */
static json_t *list_model(const struct finding_list *list)
{
    json_t *heads = json_array(), *rows = json_array();
    for (size_t i = 0; i < list->column_count; i++)
        json_array_append_new(heads, json_string(list->columns[i]));
    for (size_t i = 0; i < list->row_count && i < ROWS_MOST; i++) {
        const char **row = &list->cells[i * list->column_count];
        json_t *cells = json_array();
        for (size_t k = 1; k < list->column_count; k++)
            add_cell(cells, list->columns[k], row[k]);
        json_array_append_new(rows, json_pack("{s:s, s:o}", "first", row[0], "cells", cells));
    }
    return json_pack("{s:s, s:s, s:b, s:o, s:o}", "title", list->title, "caption", list->title, "boxes", 1,
                     "heads", heads, "rows", rows);
}

static void set_groups(json_t *model, const struct check *check, const struct findings *findings)
{
    size_t counts[CHECK_PASS + 1] = {0};
    json_t *groups = json_array(), *numbers = json_array();
    for (size_t from = 0; from < findings->count;) {
        struct group group = group_at(check, findings, from);
        from += group.count;
        counts[group.result] += group.count;
        if (group.result == CHECK_PASS)
            json_object_set_new(model, "passes", group_model(&group));
        else
            json_array_append_new(groups, group_model(&group));
    }
    for (enum check_result i = CHECK_FAIL; i <= CHECK_PASS; i++)
        if (counts[i] > 0)
            json_array_append_new(numbers, json_pack("{s:s, s:s, s:s, s:o}", "mark", group_mark(i), "result",
                                                     check_result_name(i), "label", group_mark_words(i),
                                                     "count", counted(counts[i])));
    json_object_set_new(model, "groups", groups);
    json_object_set_new(model, "counts", numbers);
}

static json_t *page_model(const struct check *check, const struct findings *findings)
{
    char day[CALENDAR_DAY_SIZE];
    json_t *summary = json_array();
    enum check_result result = group_verdict(findings);
    calendar_day_text(day, check_today());
    for (size_t i = 0; i < findings->summary_count; i++)
        json_array_append_new(summary, json_string(findings->summary[i]));
    json_t *model =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:b, s:o}", "language", words_language(),
                  "name", check_name(check), "version", MIMAMORI_VERSION, "title", _(check->title), "day",
                  day, "result", check_result_name(result), "mark", group_mark(result), "verdict",
                  group_verdict_words(result), "looked_at", counted(findings->looked_at), "has_summary",
                  (int)(findings->summary_count > 0), "summary", summary);
    set_groups(model, check, findings);
    if (findings->list != NULL)
        json_object_set_new(model, "list", list_model(findings->list));
    return model;
}

/* The style is one more template: inlined as it stands, and there is no way for a value to be so. */
static bool add_style(json_t *sources, struct fault *fault)
{
    CLEANUP(text_clear) struct text style;
    text_init(&style, STYLE_MOST);
    return parts_read("style/check.css", &style, fault) &&
           json_object_set_new(sources, "style", json_stringn(style.bytes, style.length)) == 0;
}

bool output_html(const struct check *check, const struct findings *findings, struct text *out,
                 struct fault *fault)
{
    json_t *sources = parts_folder("templates/check", ".mustache", fault);
    OWNED(shelf_free)
    struct shelf *shelf =
        sources != NULL && add_style(sources, fault) ? shelf_new(words_language(), sources, fault) : NULL;
    json_decref(sources);
    if (shelf == NULL)
        return false;
    json_t *model = page_model(check, findings);
    bool well = shelf_render(shelf, "page", NULL, model, out, fault);
    json_decref(model);
    return well;
}

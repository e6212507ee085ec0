#include "bulletin/blocks.h"
#include "bulletin/causes.h"
#include "bulletin/phrase.h"
#include "bulletin/table.h"

enum { DRAWING_MOST = 4 << 20 };

static void add(struct blocks *blocks, const char *name, json_t *value)
{
    json_array_append_new(blocks->list, json_pack("{s:o}", name, value));
}

void blocks_paragraph(struct blocks *blocks, const char *sentence)
{
    if (sentence != NULL)
        add(blocks, "paragraph", json_string(sentence));
}

void blocks_heading(struct blocks *blocks, const char *heading)
{
    add(blocks, "heading", json_string(heading));
}

void blocks_quiet(struct blocks *blocks, const char *sentence)
{
    add(blocks, "quiet", json_string(sentence));
}

void blocks_notes(struct blocks *blocks, const char *const *notes, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(notes[i]));
    add(blocks, "notes", json_pack("{s:o}", "items", list));
}

/* The editor's headings go on under the last one of the section. */
static int heading_level(const struct blocks *blocks, const char *heading)
{
    size_t i;
    json_t *block;
    json_array_foreach(blocks->list, i, block) if (json_object_get(block, "heading") != NULL) return 4;
    return heading != NULL ? 4 : 3;
}

void blocks_editor(struct blocks *blocks, enum editor_part part, const char *heading)
{
    const char *words = blocks->issue->editor->parts[part];
    if (words == NULL || blocks->failed)
        return;
    CLEANUP(text_clear) struct text html;
    text_init(&html, SCRIPT_OUT_MOST);
    json_t *given = json_pack("{s:s, s:i}", "text", words, "top", heading_level(blocks, heading));
    if (!script_call(blocks->script, "markdown", given, &html, blocks->fault)) {
        blocks->failed = true;
        return;
    }
    if (heading != NULL)
        blocks_heading(blocks, heading);
    add(blocks, "html", json_stringn(html.bytes == NULL ? "" : html.bytes, html.length));
}

/* The static drawings: wide for paper and large windows, narrow for phones. */
static bool draw(struct blocks *blocks, json_t *figure, bool narrow, const char *as)
{
    CLEANUP(text_clear) struct text svg;
    text_init(&svg, DRAWING_MOST);
    struct issue *issue = blocks->issue;
    const char *id =
        phrase(issue, "%s%s", json_string_value(json_object_get(figure, "id")), narrow ? "n" : "");
    json_t *given =
        json_pack("{s:s, s:O, s:O, s:O, s:b}", "id", id, "title", json_object_get(figure, "caption"),
                  "description", json_object_get(figure, "description"), "option",
                  json_object_get(figure, "option"), "narrow", (int)narrow);
    if (!script_call(blocks->script, "draw", given, &svg, blocks->fault))
        return false;
    json_object_set_new(figure, as, json_stringn(svg.bytes, svg.length));
    return true;
}

static void label(struct blocks *blocks, json_t *figure)
{
    const char *number = json_string_value(json_object_get(figure, "number"));
    json_object_set_new(figure, "id", json_string(phrase(blocks->issue, "figure-%s", number)));
    json_object_set_new(figure, "label", json_string(phrase(blocks->issue, _("Figure %s"), number)));
    const char *unit = json_string_value(json_object_get(json_object_get(figure, "option"), "unit"));
    if (unit != NULL && unit[0] != '\0')
        json_object_set_new(figure, "unit", json_string(phrase(blocks->issue, _("(%s)"), unit)));
    json_object_set_new(figure, "view", table_view(blocks->issue, json_object_get(figure, "table")));
    json_array_append(blocks->figures, figure);
    json_array_append(blocks->tables, json_object_get(figure, "table"));
}

void blocks_figure(struct blocks *blocks, json_t *figure)
{
    if (figure == NULL)
        return;
    label(blocks, figure);
    if (!blocks->failed)
        blocks->failed = !draw(blocks, figure, false, "wide") || !draw(blocks, figure, true, "narrow");
    add(blocks, "figure", figure);
}

void blocks_table(struct blocks *blocks, json_t *table)
{
    json_array_append(blocks->tables, table);
    add(blocks, "table", table_view(blocks->issue, table));
    json_decref(table);
}

/* The drawing's table: each box and what it leads to. */
static json_t *causes_table(const struct causes *causes, const char *caption)
{
    json_t *table = table_new("figure-1-1-causes", caption, _("From"));
    table_column(table, _("Leads to"));
    for (int i = 0; i < causes->arrow_count; i++)
        table_row_text(table, causes->boxes[causes->arrows[i].from].text,
                       causes->boxes[causes->arrows[i].to].text);
    return table;
}

void blocks_causes(struct blocks *blocks)
{
    const struct editor *editor = blocks->issue->editor;
    if (editor->causes == NULL || blocks->failed)
        return;
    struct causes causes;
    if (!causes_read(&causes, editor->causes_path, editor->causes, blocks->fault)) {
        blocks->failed = true;
        return;
    }
    const char *title = causes.title != NULL ? causes.title : _("Causes and damage");
    const char *description =
        _("A drawing, from left to right: what causes the damage, and the steps between.");
    CLEANUP(text_clear) struct text svg;
    text_init(&svg, DRAWING_MOST);
    causes_draw(&causes, (struct causes_words){"figure-1-1", title, description}, &svg);
    json_t *figure = json_pack("{s:s, s:s, s:s, s:s, s:s#, s:o, s:b}", "number", "1-1", "file",
                               "figure-1-1-causes", "caption", title, "description", description, "wide",
                               svg.bytes, (int)svg.length, "table", causes_table(&causes, title), "still", 1);
    causes_clear(&causes);
    label(blocks, figure);
    add(blocks, "figure", figure);
}

#include "bulletin/outputs.h"
#include "base/cleanup.h"
#include "base/stop.h"
#include "base/file.h"
#include "base/text.h"
#include "bulletin/html.h"
#include "bulletin/pdf.h"
#include "bulletin/table.h"
#include <string.h>

enum { TABLE_MOST = 16 << 20, PATH_MOST = 8192 };

static bool write_text(const struct edition *edition, const char *name, const struct text *text,
                       struct fault *fault)
{
    CLEANUP(text_clear) struct text path;
    text_init(&path, PATH_MOST);
    text_addf(&path, "%s/%s", edition->folder, name);
    if (!text_whole(text) || !text_whole(&path))
        return fault_set(fault, "'%s' grew too large", name);
    return file_write(path.bytes, text->bytes, text->length, fault);
}

static bool make_folder(const struct edition *edition, const char *name, struct fault *fault)
{
    CLEANUP(text_clear) struct text path;
    text_init(&path, PATH_MOST);
    text_addf(&path, "%s/%s", edition->folder, name);
    return file_make_folder(path.bytes, fault);
}

static bool write_page(const struct edition *edition, struct fault *fault)
{
    CLEANUP(text_clear) struct text html;
    text_init(&html, SCRIPT_OUT_MOST);
    return html_render(edition->tree, edition->script, HTML_SCREEN, &html, fault) &&
           write_text(edition, "index.html", &html, fault);
}

static bool write_pdf(const struct edition *edition, struct fault *fault)
{
    CLEANUP(text_clear) struct text html;
    text_init(&html, SCRIPT_OUT_MOST);
    return html_render(edition->tree, edition->script, HTML_PAPER, &html, fault) &&
           write_text(edition, "paper.html", &html, fault) &&
           pdf_write(edition->folder, edition->made_s, fault);
}

static bool write_figures_json(const struct edition *edition, struct fault *fault)
{
    CLEANUP(text_clear) struct text json;
    text_init(&json, TABLE_MOST);
    figures_json(edition->figures, &json);
    return write_text(edition, "figures.json", &json, fault);
}

static const char *file_of(const json_t *item)
{
    return json_string_value(json_object_get(item, "file"));
}

static bool write_tables(const struct edition *edition, struct fault *fault)
{
    size_t i;
    json_t *table;
    if (!make_folder(edition, "tables", fault))
        return false;
    json_array_foreach(json_object_get(edition->tree, "tables"), i, table)
    {
        CLEANUP(text_clear) struct text csv, name;
        text_init(&csv, TABLE_MOST);
        text_init(&name, PATH_MOST);
        table_csv(table, &csv);
        text_addf(&name, "tables/%s.csv", file_of(table));
        if (!write_text(edition, name.bytes, &csv, fault))
            return false;
    }
    return true;
}

static bool write_drawings(const struct edition *edition, struct fault *fault)
{
    size_t i;
    json_t *figure;
    if (!make_folder(edition, "figures", fault))
        return false;
    json_array_foreach(json_object_get(edition->tree, "figures"), i, figure)
    {
        CLEANUP(text_clear) struct text svg, name;
        text_init(&svg, TABLE_MOST);
        text_init(&name, PATH_MOST);
        text_add_string(&svg, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text_add_string(&svg, json_string_value(json_object_get(figure, "wide")));
        text_addf(&name, "figures/%s.svg", file_of(figure));
        if (!write_text(edition, name.bytes, &svg, fault))
            return false;
    }
    return true;
}

static const struct {
    const char *name;
    bool (*write)(const struct edition *edition, struct fault *fault);
} outputs[] = {
    {"figures.json", write_figures_json}, {"tables", write_tables},    {"figures", write_drawings},
    {"index.html", write_page},           {"bulletin.pdf", write_pdf},
};

bool outputs_write(const struct edition *edition, struct fault *fault)
{
    for (size_t i = 0; i < sizeof outputs / sizeof outputs[0]; i++)
        if (!outputs[i].write(edition, fault))
            return stop_check(fault) && fault_while(fault, "writing %s", outputs[i].name);
    return stop_check(fault);
}

bool outputs_has(const char *name)
{
    size_t i = 0, count = sizeof outputs / sizeof outputs[0];
    while (i < count && strcmp(outputs[i].name, name) != 0)
        i++;
    return i < count;
}

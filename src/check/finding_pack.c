/* Findings from one process to another: a line of JSON. Who reads it trusts nothing in it: the other read
 * what strangers wrote. */
#include "base/cleanup.h"
#include "check/check.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static json_t *list_pack(const struct finding_list *list)
{
    if (list == NULL)
        return json_null();
    json_t *columns = json_array(), *cells = json_array();
    for (size_t i = 0; i < list->column_count; i++)
        json_array_append_new(columns, json_string(list->columns[i]));
    for (size_t i = 0; i < list->row_count * list->column_count; i++)
        json_array_append_new(cells, json_string(list->cells[i]));
    return json_pack("{s:s, s:o, s:o}", "title", list->title, "columns", columns, "cells", cells);
}

void findings_pack(const struct findings *findings, struct text *out)
{
    json_t *items = json_array(), *summary = json_array();
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *at = &findings->items[i];
        json_array_append_new(items, json_pack("[s, i, s, s?, s?, s?, s?, i, s?, I]", at->id, (int)at->result,
                                               at->subject, at->seen, at->expected, at->advice, at->source,
                                               (int)at->source_age_days, at->file, (json_int_t)at->line));
    }
    for (size_t i = 0; i < findings->summary_count; i++)
        json_array_append_new(summary, json_string(findings->summary[i]));
    json_t *whole = json_pack("{s:o, s:o, s:o, s:I, s:b}", "items", items, "summary", summary, "list",
                              list_pack(findings->list), "looked_at", (json_int_t)findings->looked_at, "full",
                              (int)findings->full);
    OWNED_MEMORY char *line = json_dumps(whole, JSON_COMPACT);
    json_decref(whole);
    text_add_string(out, line != NULL ? line : "");
}

/* A string, or null. */
static bool text_unpack(const json_t *packed, const char **text)
{
    *text = json_string_value(packed);
    return *text != NULL || json_is_null(packed);
}

static bool finding_unpack(json_t *packed, const struct check_id *ids, struct findings *findings)
{
    const char *id;
    int result, age;
    json_int_t line;
    json_t *seen, *expected, *advice, *source, *file;
    struct finding finding = {0};
    if (json_unpack(packed, "[s, i, s, o, o, o, o, i, o, I!]", &id, &result, &finding.subject, &seen,
                    &expected, &advice, &source, &age, &file, &line) != 0)
        return false;
    if (!text_unpack(seen, &finding.seen) || !text_unpack(expected, &finding.expected) ||
        !text_unpack(advice, &finding.advice) || !text_unpack(source, &finding.source) ||
        !text_unpack(file, &finding.file))
        return false;
    while (ids->id != NULL && strcmp(ids->id, id) != 0)
        ids++;
    if (ids->id == NULL || result < CHECK_FAIL || result > CHECK_PASS || age < FINDING_NO_AGE || line < 0)
        return false;
    finding.id = ids->id;
    finding.result = (enum check_result)result;
    finding.source_age_days = age;
    finding.line = (size_t)line;
    finding_add(findings, &finding);
    return true;
}

static bool list_unpack(json_t *packed, struct findings *findings)
{
    const char *title;
    json_t *columns, *cells;
    if (json_is_null(packed))
        return true;
    if (json_unpack(packed, "{s:s, s:o, s:o!}", "title", &title, "columns", &columns, "cells", &cells) != 0)
        return false;
    size_t count = json_array_size(columns);
    if (count == 0 || json_array_size(cells) % count != 0)
        return false;
    const char **names = arena_new(&findings->arena, count, sizeof *names);
    for (size_t i = 0; i < count; i++)
        if ((names[i] = findings_string(findings, json_string_value(json_array_get(columns, i)))) == NULL)
            return false;
    findings_list(findings, findings_string(findings, title), names, count);
    const char **row = arena_new(&findings->arena, count, sizeof *row);
    for (size_t i = 0; i < json_array_size(cells); i++) {
        if ((row[i % count] = json_string_value(json_array_get(cells, i))) == NULL)
            return false;
        if (i % count == count - 1)
            findings_list_row(findings, row);
    }
    return true;
}

static bool unpack(json_t *whole, const struct check_id *ids, struct findings *findings)
{
    json_t *items, *summary, *list, *at;
    json_int_t looked_at;
    int full;
    size_t i;
    if (json_unpack(whole, "{s:o, s:o, s:o, s:I, s:b!}", "items", &items, "summary", &summary, "list", &list,
                    "looked_at", &looked_at, "full", &full) != 0 ||
        looked_at < 0)
        return false;
    json_array_foreach(items, i, at) if (!finding_unpack(at, ids, findings)) return false;
    json_array_foreach(summary, i, at)
    {
        if (!json_is_string(at))
            return false;
        findings_say(findings, "%s", json_string_value(at));
    }
    findings->looked_at += (size_t)looked_at;
    findings->full |= full != 0;
    return list_unpack(list, findings);
}

bool findings_unpack(const char *bytes, size_t length, const struct check_id *ids, struct findings *findings,
                     struct fault *fault)
{
    json_error_t error;
    json_t *whole = json_loadb(bytes, length, 0, &error);
    bool well = whole != NULL && unpack(whole, ids, findings);
    json_decref(whole);
    return well || fault_set(fault, "what the process apart found cannot be read");
}

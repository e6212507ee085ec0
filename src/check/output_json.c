/* JSON: the contract's object, one finding a line, so that two runs can be compared line by line. */
#include "base/calendar.h"
#include "base/cleanup.h"
#include "check/output.h"
#include <jansson.h>
#include <stdlib.h>

/* What `string` is in JSON. */
static void print_string(const char *string, FILE *out)
{
    json_t *value = json_string(string);
    OWNED_MEMORY char *written = json_dumps(value, JSON_ENCODE_ANY);
    json_decref(value);
    fputs(written != NULL ? written : "null", out);
}

static void set_place(json_t *told, const struct finding *finding)
{
    if (finding->file != NULL)
        json_object_set_new(told, "file", json_string(finding->file));
    if (finding->line > 0)
        json_object_set_new(told, "line", json_integer((json_int_t)finding->line));
}

static void set_ignored(json_t *told, const struct finding *finding)
{
    char day[CALENDAR_DAY_SIZE];
    if (finding->reason == NULL)
        return;
    calendar_day_text(day, finding->until_day);
    json_object_set_new(told, "reason", json_string(finding->reason));
    json_object_set_new(told, "until", json_string(day));
}

static void print_finding(const struct finding *finding, FILE *out)
{
    json_t *told =
        json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s?}", "id", finding->id, "result",
                  check_result_name(finding->result), "subject", finding->subject, "seen", finding->seen,
                  "expected", finding->expected, "advice", finding->advice, "source", finding->source);
    bool aged = finding->source_age_days != FINDING_NO_AGE;
    json_object_set_new(told, "source_age_days", aged ? json_integer(finding->source_age_days) : json_null());
    set_place(told, finding);
    set_ignored(told, finding);
    OWNED_MEMORY char *line = json_dumps(told, JSON_PRESERVE_ORDER);
    json_decref(told);
    fputs(line != NULL ? line : "null", out);
}

static void print_findings(const struct findings *findings, FILE *out)
{
    const char *before = "\n    ";
    fputs("  \"findings\": [", out);
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].result == CHECK_PASS && check_options.all == NULL)
            continue;
        fputs(before, out);
        print_finding(&findings->items[i], out);
        before = ",\n    ";
    }
    fputs("\n  ],\n", out);
}

static void print_strings(const char *const *strings, size_t count, FILE *out)
{
    fputc('[', out);
    for (size_t i = 0; i < count; i++) {
        fputs(i == 0 ? "" : ", ", out);
        print_string(strings[i], out);
    }
    fputc(']', out);
}

static void print_list(const struct finding_list *list, FILE *out)
{
    fputs("  \"list\": {\"title\": ", out);
    print_string(list->title, out);
    fputs(", \"columns\": ", out);
    print_strings(list->columns, list->column_count, out);
    fputs(", \"rows\": [", out);
    for (size_t i = 0; i < list->row_count; i++) {
        fputs(i == 0 ? "\n    " : ",\n    ", out);
        print_strings(&list->cells[i * list->column_count], list->column_count, out);
    }
    fputs("\n  ]},\n", out);
}

void output_json(const struct check *check, const struct findings *findings, FILE *out)
{
    fprintf(out, "{\n  \"check\": \"%s\",\n  \"result\": \"%s\",\n  \"summary\": ", check_name(check),
            check_result_name(findings_result(findings)));
    print_strings(findings->summary, findings->summary_count, out);
    fputs(",\n", out);
    print_findings(findings, out);
    if (findings->list != NULL)
        print_list(findings->list, out);
    fprintf(out, "  \"looked_at\": %zu\n}\n", findings->looked_at);
}

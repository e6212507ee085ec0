/* SARIF 2.1.0 (OASIS Standard, 27 March 2020), for what gathers the results of many tools: a rule an id, a
 * result a finding, the four results as its `kind` and, of what is skipped, a suppression. Nothing in it
 * tells of the machine but what was found. */
#include "base/cleanup.h"
#include "base/calendar.h"
#include "base/words.h"
#include "check/output.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char *level_name(enum check_level level)
{
    static const char *const names[] = {
        [CHECK_ERROR] = "error", [CHECK_WARNING] = "warning", [CHECK_NOTE] = "note"};
    return names[level];
}

static void print(json_t *value, FILE *out)
{
    OWNED_MEMORY char *line = json_dumps(value, JSON_PRESERVE_ORDER);
    json_decref(value);
    fputs(line != NULL ? line : "null", out);
}

static json_t *message(const char *text)
{
    return json_pack("{s:s}", "text", text);
}

static void print_rules(const struct check *check, FILE *out)
{
    for (const struct check_id *id = check->ids; id->id != NULL; id++) {
        fputs(id == check->ids ? "\n      " : ",\n      ", out);
        print(json_pack("{s:s, s:o, s:o, s:{s:s}}", "id", id->id, "shortDescription", message(_(id->title)),
                        "fullDescription", message(_(id->meaning)), "defaultConfiguration", "level",
                        level_name(id->level)),
              out);
    }
}

/* As RFC 3986 has it: what is neither unreserved nor a slash is written as %XX. */
static void add_address(struct text *address, const char *path)
{
    for (; *path != '\0'; path++) {
        unsigned char byte = (unsigned char)*path;
        bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                     (byte >= 'a' && byte <= 'z') || strchr("-._~/", *path) != NULL;
        if (plain)
            text_add_byte(address, *path);
        else
            text_addf(address, "%%%02X", byte);
    }
}

/* A file that was named from the root on stands under a base that the reader knows, not this log. */
static json_t *file_place(const struct finding *finding)
{
    CLEANUP(text_clear) struct text address;
    text_init(&address, 4 * FINDING_STRING_MOST);
    const char *relative = finding->file + strspn(finding->file, "/");
    add_address(&address, relative);
    json_t *file = json_pack("{s:s}", "uri", address.length > 0 ? address.bytes : ".");
    if (relative != finding->file)
        json_object_set_new(file, "uriBaseId", json_string("ROOT"));
    json_t *place = json_pack("{s:o}", "artifactLocation", file);
    if (finding->line > 0)
        json_object_set_new(place, "region", json_pack("{s:I}", "startLine", (json_int_t)finding->line));
    return place;
}

static json_t *locations(const struct finding *finding)
{
    json_t *place = json_pack("{s:[{s:s}]}", "logicalLocations", "fullyQualifiedName", finding->subject);
    if (finding->file != NULL && finding->file[0] != '\0')
        json_object_set_new(place, "physicalLocation", file_place(finding));
    return json_pack("[o]", place);
}

/* One sentence after the other. */
static json_t *sentences(const struct finding *finding, const struct check_id *id)
{
    CLEANUP(text_clear) struct text text;
    text_init(&text, 6 * FINDING_STRING_MOST);
    if (finding->result == CHECK_PASS)
        text_addf(&text, _("%s: nothing was found wrong."), finding->subject);
    else
        text_addf(&text, _("%s: %s."), finding->subject, _(id->title));
    if (finding->seen != NULL)
        text_addf(&text, _(" Seen: %s."), finding->seen);
    if (finding->expected != NULL)
        text_addf(&text, _(" Expected: %s."), finding->expected);
    if (finding->advice != NULL)
        text_addf(&text, " %s", finding->advice);
    return message(text.bytes);
}

static json_t *properties(const struct finding *finding)
{
    json_t *told = json_pack("{s:s, s:s*, s:s*, s:s*}", "result", check_result_name(finding->result), "seen",
                             finding->seen, "expected", finding->expected, "source", finding->source);
    if (finding->source_age_days != FINDING_NO_AGE)
        json_object_set_new(told, "source_age_days", json_integer(finding->source_age_days));
    return told;
}

static json_t *suppressions(const struct finding *finding)
{
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, finding->until_day);
    return json_pack("[{s:s, s:s, s:s, s:{s:s}}]", "kind", "external", "status", "accepted", "justification",
                     finding->reason, "properties", "until", day);
}

static void print_result(const struct check *check, const struct finding *finding, FILE *out)
{
    static const char *const kinds[] = {
        [CHECK_FAIL] = "fail", [CHECK_UNKNOWN] = "open", [CHECK_PASS] = "pass"};
    bool skipped = finding->result == CHECK_SKIPPED;
    enum check_result judged = skipped ? finding->was : finding->result;
    json_int_t index = 0;
    while (strcmp(check->ids[index].id, finding->id) != 0)
        index++;
    const struct check_id *id = &check->ids[index];
    json_t *told =
        json_pack("{s:s, s:I, s:s, s:s, s:o, s:o, s:o}", "ruleId", id->id, "ruleIndex", index, "kind",
                  kinds[judged], "level", judged == CHECK_FAIL ? level_name(id->level) : "none", "message",
                  sentences(finding, id), "locations", locations(finding), "properties", properties(finding));
    if (skipped)
        json_object_set_new(told, "suppressions", suppressions(finding));
    print(told, out);
}

static void print_results(const struct check *check, const struct findings *findings, FILE *out)
{
    const char *before = "\n      ";
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].result == CHECK_PASS && check_options.all == NULL)
            continue;
        fputs(before, out);
        print_result(check, &findings->items[i], out);
        before = ",\n      ";
    }
}

static json_t *run_properties(const struct findings *findings)
{
    json_t *summary = json_array();
    for (size_t i = 0; i < findings->summary_count; i++)
        json_array_append_new(summary, json_string(findings->summary[i]));
    return json_pack("{s:s, s:I, s:o}", "result", check_result_name(findings_result(findings)), "looked_at",
                     (json_int_t)findings->looked_at, "summary", summary);
}

void output_sarif(const struct check *check, const struct findings *findings, FILE *out)
{
    fputs("{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n"
          "  \"runs\": [{\n",
          out);
    fprintf(out,
            "    \"tool\": {\"driver\": {\"name\": \"mimamori check %s\", \"semanticVersion\": \"%s\", "
            "\"rules\": [",
            check_name(check), MIMAMORI_VERSION);
    print_rules(check, out);
    fprintf(out, "\n    ]}},\n    \"language\": \"%s\",\n    \"properties\": ", words_language());
    print(run_properties(findings), out);
    fputs(",\n    \"results\": [", out);
    print_results(check, findings, out);
    fputs("\n    ]\n  }]\n}\n", out);
}

#include "../unit.h"
#include "base/cleanup.h"
#include "check/output.h"
#include <jansson.h>

static const char hostile[] = "a\x1b[31m\xff\xe2\x80\xae"
                              "gpj.exe\n\"<script>&\x01";

static void fill(struct findings *findings)
{
    findings_init(findings);
    finding_add(findings, &(struct finding){.id = "not-latest",
                                            .result = CHECK_FAIL,
                                            .subject = hostile,
                                            .seen = hostile,
                                            .expected = hostile,
                                            .advice = hostile,
                                            .source = hostile,
                                            .source_age_days = 3,
                                            .file = hostile,
                                            .line = 7});
    finding_add(findings, &(struct finding){.id = "version-unknown",
                                            .result = CHECK_UNKNOWN,
                                            .subject = "b",
                                            .source_age_days = FINDING_NO_AGE});
    finding_add(findings, &(struct finding){.id = "unsupported",
                                            .result = CHECK_SKIPPED,
                                            .subject = "c",
                                            .reason = hostile,
                                            .until_day = 20780,
                                            .was = CHECK_FAIL});
    finding_add(findings, &(struct finding){.id = "not-latest", .result = CHECK_PASS, .subject = "d"});
    findings_say(findings, "%s", hostile);
    findings->looked_at = 4;
    findings_sort(findings, check_versions.ids);
}

/* What a form of output makes of the findings. */
static char *told(void (*form)(const struct check *, const struct findings *, FILE *))
{
    CLEANUP(findings_clear) struct findings findings;
    char *bytes = NULL;
    size_t length = 0;
    fill(&findings);
    FILE *out = open_memstream(&bytes, &length);
    form(&check_versions, &findings, out);
    fclose(out);
    assert_int_equal(length, strlen(bytes));
    assert_true(text_is_utf8(bytes, length));
    return bytes;
}

static json_t *told_json(void (*form)(const struct check *, const struct findings *, FILE *))
{
    OWNED_MEMORY char *bytes = told(form);
    json_error_t error;
    json_t *value = json_loads(bytes, JSON_REJECT_DUPLICATES, &error);
    if (value == NULL)
        fail_msg("%s in line %d of %s", error.text, error.line, bytes);
    return value;
}

static void json_tells_what_strangers_wrote_as_it_is(void **state)
{
    (void)state;
    json_t *value = told_json(output_json);
    const json_t *first = json_array_get(json_object_get(value, "findings"), 0);
    assert_string_equal("a\x1b[31m\xef\xbf\xbd\xe2\x80\xaegpj.exe\n\"<script>&\x01",
                        json_string_value(json_object_get(first, "subject")));
    assert_int_equal(3, json_integer_value(json_object_get(first, "source_age_days")));
    assert_int_equal(3, json_array_size(json_object_get(value, "findings"))); /* what is well is not told */
    const json_t *last = json_array_get(json_object_get(value, "findings"), 2);
    assert_string_equal("skipped", json_string_value(json_object_get(last, "result")));
    assert_string_equal("2026-11-23", json_string_value(json_object_get(last, "until")));
    json_decref(value);
}

static void all_tells_what_is_well_too(void **state)
{
    (void)state;
    check_options.all = "--all";
    json_t *value = told_json(output_json);
    check_options.all = NULL;
    assert_int_equal(4, json_array_size(json_object_get(value, "findings")));
    json_decref(value);
}

static const json_t *result_of(const json_t *log, size_t i)
{
    const json_t *run = json_array_get(json_object_get(log, "runs"), 0);
    return json_array_get(json_object_get(run, "results"), i);
}

static void sarif_says_the_four_results_by_kind_and_suppression(void **state)
{
    (void)state;
    json_t *log = told_json(output_sarif);
    static const char *const expected[][3] = {{"not-latest", "fail", "warning"},
                                              {"version-unknown", "open", "none"},
                                              {"unsupported", "fail", "error"}};
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(expected[i][0], json_string_value(json_object_get(result_of(log, i), "ruleId")));
        assert_string_equal(expected[i][1], json_string_value(json_object_get(result_of(log, i), "kind")));
        assert_string_equal(expected[i][2], json_string_value(json_object_get(result_of(log, i), "level")));
    }
    assert_null(json_object_get(result_of(log, 0), "suppressions"));
    assert_int_equal(1, json_array_size(json_object_get(result_of(log, 2), "suppressions")));
    json_decref(log);
}

static void sarif_writes_a_files_name_as_an_address(void **state)
{
    (void)state;
    json_t *log = told_json(output_sarif), *place;
    const char *address;
    int line;
    assert_int_equal(0, json_unpack(json_array_get(json_object_get(result_of(log, 0), "locations"), 0),
                                    "{s:o}", "physicalLocation", &place));
    assert_int_equal(0, json_unpack(place, "{s:{s:s}, s:{s:i}}", "artifactLocation", "uri", &address,
                                    "region", "startLine", &line));
    assert_string_equal("a%1B%5B31m%EF%BF%BD%E2%80%AEgpj.exe%0A%22%3Cscript%3E%26%01", address);
    assert_int_equal(7, line);
    json_decref(log);
}

static void text_obeys_no_stranger(void **state)
{
    (void)state;
    OWNED_MEMORY char *bytes = told(output_text);
    for (const char *at = bytes; *at != '\0'; at++)
        if (*at != '\n' && text_unruly(at) > 0)
            fail_msg("an unruly character stands in: %s", bytes);
    assert_non_null(strstr(bytes, "× Not the latest version (not-latest): 1\n"));
    assert_non_null(strstr(bytes, "○ Well: 1\n"));
}

/* Where the n-th line that holds `word` has it: in columns. */
static size_t column_of(const char *bytes, const char *word)
{
    const char *at = strstr(bytes, word), *begin = at;
    assert_non_null(at);
    while (begin > bytes && begin[-1] != '\n')
        begin--;
    OWNED_MEMORY char *before = strndup(begin, (size_t)(at - begin));
    return text_columns(before);
}

/* What a person reads of them; the caller frees it. Not inlined: gcc 12 then takes it for memory of this
 * frame. */
__attribute__((noinline)) static char *text_of(const struct findings *findings)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    output_text(&check_versions, findings, out);
    fclose(out);
    return bytes;
}

static void cells_stand_under_each_other_in_japanese_too(void **state)
{
    (void)state;
    CLEANUP(findings_clear) struct findings findings;
    findings_init(&findings);
    finding_add(&findings, &(struct finding){.id = "not-latest",
                                             .result = CHECK_FAIL,
                                             .subject = "一太郎2012",
                                             .seen = "SEEN-1",
                                             .expected = "WANTED-1"});
    finding_add(&findings, &(struct finding){.id = "not-latest",
                                             .result = CHECK_FAIL,
                                             .subject = "openssl 3.0.11",
                                             .seen = "版 SEEN-2",
                                             .expected = "WANTED-2"});
    OWNED_MEMORY char *bytes = text_of(&findings);
    assert_int_equal(column_of(bytes, "SEEN-1"), column_of(bytes, "版"));
    assert_int_equal(column_of(bytes, "WANTED-1"), column_of(bytes, "WANTED-2"));
    assert_int_equal(column_of(bytes, "SEEN-1"), column_of(bytes, "Seen"));
}

static void a_source_of_some_is_not_told_of_all(void **state)
{
    (void)state;
    CLEANUP(findings_clear) struct findings findings;
    findings_init(&findings);
    finding_add(
        &findings,
        &(struct finding){.id = "not-latest", .result = CHECK_FAIL, .subject = "FIRST", .source = "one"});
    finding_add(&findings, &(struct finding){.id = "not-latest", .result = CHECK_FAIL, .subject = "SECOND"});
    OWNED_MEMORY char *bytes = text_of(&findings);
    const char *source = strstr(bytes, "Source: one");
    assert_true(source != NULL && source > strstr(bytes, "FIRST") && source < strstr(bytes, "SECOND"));
    assert_null(strstr(source + 1, "Source"));
}

static void behind_a_cell_that_is_too_wide_the_next_stands_where_it_belongs(void **state)
{
    (void)state;
    CLEANUP(findings_clear) struct findings findings;
    findings_init(&findings);
    finding_add(&findings, &(struct finding){.id = "not-latest",
                                             .result = CHECK_FAIL,
                                             .subject = "a",
                                             .seen = "SEEN-1",
                                             .expected = "WANTED-1"});
    finding_add(&findings,
                &(struct finding){
                    .id = "not-latest",
                    .result = CHECK_FAIL,
                    .subject = "a name that is so long that nobody would want the whole table to be as wide",
                    .seen = "SEEN-2",
                    .expected = "WANTED-2"});
    OWNED_MEMORY char *bytes = text_of(&findings);
    assert_int_equal(column_of(bytes, "SEEN-1"), column_of(bytes, "SEEN-2"));
    assert_int_equal(column_of(bytes, "WANTED-1"), column_of(bytes, "WANTED-2"));
}

static void the_same_advice_is_told_once(void **state)
{
    (void)state;
    CLEANUP(findings_clear) struct findings findings;
    findings_init(&findings);
    for (size_t i = 0; i < 3; i++)
        finding_add(&findings, &(struct finding){.id = "not-latest",
                                                 .result = CHECK_FAIL,
                                                 .subject = "a",
                                                 .advice = "Update it.",
                                                 .source = i < 2 ? "one" : "two",
                                                 .source_age_days = FINDING_NO_AGE});
    OWNED_MEMORY char *bytes = text_of(&findings);
    const char *once = strstr(bytes, "Update it.");
    assert_non_null(once);
    assert_null(strstr(once + 1, "Update it."));
    const char *source = strstr(bytes, "Source: one; two\n");
    assert_non_null(source);
    assert_null(strstr(source + 1, "Source"));
}

static void many_sources_stand_with_what_they_are_of(void **state)
{
    (void)state;
    CLEANUP(findings_clear) struct findings findings;
    static const char *const sources[] = {"one", "two", "three", "four", "four"};
    findings_init(&findings);
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        finding_add(&findings,
                    &(struct finding){
                        .id = "not-latest", .result = CHECK_FAIL, .subject = "a", .source = sources[i]});
    OWNED_MEMORY char *bytes = text_of(&findings);
    const char *source = strstr(bytes, "Source: four");
    assert_non_null(strstr(bytes, "Source: one"));
    assert_non_null(source);
    assert_non_null(strstr(source + 1, "Source: four"));
}

/* The page as text; freed by the caller. */
static void page(const struct findings *findings, struct text *out)
{
    struct fault fault = {""};
    text_init(out, 64 << 20);
    if (!output_html(&check_versions, findings, out, &fault))
        fail_msg("%s", fault.text);
    assert_true(text_is_utf8(out->bytes, out->length));
}

static void a_page_shows_what_strangers_wrote_and_obeys_none_of_it(void **state)
{
    (void)state;
    CLEANUP(findings_clear) struct findings findings;
    CLEANUP(text_clear) struct text out;
    fill(&findings);
    page(&findings, &out);
    assert_null(strstr(out.bytes, "<script"));
    assert_non_null(strstr(out.bytes, "[U+202E]gpj.exe"));
    assert_null(strstr(out.bytes, "\xe2\x80\xae"));
    for (const char *at = out.bytes; *at != '\0'; at++)
        assert_true(*at == '\n' || text_unruly(at) == 0);
    /* a value with quotes stays within its attribute */
    assert_null(strstr(out.bytes, "\"<"));
}

static void a_page_has_an_end_and_says_what_it_leaves_out(void **state)
{
    (void)state;
    CLEANUP(findings_clear) struct findings findings;
    CLEANUP(text_clear) struct text out;
    findings_init(&findings);
    for (size_t i = 0; i < 5002; i++)
        finding_add(&findings,
                    &(struct finding){.id = "not-latest", .result = CHECK_FAIL, .subject = "one of many"});
    page(&findings, &out);
    size_t rows = 0;
    for (const char *at = out.bytes; (at = strstr(at, "one of many")) != NULL; at++)
        rows++;
    assert_int_equal(5000, rows);
    assert_non_null(strstr(out.bytes, "2 more are not on this page"));
    assert_non_null(strstr(out.bytes, "<small>5,002</small>"));
}

static void a_list_is_shown_whatever_stands_in_it(void **state)
{
    (void)state;
    static const char *const columns[] = {"Service", "User"};
    CLEANUP(findings_clear) struct findings findings;
    CLEANUP(text_clear) struct text out;
    findings_init(&findings);
    findings_list(&findings, "All services", columns, 2);
    findings_list_row(&findings, (const char *const[]){hostile, "\"><b>"});
    page(&findings, &out);
    assert_null(strstr(out.bytes, "<b>"));
    assert_non_null(strstr(out.bytes, "nothing was judged")); /* and no good news */
    assert_null(strstr(out.bytes, "Nothing was found wrong"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_tells_what_strangers_wrote_as_it_is),
        cmocka_unit_test(all_tells_what_is_well_too),
        cmocka_unit_test(sarif_says_the_four_results_by_kind_and_suppression),
        cmocka_unit_test(sarif_writes_a_files_name_as_an_address),
        cmocka_unit_test(text_obeys_no_stranger),
        cmocka_unit_test(cells_stand_under_each_other_in_japanese_too),
        cmocka_unit_test(a_source_of_some_is_not_told_of_all),
        cmocka_unit_test(behind_a_cell_that_is_too_wide_the_next_stands_where_it_belongs),
        cmocka_unit_test(the_same_advice_is_told_once),
        cmocka_unit_test(many_sources_stand_with_what_they_are_of),
        cmocka_unit_test(a_page_shows_what_strangers_wrote_and_obeys_none_of_it),
        cmocka_unit_test(a_page_has_an_end_and_says_what_it_leaves_out),
        cmocka_unit_test(a_list_is_shown_whatever_stands_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

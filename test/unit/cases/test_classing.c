#include "office.h"
#include "cases/classing.h"
#include "cases/names.h"
#include "cases/rsit.h"
#include "ledger/codes.h"

static struct classed_malware line(const char *accepted, const char *detected, const char *name,
                                   int64_t detections)
{
    return (struct classed_malware){
        office_day(accepted), office_day(detected), name, "virus", "mail", detections};
}

static void class_malware(struct office *office, int64_t id, const struct classed_malware *lines,
                          size_t count)
{
    struct fault fault;
    OFFICE_OK(classing_malware(office->ledger, id, lines, count, "", 1, &fault));
}

static void expect(struct office *office, const char *sql, const char *expected)
{
    char *lines = office_lines(office, sql);
    assert_string_equal(lines, expected);
    free(lines);
}

static const char reports[] = "SELECT month - 2011 * 12 + 1, name, date(accepted_on * 86400, 'unixepoch'),"
                              " date(detected_on * 86400, 'unixepoch'), kind, detections, route"
                              " FROM malware_report ORDER BY name, detected_on";

static int setup(void **state)
{
    static struct office office;
    office_open(&office);
    *state = &office;
    return 0;
}

static int teardown(void **state)
{
    office_close(*state);
    return 0;
}

static void a_case_counts_once_it_is_classified(void **state)
{
    struct office *office = *state;
    int64_t id = office_take(office, (struct office_case){.reporter = "a"});
    expect(office, reports, "");
    class_malware(office, id, (struct classed_malware[]){line("2011-11-08", "2011-11-07", "W32/Netsky", 3)},
                  1);
    expect(office, reports, "11|W32/Netsky|2011-11-08|2011-11-07|virus|3|mail\n");
    /* the same again changes nothing */
    class_malware(office, id, (struct classed_malware[]){line("2011-11-08", "2011-11-07", "W32/Netsky", 3)},
                  1);
    expect(office, reports, "11|W32/Netsky|2011-11-08|2011-11-07|virus|3|mail\n");
}

static void a_changed_classification_replaces_the_one_before(void **state)
{
    struct office *office = *state;
    struct fault fault;
    int64_t id = office_take(office, (struct office_case){.reporter = "a"});
    class_malware(office, id,
                  (struct classed_malware[]){line("2011-11-08", "2011-11-07", "W32/Netsky", 3),
                                             line("2011-11-08", "2011-11-07", "W32/Netsky", 4),
                                             line("2011-11-08", "2011-11-06", "W32/Netsky", 1)},
                  3);
    expect(office, reports,
           "11|W32/Netsky|2011-11-08|2011-11-06|virus|1|mail\n"
           "11|W32/Netsky|2011-11-08|2011-11-07|virus|7|mail\n");
    struct classed_malware program = line("2011-12-01", "2011-11-07", "RLTRAP", 9);
    program.kind = "program";
    class_malware(office, id, &program, 1);
    expect(office, reports, "12|RLTRAP|2011-12-01|2011-11-07|program|9|mail\n");

    OFFICE_OK(classing_access(office->ledger, id,
                              &(struct classed_access){office_day("2011-11-08"), true, "intrusion", ""}, NULL,
                              1, &fault));
    expect(office, reports, "");
    assert_int_equal(office_number(office, "SELECT count(*) FROM access_report"), 1);
    assert_int_equal(office_number(office, "SELECT count(*) FROM classed_malware"), 0);

    OFFICE_OK(classing_consultation(
        office->ledger, id,
        &(struct classed_consultation){office_day("2011-11-08"), "phone", "winny", true, false}, NULL, 1,
        &fault));
    assert_int_equal(office_number(office, "SELECT count(*) FROM access_report"), 0);
    expect(office, "SELECT channel, topic, access, harm FROM consultation", "phone|winny|1|0\n");

    OFFICE_OK(classing_clear(office->ledger, id, 1, &fault));
    assert_int_equal(office_number(office, "SELECT count(*) FROM consultation"), 0);
}

static void one_reporter_day_and_name_is_one_report_of_many_cases(void **state)
{
    struct office *office = *state;
    int64_t first = office_take(office, (struct office_case){.reporter = "a"});
    int64_t second = office_take(office, (struct office_case){.reporter = "a"});
    int64_t other = office_take(office, (struct office_case){.reporter = "b"});
    struct classed_malware web = line("2011-11-05", "2011-11-03", "W32/Netsky", 5);
    web.route = "web";
    class_malware(office, first,
                  (struct classed_malware[]){line("2011-11-08", "2011-11-03", "W32/Netsky", 3)}, 1);
    class_malware(office, second, &web, 1);
    class_malware(office, other, &web, 1);
    assert_int_equal(office_number(office, "SELECT count(*) FROM malware_report"), 2);
    expect(office,
           "SELECT detections, date(accepted_on * 86400, 'unixepoch'), route FROM malware_report ORDER BY 1",
           "5|2011-11-05|web\n8|2011-11-05|unknown\n");
    /* the one that said the earlier day and the other route goes: what is left speaks for itself */
    office_run(office, "UPDATE casefile SET state = 'rejected' WHERE id = 2");
    struct fault fault;
    OFFICE_OK(classing_settle(office->ledger, second, &fault));
    expect(office,
           "SELECT detections, date(accepted_on * 86400, 'unixepoch'), route FROM malware_report ORDER BY 1",
           "3|2011-11-08|mail\n5|2011-11-05|web\n");
}

static void a_reporter_whom_nobody_named_is_one_of_their_own(void **state)
{
    struct office *office = *state;
    for (int i = 0; i < 2; i++)
        class_malware(office, office_take(office, (struct office_case){0}),
                      (struct classed_malware[]){line("2011-11-08", "2011-11-03", "W32/Netsky", 3)}, 1);
    assert_int_equal(office_number(office, "SELECT count(*) FROM malware_report"), 2);
    assert_int_equal(office_number(office, "SELECT count(DISTINCT reporter) FROM malware_report"), 2);
}

static void what_an_import_brought_stays_when_a_case_goes(void **state)
{
    struct office *office = *state;
    struct fault fault;
    office_import(office, "malware", "a,2011-11-08,2011-11-03,W32/Netsky,virus,10,mail\n");
    int64_t id = office_take(office, (struct office_case){.reporter = "a"});
    class_malware(office, id, (struct classed_malware[]){line("2011-11-08", "2011-11-03", "W32/Netsky", 3)},
                  1);
    expect(office, reports, "11|W32/Netsky|2011-11-08|2011-11-03|virus|13|mail\n");
    OFFICE_OK(classing_clear(office->ledger, id, 1, &fault));
    expect(office, reports, "11|W32/Netsky|2011-11-08|2011-11-03|virus|10|mail\n");
}

static void refuses(bool well, const struct fault *fault, const char *sentence)
{
    assert_false(well);
    assert_non_null(strstr(fault->text, sentence));
}

static void what_import_would_refuse_is_refused_and_changes_nothing(void **state)
{
    struct office *office = *state;
    struct ledger *ledger = office->ledger;
    struct fault fault;
    int64_t id = office_take(office, (struct office_case){.reporter = "a"});
    class_malware(office, id, (struct classed_malware[]){line("2011-11-08", "2011-11-03", "W32/Netsky", 3)},
                  1);
    char *before = office_lines(office, "SELECT * FROM deed, malware_report, classed_malware");

    struct classed_malware later = line("2011-11-08", "2011-11-09", "W32/Netsky", 3);
    refuses(classing_malware(ledger, id, &later, 1, "", 1, &fault), &fault, "later than 'accepted_on'");
    struct classed_malware none = line("2011-11-08", "2011-11-03", "W32/Netsky", 0);
    refuses(classing_malware(ledger, id, &none, 1, "", 1, &fault), &fault, "'detections' is 0");
    struct classed_malware nameless = line("2011-11-08", "2011-11-03", "　", 1);
    refuses(classing_malware(ledger, id, &nameless, 1, "", 1, &fault), &fault, "'name' is empty");
    struct classed_malware odd = line("2011-11-08", "2011-11-03", "W32/Netsky", 1);
    odd.kind = "vires";
    refuses(classing_malware(ledger, id, &odd, 1, "", 1, &fault), &fault, "expected virus or program");
    odd.kind = " virus";
    refuses(classing_malware(ledger, id, &odd, 1, "", 1, &fault), &fault, "blanks");
    struct classed_malware old = line("1979-12-31", "1979-12-31", "W32/Netsky", 1);
    refuses(classing_malware(ledger, id, &old, 1, "", 1, &fault), &fault, "1980 to 2200");
    refuses(classing_malware(ledger, id, &old, 0, "", 1, &fault), &fault, "one line or more");
    struct classed_malware good = line("2011-11-08", "2011-11-03", "W32/Netsky", 1);
    refuses(classing_malware(ledger, id, &good, 1, "malware/virus", 1, &fault), &fault, "RSIT");
    refuses(classing_malware(ledger, 99, &good, 1, "", 1, &fault), &fault, "");

    struct classed_access access = {office_day("2011-11-08"), true, "probe", ""};
    refuses(classing_access(ledger, id, &access, "", 1, &fault), &fault,
            "'category' is 'probe' with harm 'yes'");
    struct classed_consultation asked = {office_day("2011-11-08"), "phone", "winny", false, true};
    refuses(classing_consultation(ledger, id, &asked, "", 1, &fault), &fault, "without access 'yes'");
    asked.harm = false;
    asked.channel = "web";
    refuses(classing_consultation(ledger, id, &asked, "", 1, &fault), &fault, "'channel' is 'web'");

    char *after = office_lines(office, "SELECT * FROM deed, malware_report, classed_malware");
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void another_kind_under_the_same_key_is_refused(void **state)
{
    struct office *office = *state;
    struct fault fault;
    int64_t first = office_take(office, (struct office_case){.reporter = "a"});
    int64_t second = office_take(office, (struct office_case){.reporter = "a"});
    struct classed_malware virus = line("2011-11-08", "2011-11-03", "W32/Netsky", 3), program = virus;
    program.kind = "program";
    class_malware(office, first, &virus, 1);
    refuses(classing_malware(office->ledger, second, &program, 1, "", 1, &fault), &fault,
            "an earlier row of the same report says otherwise");
    class_malware(office, first, &program, 1); /* its own word may change */
    class_malware(office, second, &program, 1);
    expect(office, reports, "11|W32/Netsky|2011-11-08|2011-11-03|program|6|mail\n");
}

static void rejected_withdrawn_and_merged_cases_do_not_count(void **state)
{
    struct office *office = *state;
    struct fault fault;
    static const char *const changes[][2] = {
        {"UPDATE casefile SET state = 'rejected' WHERE id = 1",
         "UPDATE casefile SET state = 'closed' WHERE id = 1"},
        {"UPDATE casefile SET state = 'withdrawn' WHERE id = 1",
         "UPDATE casefile SET state = 'new' WHERE id = 1"},
        {"UPDATE casefile SET merged_into = 2 WHERE id = 1",
         "UPDATE casefile SET merged_into = NULL WHERE id = 1"},
    };
    int64_t id = office_take(office, (struct office_case){.kind = CASE_ACCESS});
    office_take(office, (struct office_case){.kind = CASE_ACCESS});
    OFFICE_OK(classing_access(office->ledger, id,
                              &(struct classed_access){office_day("2011-11-08"), false, "probe", "password"},
                              "information-gathering/scanner", 1, &fault));
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        for (int back = 0; back < 2; back++) {
            office_run(office, changes[i][back]);
            OFFICE_OK(classing_settle(office->ledger, id, &fault));
            assert_int_equal(office_number(office, "SELECT count(*) FROM access_report"), back);
        }
}

static void what_was_classified_is_read_back(void **state)
{
    struct office *office = *state;
    struct fault fault;
    int64_t id = office_take(office, (struct office_case){.reporter = "a"});
    json_t *read = classing_read(office->ledger, id, &fault);
    assert_int_equal(json_object_size(read), 0);
    json_decref(read);
    OFFICE_OK(names_set(office->ledger, "W32/Netsky", "virus", 1, &fault));
    OFFICE_OK(names_alias(office->ledger, "ネットスカイ", "W32/Netsky", 1, &fault));
    struct classed_malware alias = line("2011-11-08", "2011-11-03", " ﾈｯﾄｽｶｲ ", 3);
    OFFICE_OK(classing_malware(office->ledger, id, &alias, 1, rsit_suggest("virus"), 1, &fault));
    read = classing_read(office->ledger, id, &fault);
    json_t *expected =
        json_pack("{s:[{s:s, s:s, s:s, s:s, s:i, s:s}], s:s}", "malware", "accepted_on", "2011-11-08",
                  "detected_on", "2011-11-03", "name", "W32/Netsky", "kind", "virus", "detections", 3,
                  "route", "mail", "rsit", "malicious-code/infected-system");
    assert_true(json_equal(read, expected));
    json_decref(read);
    json_decref(expected);
}

static void cases_not_yet_classified_are_told_by_month(void **state)
{
    struct office *office = *state;
    struct fault fault;
    uint64_t missing[CASE_KINDS];
    office_take(office, (struct office_case){.kind = CASE_ACCESS, .day = "2011-11-30"});
    office_take(office, (struct office_case){.kind = CASE_CONSULTATION, .day = "2011-12-01"});
    office_take(office, (struct office_case){.kind = CASE_ACCESS, .day = "2011-11-01"});
    office_take(office, (struct office_case){.kind = CASE_ACCESS, .day = "2011-10-31"});
    int64_t id = office_take(office, (struct office_case){.kind = CASE_ACCESS, .day = "2011-11-02"});
    OFFICE_OK(classing_missing(office->ledger, calendar_month(office_day("2011-11-01")), missing, &fault));
    assert_int_equal(missing[CASE_ACCESS], 3);
    assert_int_equal(missing[CASE_CONSULTATION] + missing[CASE_MALWARE], 0);
    OFFICE_OK(classing_access(office->ledger, id,
                              &(struct classed_access){office_day("2011-11-02"), true, "dos", ""}, "", 1,
                              &fault));
    office_run(office, "UPDATE casefile SET state = 'rejected' WHERE id = 1");
    OFFICE_OK(classing_missing(office->ledger, calendar_month(office_day("2011-11-01")), missing, &fault));
    assert_int_equal(missing[CASE_ACCESS], 1);
}

static void rsit_has_39_types_of_11_classes_and_suggests_only_them(void **state)
{
    (void)state;
    size_t types = 0, classes = 0;
    for (; rsit_names[types] != NULL; types++) {
        size_t length = (size_t)(strchr(rsit_names[types], '/') - rsit_names[types]) + 1;
        classes += types == 0 || strncmp(rsit_names[types - 1], rsit_names[types], length) != 0;
        assert_true(rsit_has(rsit_names[types]));
    }
    assert_int_equal(types, 39);
    assert_int_equal(classes, 11);
    assert_false(rsit_has(""));
    const char *const *const lists[] = {codes_kinds, codes_categories, codes_topics};
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; lists[i][j] != NULL; j++)
            assert_true(rsit_suggest(lists[i][j])[0] == '\0' || rsit_has(rsit_suggest(lists[i][j])));
    for (size_t j = 0; codes_categories[j] != NULL; j++)
        assert_true(rsit_has(rsit_suggest(codes_categories[j])));
    assert_string_equal(rsit_suggest("winny"), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_case_counts_once_it_is_classified),
        TEST(a_changed_classification_replaces_the_one_before),
        TEST(one_reporter_day_and_name_is_one_report_of_many_cases),
        TEST(a_reporter_whom_nobody_named_is_one_of_their_own),
        TEST(what_an_import_brought_stays_when_a_case_goes),
        TEST(what_import_would_refuse_is_refused_and_changes_nothing),
        TEST(another_kind_under_the_same_key_is_refused),
        TEST(rejected_withdrawn_and_merged_cases_do_not_count),
        TEST(what_was_classified_is_read_back),
        TEST(cases_not_yet_classified_are_told_by_month),
        cmocka_unit_test(rsit_has_39_types_of_11_classes_and_suggests_only_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

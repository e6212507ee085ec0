#include "../unit.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "check/ignore.h"
#include <unistd.h>

static const char header[] = "check,id,subject,until,reason\n";

/* The list that `rows` is under the header, or what is wrong with it. */
static bool open_list(const char *rows, struct ignore *ignore, struct fault *fault)
{
    char path[64];
    CLEANUP(text_clear) struct text bytes;
    text_init(&bytes, 1 << 20);
    text_addf(&bytes, "%s%s", header, rows);
    snprintf(path, sizeof path, "/tmp/mimamori-test-ignore-%d.csv", (int)getpid());
    assert_true(file_write(path, bytes.bytes, bytes.length, fault));
    bool well = ignore_open(ignore, path, fault);
    unlink(path);
    return well;
}

static void assert_wrong(const char *rows, const char *words)
{
    struct ignore ignore;
    struct fault fault = {""};
    assert_false(open_list(rows, &ignore, &fault));
    if (strstr(fault.text, words) == NULL)
        fail_msg("'%s' is not in: %s", words, fault.text);
}

static void a_star_stands_for_anything(void **state)
{
    (void)state;
    assert_true(ignore_fits("*", ""));
    assert_true(ignore_fits("*", "anything"));
    assert_true(ignore_fits("openssl *", "openssl 3.0.11-1"));
    assert_false(ignore_fits("openssl *", "libopenssl 3.0.11-1"));
    assert_true(ignore_fits("*ssl*3*1", "openssl 3.0.11-1"));
    assert_false(ignore_fits("*ssl*3*2", "openssl 3.0.11-1"));
    assert_true(ignore_fits("a**b", "ab"));
    assert_false(ignore_fits("", "a"));
    assert_true(ignore_fits("", ""));
}

static void only_a_star_is_special(void **state)
{
    (void)state;
    assert_true(ignore_fits("a[1]?", "a[1]?"));
    assert_false(ignore_fits("a[1]?", "a1x"));
    assert_false(ignore_fits("a\\*", "a*"));
}

static void many_stars_take_no_time(void **state)
{
    (void)state;
    char word[FINDING_STRING_MOST], pattern[IGNORE_WORD_MOST];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    for (size_t i = 0; i < sizeof pattern; i++)
        pattern[i] = i % 2 == 0 ? '*' : 'a';
    pattern[sizeof pattern - 2] = 'b';
    pattern[sizeof pattern - 1] = '\0';
    assert_false(ignore_fits(pattern, word));
}

static size_t skipped_on(const char *today_s, const char *rows)
{
    struct ignore ignore;
    struct fault fault = {""};
    struct findings findings;
    setenv("SOURCE_DATE_EPOCH", today_s, 1);
    assert_true(open_list(rows, &ignore, &fault));
    findings_init(&findings);
    finding_add(&findings,
                &(struct finding){.id = "not-latest", .result = CHECK_FAIL, .subject = "openssl 3.0"});
    finding_add(&findings,
                &(struct finding){.id = "not-latest", .result = CHECK_PASS, .subject = "openssl 3.1"});
    ignore_apply(&ignore, "list", &check_versions, &findings);
    size_t skipped = 0;
    for (size_t i = 0; i < findings.count; i++)
        skipped += findings.items[i].result == CHECK_SKIPPED;
    findings_clear(&findings);
    ignore_clear(&ignore);
    return skipped;
}

/* 2026-11-23 begins at 1795392000. */
static void an_entry_counts_through_its_last_day(void **state)
{
    (void)state;
    const char *rows = "versions,not-latest,openssl *,2026-11-23,waiting\n";
    assert_int_equal(1, skipped_on("1795391999", rows));
    assert_int_equal(1, skipped_on("1795392000", rows));
    assert_int_equal(1, skipped_on("1795478399", rows));
    assert_int_equal(0, skipped_on("1795478400", rows));
}

static void an_entry_counts_for_its_check_and_id_only(void **state)
{
    (void)state;
    assert_int_equal(0, skipped_on("1795392000", "passwords,reused,openssl *,2027-01-01,other check\n"));
    assert_int_equal(0, skipped_on("1795392000", "versions,vulnerable,openssl *,2027-01-01,other id\n"));
    assert_int_equal(1, skipped_on("1795392000", "versions,*,openssl *,2027-01-01,any id\n"));
    assert_int_equal(0, skipped_on("1795392000", "versions,not-latest,openssl,2027-01-01,not the whole\n"));
}

static void what_is_skipped_tells_why_and_keeps_what_was_seen(void **state)
{
    (void)state;
    struct ignore ignore;
    struct fault fault = {""};
    struct findings findings;
    setenv("SOURCE_DATE_EPOCH", "1795392000", 1);
    assert_true(
        open_list("versions,not-latest,a,2027-01-01,shorter\nversions,not-latest,*,2027-06-30,longer\n"
                  "versions,not-latest,*,2026-11-22,over\n",
                  &ignore, &fault));
    findings_init(&findings);
    finding_add(
        &findings,
        &(struct finding){
            .id = "not-latest", .result = CHECK_UNKNOWN, .subject = "a", .seen = "1", .expected = "2"});
    ignore_apply(&ignore, "list.csv", &check_versions, &findings);
    assert_string_equal("longer", findings.items[0].reason);
    assert_string_equal("1", findings.items[0].seen);
    assert_string_equal("2", findings.items[0].expected);
    assert_int_equal(CHECK_UNKNOWN, findings.items[0].was);
    assert_int_equal(CHECK_PASS, findings_result(&findings));
    assert_int_equal(2, findings.summary_count);
    assert_non_null(strstr(findings.summary[0], "list.csv"));
    assert_non_null(strstr(findings.summary[1], "2026-11-22"));
    findings_clear(&findings);
    ignore_clear(&ignore);
}

static void a_slip_is_named_by_file_and_line(void **state)
{
    (void)state;
    assert_wrong("versions,not-latest,a,2026-02-29,b\n", ".csv:2: 'until' is '2026-02-29'");
    assert_wrong("versions,not-latest,a,2027-01-01,b\nversions,not-latest,a,2027-01-01,\n",
                 ".csv:3: 'reason' is empty");
    assert_wrong("versions,not-latest,a,2027-01-01, \n", ".csv:2: 'reason' is empty");
    assert_wrong("versions,not-latest,,2027-01-01,b\n", ".csv:2: 'subject' is empty");
    assert_wrong("verions,not-latest,a,2027-01-01,b\n", ".csv:2: 'check' is 'verions'");
    assert_wrong("versions,reused,a,2027-01-01,b\n", ".csv:2: 'id' is 'reused'");
    assert_wrong("versions,not-latest,a,2027-01-01\n", ".csv:2: 4 cells (expected 5");
    assert_wrong("versions,not-latest,a,2027-01-01,\"b\n", ".csv:2: ");
    assert_wrong("versions,not-latest,\xff,2027-01-01,b\n", ".csv:2: ");
}

static void a_header_is_what_it_must_be(void **state)
{
    (void)state;
    static const char *const lists[][2] = {
        {"check,id,subject,until\n", "list.csv:1: a column is missing"},
        {"check,id,subject,until,why\n", "list.csv:1: 'why' is no column"},
        {"check,check,id,subject,until\n", "list.csv:1: 'check' is a column twice"},
        {"", "list.csv:1: the file is empty"},
    };
    char folder[] = "/tmp/mimamori-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_int_equal(0, chdir(folder));
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct ignore ignore;
        struct fault fault = {""};
        assert_true(file_write("list.csv", lists[i][0], strlen(lists[i][0]), &fault));
        assert_false(ignore_open(&ignore, "list.csv", &fault));
        assert_non_null(strstr(fault.text, lists[i][1]));
    }
    unlink("list.csv");
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_star_stands_for_anything),
        cmocka_unit_test(only_a_star_is_special),
        cmocka_unit_test(many_stars_take_no_time),
        cmocka_unit_test(an_entry_counts_through_its_last_day),
        cmocka_unit_test(an_entry_counts_for_its_check_and_id_only),
        cmocka_unit_test(what_is_skipped_tells_why_and_keeps_what_was_seen),
        cmocka_unit_test(a_slip_is_named_by_file_and_line),
        cmocka_unit_test(a_header_is_what_it_must_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

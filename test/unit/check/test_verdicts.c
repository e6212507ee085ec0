#include "../unit.h"
#include "base/cleanup.h"
#include "check/versions/rules.h"
#include "check/versions/verdicts.h"

static struct findings findings;
static struct machine machine;
static struct feed feed;
static struct oval_verdict verdicts[4000];
static size_t count;

static int begin(void **state)
{
    (void)state;
    findings_init(&findings);
    products_init(&machine.products);
    feed = (struct feed){.kind = FEED_OVAL, .name = "definitions.xml", .age_days = 3};
    count = 0;
    return 0;
}

static int end(void **state)
{
    (void)state;
    findings_clear(&findings);
    products_clear(&machine.products);
    return 0;
}

static void add(enum oval_class class, enum oval_result result, const char *title, const char *reference)
{
    static char ids[4000][16];
    snprintf(ids[count], sizeof ids[count], "def:%zu", count);
    verdicts[count] = (struct oval_verdict){.id = ids[count],
                                            .class = class,
                                            .result = result,
                                            .title = title,
                                            .reference = reference,
                                            .product = "",
                                            .why = ""};
    count++;
}

static void say(void)
{
    const struct judged judged = {&feed, {.items = verdicts, .count = count}};
    verdicts_say(&machine, &judged, &findings);
}

static void nothing_is_said_of_what_is_well_or_does_not_apply(void **state)
{
    (void)state;
    add(OVAL_VULNERABILITY, OVAL_FALSE, "t", "CVE-1");
    add(OVAL_PATCH, OVAL_NOT_APPLICABLE, "t", "CVE-1");
    add(OVAL_INVENTORY, OVAL_TRUE, "t", "");
    add(OVAL_INVENTORY, OVAL_UNKNOWN, "t", "");
    add(OVAL_MISCELLANEOUS, OVAL_TRUE, "t", "");
    add(OVAL_COMPLIANCE, OVAL_FALSE, "t", ""); /* said with the rules */
    say();
    assert_int_equal(findings.count, 0);
}

static void what_is_old_is_not_well_though_nothing_was_found(void **state)
{
    (void)state;
    add(OVAL_VULNERABILITY, OVAL_FALSE, "t", "CVE-1");
    feed.age_days = FEED_OLD_DAYS;
    say();
    assert_int_equal(findings.count, 0);
    feed.age_days = FEED_OLD_DAYS + 1;
    say();
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0].result, CHECK_UNKNOWN);
    feed.age_days = FINDING_NO_AGE;
    say();
    assert_int_equal(findings.count, 2);
}

static void a_product_is_one_finding_with_its_newest_names_first(void **state)
{
    (void)state;
    products_add(&machine.products,
                 &(struct product){.system = PRODUCT_DPKG, .name = "p", .version = "1", .latest = "2"});
    static char names[30][32];
    for (int i = 0; i < 30; i++) {
        snprintf(names[i], sizeof names[i], "CVE-2026-%d", 985 + i);
        add(OVAL_VULNERABILITY, OVAL_TRUE, "t", names[i]);
        verdicts[count - 1].product = "p";
    }
    add(OVAL_PATCH, OVAL_TRUE, "t", "CVE-2026-1014"); /* told twice */
    verdicts[count - 1].product = "p";
    add(OVAL_PATCH, OVAL_TRUE, "t", "CVE-2025-1");
    verdicts[count - 1].product = "other";
    say();
    assert_int_equal(findings.count, 2);
    const struct finding *other = &findings.items[0], *p = &findings.items[1];
    assert_string_equal(other->subject, "other");
    assert_null(other->expected);
    assert_string_equal(p->subject, "p 1");
    assert_string_equal(p->expected, "2");
    assert_memory_equal(p->seen, "CVE-2026-1014, CVE-2026-1013, ", 30);
    assert_non_null(strstr(p->seen, "CVE-2026-1005 (and 20 more)"));
    assert_null(strstr(p->seen, "CVE-2026-1004"));
}

static void definitions_that_fail_for_one_reason_are_one_finding(void **state)
{
    (void)state;
    for (int i = 0; i < 3000; i++) {
        add(OVAL_VULNERABILITY, i % 2 == 0 ? OVAL_UNKNOWN : OVAL_ERROR, "t", "");
        verdicts[count - 1].why = i < 2999 ? "the same" : "another";
    }
    say();
    assert_int_equal(findings.count, 2);
    assert_string_equal(findings.items[0].seen, "another");
    assert_string_equal(findings.items[0].subject, "t");
    assert_string_equal(findings.items[1].seen, "the same");
    assert_string_equal(findings.items[1].subject, "Definitions: 2999");
}

static void there_is_an_end_to_reasons(void **state)
{
    (void)state;
    static char reasons[4000][16];
    for (int i = 0; i < 4000; i++) {
        snprintf(reasons[i], sizeof reasons[i], "reason %04d", i);
        add(OVAL_PATCH, OVAL_ERROR, "t", "");
        verdicts[count - 1].why = reasons[i];
    }
    say();
    assert_int_equal(findings.count, VERDICTS_REASONS_MOST);
    assert_string_equal(findings.items[VERDICTS_REASONS_MOST - 1].subject, "Definitions: 3901");
}

static void compliance_speaks_for_itself_without_a_benchmark(void **state)
{
    (void)state;
    struct fault fault;
    const struct feeds none = {0};
    add(OVAL_COMPLIANCE, OVAL_TRUE, "well", "");
    add(OVAL_COMPLIANCE, OVAL_FALSE, "not well", "");
    add(OVAL_COMPLIANCE, OVAL_ERROR, "broken", "");
    add(OVAL_COMPLIANCE, OVAL_NOT_APPLICABLE, "not here", "");
    add(OVAL_VULNERABILITY, OVAL_TRUE, "not of the kind", "");
    const struct judged judged = {&feed, {.items = verdicts, .count = count}};
    assert_true(rules_say(&none, &judged, 1, &findings, &fault));
    assert_int_equal(findings.count, 3);
    assert_int_equal(findings.items[0].result, CHECK_PASS);
    assert_string_equal(findings.items[1].id, "not-latest");
    assert_int_equal(findings.items[1].result, CHECK_FAIL);
    assert_string_equal(findings.items[2].id, "version-unknown");
    assert_int_equal(findings.items[2].result, CHECK_UNKNOWN);
}

/* ○ by an old document is no ○, whatever the rule. */
static void an_old_benchmark_passes_nothing(void **state)
{
    (void)state;
    struct fault fault;
    static const char benchmark[] =
        "<Benchmark xmlns=\"http://checklists.nist.gov/xccdf/1.1\" "
        "id=\"b\"><status>accepted</status><title>T</title>"
        "<version>1</version><Rule id=\"r\" selected=\"true\"><title>R</title>"
        "<check system=\"http://oval.mitre.org/XMLSchema/oval-definitions-5\"><check-content-ref href=\"x\" "
        "name=\"def:0\"/></check></Rule></Benchmark>";
    struct feed given = {.kind = FEED_XCCDF, .name = "benchmark.xml", .age_days = FEED_OLD_DAYS};
    text_init(&given.bytes, 1 << 20);
    text_add_string(&given.bytes, benchmark);
    const struct feeds feeds = {.items = &given, .count = 1};
    add(OVAL_COMPLIANCE, OVAL_TRUE, "well", "");
    const struct judged judged = {&feed, {.items = verdicts, .count = count}};
    assert_true(rules_say(&feeds, &judged, 1, &findings, &fault));
    given.age_days++;
    assert_true(rules_say(&feeds, &judged, 1, &findings, &fault));
    assert_int_equal(findings.count, 2); /* the rule alone, each time */
    assert_int_equal(findings.items[0].result, CHECK_PASS);
    assert_string_equal(findings.items[0].subject, "R");
    assert_int_equal(findings.items[1].result, CHECK_UNKNOWN);
    text_clear(&given.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_said_of_what_is_well_or_does_not_apply, begin, end),
        cmocka_unit_test_setup_teardown(what_is_old_is_not_well_though_nothing_was_found, begin, end),
        cmocka_unit_test_setup_teardown(a_product_is_one_finding_with_its_newest_names_first, begin, end),
        cmocka_unit_test_setup_teardown(definitions_that_fail_for_one_reason_are_one_finding, begin, end),
        cmocka_unit_test_setup_teardown(there_is_an_end_to_reasons, begin, end),
        cmocka_unit_test_setup_teardown(compliance_speaks_for_itself_without_a_benchmark, begin, end),
        cmocka_unit_test_setup_teardown(an_old_benchmark_passes_nothing, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

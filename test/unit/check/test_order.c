#include "unit.h"
#include "check/versions/order.h"

/* Each is older than the next. */
static void stand_in_order(enum order_rule rule, const char *const *versions)
{
    for (size_t i = 0; versions[i] != NULL; i++)
        for (size_t j = 0; versions[j] != NULL; j++) {
            int order = order_compare(rule, versions[i], versions[j]), wanted = (i > j) - (i < j);
            if (order != wanted)
                fail_msg("'%s' and '%s': %d", versions[i], versions[j], order);
        }
}
static void are_equal(enum order_rule rule, const char *const *versions)
{
    for (size_t i = 0; versions[i] != NULL; i++)
        if (order_compare(rule, versions[0], versions[i]) != 0)
            fail_msg("'%s' and '%s' differ", versions[0], versions[i]);
}
static void are_valid(enum order_rule rule, bool valid, const char *const *versions)
{
    for (; *versions != NULL; versions++)
        if (order_valid(rule, *versions) != valid)
            fail_msg("'%s' should be %s", *versions, valid ? "valid" : "invalid");
}
#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static void debian_versions_stand_in_their_order(void **state)
{
    (void)state;
    stand_in_order(ORDER_DPKG, LIST("1.0~~", "1.0~~a", "1.0~", "1.0", "1.0-1~deb12u1", "1.0-1", "1.0-1+b1",
                                    "1.0-1+deb12u1", "1.0-1.1", "1.0-2", "1.0-10", "1.0a-1", "1.0+dfsg-1",
                                    "1.0.1-1", "1.1-1", "1.10-1", "1:0.1-1"));
    are_equal(ORDER_DPKG, LIST("1.0-0", "1.0", "0:1.0", "00:1.00", "1.0-", "01.0-00"));
    stand_in_order(ORDER_DPKG, LIST("1.99999999999999999999999999998", "1.99999999999999999999999999999"));
}
static void debian_versions_are_known_by_their_form(void **state)
{
    (void)state;
    are_valid(ORDER_DPKG, true,
              LIST("1", "1.0-1", "2:1.0~rc1+dfsg-1~bpo12+1", "1-2-3", "1:2:3-4", "2147483647:1", "20111105"));
    are_valid(ORDER_DPKG, false,
              LIST("", "a", "1.0-", "-1", ":1", "a:1", "1:", "2147483648:1", "1 0", "1_0", "1.0-1_2",
                   "1.0\xe3\x81\x82"));
}

static void rpm_versions_stand_in_their_order(void **state)
{
    (void)state;
    stand_in_order(ORDER_RPM,
                   LIST("1.0~rc1-1", "1.0~rc2-1", "1.0", "1.0-1.el9", "1.0-1.el10", "1.0-2", "1.0^git1-1",
                        "1.0^git2-1", "1.0.a-1", "1.0.1-1", "1.2-1", "1.10-1", "1:0.5-1"));
    are_equal(ORDER_RPM, LIST("1.0-1", "0:1.0-1", "1_0-1", "1.00-01", "1..0-1", "1.0.-1"));
}
static void rpm_versions_are_known_by_their_form(void **state)
{
    (void)state;
    are_valid(ORDER_RPM, true, LIST("1", "1.0-1.el9_4", "2:1.0~rc1^git-1", "a", "3.0.7-27.el9"));
    are_valid(ORDER_RPM, false, LIST("", "1-", "-1", ":1", "1:", "1 0", "1/0", "1-2-3"));
}

static void windows_versions_stand_in_their_order(void **state)
{
    (void)state;
    stand_in_order(ORDER_WINDOWS, LIST("", "0.1", "6.1.7601", "6.1.7601.17514", "10", "10.0.9200",
                                       "10.0.19045", "10.0.19045.3803", "10.0.19045.10000", "10.1"));
    are_equal(ORDER_WINDOWS, LIST("10.0", "10", "10.0.0.0", "010.00", "10, 0, 0, 0"));
    stand_in_order(ORDER_WINDOWS, LIST("1.2", "1.2a", "1.2b", "1.3"));
    are_valid(ORDER_WINDOWS, true, LIST("1", "10.0.19045.3803", "5, 1, 0, 2", "1.2.3.4.5"));
    are_valid(ORDER_WINDOWS, false, LIST("", ".", "1.", ".1", "1..2", "1.2b", "b1", "1.2 ", "1,"));
}

static void days_stand_in_their_order(void **state)
{
    (void)state;
    stand_in_order(ORDER_DATE, LIST("", "2026-02-30", "no day", "1999-12-31", "2011-11-04", "2011/11/05",
                                    "20111106", "2012-02-29", "2012.3.1"));
    are_equal(ORDER_DATE, LIST("2011-11-05", "2011/11/05", "20111105", "2011/11/5"));
    are_valid(ORDER_DATE, true, LIST("2012-02-29", "2011/1/5", "20110105"));
    are_valid(ORDER_DATE, false,
              LIST("", "2011-02-29", "2011-13-01", "2011-00-01", "2011-01-00", "2011-01-32", "0999-01-01",
                   "2011-01/05", "2011-1", "201115", "2011015", "2011-01-05x", "2011-01-005", "-2011-01-05"));
}

static void other_versions_stand_in_the_order_a_person_means(void **state)
{
    (void)state;
    stand_in_order(ORDER_GENERAL,
                   LIST("1.0-nightly", "1.0-dev", "1.0 alpha", "1.0-beta", "1.0 Beta 2", "1.0rc1", "1.0 RC 2",
                        "1.0", "1.0a", "1.0.1", "1.0.2", "1.0.2k", "1.0.2u", "1.0.2za", "1.0.10", "1.1"));
    stand_in_order(ORDER_GENERAL, LIST("6 Update 29", "7", "7 Update 3", "7 Update 25", "8.0.1"));
    are_equal(ORDER_GENERAL, LIST("1.0", "1", "1.0.0", "v1.0", "Version 1.00", "ver.1", "01.0.", " 1.0 "));
    are_equal(ORDER_GENERAL, LIST("1.0.0-rc.1", "1.0rc1", "v1.0 RC 1", "1-rc-01"));
    are_valid(ORDER_GENERAL, true, LIST("1", "v1", "2011b"));
    are_valid(ORDER_GENERAL, false, LIST("", "latest", "-"));
}

/* Sorting needs that of any three, whatever they are. */
static void every_rule_is_an_order_of_any_strings(void **state)
{
    static const char alphabet[] = "0019~^+-._:, abvRc\xe3\x81";
    enum { STRINGS = 60, MOST = 9 };
    char made[STRINGS][MOST + 1];
    uint32_t chance = 20111105;
    (void)state;
    for (int i = 0; i < STRINGS; i++) {
        chance = chance * 1664525 + 1013904223;
        size_t length = chance >> 16 & 7;
        for (size_t at = 0; at < length; at++) {
            chance = chance * 1664525 + 1013904223;
            made[i][at] = alphabet[(chance >> 16) % (sizeof alphabet - 1)];
        }
        made[i][length] = '\0';
    }
    for (enum order_rule rule = ORDER_DPKG; rule <= ORDER_GENERAL; rule++)
        for (int a = 0; a < STRINGS; a++)
            for (int b = 0; b < STRINGS; b++) {
                int ab = order_compare(rule, made[a], made[b]);
                assert_int_equal(ab, -order_compare(rule, made[b], made[a]));
                for (int c = 0; c < STRINGS; c++)
                    if (ab <= 0 && order_compare(rule, made[b], made[c]) <= 0 &&
                        order_compare(rule, made[a], made[c]) > 0)
                        fail_msg("rule %d: '%s' '%s' '%s'", rule, made[a], made[b], made[c]);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(debian_versions_stand_in_their_order),
        cmocka_unit_test(debian_versions_are_known_by_their_form),
        cmocka_unit_test(rpm_versions_stand_in_their_order),
        cmocka_unit_test(rpm_versions_are_known_by_their_form),
        cmocka_unit_test(windows_versions_stand_in_their_order),
        cmocka_unit_test(days_stand_in_their_order),
        cmocka_unit_test(other_versions_stand_in_the_order_a_person_means),
        cmocka_unit_test(every_rule_is_an_order_of_any_strings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

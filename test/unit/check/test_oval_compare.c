/* Each datatype and operation, and patterns. */
#include "unit.h"
#include "base/cleanup.h"
#include "check/oval/compare.h"

static struct patterns *patterns;

static int begin(void **state)
{
    (void)state;
    patterns = patterns_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    patterns_free(patterns);
    return 0;
}

static enum oval_result of(enum oval_datatype datatype, const char *value, enum oval_operation operation,
                           const char *wanted)
{
    const char *why = NULL;
    struct comparison comparison = {datatype, operation, wanted};
    enum oval_result result = compare_value(&comparison, value, patterns, &why);
    assert_true(result == OVAL_TRUE || result == OVAL_FALSE ? why == NULL : why != NULL);
    return result;
}

/* All six orders of a pair: value < = > wanted. */
static void ordered(enum oval_datatype datatype, const char *value, int order, const char *wanted)
{
    static const struct {
        enum oval_operation operation;
        bool below, same, above;
    } orders[] = {{OVAL_EQUALS, false, true, false},       {OVAL_NOT_EQUAL, true, false, true},
                  {OVAL_LESS, true, false, false},         {OVAL_GREATER, false, false, true},
                  {OVAL_LESS_OR_EQUAL, true, true, false}, {OVAL_GREATER_OR_EQUAL, false, true, true}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        bool holds = order < 0 ? orders[i].below : order > 0 ? orders[i].above : orders[i].same;
        bool turned = order > 0 ? orders[i].below : order < 0 ? orders[i].above : orders[i].same;
        assert_int_equal(of(datatype, value, orders[i].operation, wanted), holds ? OVAL_TRUE : OVAL_FALSE);
        assert_int_equal(of(datatype, wanted, orders[i].operation, value), turned ? OVAL_TRUE : OVAL_FALSE);
    }
}

static void whole_numbers_of_any_length_are_in_order(void **state)
{
    (void)state;
    ordered(OVAL_INT, "9", -1, "10");
    ordered(OVAL_INT, "-10", -1, "-9");
    ordered(OVAL_INT, "-1", -1, "0");
    ordered(OVAL_INT, "007", 0, "7");
    ordered(OVAL_INT, "-0", 0, "+0");
    ordered(OVAL_INT, "18446744073709551616", -1, "18446744073709551617");
    ordered(OVAL_INT, "-99999999999999999999", -1, "9");
    assert_int_equal(of(OVAL_INT, "abc", OVAL_EQUALS, "1"), OVAL_ERROR);
    assert_int_equal(of(OVAL_INT, "1", OVAL_EQUALS, ""), OVAL_ERROR);
    assert_int_equal(of(OVAL_INT, "1", OVAL_EQUALS, "1.0"), OVAL_ERROR);
    assert_int_equal(of(OVAL_INT, "1", OVAL_PATTERN, "1"), OVAL_ERROR);
}

static void bits_are_all_there_or_none_too_many(void **state)
{
    (void)state;
    assert_int_equal(of(OVAL_INT, "7", OVAL_BITWISE_AND, "5"), OVAL_TRUE);
    assert_int_equal(of(OVAL_INT, "6", OVAL_BITWISE_AND, "5"), OVAL_FALSE);
    assert_int_equal(of(OVAL_INT, "4", OVAL_BITWISE_OR, "5"), OVAL_TRUE);
    assert_int_equal(of(OVAL_INT, "6", OVAL_BITWISE_OR, "5"), OVAL_FALSE);
    assert_int_equal(of(OVAL_INT, "99999999999999999999", OVAL_BITWISE_OR, "5"), OVAL_ERROR);
    assert_int_equal(of(OVAL_STRING, "7", OVAL_BITWISE_AND, "5"), OVAL_ERROR);
}

static void floats_are_in_order(void **state)
{
    (void)state;
    ordered(OVAL_FLOAT, "1.5", -1, "1.50001");
    ordered(OVAL_FLOAT, "1e3", 0, "1000.0");
    ordered(OVAL_FLOAT, "-INF", -1, "INF");
    ordered(OVAL_FLOAT, "7", -1, "INF");
    assert_int_equal(of(OVAL_FLOAT, "NaN", OVAL_EQUALS, "NaN"), OVAL_FALSE);
    assert_int_equal(of(OVAL_FLOAT, "NaN", OVAL_NOT_EQUAL, "1"), OVAL_TRUE);
    assert_int_equal(of(OVAL_FLOAT, "0x10", OVAL_EQUALS, "16"), OVAL_ERROR);
    assert_int_equal(of(OVAL_FLOAT, "inf", OVAL_EQUALS, "1"), OVAL_ERROR);
    assert_int_equal(of(OVAL_FLOAT, "", OVAL_EQUALS, "1"), OVAL_ERROR);
}

static void booleans_are_words_or_digits(void **state)
{
    (void)state;
    assert_int_equal(of(OVAL_BOOLEAN, "1", OVAL_EQUALS, "true"), OVAL_TRUE);
    assert_int_equal(of(OVAL_BOOLEAN, "0", OVAL_NOT_EQUAL, "true"), OVAL_TRUE);
    assert_int_equal(of(OVAL_BOOLEAN, "false", OVAL_EQUALS, "1"), OVAL_FALSE);
    assert_int_equal(of(OVAL_BOOLEAN, "yes", OVAL_EQUALS, "1"), OVAL_ERROR);
    assert_int_equal(of(OVAL_BOOLEAN, "1", OVAL_GREATER, "0"), OVAL_ERROR);
}

static void versions_are_numbers_with_anything_between(void **state)
{
    (void)state;
    ordered(OVAL_VERSION, "5.7.23", -1, "5.8.0");
    ordered(OVAL_VERSION, "1.2.3", -1, "6.7.8.9");
    ordered(OVAL_VERSION, "1.2", 0, "1.2.0.0");
    ordered(OVAL_VERSION, "1.2", -1, "1.2.0.1");
    ordered(OVAL_VERSION, "1-2c3", 0, "1.2.3");
    ordered(OVAL_VERSION, "10.0.19045.1", -1, "10.0.19045.3803");
    ordered(OVAL_VERSION, "9", -1, "10");
    ordered(OVAL_VERSION, "1.99999999999999999999", -1, "1.100000000000000000000");
    assert_int_equal(of(OVAL_VERSION, "", OVAL_EQUALS, "1"), OVAL_ERROR);
    assert_int_equal(of(OVAL_VERSION, "beta", OVAL_EQUALS, "1"), OVAL_ERROR);
    assert_int_equal(of(OVAL_VERSION, "1", OVAL_PATTERN, "1"), OVAL_ERROR);
}

static void packages_are_in_their_systems_order(void **state)
{
    (void)state;
    ordered(OVAL_DEBIAN_EVR, "0:1.0~rc1-1", -1, "0:1.0-1");
    ordered(OVAL_DEBIAN_EVR, "1.0-1", 0, "0:1.0-1");
    ordered(OVAL_DEBIAN_EVR, "9:1", 1, "1:9");
    ordered(OVAL_EVR, "(none):1.0-1", 0, "0:1.0-1");
    ordered(OVAL_EVR, "0:1.0-1.el9", -1, "0:1.0-2.el9");
    ordered(OVAL_EVR, "0:1.10-1", 1, "0:1.9-1");
    assert_int_equal(of(OVAL_DEBIAN_EVR, "", OVAL_LESS, "0:1"), OVAL_ERROR);
    assert_int_equal(of(OVAL_DEBIAN_EVR, "0:1", OVAL_PATTERN, "1"), OVAL_ERROR);
}

static void strings_are_the_same_or_not(void **state)
{
    (void)state;
    assert_int_equal(of(OVAL_STRING, "a", OVAL_EQUALS, "a"), OVAL_TRUE);
    assert_int_equal(of(OVAL_STRING, "a", OVAL_EQUALS, "A"), OVAL_FALSE);
    assert_int_equal(of(OVAL_STRING, "a", OVAL_NOT_EQUAL, "A"), OVAL_TRUE);
    assert_int_equal(of(OVAL_STRING, "a", OVAL_SAME_LETTERS, "A"), OVAL_TRUE);
    assert_int_equal(of(OVAL_STRING, "a", OVAL_OTHER_LETTERS, "A"), OVAL_FALSE);
    assert_int_equal(of(OVAL_STRING, "a", OVAL_OTHER_LETTERS, "B"), OVAL_TRUE);
    assert_int_equal(of(OVAL_STRING, "a", OVAL_GREATER, "A"), OVAL_ERROR);
    assert_int_equal(of(OVAL_STRING, "a", OVAL_SUBSET, "A"), OVAL_ERROR);
}

static void binary_values_are_hexadecimal(void **state)
{
    (void)state;
    assert_int_equal(of(OVAL_BINARY, "00fF", OVAL_EQUALS, "00Ff"), OVAL_TRUE);
    assert_int_equal(of(OVAL_BINARY, "00fF", OVAL_NOT_EQUAL, "00FE"), OVAL_TRUE);
    assert_int_equal(of(OVAL_BINARY, "xx", OVAL_EQUALS, "00"), OVAL_ERROR);
    assert_int_equal(of(OVAL_BINARY, "00", OVAL_GREATER, "00"), OVAL_ERROR);
}

static void what_is_not_known_is_unknown(void **state)
{
    (void)state;
    assert_int_equal(of(OVAL_OTHER, "12.4(1)", OVAL_EQUALS, "12.4(1)"), OVAL_UNKNOWN);
}

static void patterns_are_those_of_perl(void **state)
{
    (void)state;
    assert_int_equal(of(OVAL_STRING, "lib64x", OVAL_PATTERN, "^lib\\d+"), OVAL_TRUE);
    assert_int_equal(of(OVAL_STRING, "libx", OVAL_PATTERN, "^lib\\d+"), OVAL_FALSE);
    assert_int_equal(of(OVAL_STRING, "xlib6", OVAL_PATTERN, "lib\\d"), OVAL_TRUE);
    assert_int_equal(of(OVAL_STRING, "ab", OVAL_PATTERN, "(?i)AB(?!c)"), OVAL_TRUE);
    assert_int_equal(of(OVAL_STRING, "見守り", OVAL_PATTERN, "^..り$"), OVAL_TRUE);
    assert_int_equal(of(OVAL_STRING, "\xff\xfe", OVAL_PATTERN, "x"), OVAL_FALSE);
    assert_int_equal(of(OVAL_STRING, "x", OVAL_PATTERN, "("), OVAL_ERROR);
    assert_int_equal(of(OVAL_STRING, "x", OVAL_PATTERN, "\\C"), OVAL_ERROR);
}

static void slow_patterns_are_given_up_and_then_all(void **state)
{
    char slow[64], subject[4096];
    const char *why = "";
    (void)state;
    memset(subject, 'a', sizeof subject - 2);
    subject[sizeof subject - 2] = 'b';
    subject[sizeof subject - 1] = '\0';
    struct pattern_subject about = {.bytes = subject, .length = sizeof subject - 1};
    for (int i = 0; i < 30; i++) {
        snprintf(slow, sizeof slow, "^(a|aa)+(?#%d)$", i);
        assert_int_equal(pattern_match(patterns, slow, &about, NULL, NULL, &why), PATTERN_FAILS);
    }
    assert_non_null(strstr(why, "too many took too long"));
}

static void a_pattern_that_is_too_long_is_none(void **state)
{
    OWNED_MEMORY char *pattern = malloc(PATTERN_LENGTH_MOST + 2);
    (void)state;
    memset(pattern, 'a', PATTERN_LENGTH_MOST + 1);
    pattern[PATTERN_LENGTH_MOST + 1] = '\0';
    assert_int_equal(of(OVAL_STRING, "a", OVAL_PATTERN, pattern), OVAL_ERROR);
    pattern[PATTERN_LENGTH_MOST] = '\0';
    assert_int_equal(of(OVAL_STRING, "a", OVAL_PATTERN, pattern), OVAL_FALSE);
}

static void a_pattern_that_would_be_large_is_none(void **state)
{
    (void)state;
    assert_int_equal(of(OVAL_STRING, "a", OVAL_PATTERN, "((((a{1,999}){1,999}){1,999}){1,999})"), OVAL_ERROR);
    assert_int_equal(of(OVAL_STRING, "a", OVAL_PATTERN, "(?=a)(?R)"), OVAL_ERROR);
}

static void groups_are_told(void **state)
{
    struct pattern_span spans[PATTERN_CAPTURES_MOST];
    size_t count = 0;
    struct pattern_subject subject = {.bytes = "x\nkey=value", .length = 11, .lines = true};
    (void)state;
    assert_int_equal(pattern_match(patterns, "^(k\\w+)=(z)?(.*)$", &subject, spans, &count, NULL),
                     PATTERN_MATCHES);
    assert_int_equal(count, 4);
    assert_int_equal(spans[0].begin, 2);
    assert_int_equal(spans[1].end, 5);
    assert_true(spans[2].begin == (size_t)-1);
    assert_int_equal(spans[3].begin, 6);
    subject.lines = false;
    assert_int_equal(pattern_match(patterns, "^(k\\w+)=(z)?(.*)$", &subject, spans, &count, NULL),
                     PATTERN_DIFFERS);
}

static void more_patterns_than_are_kept_at_once_all_work(void **state)
{
    char pattern[32], value[32];
    (void)state;
    for (int turn = 0; turn < 2; turn++)
        for (int i = 0; i < 6000; i++) {
            snprintf(pattern, sizeof pattern, "^x%d$", i);
            snprintf(value, sizeof value, "x%d", i);
            assert_int_equal(of(OVAL_STRING, value, OVAL_PATTERN, pattern), OVAL_TRUE);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_of_any_length_are_in_order),
        cmocka_unit_test(bits_are_all_there_or_none_too_many),
        cmocka_unit_test(floats_are_in_order),
        cmocka_unit_test(booleans_are_words_or_digits),
        cmocka_unit_test(versions_are_numbers_with_anything_between),
        cmocka_unit_test(packages_are_in_their_systems_order),
        cmocka_unit_test(strings_are_the_same_or_not),
        cmocka_unit_test(binary_values_are_hexadecimal),
        cmocka_unit_test(what_is_not_known_is_unknown),
        cmocka_unit_test_setup_teardown(patterns_are_those_of_perl, begin, end),
        cmocka_unit_test_setup_teardown(slow_patterns_are_given_up_and_then_all, begin, end),
        cmocka_unit_test_setup_teardown(a_pattern_that_is_too_long_is_none, begin, end),
        cmocka_unit_test_setup_teardown(a_pattern_that_would_be_large_is_none, begin, end),
        cmocka_unit_test_setup_teardown(groups_are_told, begin, end),
        cmocka_unit_test_setup_teardown(more_patterns_than_are_kept_at_once_all_work, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "base/number.h"

#include "unit.h"

static void expect_change(uint64_t before, uint64_t now, const char *text)
{
    char shown[PERCENT_TEXT_SIZE];
    struct percent change = number_change(now, before);
    assert_true(change.known);
    number_percent_text(shown, change.tenths);
    assert_string_equal(shown, text);
}

static void published_changes_come_out(void **state)
{
    (void)state;
    expect_change(20409, 20585, "0.9");
    expect_change(795, 1115, "40.3");
    expect_change(906, 795, "-12.3");
    expect_change(1209, 1064, "-12.0");
}

static void a_half_goes_away_from_zero(void **state)
{
    (void)state;
    expect_change(2000, 2001, "0.1");   /* 0.05 % exactly */
    expect_change(2000, 1999, "-0.1");  /* -0.05 % exactly */
    expect_change(20001, 20011, "0.0"); /* just under 0.05 % */
    expect_change(8, 9, "12.5");
    expect_change(3, 2, "-33.3");
    expect_change(3, 5, "66.7");
    expect_change(7, 7, "0.0");
    expect_change(7, 0, "-100.0");
}

static void changes_of_huge_counts_are_exact(void **state)
{
    (void)state;
    expect_change(UINT64_MAX, UINT64_MAX, "0.0");
    expect_change(UINT64_MAX, 0, "-100.0");
    expect_change(UINT64_MAX / 2, UINT64_MAX - 1, "100.0");
    expect_change(UINT64_C(10000000000000000000), UINT64_C(10005000000000000000), "0.1"); /* 0.05 % exactly */
    expect_change(UINT64_C(10000000000000000000), UINT64_C(10004999999999999999), "0.0");
    assert_int_equal(number_change(UINT64_MAX, 1).tenths, INT64_MAX); /* past what 64 bits hold */
}

static void nothing_before_is_no_percentage(void **state)
{
    (void)state;
    assert_false(number_change(5, 0).known);
    assert_false(number_change(0, 0).known);
}

static void averages_are_cut_or_rounded(void **state)
{
    (void)state;
    assert_int_equal(number_average(86568, 300, NUMBER_CUT), 288);
    assert_int_equal(number_average(86568, 300, NUMBER_ROUND), 289);
    assert_int_equal(number_average(36259, 300, NUMBER_CUT), 120);
    assert_int_equal(number_average(36259, 300, NUMBER_ROUND), 121);
    assert_int_equal(number_average(5, 2, NUMBER_ROUND), 3);
    assert_int_equal(number_average(7, 3, NUMBER_ROUND), 2);
    assert_int_equal(number_average(5, 0, NUMBER_ROUND), 0);
    assert_true(number_average(UINT64_MAX, 2, NUMBER_ROUND) == UINT64_C(1) << 63);
    assert_true(number_average(UINT64_MAX, UINT64_MAX, NUMBER_CUT) == 1);
}

static bool parses(const char *string, uint64_t most, uint64_t *value)
{
    return number_parse(string, strlen(string), most, value);
}

static void only_plain_digits_are_a_number(void **state)
{
    (void)state;
    static const char *const others[] = {"", "-1", "+1", " 1", "1 ", "1.0", "0x1", "1e3", "１", "1,000"};
    uint64_t value = 77;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(parses(others[i], UINT64_MAX, &value));
    assert_false(number_parse("1\0002", 3, UINT64_MAX, &value));
    assert_int_equal(value, 77);
    assert_true(parses("007", 9, &value));
    assert_int_equal(value, 7);
}

static void a_number_past_its_limit_is_refused(void **state)
{
    (void)state;
    uint64_t value = 77;
    assert_false(parses("101", 100, &value));
    assert_false(parses("18446744073709551616", UINT64_MAX, &value));
    assert_false(parses("99999999999999999999999999", UINT64_MAX, &value));
    assert_int_equal(value, 77);
    assert_true(parses("100", 100, &value));
    assert_int_equal(value, 100);
    assert_true(parses("18446744073709551615", UINT64_MAX, &value));
    assert_true(value == UINT64_MAX);
}

static void digits_are_grouped_by_three(void **state)
{
    (void)state;
    static const struct {
        uint64_t value;
        const char *text;
    } cases[] = {{0, "0"},
                 {999, "999"},
                 {1000, "1,000"},
                 {3468, "3,468"},
                 {86568, "86,568"},
                 {123456, "123,456"},
                 {1234567, "1,234,567"},
                 {UINT64_MAX, "18,446,744,073,709,551,615"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[NUMBER_GROUPED_SIZE];
        number_grouped(out, cases[i].value);
        assert_string_equal(out, cases[i].text);
    }
}

static void percentages_keep_their_sign_under_one(void **state)
{
    (void)state;
    char out[PERCENT_TEXT_SIZE];
    number_percent_text(out, -4);
    assert_string_equal(out, "-0.4");
    number_percent_text(out, 0);
    assert_string_equal(out, "0.0");
    number_percent_text(out, INT64_MIN);
    assert_string_equal(out, "-922337203685477580.8");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_changes_come_out),
        cmocka_unit_test(a_half_goes_away_from_zero),
        cmocka_unit_test(changes_of_huge_counts_are_exact),
        cmocka_unit_test(nothing_before_is_no_percentage),
        cmocka_unit_test(averages_are_cut_or_rounded),
        cmocka_unit_test(only_plain_digits_are_a_number),
        cmocka_unit_test(a_number_past_its_limit_is_refused),
        cmocka_unit_test(digits_are_grouped_by_three),
        cmocka_unit_test(percentages_keep_their_sign_under_one),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}

#include "bulletin/country.h"
#include "bulletin/phrase.h"
#include "month.h"

#include "unit.h"

static void dates_are_written_as_each_language_does(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("ja");
    struct issue *issue = &month->issue;
    assert_string_equal(phrase_month(issue, 2011 * 12 + 10), "2011年11月");
    assert_string_equal(phrase_day(issue, calendar_day(2011, 12, 5)), "2011年12月5日");
    assert_string_equal(phrase_day_short(issue, calendar_day(2012, 2, 29)), "2月29日");
    words_open("en");
    assert_string_equal(phrase_month(issue, 2011 * 12 + 10), "November 2011");
    assert_string_equal(phrase_month_alone(issue, 2012 * 12 + 4), "May");
    assert_string_equal(phrase_month_short(issue, 2012 * 12 + 4), "May");
    assert_string_equal(phrase_day(issue, calendar_day(2011, 12, 5)), "5 December 2011");
}

static void lists_end_as_each_language_does(void **state)
{
    (void)state;
    static const char *const items[] = {"a", "b", "c"};
    OWNED(month_free) struct month *month = month_new("en");
    assert_string_equal(phrase_list(&month->issue, items, 3), "a, b and c");
    assert_string_equal(phrase_list(&month->issue, items, 2), "a and b");
    assert_string_equal(phrase_list(&month->issue, items, 1), "a");
    assert_string_equal(phrase_list(&month->issue, items, 0), "");
    words_open("ja");
    assert_string_equal(phrase_list(&month->issue, items, 3), "a、b、c");
}

static void numbers_are_grouped(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("ja");
    assert_string_equal(phrase_number(&month->issue, 3468), "3,468");
    assert_string_equal(phrase_number(&month->issue, UINT64_MAX), "18,446,744,073,709,551,615");
}

static void two_sentences_run_on_as_each_language_does(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("en");
    assert_string_equal(phrase_both(&month->issue, "One.", "Two."), "One. Two.");
    assert_string_equal(phrase_both(&month->issue, NULL, "Two."), "Two.");
    assert_null(phrase_both(&month->issue, NULL, NULL));
    words_open("ja");
    assert_string_equal(phrase_both(&month->issue, "一つ。", "二つ。"), "一つ。二つ。");
}

static void what_no_table_knows_is_itself(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("ja");
    assert_string_equal(phrase_topic("one-click"), "ワンクリック請求");
    assert_string_equal(phrase_topic("迷惑メール"), "迷惑メール");
    assert_string_equal(phrase_category("mail-relay"), "メールの不正中継");
    assert_string_equal(country_name(&month->issue, "XX"), "XX");
    assert_string_equal(country_name(&month->issue, "ZZ"), "地域不明");
    assert_string_equal(country_name(&month->issue, "KR"), "韓国");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_written_as_each_language_does),
        cmocka_unit_test(lists_end_as_each_language_does),
        cmocka_unit_test(numbers_are_grouped),
        cmocka_unit_test(two_sentences_run_on_as_each_language_does),
        cmocka_unit_test(what_no_table_knows_is_itself),
    };
    return cmocka_run_group_tests_name("phrase", tests, NULL, NULL);
}

#include "base/words.h"
#include "desk/day.h"
#include "desk/field.h"

#include "base/calendar.h"
#include "base/cleanup.h"
#include "unit.h"

static const struct field_choice fruits[] = {{"mail", "From"}, {"web", "Leads to"}, {0}};

/* What becomes of `typed` in a field of this kind; NULL: it has a problem. */
static const char *folded(struct field field, const char *typed)
{
    static struct text out;
    text_clear(&out);
    text_init(&out, 2 << 20);
    field.name = "x";
    field.choices = fruits;
    return field_check(&field, typed, strlen(typed), &out) == NULL ? (out.length > 0 ? out.bytes : "") : NULL;
}

static void expect(enum field_kind kind, const char *typed, const char *wanted)
{
    const char *found = folded((struct field){.kind = kind}, typed);
    if ((found == NULL) != (wanted == NULL) || (found != NULL && strcmp(found, wanted) != 0))
        fail_msg("'%s' gives '%s'", typed, found != NULL ? found : "a problem");
}

static void a_day_may_be_written_as_people_do(void **state)
{
    (void)state;
    static const char *const same[] = {
        "2026-11-03",           "2026/11/3",          "2026.11.3",       "20261103",
        "2026年11月3日",        "令和8年11月3日",     "R8.11.3",         "r8/11/3",
        "２０２６／１１／０３", "令和８年１１月３日", "R8.11.03",        " 2026 年 11 月 3 日 ",
        "平成38年11月3日",      "２０２６ー１１ー３", "㋿8年11月3日"};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        expect(FIELD_DAY, same[i], "2026-11-03");
    expect(FIELD_DAY, "令和元年5月1日", "2019-05-01");
    expect(FIELD_DAY, "平成31年4月30日", "2019-04-30");
    expect(FIELD_DAY, "昭和64年1月7日", "1989-01-07");
    expect(FIELD_DAY, "2024-02-29", "2024-02-29");
}

static void a_day_that_does_not_exist_is_none(void **state)
{
    (void)state;
    static const char *const none[] = {"2026-02-29",     "2026-13-01",  "2026-00-10", "2026-11-31",
                                       "令和0年13月1日", "11/3",        "yesterday",  "2026-11-3x",
                                       "2026-11",        "202611030",   "2026年",     "R",
                                       "-1-1-1",         "99999-01-01", "2026--11-3", "0999-01-01"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        expect(FIELD_DAY, none[i], NULL);
}

static void every_day_is_read_as_it_is_written(void **state)
{
    (void)state;
    for (int32_t day = calendar_day(1990, 1, 1); day < calendar_day(2040, 1, 1); day++) {
        char written[64];
        int32_t read = 0;
        struct calendar_date date = calendar_date(day);
        snprintf(written, sizeof written, "%d/%d/%d", date.year, date.month, date.day);
        assert_true(day_parse(written, &read));
        assert_int_equal(read, day);
        if (date.year < 2020)
            continue;
        snprintf(written, sizeof written, "令和%d年%d月%d日", date.year - 2018, date.month, date.day);
        assert_true(day_parse(written, &read));
        assert_int_equal(read, day);
    }
}

static void numbers_may_be_wide_and_grouped(void **state)
{
    (void)state;
    expect(FIELD_NUMBER, "１２３", "123");
    expect(FIELD_NUMBER, "1,234,567", "1234567");
    expect(FIELD_NUMBER, "007", "7");
    expect(FIELD_NUMBER, "-1", NULL);
    expect(FIELD_NUMBER, "1.5", NULL);
    expect(FIELD_NUMBER, "1e9", NULL);
    expect(FIELD_NUMBER, "99999999999999999999", NULL);
    struct field field = {.kind = FIELD_NUMBER, .least_number = 1, .most_number = 10};
    assert_string_equal(folded(field, "10"), "10");
    assert_null(folded(field, "11"));
    assert_null(folded(field, "0"));
}

static void a_mail_address_is_one(void **state)
{
    (void)state;
    expect(FIELD_MAIL, " hanako@Example.JP ", "hanako@example.jp");
    expect(FIELD_MAIL, "ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ", "hanako@example.jp");
    expect(FIELD_MAIL, "花子@例え.jp", "花子@例え.jp");
    static const char *const none[] = {"hanako",        "@example.jp", "hanako@",  "hanako@example",
                                       "a@b@c.jp",      "a b@c.jp",    "<a@b.jp>", "a@.jp",
                                       "a@b.jp,c@d.jp", "a@b..jp",     "a@b.",     "a@b.jp\nBcc: c@d.jp"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        expect(FIELD_MAIL, none[i], NULL);
}

static void a_telephone_number_may_be_wide(void **state)
{
    (void)state;
    expect(FIELD_PHONE, "０３ー１２３４−５６７８", "03-1234-5678");
    expect(FIELD_PHONE, "+81 (3) 1234 5678", "+81 (3) 1234 5678");
    expect(FIELD_PHONE, "call me", NULL);
    expect(FIELD_PHONE, "12", NULL);
}

static void lines_and_texts_lose_nothing_but_blanks_around_them(void **state)
{
    (void)state;
    expect(FIELD_LINE, "  ＡＢＣ　 花子 ", "ＡＢＣ 花子");
    expect(FIELD_LINE, "a\r\nb", "a b");
    expect(FIELD_TEXT, "a\r\n b\rc\n\n", "a\n b\nc");
    expect(FIELD_TEXT, "　字下げ", "　字下げ");
    expect(FIELD_TEXT,
           "report\xe2\x80\xae"
           "fdp.exe",
           "report[U+202E]fdp.exe");
    expect(FIELD_LINE, "a\x1b[31mb", "a[U+001B][31mb");
    expect(FIELD_PASSWORD, " as typed ", " as typed ");
}

static void choices_are_of_the_list(void **state)
{
    (void)state;
    expect(FIELD_CHOICE, "mail", "mail");
    expect(FIELD_CHOICE, "From", "mail");
    expect(FIELD_CHOICE, "原因・経過", "mail"); /* its Japanese */
    expect(FIELD_CHOICE, "post", NULL);
    expect(FIELD_CHOICES, "web,mail,web", "mail,web");
    expect(FIELD_CHOICES, "web,post", NULL);
    expect(FIELD_CHECK, "on", "yes");
    expect(FIELD_CHECK, "", "");
    expect(FIELD_CHECK, "perhaps", NULL);
}

static void what_is_asked_for_must_come(void **state)
{
    (void)state;
    for (int kind = FIELD_LINE; kind <= FIELD_LONG; kind++) {
        assert_null(folded((struct field){.kind = (enum field_kind)kind, .required = true}, ""));
        assert_non_null(folded((struct field){.kind = (enum field_kind)kind}, ""));
        if (kind != FIELD_PASSWORD && kind != FIELD_LONG)
            assert_null(folded((struct field){.kind = (enum field_kind)kind, .required = true}, " \n　"));
    }
}

static void length_is_counted_in_characters(void **state)
{
    (void)state;
    struct field field = {.kind = FIELD_LINE, .most = 3};
    assert_non_null(folded(field, "漢字漢"));
    assert_null(folded(field, "漢字漢字"));
    CLEANUP(text_clear) struct text lots;
    text_init(&lots, 200000);
    for (int i = 0; i < 100000; i++)
        text_add_byte(&lots, 'a');
    for (int kind = FIELD_LINE; kind <= FIELD_HIDDEN; kind++)
        assert_null(folded((struct field){.kind = (enum field_kind)kind}, lots.bytes));
    assert_non_null(folded((struct field){.kind = FIELD_LONG}, lots.bytes));
}

static void bytes_that_are_no_characters_are_a_problem(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text out;
    text_init(&out, 1000);
    struct field field = {.name = "x", .kind = FIELD_TEXT};
    assert_non_null(field_check(&field, "\xff", 1, &out));
    assert_non_null(field_check(&field, "\xed\xa0\x80", 3, &out));
    assert_non_null(field_check(&field, "a\0b", 3, &out));
    assert_null(field_check(&field, "あ", 3, &out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_may_be_written_as_people_do),
        cmocka_unit_test(a_day_that_does_not_exist_is_none),
        cmocka_unit_test(every_day_is_read_as_it_is_written),
        cmocka_unit_test(numbers_may_be_wide_and_grouped),
        cmocka_unit_test(a_mail_address_is_one),
        cmocka_unit_test(a_telephone_number_may_be_wide),
        cmocka_unit_test(lines_and_texts_lose_nothing_but_blanks_around_them),
        cmocka_unit_test(choices_are_of_the_list),
        cmocka_unit_test(what_is_asked_for_must_come),
        cmocka_unit_test(length_is_counted_in_characters),
        cmocka_unit_test(bytes_that_are_no_characters_are_a_problem),
    };
    return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}

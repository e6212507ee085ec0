#include "../unit.h"
#include "base/cleanup.h"
#include "cases/fold.h"

static void check(const char *written, enum fold_blanks blanks, const char *expected)
{
    CLEANUP(text_clear) struct text out;
    text_init(&out, 4096);
    fold_add(&out, written, blanks);
    text_add_byte(&out, '\0');
    assert_string_equal(out.bytes, expected);
}

static void width_case_and_composition_make_no_difference(void **state)
{
    (void)state;
    check("ＷＩＮＮＹ", FOLD_BLANKS_ONE, "winny");
    check("ｶﾞｲﾄﾞ", FOLD_BLANKS_ONE, "ガイド");
    check("か\xe3\x82\x99", FOLD_BLANKS_ONE, "が");
    check("㈱テスト", FOLD_BLANKS_ONE, "(株)テスト");
    check("Straße", FOLD_BLANKS_ONE, "strasse");
    check("届出①", FOLD_BLANKS_ONE, "届出1");
    check("", FOLD_BLANKS_ONE, "");
}

static void blanks_of_any_kind_are_one_or_none(void **state)
{
    (void)state;
    check("　山田\t \xc2\xa0太郎\r\n", FOLD_BLANKS_ONE, "山田 太郎");
    check("　山田\t \xc2\xa0太郎\r\n", FOLD_BLANKS_NONE, "山田太郎");
}

static void what_is_not_seen_is_left_out(void **state)
{
    (void)state;
    check("\xef\xbb\xbfwin\xe2\x80\x8b\xc2\xadny\xe2\x80\xae", FOLD_BLANKS_ONE, "winny");
}

static void what_is_not_utf8_breaks_nothing(void **state)
{
    (void)state;
    check("a\xff\xc3", FOLD_BLANKS_ONE, "a\xef\xbf\xbd\xef\xbf\xbd");
}

static void marks_without_end_are_cut(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text many, out;
    text_init(&many, 1 << 20);
    text_init(&out, 1 << 20);
    text_add_string(&many, "x");
    for (int i = 0; i < 200000; i++) /* U+0301, U+0316: of two classes, to be put in order */
        text_add_string(&many, i % 2 ? "\xcc\x81" : "\xcc\x96");
    text_add_byte(&many, '\0');
    fold_add(&out, many.bytes, FOLD_BLANKS_ONE);
    assert_int_equal(out.length, 1 + 30 * 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(width_case_and_composition_make_no_difference),
        cmocka_unit_test(blanks_of_any_kind_are_one_or_none),
        cmocka_unit_test(what_is_not_seen_is_left_out),
        cmocka_unit_test(what_is_not_utf8_breaks_nothing),
        cmocka_unit_test(marks_without_end_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/text.h"

#include "unit.h"

#include <errno.h>

static void a_text_grows_and_ends_with_a_nul(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text text;
    text_init(&text, 10000);
    assert_string_equal(text.bytes, "");
    for (int i = 0; i < 1000; i++)
        text_addf(&text, "%03d,", i);
    assert_int_equal(text.length, 4000);
    assert_int_equal(strlen(text.bytes), 4000);
    assert_memory_equal(text.bytes + 3996, "999,", 5);
    assert_true(text_whole(&text));
}

static void a_text_at_its_limit_is_whole_and_past_it_is_not(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text text;
    text_init(&text, 5);
    text_add_string(&text, "abcd");
    text_add_byte(&text, 'e');
    assert_true(text_whole(&text));
    text_add(&text, "", 0);
    assert_true(text_whole(&text));
    text_add_byte(&text, 'f');
    assert_false(text_whole(&text));
    assert_string_equal(text.bytes, "abcde");
}

static void nothing_is_added_after_what_did_not_fit(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text text;
    text_init(&text, 5);
    text_addf(&text, "%s", "abc");
    text_addf(&text, "%s", "too long");
    text_add_string(&text, "d");
    assert_string_equal(text.bytes, "abc");
    assert_false(text_whole(&text));
    text_empty(&text);
    assert_true(text_whole(&text));
    assert_string_equal(text.bytes, "");
    text_add_string(&text, "again");
    assert_string_equal(text.bytes, "again");
    text_clear(&text);
    text_add_string(&text, "anew");
    assert_string_equal(text.bytes, "anew");
}

static void bytes_with_a_nul_are_kept(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text text;
    text_init(&text, 10);
    text_add(&text, "a\0b", 3);
    assert_int_equal(text.length, 3);
    assert_memory_equal(text.bytes, "a\0b", 4);
}

static bool is_utf8(const char *string)
{
    return text_is_utf8(string, strlen(string));
}

static void well_formed_utf8_is_known(void **state)
{
    (void)state;
    static const char *const right[] = {"",
                                        "a",
                                        "\x7f",
                                        "\xc2\x80",
                                        "\xdf\xbf",
                                        "\xe0\xa0\x80",
                                        "\xed\x9f\xbf",
                                        "\xee\x80\x80",
                                        "\xef\xbf\xbf",
                                        "\xf0\x90\x80\x80",
                                        "\xf4\x8f\xbf\xbf",
                                        "見守り"};
    static const char *const wrong[] = {"\x80",
                                        "\xbf",
                                        "\xc0\x80",
                                        "\xc1\xbf",
                                        "\xc2",
                                        "\xc2\x41",
                                        "\xe0\x9f\xbf",
                                        "\xe3\x81",
                                        "\xed\xa0\x80",
                                        "\xed\xbf\xbf",
                                        "\xf0\x8f\xbf\xbf",
                                        "\xf4\x90\x80\x80",
                                        "\xf5\x80\x80\x80",
                                        "\xfe",
                                        "\xff",
                                        "a\xe3\x81\x41",
                                        "\xf0\x90\x80"};
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
        assert_true(is_utf8(right[i]));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (is_utf8(wrong[i]))
            fail_msg("wrong[%zu] passes", i);
    }
    assert_true(text_is_utf8("\xe3\x81\x82\xe3", 3));
    assert_false(text_is_utf8("\xe3\x81\x82\xe3", 4));
}

static void wide_characters_take_two_columns(void **state)
{
    (void)state;
    assert_int_equal(text_columns(""), 0);
    assert_int_equal(text_columns("abc"), 3);
    assert_int_equal(text_columns("見守り"), 6);
    assert_int_equal(text_columns("ｶﾅ"), 2);
    assert_int_equal(text_columns("Ａ１"), 4);
    assert_int_equal(text_columns("e\xcc\x81"), 1);
    assert_int_equal(text_columns("か\xe3\x82\x99"), 2);
    assert_int_equal(text_columns("한글"), 4);
    assert_int_equal(text_columns("\xff"
                                  "a"),
                     2);
}

static void what_would_steer_a_terminal_is_shown_and_not_obeyed(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text text;
    text_init(&text, 200);
    text_add_tame(&text, "a\x1b[31m\x7f\r\n\t\xc2\x9b|\xe2\x80\x8e\xe2\x80\xa8\xe2\x80\xae\xe2\x81\xa9.");
    assert_string_equal(text.bytes, "a?[31m?????|????.");
    const char *ordinary = "\xc2\xa0\xe2\x80\x90\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xaa\xc2\xe2\xe2\x80 見守り~";
    text_empty(&text);
    text_add_tame(&text, ordinary);
    assert_string_equal(text.bytes, ordinary);
}

static void an_arena_keeps_many_things_apart(void **state)
{
    (void)state;
    struct arena arena;
    char *strings[3000];
    arena_init(&arena);
    for (size_t i = 0; i < 3000; i++) {
        char bytes[64];
        int length = snprintf(bytes, sizeof bytes, "%zu", i * 7919);
        strings[i] = arena_string(&arena, bytes, (size_t)length);
        uint64_t *numbers = arena_new(&arena, i % 50 == 0 ? 20000 : 3, sizeof *numbers);
        assert_int_equal((uintptr_t)numbers % _Alignof(max_align_t), 0);
        assert_true(numbers[0] == 0 && numbers[2] == 0);
        memset(numbers, 0xff, 3 * sizeof *numbers);
    }
    for (size_t i = 0; i < 3000; i++) {
        char bytes[64];
        snprintf(bytes, sizeof bytes, "%zu", i * 7919);
        assert_string_equal(strings[i], bytes);
    }
    arena_clear(&arena);
    assert_null(arena.blocks);
}

static void a_fault_tells_what_was_being_done(void **state)
{
    (void)state;
    struct fault fault = {""};
    assert_false(fault_set(&fault, "'%s' is empty", "x"));
    assert_false(fault_while(&fault, "reading %d", 7));
    assert_string_equal(fault.text, "reading 7: 'x' is empty");
    errno = ENOSPC;
    assert_false(fault_errno(&fault, "'%s'", "y"));
    assert_string_equal(fault.text, "'y': No space left on device");
    assert_false(fault_set(&fault, "again: %s", fault.text));
    assert_string_equal(fault.text, "again: 'y': No space left on device");
}

static void a_sentence_too_long_is_cut(void **state)
{
    (void)state;
    struct fault fault = {""};
    char longest[5000];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    fault_set(&fault, "%s", longest);
    assert_int_equal(strlen(fault.text), sizeof fault.text - 1);
    fault_while(&fault, "%s", longest);
    assert_int_equal(strlen(fault.text), sizeof fault.text - 1);
}

static void what_is_no_utf_8_is_replaced_byte_by_byte(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"plain あ", "plain あ"},
        {"\xff", "\xef\xbf\xbd"},
        {"a\xe3\x81", "a\xef\xbf\xbd\xef\xbf\xbd"},               /* a character cut off */
        {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* half a surrogate pair */
        {"\xc0\xafz", "\xef\xbf\xbd\xef\xbf\xbdz"},               /* a slash in too many bytes */
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        CLEANUP(text_clear) struct text out;
        text_init(&out, 100);
        text_add_utf8(&out, pairs[i][0], strlen(pairs[i][0]));
        assert_string_equal(out.bytes, pairs[i][1]);
        assert_true(text_is_utf8(out.bytes, out.length));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_grows_and_ends_with_a_nul),
        cmocka_unit_test(a_text_at_its_limit_is_whole_and_past_it_is_not),
        cmocka_unit_test(nothing_is_added_after_what_did_not_fit),
        cmocka_unit_test(bytes_with_a_nul_are_kept),
        cmocka_unit_test(well_formed_utf8_is_known),
        cmocka_unit_test(wide_characters_take_two_columns),
        cmocka_unit_test(what_would_steer_a_terminal_is_shown_and_not_obeyed),
        cmocka_unit_test(an_arena_keeps_many_things_apart),
        cmocka_unit_test(a_fault_tells_what_was_being_done),
        cmocka_unit_test(a_sentence_too_long_is_cut),
        cmocka_unit_test(what_is_no_utf_8_is_replaced_byte_by_byte),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}

#include "base/words.h"

#include "unit.h"

#include <locale.h>

/* The message of no words is the catalogue's own head (gettext manual, "The Format of PO Files"). */
static const char *head(void)
{
    return gettext("");
}

static void catalogues_of_the_build_tree_are_found_without_a_locale(void **state)
{
    (void)state;
    unsetenv("LC_ALL");
    setenv("LANG", "xx_XX.UTF-8", 1); /* one that is not installed */
    assert_true(words_open("ja"));
    assert_string_equal(words_language(), "ja");
    assert_non_null(strstr(head(), "Language: ja\n"));
}

static void the_language_changes_within_a_process(void **state)
{
    (void)state;
    assert_true(words_open("en"));
    assert_non_null(strstr(head(), "Language: en\n"));
    assert_true(words_open("ja"));
    assert_non_null(strstr(head(), "Language: ja\n"));
    assert_true(words_open("en"));
    assert_non_null(strstr(head(), "Language: en\n"));
    assert_string_equal(words_language(), "en");
}

static void the_surroundings_do_not_choose_the_language(void **state)
{
    (void)state;
    setenv("LC_ALL", "C", 1);
    setenv("LANGUAGE", "en:fr", 1);
    assert_true(words_open("ja"));
    assert_non_null(strstr(head(), "Language: ja\n"));
}

static void another_language_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    assert_true(words_open("ja"));
    assert_false(words_open("fr"));
    assert_false(words_open(""));
    assert_false(words_open("ja_JP"));
    assert_string_equal(words_language(), "ja");
    assert_non_null(strstr(head(), "Language: ja\n"));
}

static void a_message_without_a_translation_is_itself(void **state)
{
    (void)state;
    assert_true(words_open("ja"));
    assert_string_equal(gettext("no catalogue holds this"), "no catalogue holds this");
    assert_true(words_open("en"));
    assert_string_equal(ngettext("one thing unheard of", "many things unheard of", 1),
                        "one thing unheard of");
    assert_string_equal(ngettext("one thing unheard of", "many things unheard of", 2),
                        "many things unheard of");
}

static void numbers_keep_the_plain_point(void **state)
{
    (void)state;
    char number[16];
    assert_true(words_open("ja"));
    snprintf(number, sizeof number, "%.1f", 1234.5);
    assert_string_equal(number, "1234.5");
    assert_string_equal(setlocale(LC_NUMERIC, NULL), "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(catalogues_of_the_build_tree_are_found_without_a_locale),
        cmocka_unit_test(the_language_changes_within_a_process),
        cmocka_unit_test(the_surroundings_do_not_choose_the_language),
        cmocka_unit_test(another_language_is_refused_and_changes_nothing),
        cmocka_unit_test(a_message_without_a_translation_is_itself),
        cmocka_unit_test(numbers_keep_the_plain_point),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}

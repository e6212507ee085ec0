#include "base/words.h"

#include "unit.h"

#include <locale.h>
#include <pthread.h>

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

static void a_message_is_had_in_both_languages_at_once(void **state)
{
    (void)state;
    assert_true(words_open("en"));
    assert_string_equal(words_in("ja", "Causes and damage"), "原因と被害");
    assert_string_equal(words_in("en", "Causes and damage"), "Causes and damage");
    assert_string_equal(words_in("ja", "no catalogue holds this"), "no catalogue holds this");
    assert_string_equal(words_in("ja", ""), "");
    assert_string_equal(words_language(), "en");
}

/* What a search by halves finds is what gettext finds, for every message that comes by. */
static void a_message_is_the_one_gettext_has(void **state)
{
    (void)state;
    static const char *const messages[] = {"(%s)",      "From",    "Leads to",
                                           "Figure %s", "Czechia", "Causes and damage"};
    assert_true(words_open("ja"));
    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        assert_string_equal(words_in("ja", messages[i]), gettext(messages[i]));
        assert_string_not_equal(words_in("ja", messages[i]), messages[i]);
    }
}

static void *ask_often(void *well)
{
    for (int i = 0; i < 2000; i++)
        if (strcmp(words_in(i % 2 == 0 ? "ja" : "en", "From"), i % 2 == 0 ? "原因・経過" : "From") != 0)
            *(bool *)well = false;
    return NULL;
}

static void threads_ask_at_the_same_time(void **state)
{
    (void)state;
    pthread_t threads[4];
    bool well[4] = {true, true, true, true};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_often, &well[i]), 0);
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_true(well[i]);
    }
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
        cmocka_unit_test(a_message_is_had_in_both_languages_at_once),
        cmocka_unit_test(a_message_is_the_one_gettext_has),
        cmocka_unit_test(threads_ask_at_the_same_time),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}

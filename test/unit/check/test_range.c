#include "unit.h"
#include "check/versions/range.h"
#include "check/versions/range_words.h"

/* Of each sentence: versions it means, versions it does not, versions of which it says nothing clear. */
struct row {
    const char *sentence;
    const char *inside[6], *outside[6], *unclear[4];
};

static void expect(const struct row *row, enum order_rule rule, enum range_answer wanted,
                   const char *const *versions, size_t most)
{
    static const char *const names[] = {"outside", "inside", "unclear"};
    for (size_t i = 0; i < most && versions[i] != NULL; i++) {
        enum range_answer got = range_holds(row->sentence, rule, versions[i]);
        if (got != wanted)
            fail_msg("'%s' and %s: %s (expected %s)", row->sentence, versions[i], names[got], names[wanted]);
    }
}
static void hold(const struct row *rows, size_t count, enum order_rule rule)
{
    for (size_t i = 0; i < count; i++) {
        expect(&rows[i], rule, RANGE_INSIDE, rows[i].inside, 6);
        expect(&rows[i], rule, RANGE_OUTSIDE, rows[i].outside, 6);
        expect(&rows[i], rule, RANGE_UNCLEAR, rows[i].unclear, 4);
    }
}
#define HOLD(rows, rule) hold(rows, sizeof rows / sizeof rows[0], rule)

static void japanese_words_say_whether_the_edge_is_meant(void **state)
{
    static const struct row rows[] = {
        {"6.0.35 未満", {"6.0.34", "5", "6.0.34.9"}, {"6.0.35", "6.0.35.0", "6.0.36", "7"}},
        {"6.0.35 より前", {"6.0.34"}, {"6.0.35", "6.0.36"}},
        {"6.0.35より前のバージョン", {"6.0.34"}, {"6.0.35"}},
        {"6.0.35 より古いバージョン", {"6.0.34"}, {"6.0.35"}},
        {"6.0.35 以下", {"6.0.35", "6.0.35.0", "6.0.34"}, {"6.0.36", "6.0.35.1"}},
        {"6.0.35 以前", {"6.0.35", "6.0.34"}, {"6.0.36"}},
        {"6.0.35 以前のバージョン", {"6.0.35"}, {"6.0.36"}},
        {"6.0.35 およびそれ以前", {"6.0.35", "1.0"}, {"6.0.36"}},
        {"6.0.35 及びそれ以前のバージョン", {"6.0.35"}, {"6.0.36"}},
        {"バージョン 6.0.35 およびそれ以前のバージョン", {"6.0.35"}, {"6.0.36"}},
        {"6.0.35 まで", {"6.0.35"}, {"6.0.36"}},
        {"6.0.35 以上", {"6.0.35", "6.0.36", "10"}, {"6.0.34", "6.0"}},
        {"6.0.35 以降", {"6.0.35", "7"}, {"6.0.34"}},
        {"6.0.35 およびそれ以降のバージョン", {"6.0.35"}, {"6.0.34"}},
        {"6.0.35 より後", {"6.0.36"}, {"6.0.35", "6.0.34"}},
        {"6.0.35 より新しいバージョン", {"6.0.36"}, {"6.0.35"}},
        {"６．０．３５　未満", {"6.0.34"}, {"6.0.35"}},
        {"Ｖｅｒ．６．０．３５以下", {"6.0.35"}, {"6.0.36"}},
        {"Version 4.50 およびそれ以前 ", {"4.50", "4.49", "4.5"}, {"4.51"}},
        {"v1.2.3 未満", {"1.2.2"}, {"1.2.3"}},
    };
    (void)state;
    HOLD(rows, ORDER_WINDOWS);
}

static void japanese_ranges_have_two_ends(void **state)
{
    static const struct row rows[] = {
        {"6.0.0 から 6.0.35", {"6.0.0", "6.0.35", "6.0.20"}, {"5.9", "6.0.36"}},
        {"6.0.0 から 6.0.35 まで", {"6.0.0", "6.0.35"}, {"5.9", "6.0.36"}},
        {"6.0.0 から 6.0.35 までのバージョン", {"6.0.0", "6.0.35"}, {"5.9", "6.0.36"}},
        {"6.0.0 から 6.0.35 未満", {"6.0.0", "6.0.34"}, {"5.9", "6.0.35"}},
        {"6.0.0 から 6.0.35 より前", {"6.0.0", "6.0.34"}, {"5.9", "6.0.35"}},
        {"6.0.0 〜 6.0.35", {"6.0.0", "6.0.35"}, {"5.9", "6.0.36"}},
        {"6.0.0～6.0.35", {"6.0.0", "6.0.35"}, {"5.9", "6.0.36"}},
        {"6.0.0 以上 6.0.35 未満", {"6.0.0", "6.0.34"}, {"5.9", "6.0.35"}},
        {"6.0.0 以上 6.0.35 以下", {"6.0.0", "6.0.35"}, {"5.9", "6.0.36"}},
        {"6.0.0 以上、6.0.35 未満", {"6.0.0", "6.0.34"}, {"5.9", "6.0.35"}},
        {"6.0.0 以上かつ 6.0.35 未満", {"6.0.0", "6.0.34"}, {"5.9", "6.0.35"}},
        {"6.0.35 未満、6.0.0 以上", {"6.0.0", "6.0.34"}, {"5.9", "6.0.35"}},
        {"6.0.0 以降で 6.0.35 より前", {"6.0.0", "6.0.34"}, {"5.9", "6.0.35"}},
        {"6.0.0 より後 6.0.35 以下", {"6.0.1", "6.0.35"}, {"6.0.0", "6.0.36"}},
        {"1.2 より前、2.0 以降", {"1.1", "2.0", "3"}, {"1.2", "1.9"}},
        {"5.5.x から 5.5.33、6.0.0 から 6.0.35", {"5.5.0", "5.5.33", "6.0.35"}, {"5.4", "5.5.34", "6.0.36"}},
    };
    (void)state;
    HOLD(rows, ORDER_WINDOWS);
}

static void branches_and_lists_hold_what_they_name(void **state)
{
    static const struct row rows[] = {
        {"3.x", {"3", "3.0", "3.6.24"}, {"2.9", "4.0", "30.1"}},
        {"3.6.x", {"3.6", "3.6.1"}, {"3.5", "3.60", "3.7"}},
        {"3.6 系", {"3.6.1"}, {"3.7"}},
        {"3.6.24 未満の 3.6.x", {"3.6.23", "3.6.0"}, {"3.6.24", "3.5.9"}},
        {"3.6.x (3.6.24 未満)", {"3.6.23"}, {"3.6.24", "3.5.9"}},
        {"3.6 系の 3.6.24 より前", {"3.6.23"}, {"3.6.24", "3.5.9"}},
        {"1.2.3 およびそれ以前の 1.2 系", {"1.2.3", "1.2"}, {"1.2.4", "1.1"}},
        {"3系", {"3.6"}, {"4", "30"}},
        {"2.2.x から 2.2.21", {"2.2.0", "2.2.21"}, {"2.1.9", "2.2.22"}},
        {"2.x から 3.x まで", {"2.0", "3.9"}, {"1.9", "4.0"}},
        {"3.x 以前", {"3.9", "2"}, {"4.0"}},
        {"3.x 以降", {"3.0", "5"}, {"2.9"}},
        {"3.x 未満", {"2.9"}, {"3.0", "3.9", "4"}},
        {"1.0、1.1 および 1.2", {"1.0", "1.1", "1.2"}, {"1.3", "0.9"}},
        {"1.0, 1.1, and 1.2", {"1.0", "1.1", "1.2"}, {"1.3"}},
        {"7.0.22 以前、6.0.35 以前", {"7.0.22", "6.0.35", "6.0.36"}, {"7.0.23"}},
        {"すべてのバージョン", {"1", "99.9"}, {NULL}},
        {"全バージョン", {"1"}, {NULL}},
        {"3.x のすべてのバージョン", {"3.5"}, {"4.0"}},
        {"すべてのバージョン (3.6.24 未満)", {"3.6.23"}, {"3.6.24"}},
        {"8.0", {"8.0", "8.0.0.0"}, {"8.1", "7.9"}, {"8.0.1"}},
        {"10.0.x.x", {"10.0.5"}, {"10.1"}},
    };
    (void)state;
    HOLD(rows, ORDER_WINDOWS);
}

static void english_words_say_whether_the_edge_is_meant(void **state)
{
    static const struct row rows[] = {
        {"before 6.0.35", {"6.0.34"}, {"6.0.35"}},
        {"versions prior to 6.0.35", {"6.0.34"}, {"6.0.35"}},
        {"All versions prior to v6.0.35", {"6.0.34"}, {"6.0.35"}},
        {"earlier than 6.0.35", {"6.0.34"}, {"6.0.35"}},
        {"< 6.0.35", {"6.0.34"}, {"6.0.35"}},
        {"<= 6.0.35", {"6.0.35"}, {"6.0.36"}},
        {">= 6.0.0, < 6.0.35", {"6.0.0", "6.0.34"}, {"5.9", "6.0.35"}},
        {"6.0.35 and earlier", {"6.0.35"}, {"6.0.36"}},
        {"6.0.35 and earlier versions", {"6.0.35"}, {"6.0.36"}},
        {"6.0.35 or earlier", {"6.0.35"}, {"6.0.36"}},
        {"6.0.35 and later", {"6.0.35"}, {"6.0.34"}},
        {"6.0.0 through 6.0.35", {"6.0.0", "6.0.35"}, {"5.9", "6.0.36"}},
        {"6.0.0 to 6.0.35", {"6.0.0", "6.0.35"}, {"5.9", "6.0.36"}},
        {"6.0.0 - 6.0.35", {"6.0.0", "6.0.35"}, {"5.9", "6.0.36"}},
        {"from 6.0.0 to 6.0.35", {"6.0.0", "6.0.35"}, {"5.9", "6.0.36"}},
        {"from 6.0.0 before 6.0.35", {"6.0.0", "6.0.34"}, {"5.9", "6.0.35"}},
        {"prior to Ver. 6.0.35", {"6.0.34"}, {"6.0.35"}},
        {"version 6.0.35 and prior versions", {"6.0.35"}, {"6.0.36"}},
        {"from 6.0.0 up to 6.0.35", {"6.0.0", "6.0.34"}, {"5.9", "6.0.36"}, {"6.0.35"}},
        {"6.0.x before 6.0.35", {"6.0.0", "6.0.34"}, {"5.9", "6.0.35"}},
        {"after 6.0.0 and before 6.0.35", {"6.0.1", "6.0.34"}, {"6.0.0", "6.0.35"}},
        {"up to and including 6.0.35", {"6.0.35"}, {"6.0.36"}},
        {"up to 6.0.35", {"6.0.34"}, {"6.0.36"}, {"6.0.35"}},
        {"5.5.x before 5.5.34, 6.x before 6.0.35", {"5.5.33", "6.0.34"}, {"5.5.34", "6.0.35", "5.4"}},
        {"all versions", {"1"}, {NULL}},
    };
    (void)state;
    HOLD(rows, ORDER_WINDOWS);
}

static void letters_and_updates_are_part_of_a_version(void **state)
{
    static const struct row general[] = {
        {"1.0.2k より前", {"1.0.2", "1.0.2j"}, {"1.0.2k", "1.0.2l"}},
        {"0.9.8 から 0.9.8r", {"0.9.8", "0.9.8a", "0.9.8r"}, {"0.9.8s", "1.0"}},
    };
    static const struct row java[] = {
        {"8 Update 45 およびそれ以前", {"8u45", "8 Update 45", "8u31", "1.8.0_45"}, {"8u51", "7u80", "9u1"}},
        {"8u45 未満", {"8u40"}, {"8u45"}},
        {"6 Update 29 and earlier", {"6u29", "6u3"}, {"6u30", "5u22"}, {"6.0.290"}},
        {"6 Update 18 から 6 Update 29", {"6u18", "6u29"}, {"6u17", "6u30", "7u1"}},
        {"1.6.0_29 以前", {"6u29"}, {"6u30"}},
        {"10.0.1", {NULL}, {NULL}, {"8u45"}},
    };
    static const struct row editions[] = {
        {"ESR 10.0.1 未満", {"10.0.0esr", "ESR 10.0"}, {"10.0.1esr"}, {"10.0.0", "9.0"}},
        {"10.0.1 ESR 以前", {"10.0.1esr"}, {"10.0.2esr"}, {"10.0.1"}},
        {"10.0.1 未満", {"10.0"}, {"11.0"}, {"10.0esr"}},
    };
    (void)state;
    HOLD(general, ORDER_GENERAL);
    HOLD(java, ORDER_WINDOWS);
    HOLD(editions, ORDER_WINDOWS);
}

static void what_is_not_understood_is_unclear_and_never_a_guess(void **state)
{
    static const char *const sentences[] = {
        "",
        " ",
        "-",
        "、",
        "未満",
        "バージョン",
        "1.0 以上 2.0 未満 (1.5 を除く)",
        "1.5 を除くすべてのバージョン",
        "1.5 は影響を受けません",
        "except 1.5",
        "not affected",
        "1.0 SP1",
        "2010 Service Pack 1",
        "1.0 build 5",
        "12.1(5)",
        "8.0 (1.5)",
        "1.0-1.4",
        "1.0 2.0",
        "1.0 から",
        "from 1.0",
        "1.0 以上 以下",
        "1.0 から 2.0 以上",
        "1.0 未満 2.0 未満",
        "Windows 版 1.0 未満",
        "詳しくはベンダの情報を参照してください",
        "between 1.0 and 1.4",
        "3.x.1 未満",
        "before",
        "1.0 より",
        "x",
        "<script>1.0</script>",
        "1.0 未満\xff",
        "\xe3\x80",
    };
    (void)state;
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
        for (enum order_rule rule = ORDER_WINDOWS; rule <= ORDER_GENERAL;
             rule += ORDER_GENERAL - ORDER_WINDOWS)
            if (range_holds(sentences[i], rule, "1.0.1") != RANGE_UNCLEAR)
                fail_msg("'%s' is not unclear", sentences[i]);
}

static void a_version_that_is_none_is_unclear(void **state)
{
    static const char *const versions[] = {"", "unknown", "1.0 beta", "-", "1.x", "1.0, 2.0"};
    (void)state;
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++)
        assert_int_equal(range_holds("3.0 未満", ORDER_WINDOWS, versions[i]), RANGE_UNCLEAR);
}

static void a_sentence_of_any_length_is_read_in_bounds(void **state)
{
    static char list[40000], versions[9000];
    size_t at = 0;
    (void)state;
    for (int i = 0; i < 5000; i++)
        at += (size_t)snprintf(list + at, sizeof list - at, "1.%d, ", i);
    assert_int_equal(range_holds(list, ORDER_WINDOWS, "1.3"), RANGE_UNCLEAR);
    memset(versions, '9', sizeof versions - 1);
    assert_int_equal(range_holds(versions, ORDER_WINDOWS, "1.3"), RANGE_UNCLEAR);
    assert_int_equal(range_holds("1.0", ORDER_WINDOWS, versions), RANGE_UNCLEAR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(japanese_words_say_whether_the_edge_is_meant),
        cmocka_unit_test(japanese_ranges_have_two_ends),
        cmocka_unit_test(branches_and_lists_hold_what_they_name),
        cmocka_unit_test(english_words_say_whether_the_edge_is_meant),
        cmocka_unit_test(letters_and_updates_are_part_of_a_version),
        cmocka_unit_test(what_is_not_understood_is_unclear_and_never_a_guess),
        cmocka_unit_test(a_version_that_is_none_is_unclear),
        cmocka_unit_test(a_sentence_of_any_length_is_read_in_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

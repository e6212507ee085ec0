#include "base/cleanup.h"
#include "base/memory.h"
#include "check/passwords/looked.h"
#include "check/passwords/skeleton.h"

#include "unit.h"

#include <time.h>

static bool alike(const char *one, const char *other)
{
    for (enum skeleton_kind kind = 0; kind < SKELETON_KINDS; kind++) {
        char a[SKELETON_MOST + 1], b[SKELETON_MOST + 1];
        size_t a_length = skeleton_of(kind, one, "service.example", a);
        size_t b_length = skeleton_of(kind, other, "other.example", b);
        if (a_length > 0 && a_length == b_length && strcmp(a, b) == 0)
            return true;
    }
    return false;
}

static void what_people_change_from_service_to_service_is_seen_through(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Password1", "Password2!"},
        {"Password1", "pAssword1"},
        {"password", "pa55w0rd"},
        {"p@ssw0rd", "Pa$sword99"},
        {"2010hanako", "hanako#2011"},
        {"Tokyo2023Tower", "tokyo2024tower"},
        {"a1b2c3dd", "a7b8c9dd"},
        {"パスワード1", "pasuwa-do2!"},
        {"ﾊﾟｽﾜｰﾄﾞ", "ぱすわーど!"},
        {"Ｈａｎａｋｏ１", "hanako2"},
        {"しんじゅく1", "shinjuku!"},
        {"hanako-service", "hanako-other"},
        {"services3cretly", "other7s3cretly"},
        {"children1", "chi1dren!"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (!alike(pairs[i][0], pairs[i][1]))
            fail_msg("'%s' and '%s'", pairs[i][0], pairs[i][1]);
}

static void other_words_are_not_alike(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Password1", "Sunshine1"},
        {"12345678", "12345679"},
        {"abc!2011", "abc!2012"},
        {"hanako", "hanae"},
        {"", ""},
        {"Kx7#pLq9", "Mx7#qLr9"},
        {"しんじゅく1", "しぶや1"},
        {"service1", "other1"},
        {"!!!!!!!!", "!!!!!!!!1"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (alike(pairs[i][0], pairs[i][1]))
            fail_msg("'%s' and '%s'", pairs[i][0], pairs[i][1]);
}

static void a_skeleton_of_any_length_is_bounded(void **state)
{
    (void)state;
    char password[LOGIN_TEXT_MOST + 1], out[SKELETON_MOST + 1];
    static const char *const pieces[] = {"a", "9", "!", "ぎゃ", "ッ", "ー", "\xf0\x9f\x94\x91", "tch"};
    for (size_t piece = 0; piece < sizeof pieces / sizeof pieces[0]; piece++) {
        size_t step = strlen(pieces[piece]), length = 0;
        for (; length + step <= LOGIN_TEXT_MOST; length += step)
            memcpy(password + length, pieces[piece], step);
        password[length] = '\0';
        for (enum skeleton_kind kind = 0; kind < SKELETON_KINDS; kind++) {
            size_t written = skeleton_of(kind, password, "aaa.example", out);
            assert_true(written <= SKELETON_MOST && (written == 0 || out[written] == '\0'));
        }
    }
}

/* `count` logins that lie at s0.example, s1.example, ... unless told otherwise. */
struct group {
    struct login *logins;
    struct looked *looked;
    char (*names)[32];
    size_t count;
};

static void group_init(struct group *group, size_t count)
{
    *group =
        (struct group){memory_new(count, sizeof *group->logins), memory_new(count, sizeof *group->looked),
                       memory_new(count, sizeof *group->names), count};
    for (size_t i = 0; i < count; i++) {
        snprintf(group->names[i], sizeof group->names[i], "s%zu.example", i);
        group->looked[i].login = &group->logins[i];
        group->looked[i].place = group->looked[i].service = group->names[i];
        group->looked[i].site.own = group->names[i];
    }
}

static void group_clear(struct group *group)
{
    free(group->logins);
    free(group->looked);
    free(group->names);
}

static void find(struct group *group)
{
    struct fault fault;
    reuse_same(group->looked, group->count);
    assert_true(reuse_near(group->looked, group->count, &fault));
}

static void each_is_told_the_others_but_not_itself(void **state)
{
    (void)state;
    CLEANUP(group_clear) struct group group;
    group_init(&group, 7);
    for (size_t i = 0; i < 6; i++)
        group.logins[i].password = "Kx7#pLq9vT2w";
    group.logins[6].password = "";
    find(&group);
    for (size_t i = 0; i < 6; i++) {
        const struct kin *kin = &group.looked[i].same;
        assert_int_equal(kin->count, 5);
        assert_int_equal(group.looked[i].near.count, 0);
        for (size_t k = 0; k < KIN_SHOWN; k++)
            assert_string_not_equal(kin->shown[k], group.names[i]);
    }
    assert_int_equal(group.looked[6].same.count, 0);
}

static void one_service_is_not_several(void **state)
{
    (void)state;
    CLEANUP(group_clear) struct group group;
    group_init(&group, 4);
    group.logins[0].password = group.logins[1].password = "Kx7#pLq9vT2w";
    group.logins[2].password = "Zephyrotic1", group.logins[3].password = "Zephyrotic2";
    group.looked[1].service = group.looked[0].service;
    group.looked[3].service = group.looked[2].service;
    find(&group);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(group.looked[i].same.count + group.looked[i].near.count, 0);
}

static void who_is_reused_is_not_told_again_but_who_resembles_it_is(void **state)
{
    (void)state;
    CLEANUP(group_clear) struct group group;
    group_init(&group, 3);
    group.logins[0].password = group.logins[1].password = "Zephyrotic1";
    group.logins[2].password = "Zephyrotic2";
    find(&group);
    assert_int_equal(group.looked[0].same.count, 1);
    assert_int_equal(group.looked[0].near.count, 0);
    assert_int_equal(group.looked[2].same.count, 0);
    assert_int_equal(group.looked[2].near.count, 2);
}

static double seconds_for(size_t count, bool same)
{
    CLEANUP(group_clear) struct group group;
    group_init(&group, count);
    OWNED_MEMORY char(*passwords)[32] = memory_new(count, sizeof *passwords);
    for (size_t i = 0; i < count; i++) {
        snprintf(passwords[i], sizeof passwords[i], "Zephyrotic%zu", same ? 0 : i);
        group.logins[i].password = passwords[i];
    }
    struct timespec begin, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    find(&group);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    assert_int_equal(same ? group.looked[0].same.count : group.looked[0].near.count, count - 1);
    return (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
}

/* Pairs of 100,000 would be five thousand million: not within any such time. */
static void a_hundred_thousand_that_all_resemble_each_other_take_no_time(void **state)
{
    (void)state;
    assert_true(seconds_for(100000, false) < 8);
    assert_true(seconds_for(100000, true) < 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_people_change_from_service_to_service_is_seen_through),
        cmocka_unit_test(other_words_are_not_alike),
        cmocka_unit_test(a_skeleton_of_any_length_is_bounded),
        cmocka_unit_test(each_is_told_the_others_but_not_itself),
        cmocka_unit_test(one_service_is_not_several),
        cmocka_unit_test(who_is_reused_is_not_told_again_but_who_resembles_it_is),
        cmocka_unit_test(a_hundred_thousand_that_all_resemble_each_other_take_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

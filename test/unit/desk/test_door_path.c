#include "unit.h"
#include "desk/door_path.h"
#include "desk/request.h"

static struct text path;
static const char *query;

static enum door_path read_path(const char *target)
{
    text_empty(&path);
    return door_path_read(target, &path, &query);
}

static void a_path_is_decoded_once(void **state)
{
    (void)state;
    static const char *const well[][3] = {
        {"/", "/", NULL},         {"/ja/report", "/ja/report", NULL},
        {"/ja/", "/ja/", NULL},   {"/ja/report?x=%2F", "/ja/report", "x=%2F"},
        {"/ja?", "/ja", ""},      {"/%e5%b1%8a", "/届", NULL},
        {"/a%20b", "/a b", NULL}, {"/%2541", "/%41", NULL}, /* once: not /A */
        {"/...", "/...", NULL},   {"/a?b?c", "/a", "b?c"},
    };
    for (size_t i = 0; i < sizeof well / sizeof *well; i++) {
        assert_int_equal(read_path(well[i][0]), DOOR_PATH_WELL);
        assert_string_equal(path.bytes, well[i][1]);
        assert_int_equal(query == NULL, well[i][2] == NULL);
        if (query != NULL)
            assert_string_equal(query, well[i][2]);
    }
}

static void what_two_servers_would_read_differently_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",        "ja",         "*",        "http://desk/", "//ja",    "/ja//x",         "/./x",
        "/ja/..",  "/ja/../x",   "/%2e",     "/%2E%2e/",     "/.%2e/x", "/a%00b",         "/a%2Fb",
        "/a%2fb",  "/a%5cb",     "/a\\b",    "/a%0ab",       "/a%7fb",  "/a%1f",          "/%",
        "/%4",     "/%4g",       "/%g4",     "/a b",         "/a#b",    "/a\xe3\x81\x82", "/%ff",
        "/%c0%af", "/%ed%a0%80", "/a%e3%81", "/<script>",    "/a\"b",   "/a|b",           "/a\x7f",
        "/a\tb"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (read_path(bad[i]) != DOOR_PATH_BAD)
            fail_msg("'%s' was taken", bad[i]);
    }
}

static void a_path_has_an_end(void **state)
{
    (void)state;
    char *target = malloc(REQUEST_HEAD_MOST + 2);
    assert_non_null(target);
    memset(target, 'a', REQUEST_HEAD_MOST + 1);
    target[0] = '/';
    target[REQUEST_HEAD_MOST + 1] = '\0';
    assert_int_equal(read_path(target), DOOR_PATH_LONG);
    target[REQUEST_HEAD_MOST] = '\0';
    assert_int_equal(read_path(target), DOOR_PATH_WELL);
    assert_int_equal(path.length, REQUEST_HEAD_MOST);
    free(target);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_is_decoded_once),
        cmocka_unit_test(what_two_servers_would_read_differently_is_refused),
        cmocka_unit_test(a_path_has_an_end),
    };
    text_init(&path, REQUEST_HEAD_MOST);
    int failed = cmocka_run_group_tests_name("door_path", tests, NULL, NULL);
    text_clear(&path);
    return failed;
}

#include "unit.h"
#include "desk/door_fields.h"

enum { ROOM = 4 << 20 };
static char bytes[ROOM];
static size_t length;
static struct door_fields fields;

static enum door_fields_read read_form(const char *form)
{
    length = strlen(form);
    memcpy(bytes, form, length + 1);
    return door_fields_form(bytes, length, &fields);
}

/* "B" is the boundary. */
static enum door_fields_read read_parts(const char *body)
{
    length = strlen(body);
    memcpy(bytes, body, length + 1);
    return door_fields_multipart(bytes, length, "multipart/form-data; boundary=B", &fields);
}

static void expect(size_t i, const char *name, const char *value, const char *file)
{
    assert_true(i < fields.count);
    assert_string_equal(fields.list[i].name, name);
    assert_int_equal(fields.list[i].length, strlen(value));
    assert_string_equal(fields.list[i].value, value);
    assert_int_equal(fields.list[i].file == NULL, file == NULL);
    if (file != NULL)
        assert_string_equal(fields.list[i].file, file);
}

static void a_form_is_decoded(void **state)
{
    (void)state;
    assert_int_equal(read_form("name=%E5%B1%8A+%2B1&empty=&a=1&a=2&x=b%3Dc=d&flag"), DOOR_FIELDS_WELL);
    assert_int_equal(fields.count, 6);
    expect(0, "name", "届 +1", NULL);
    expect(1, "empty", "", NULL);
    expect(2, "a", "1", NULL);
    expect(3, "a", "2", NULL);
    expect(4, "x", "b=c=d", NULL);
    expect(5, "flag", "", NULL);
    assert_int_equal(read_form(""), DOOR_FIELDS_WELL);
    assert_int_equal(fields.count, 0);
}

static void a_form_no_browser_would_send_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"a=%",    "a=%4",     "a=%zz",       "a=%00",         "=1",
                                      "a&&b",   "a=1&",     "&a=1",        "a[]=1",         "a=%ff",
                                      "a=\xff", "%61%20=1", "a=%ed%a0%80", "\xe3\x81\x82=1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (read_form(bad[i]) != DOOR_FIELDS_BAD)
            fail_msg("'%s' was taken", bad[i]);
    length = 4;
    memcpy(bytes, "a=\0b", 5);
    assert_int_equal(door_fields_form(bytes, length, &fields), DOOR_FIELDS_BAD);
}

static void fields_have_limits(void **state)
{
    (void)state;
    char form[REQUEST_FIELDS_MOST * 4 + 8] = "";
    for (size_t i = 0; i < REQUEST_FIELDS_MOST; i++)
        strncat(form, i == 0 ? "a=1" : "&a=1", sizeof form - strlen(form) - 1);
    assert_int_equal(read_form(form), DOOR_FIELDS_WELL);
    strncat(form, "&a=1", sizeof form - strlen(form) - 1);
    assert_int_equal(read_form(form), DOOR_FIELDS_LARGE);
    memset(bytes, 'a', ROOM);
    memcpy(bytes, "a=", 2);
    assert_int_equal(door_fields_form(bytes, REQUEST_FIELD_LONG + 2, &fields), DOOR_FIELDS_WELL);
    memset(bytes, 'a', ROOM);
    memcpy(bytes, "a=", 2);
    assert_int_equal(door_fields_form(bytes, REQUEST_FIELD_LONG + 3, &fields), DOOR_FIELDS_LARGE);
    memset(bytes, 'a', ROOM);
    assert_int_equal(door_fields_form(bytes, REQUEST_NAME_MOST + 1, &fields), DOOR_FIELDS_LARGE);
}

#define PART(disposition, content)                                                                           \
    "--B\r\nContent-Disposition: form-data; " disposition "\r\n\r\n" content "\r\n"

static void parts_are_read(void **state)
{
    (void)state;
    assert_int_equal(
        read_parts(PART("name=\"kind\"", "") PART(
            "name=\"text\"", "two\r\nlines --B\r\n-") "--B\r\n"
                                                      "content-disposition: FORM-DATA; "
                                                      "filename=\"\xe5\xb1\x8a.txt\"; name=\"file\"\r\n"
                                                      "Content-Type: text/html\r\n\r\n<b>\r\n\r\n--B--\r\n"),
        DOOR_FIELDS_WELL);
    assert_int_equal(fields.count, 3);
    expect(0, "kind", "", NULL);
    expect(1, "text", "two\r\nlines --B\r\n-", NULL);
    expect(2, "file", "<b>\r\n", "届.txt");
    assert_int_equal(read_parts("--B--"), DOOR_FIELDS_WELL);
    assert_int_equal(fields.count, 0);
}

static void a_file_may_hold_any_bytes(void **state)
{
    (void)state;
    static const char body[] = PART("name=\"f\"; filename=\"a\"", "\xff\0\r\n--b\r") "--B--\r\n";
    memcpy(bytes, body, sizeof body);
    assert_int_equal(
        door_fields_multipart(bytes, sizeof body - 1, "multipart/form-data;boundary=\"B\"", &fields),
        DOOR_FIELDS_WELL);
    assert_int_equal(fields.count, 1);
    assert_int_equal(fields.list[0].length, 8);
    assert_memory_equal(fields.list[0].value, "\xff\0\r\n--b\r", 9); /* with the NUL behind it */
}

static void names_of_files_are_tamed(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"C:\\Users\\me\\x.pdf", "x.pdf"},
        {"../../etc/passwd", "passwd"},
        {"a\\\"b\\\".txt", "a\"b\".txt"},
        {"%22x%22", "\"x\""},
        {"a\x1b[31m.txt", "a?[31m.txt"},
        {"x\xe2\x80\xaegpj.exe", "x?gpj.exe"},
        {"a/", "file"},
        {"%0d%0aSet-Cookie", "%0d%0aSet-Cookie"},
    };
    char body[1024];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(body, sizeof body, PART("name=\"f\"; filename=\"%s\"", "x") "--B--\r\n", names[i][0]);
        assert_int_equal(read_parts(body), DOOR_FIELDS_WELL);
        expect(0, "f", "x", names[i][1]);
    }
}

static void a_long_name_is_cut_between_characters(void **state)
{
    (void)state;
    char name[1600] = "", body[2048];
    for (size_t i = 0; i < 500; i++)
        strncat(name, "\xe5\xb1\x8a", sizeof name - strlen(name) - 1);
    snprintf(body, sizeof body, PART("name=\"f\"; filename=\"%s\"", "x") "--B--\r\n", name);
    assert_int_equal(read_parts(body), DOOR_FIELDS_WELL);
    assert_int_equal(strlen(fields.list[0].file), REQUEST_NAME_MOST / 3 * 3);
}

static void where_no_file_was_chosen_there_is_none(void **state)
{
    (void)state;
    assert_int_equal(read_parts(PART("name=\"f\"; filename=\"\"", "") PART("name=\"a\"", "1") "--B--\r\n"),
                     DOOR_FIELDS_WELL);
    assert_int_equal(fields.count, 1);
    expect(0, "a", "1", NULL);
}

static void parts_no_browser_would_send_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "--B",
        "--C--\r\n",
        "before\r\n" PART("name=\"a\"", "1") "--B--\r\n",
        PART("name=\"a\"", "1") "--B--\r\nafter",
        PART("name=\"a\"", "1") "--B-- \r\n",
        PART("name=\"a\"", "1") "--B",
        PART("name=\"a\"", "1") "--Bx",
        PART("name=a", "1") "--B--\r\n",
        PART("name=\"a", "1") "--B--\r\n",
        PART("name=\"a\"; name=\"b\"", "1") "--B--\r\n",
        PART("filename=\"a\"", "1") "--B--\r\n",
        PART("name=\"a\"; filename=\"a\"; filename=\"b\"", "1") "--B--\r\n",
        PART("name=\"a\"; filename*=UTF-8''b", "1") "--B--\r\n",
        PART("name=\"a\"x", "1") "--B--\r\n",
        PART("name=\"a\"; filename=\"\xff\"", "1") "--B--\r\n",
        PART("name=\"a\"", "\xff") "--B--\r\n",
        PART("name=\"a b\"", "1") "--B--\r\n",
        PART("name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"", "1") "--B--\r\n",
        PART("name=\"a\"\r\nContent-Transfer-Encoding: base64", "MQ==") "--B--\r\n",
        "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--B--\r\n",
        "--B\r\nContent-Type: text/plain\r\n\r\n1\r\n--B--\r\n",
        "--B\r\n\r\n1\r\n--B--\r\n",
        "--B\nContent-Disposition: form-data; name=\"a\"\n\n1\n--B--\n",
        "--B\r\nContent-Disposition: form-data; name=\"a\"\n\r\n1\r\n--B--\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n folded\r\n\r\n1\r\n--B--\r\n",
        "--B\r\n: x\r\n\r\n1\r\n--B--\r\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (read_parts(bad[i]) != DOOR_FIELDS_BAD)
            fail_msg("case %zu was taken: %s", i, bad[i]);
}

static void boundaries_are_checked(void **state)
{
    (void)state;
    char long_one[128] = "multipart/form-data; boundary=";
    memset(long_one + strlen(long_one), 'B', 71);
    const char *const bad[] = {"multipart/form-data",
                               "multipart/form-data; boundary=",
                               "multipart/form-data; boundary=\"B",
                               "multipart/form-data; boundary=B; charset=x",
                               "multipart/form-data; boundary=B C",
                               "multipart/form-data; charset=x; boundary=B",
                               long_one};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        memcpy(bytes, "--B--", 6);
        assert_int_equal(door_fields_multipart(bytes, 5, bad[i], &fields), DOOR_FIELDS_BAD);
    }
}

static void there_are_five_files_at_most(void **state)
{
    (void)state;
    char body[2048] = "";
    for (size_t i = 0; i < REQUEST_FILES_MOST; i++)
        strncat(body, PART("name=\"f\"; filename=\"a\"", "x"), sizeof body - strlen(body) - 1);
    size_t five = strlen(body);
    strncat(body, "--B--\r\n", sizeof body - five - 1);
    assert_int_equal(read_parts(body), DOOR_FIELDS_WELL);
    body[five] = '\0';
    strncat(body, PART("name=\"f\"; filename=\"a\"", "x") "--B--\r\n", sizeof body - five - 1);
    assert_int_equal(read_parts(body), DOOR_FIELDS_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_is_decoded),
        cmocka_unit_test(a_form_no_browser_would_send_is_refused),
        cmocka_unit_test(fields_have_limits),
        cmocka_unit_test(parts_are_read),
        cmocka_unit_test(a_file_may_hold_any_bytes),
        cmocka_unit_test(names_of_files_are_tamed),
        cmocka_unit_test(a_long_name_is_cut_between_characters),
        cmocka_unit_test(where_no_file_was_chosen_there_is_none),
        cmocka_unit_test(parts_no_browser_would_send_are_refused),
        cmocka_unit_test(boundaries_are_checked),
        cmocka_unit_test(there_are_five_files_at_most),
    };
    return cmocka_run_group_tests_name("door_fields", tests, NULL, NULL);
}

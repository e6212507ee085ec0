#include "unit.h"
#include "desk/door_head.h"

static struct door_head head;

/* Lines as they come, "Name: value" each; the list ends with NULL. */
static unsigned read_head(const char *method, const char *version, const char *const *lines)
{
    static char copies[DOOR_LINES_MOST + 8][256];
    struct door_line list[DOOR_LINES_MOST + 8];
    size_t count = 0;
    for (; lines[count] != NULL; count++) {
        snprintf(copies[count], sizeof copies[count], "%s", lines[count]);
        char *colon = strchr(copies[count], ':');
        assert_non_null(colon);
        *colon = '\0';
        list[count] = (struct door_line){copies[count], colon + 2, strlen(copies[count]), strlen(colon + 2)};
    }
    return door_head_read(method, version, list, count, &head);
}
#define HEAD(method, ...) read_head(method, "HTTP/1.1", (const char *const[]){__VA_ARGS__, NULL})
#define HOST              "Host: desk.example.jp"
#define FORM              "Content-Type: application/x-www-form-urlencoded"

static void what_a_browser_sends_is_understood(void **state)
{
    (void)state;
    assert_int_equal(HEAD("GET", "Host: desk.example.jp:8080", "Accept-Language: ja,en;q=0.8",
                          "X-Forwarded-For: 192.0.2.1", "Origin: https://desk.example.jp",
                          "Sec-Fetch-Site: same-origin", "Cookie: a=b"),
                     0);
    assert_int_equal(head.method, REQUEST_GET);
    assert_false(head.head);
    assert_string_equal(head.host, "desk.example.jp:8080");
    assert_string_equal(head.languages, "ja,en;q=0.8");
    assert_string_equal(head.origin, "https://desk.example.jp");
    assert_string_equal(head.site, "same-origin");
    assert_string_equal(head.cookie, "a=b");
    assert_int_equal(head.length, -1);
    assert_int_equal(HEAD("HEAD", HOST), 0);
    assert_true(head.head);
    assert_int_equal(HEAD("POST", HOST, FORM, "Content-Length: 12"), 0);
    assert_int_equal(head.method, REQUEST_POST);
    assert_int_equal(head.form, DOOR_FORM_PLAIN);
    assert_int_equal(head.length, 12);
    assert_int_equal(HEAD("POST", HOST, "content-type: Multipart/Form-Data; boundary=x", "content-length: 0",
                          "Expect: 100-continue"),
                     0);
    assert_int_equal(head.form, DOOR_FORM_MULTIPART);
    assert_int_equal(read_head("GET", "HTTP/1.0", (const char *const[]){NULL}), 0);
}

static void two_of_one_header_are_refused(void **state)
{
    (void)state;
    static const char *const twice[] = {"Host: x",
                                        "Content-Length: 3",
                                        "Content-Type: text/plain",
                                        "Cookie: a=b",
                                        "Origin: https://x",
                                        "Sec-Fetch-Site: none",
                                        "Expect: x",
                                        "If-None-Match: x",
                                        "Transfer-Encoding: chunked",
                                        "Accept-Language: x",
                                        "Content-Encoding: x"};
    for (size_t i = 0; i < sizeof twice / sizeof *twice; i++)
        if (HEAD("POST", twice[i], "Host: desk", twice[i]) != 400)
            fail_msg("two of '%s' were taken", twice[i]);
    assert_int_equal(HEAD("POST", HOST, FORM, "Content-Length: 3", "CONTENT-LENGTH: 4"), 400);
    assert_int_equal(HEAD("POST", HOST, FORM, "Content-Length: 3", "Transfer-Encoding: chunked"), 400);
    assert_int_equal(HEAD("GET", HOST, "Accept: a", "Accept: b"), 0);
}

static void lengths_are_digits(void **state)
{
    (void)state;
    static const char *const bad[] = {"Content-Length: +3",
                                      "Content-Length: -1",
                                      "Content-Length: 3, 3",
                                      "Content-Length: ",
                                      "Content-Length: 0x3",
                                      "Content-Length: 3 ",
                                      "Content-Length: 99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (HEAD("POST", HOST, FORM, bad[i]) != 400)
            fail_msg("'%s' was taken", bad[i]);
    assert_int_equal(HEAD("POST", HOST, FORM), 411);
    assert_int_equal(HEAD("POST", HOST, FORM, "Transfer-Encoding: chunked"), 411);
    assert_int_equal(HEAD("GET", HOST, "Transfer-Encoding: chunked"), 411);
    assert_int_equal(HEAD("GET", HOST, "Content-Length: 2"), 400);
    assert_int_equal(HEAD("GET", HOST, "Content-Length: 0"), 0);
}

static void a_host_is_a_name(void **state)
{
    (void)state;
    assert_int_equal(HEAD("GET", "Accept: a"), 400);
    assert_int_equal(HEAD("GET", "Host: "), 400);
    assert_int_equal(HEAD("GET", "Host: a b"), 400);
    assert_int_equal(HEAD("GET", "Host: a/b"), 400);
    assert_int_equal(HEAD("GET", "Host: a@b"), 400);
    assert_int_equal(HEAD("GET", "Host: [2001:db8::1]:80"), 0);
}

static void lines_are_what_they_should_be(void **state)
{
    (void)state;
    assert_int_equal(HEAD("GET", HOST, "Na me: x"), 400);
    assert_int_equal(HEAD("GET", HOST, "Name : x"), 400);
    assert_int_equal(HEAD("GET", HOST, ": x"), 400);
    assert_int_equal(HEAD("GET", HOST, "Name: a\rb"), 400);
    assert_int_equal(HEAD("GET", HOST, "Name: a\x01"), 400);
    assert_int_equal(HEAD("GET", HOST, "Name: a\tb"), 0);
    assert_int_equal(HEAD("GET", HOST, "Origin: https://\xe3\x81\x82"), 400);
    const char *many[DOOR_LINES_MOST + 2];
    for (size_t i = 0; i <= DOOR_LINES_MOST; i++)
        many[i] = i == 0 ? HOST : "X: y";
    many[DOOR_LINES_MOST + 1] = NULL;
    assert_int_equal(read_head("GET", "HTTP/1.1", many), 431);
    many[DOOR_LINES_MOST] = NULL;
    assert_int_equal(read_head("GET", "HTTP/1.1", many), 0);
}

static void other_ways_are_refused_each_by_its_status(void **state)
{
    (void)state;
    static const char *const methods[] = {"PUT",     "DELETE", "OPTIONS",  "TRACE",
                                          "CONNECT", "get",    "PROPFIND", ""};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        assert_int_equal(HEAD(methods[i], HOST), 405);
    assert_int_equal(HEAD("POST", HOST, "Content-Length: 2"), 415);
    assert_int_equal(HEAD("POST", HOST, "Content-Length: 2", "Content-Type: application/json"), 415);
    assert_int_equal(HEAD("POST", HOST, "Content-Length: 2", "Content-Type: multipart/form-datax"), 415);
    assert_int_equal(HEAD("POST", HOST, "Content-Length: 2", FORM, "Content-Encoding: gzip"), 415);
    assert_int_equal(HEAD("POST", HOST, "Content-Length: 2", FORM, "Expect: 200-ok"), 417);
    assert_int_equal(read_head("GET", "HTTP/2.0", (const char *const[]){HOST, NULL}), 505);
    assert_int_equal(
        read_head("GET", "HTTP/1.0", (const char *const[]){HOST, "Transfer-Encoding: chunked", NULL}), 411);
}

static void a_cookie_is_found_by_its_whole_name_once(void **state)
{
    (void)state;
    char out[16];
    assert_true(door_head_cookie("a=b; session=x-Y_9;c=d", "session", out, sizeof out));
    assert_string_equal(out, "x-Y_9");
    static const char *const not_there[] = {"xsession=1",    "session=",
                                            "session",       "sessionx=1",
                                            "session=a b",   "session=a; session=b",
                                            "session=\"a\"", "session=0123456789abcdef"};
    for (size_t i = 0; i < sizeof not_there / sizeof *not_there; i++)
        if (door_head_cookie(not_there[i], "session", out, sizeof out))
            fail_msg("found in '%s'", not_there[i]);
    assert_false(door_head_cookie(NULL, "session", out, sizeof out));
    assert_string_equal(out, "x-Y_9");
}

static void the_proxys_own_word_is_the_last(void **state)
{
    (void)state;
    struct address address, expected;
    assert_true(address_parse("192.0.2.9", &expected));
    assert_true(door_head_forwarded("203.0.113.1, 198.51.100.2 ,192.0.2.9 ", &address));
    assert_true(address_equal(address, expected));
    assert_true(door_head_forwarded("192.0.2.9", &address));
    assert_false(door_head_forwarded("192.0.2.9, unknown", &address));
    assert_false(door_head_forwarded("192.0.2.9,", &address));
    assert_false(door_head_forwarded("", &address));
    assert_false(door_head_forwarded(NULL, &address));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_browser_sends_is_understood),
        cmocka_unit_test(two_of_one_header_are_refused),
        cmocka_unit_test(lengths_are_digits),
        cmocka_unit_test(a_host_is_a_name),
        cmocka_unit_test(lines_are_what_they_should_be),
        cmocka_unit_test(other_ways_are_refused_each_by_its_status),
        cmocka_unit_test(a_cookie_is_found_by_its_whole_name_once),
        cmocka_unit_test(the_proxys_own_word_is_the_last),
    };
    return cmocka_run_group_tests_name("door_head", tests, NULL, NULL);
}

#include "base/cleanup.h"
#include "base/memory.h"
#include "check/passwords/login.h"

#include "unit.h"

struct read {
    struct logins logins;
    struct fault fault;
    bool whole;
};

static void read_bytes(struct read *read, const char *bytes, size_t length)
{
    *read = (struct read){.fault = {""}};
    read->logins.secrets = secrets_new(8 << 20, &read->fault);
    assert_non_null(read->logins.secrets);
    char *copy = secrets_room(read->logins.secrets, length);
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    read->whole = logins_parse(&read->logins, "x.csv", copy, length, &read->fault);
}

static void read_string(struct read *read, const char *string)
{
    read_bytes(read, string, strlen(string));
}

static void read_clear(struct read *read)
{
    logins_clear(&read->logins);
}

static void check_login(const struct login *login, const char *service, const char *address, const char *user,
                        const char *password)
{
    assert_string_equal(login->service, service);
    assert_string_equal(login->address, address);
    assert_string_equal(login->user, user);
    assert_string_equal(login->password, password);
}

static void every_format_is_known_by_its_header(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *format, *service;
        bool used, code;
    } cases[] = {
        {"name,url,username,password\nS,a,u,p\n", "Chrome", "S", false, false},
        {"name,url,username,password,note\nS,a,u,p,n\n", "Chrome", "S", false, false},
        {"\"url\",\"username\",\"password\",\"httpRealm\",\"formActionOrigin\",\"guid\",\"timeCreated\","
         "\"timeLastUsed\",\"timePasswordChanged\"\na,u,p,,,,0,0,0\n",
         "Firefox", "", true, false},
        {"Title,URL,Username,Password,Notes,OTPAuth\nS,a,u,p,,\n", "Safari", "S", false, true},
        {"Title,URL,Username,Password\nS,a,u,p\n", "Safari", "S", false, false},
        {"\"Group\",\"Title\",\"Username\",\"Password\",\"URL\",\"Notes\",\"TOTP\",\"Icon\",\"Last "
         "Modified\",\"Created\"\n\"Root\",\"S\",\"u\",\"p\",\"a\",,,,,\n",
         "KeePassXC", "S", false, true},
        {"Group,Title,Username,Password,URL,Notes\nRoot,S,u,p,a,n\n", "KeePassXC", "S", false, false},
        {"Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\nS,a,u,p,,,,,\n", "1Password", "S",
         false, true},
        {"Title,Website,Username,Password,One-time password,Favorite status\nS,a,u,p,,\n", "1Password", "S",
         false, true},
        {"Notes,Password,Title,Type,URL,Username\n,p,S,Login,a,u\n", "1Password", "S", false, false},
        {"folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_"
         "totp\n"
         ",,login,S,,,0,a,u,p,\n",
         "Bitwarden", "S", false, true},
        {"{\"items\":[{\"type\":1,\"name\":\"S\",\"login\":{\"uris\":[{\"uri\":\"a\"}],\"username\":\"u\","
         "\"password\":\"p\"}}]}",
         "Bitwarden", "S", false, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CLEANUP(read_clear) struct read read;
        read_string(&read, cases[i].bytes);
        if (!read.whole)
            fail_msg("%zu: %s", i, read.fault.text);
        assert_string_equal(read.logins.format, cases[i].format);
        assert_int_equal(read.logins.count, 1);
        assert_int_equal(read.logins.tells_used, cases[i].used);
        assert_int_equal(read.logins.tells_one_time_code, cases[i].code);
        check_login(&read.logins.items[0], cases[i].service, "a", "u", "p");
    }
}

static void cells_are_read_as_they_were_meant(void **state)
{
    (void)state;
    CLEANUP(read_clear) struct read read;
    read_string(&read, "\xef\xbb\xbfPassword,NAME,url,username,extra\r\n"
                       "\"a\"\"b,\r\nc\"\"\",\"\",\"https://x.example\",\" u \",\"\"\"\"\r\n"
                       "\r\n"
                       "p2,,a2,,\r"
                       "p3,,\"\",u3,\"\"");
    assert_true(read.whole);
    assert_int_equal(read.logins.count, 3);
    check_login(&read.logins.items[0], "", "https://x.example", " u ", "a\"b,\r\nc\"");
    assert_int_equal(read.logins.items[0].line, 2);
    check_login(&read.logins.items[1], "", "a2", "", "p2");
    assert_int_equal(read.logins.items[1].line, 5);
    check_login(&read.logins.items[2], "", "", "u3", "p3");
    assert_int_equal(read.logins.items[2].line, 6);
}

static void a_day_of_use_is_read_and_zero_is_never(void **state)
{
    (void)state;
    CLEANUP(read_clear) struct read read;
    read_string(&read, "url,username,password,httpRealm,timeLastUsed\n"
                       "a,u,p,,1763769599999\na,u,p,,1763769600000\na,u,p,,0\na,u,p,,\na,u,p,,-1\n"
                       "a,u,p,,99999999999999999999999\n");
    assert_true(read.whole);
    static const int32_t days[] = {20413, 20414, LOGIN_NO_DAY, LOGIN_NO_DAY, LOGIN_NO_DAY, LOGIN_NO_DAY};
    assert_int_equal(read.logins.count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(read.logins.items[i].used_day, days[i]);
}

static void notes_and_cards_are_no_logins(void **state)
{
    (void)state;
    CLEANUP(read_clear) struct read read;
    read_string(&read,
                "{\"items\":[{\"type\":2,\"name\":\"n\",\"notes\":\"x\"},"
                "{\"type\":3,\"name\":\"c\",\"card\":{\"number\":\"1\"}},"
                "{\"type\":1,\"name\":\"passkey\",\"login\":{\"uris\":[{\"uri\":\"https://a.example\"}],"
                "\"username\":null,\"password\":null,\"totp\":null,\"fido2Credentials\":[{}]}},"
                "{\"type\":1,\"name\":\"empty\",\"login\":{}},"
                "{\"type\":1,\"name\":\"code\",\"login\":{\"username\":\"u\",\"totp\":\"ABC\"}}]}");
    assert_true(read.whole);
    assert_int_equal(read.logins.count, 2);
    check_login(&read.logins.items[0], "passkey", "https://a.example", "", "");
    assert_false(read.logins.items[0].one_time_code);
    check_login(&read.logins.items[1], "code", "", "u", "");
    assert_true(read.logins.items[1].one_time_code);
    assert_int_equal(read.logins.items[1].line, 5);
}

/* What is refused, and how; what stands in the file (SECRET) is never in the sentence. */
static void what_cannot_be_read_is_refused_in_a_sentence_without_its_content(void **state)
{
    (void)state;
#define HEAD "name,url,username,password\n"
    static const struct {
        const char *bytes, *says;
    } cases[] = {
        {"", "'x.csv' is empty"},
        {"\n\n", "x.csv:1: the header is of no export"},
        {"SECRET", "x.csv:1: the header is of no export"},
        {"name,url,username,SECRET\na,b,c,d\n", "x.csv:1: the header"},
        {HEAD, "holds no passwords"},
        {HEAD "\n\r\n", "holds no passwords"},
        {HEAD "a,b,c\n", "x.csv:2: the row has 3 cells (expected 4"},
        {HEAD "a,b,c,d\na,b,c,d,SECRET\n", "x.csv:3: the row has 5 cells"},
        {HEAD "a,b,c,\"SECRET\n", "x.csv:2: a quote is not closed"},
        {HEAD "a,b,c,\"x\"SECRET\n", "x.csv:2: a quote stands"},
        {HEAD "a,b,c,x\"SECRET\n", "x.csv:2: a quote stands"},
        {HEAD "a,\"b\nb\",c,x\"SECRET\n", "x.csv:3: a quote stands"},
        {HEAD "a,b,c,SECRET\xff\n", "not UTF-8"},
        {HEAD "a,b,c,\x82\xa0SECRET\n", "not UTF-8"},
        {"\xff\xfeS", "UTF-16"},
        {"\xfe\xffS", "UTF-16"},
        {"{SECRET", "x.csv:1: this is not JSON"},
        {"{}", "of no export that is known"},
        {"{\"items\":{}}", "of no export that is known"},
        {"{\"items\":[]}", "holds no passwords"},
        {"{\"items\":[1,null,{\"type\":1,\"login\":\"SECRET\"}]}", "holds no passwords"},
        {"{\"encrypted\":true,\"items\":[{\"name\":\"SECRET\"}]}", "is an encrypted export"},
        {"{\"items\":[\n\n{\"SECRET", "x.csv:3: this is not JSON"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CLEANUP(read_clear) struct read read;
        read_string(&read, cases[i].bytes);
        if (read.whole || strstr(read.fault.text, cases[i].says) == NULL ||
            strstr(read.fault.text, "SECRET") != NULL)
            fail_msg("%zu: %s", i, read.fault.text);
    }
    CLEANUP(read_clear) struct read read;
    read_bytes(&read, HEAD "a,b\0c,d,e\n", sizeof HEAD + 9);
    assert_non_null(strstr(read.fault.text, "x.csv:2: there is a NUL byte"));
}

static void what_is_too_long_or_too_much_is_refused(void **state)
{
    (void)state;
    enum { LONG = LOGIN_TEXT_MOST + 1 };
    CLEANUP(read_clear) struct read long_cell, short_cell, many_cells;
    OWNED_MEMORY char *bytes = memory_new(1, 2 * LONG + 100);
    size_t head = (size_t)snprintf(bytes, 100, HEAD "a,b,c,");
    memset(bytes + head, 'x', LONG);
    read_string(&long_cell, bytes);
    assert_false(long_cell.whole);
    assert_non_null(strstr(long_cell.fault.text, "x.csv:2: a name, an address or a password is too long"));
    bytes[head + LONG - 1] = '\0';
    read_string(&short_cell, bytes);
    assert_true(short_cell.whole);
    memset(bytes, ',', LONG);
    bytes[LONG] = '\0';
    read_string(&many_cells, bytes);
    assert_non_null(strstr(many_cells.fault.text, "x.csv:1: the row has too many cells"));
}

static void json_that_is_nested_too_deep_is_refused(void **state)
{
    (void)state;
    enum { DEEP = 100000 };
    CLEANUP(read_clear) struct read read;
    OWNED_MEMORY char *bytes = memory_new(1, DEEP + 10);
    memcpy(bytes, "{\"items\":", 9);
    memset(bytes + 9, '[', DEEP);
    read_string(&read, bytes);
    assert_false(read.whole);
    assert_non_null(strstr(read.fault.text, "this is not JSON"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_is_known_by_its_header),
        cmocka_unit_test(cells_are_read_as_they_were_meant),
        cmocka_unit_test(a_day_of_use_is_read_and_zero_is_never),
        cmocka_unit_test(notes_and_cards_are_no_logins),
        cmocka_unit_test(what_cannot_be_read_is_refused_in_a_sentence_without_its_content),
        cmocka_unit_test(what_is_too_long_or_too_much_is_refused),
        cmocka_unit_test(json_that_is_nested_too_deep_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The loop over a table of pages, with a table of the test's own. */
#include "asked.h"
#include "ledger/records.h"

static bool show(struct call *call, struct fault *fault)
{
    return call_show(call, "refused", "Next", fault);
}

static bool go(struct call *call, struct fault *fault)
{
    (void)fault;
    return call_go(call, "/case/%lld/%lld", (long long)call->number, (long long)call->second);
}

static bool note(struct call *call, struct fault *fault)
{
    return records_run(call->ledger->records, "INSERT INTO desk_state VALUES ('test', 1, '')", fault) &&
           call_go(call, "/");
}

static bool spy(struct call *call, struct fault *fault)
{
    static const char *const queries[] = {
        "SELECT name FROM staff",
        "SELECT wrapped FROM session",
        "SELECT count(*) FROM attempt",
        "SELECT id FROM browser",
        "SELECT recovery FROM desk_key",
        "SELECT what FROM deed",
        "SELECT sealed FROM search_posting",
        "SELECT * FROM staff JOIN casefile",
        "ATTACH ':memory:' AS other",
        "PRAGMA query_only = OFF",
        "DELETE FROM staff",
        "UPDATE desk_key SET recovery = x'00'",
        "UPDATE meta SET value = '1'",
        "CREATE TABLE other (x)",
        "DROP TABLE casefile",
    };
    return records_run(call->ledger->records, queries[call->number - 1], fault) && call_go(call, "/");
}
enum { SPIED = 15 };

/* What no page of the staff's has any business with either. */
static bool tinker(struct call *call, struct fault *fault)
{
    static const char *const queries[] = {
        "ATTACH ':memory:' AS other",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "UPDATE meta SET value = '1'",
        "CREATE TABLE other (x)",
        "CREATE TEMP TABLE other (x)",
        "DROP TABLE casefile",
        "DELETE FROM sqlite_schema",
        "CREATE TRIGGER t AFTER INSERT ON told BEGIN SELECT 1; END",
        "VACUUM INTO 'elsewhere'",
        "ALTER TABLE deed ADD COLUMN x",
    };
    return records_run(call->ledger->records, queries[call->number - 1], fault) && call_go(call, "/staff");
}
enum { TINKERED = 11 };

static bool forget(struct call *call, struct fault *fault)
{
    (void)call, (void)fault;
    return true;
}

static bool stumble(struct call *call, struct fault *fault)
{
    (void)call;
    return fault_set(fault, "'secret.c' stumbled over 'DROP TABLE'");
}

static const struct field fields[] = {{.name = "word", .kind = FIELD_LINE, .label = "Next"}, {0}};
static const struct page table[] = {
    {REQUEST_GET, "/", PAGE_PUBLIC, fields, show},
    {REQUEST_POST, "/", PAGE_PUBLIC, fields, show},
    {REQUEST_GET, "/go/{n}/{n}", PAGE_PUBLIC, NULL, go},
    {REQUEST_GET, "/write", PAGE_PUBLIC, NULL, note},
    {REQUEST_POST, "/write", PAGE_PUBLIC, NULL, note},
    {REQUEST_GET, "/spy/{n}", PAGE_PUBLIC, NULL, spy},
    {REQUEST_POST, "/spy/{n}", PAGE_PUBLIC, NULL, spy},
    {REQUEST_GET, "/forget", PAGE_PUBLIC, NULL, forget},
    {REQUEST_GET, "/stumble", PAGE_PUBLIC, NULL, stumble},
    {REQUEST_GET, "/nobodys", PAGE_NOBODY, NULL, show},
    {REQUEST_GET, "/staff", PAGE_STAFF, NULL, show},
    {REQUEST_GET, "/staff/write", PAGE_STAFF, NULL, note},
    {REQUEST_POST, "/staff/write", PAGE_STAFF, NULL, note},
    {REQUEST_POST, "/staff/tinker/{n}", PAGE_STAFF, NULL, tinker},
    {REQUEST_GET, "/staff/tinker/{n}", PAGE_STAFF, NULL, tinker},
    {0},
};
static struct asked asked;

static int open_desk(void **state)
{
    (void)state;
    asked_open(&asked);
    serve_desk(asked.serves[SERVE_PUBLIC])->pages = table;
    serve_desk(asked.serves[SERVE_STAFF])->pages = table;
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    asked_close(&asked);
    return 0;
}

static struct request get(const char *path)
{
    return (struct request){.method = REQUEST_GET, .path = path};
}

/* A form of ours. */
static struct request post(const char *path)
{
    return (struct request){
        .method = REQUEST_POST, .path = path, .host = "desk.example.jp", .site = "same-origin"};
}

static void expect(struct request request, unsigned status)
{
    assert_true(asked_request(&asked, &request));
    assert_int_equal(asked.reply.status, status);
}

static void an_address_without_a_language_gets_the_reader_s(void **state)
{
    (void)state;
    struct request request = get("/");
    request.languages = "en-GB,en;q=0.9,ja;q=0.8";
    expect(request, 303);
    assert_string_equal(asked.reply.location, "/en/");
    request.languages = "fr, ja;q=0.5";
    expect(request, 303);
    assert_string_equal(asked.reply.location, "/ja/");
    request.languages = NULL; /* the ledger's */
    expect(request, 303);
    assert_string_equal(asked.reply.location, "/ja/");
    request = get("/go/1/2");
    request.languages = "en";
    expect(request, 303);
    assert_string_equal(asked.reply.location, "/en/go/1/2");
    assert_string_equal(asked.reply.cookies[0], "");
    assert_string_equal(asked.reply.cookies[1], "");
}

static void no_address_leads_elsewhere(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "//example.com", "/\\example.com", "/https://example.com", "/ja//example.com", "/ja/../..", "/.",
        "/en",           "/jax/"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct request request = get(paths[i]);
        assert_true(asked_request(&asked, &request));
        assert_true(asked.reply.status == 404 || asked.reply.status == 200);
        assert_string_equal(asked.reply.location, "");
    }
}

static void numbers_in_a_path_reach_the_page(void **state)
{
    (void)state;
    expect(get("/ja/go/12/345678901234567890"), 303);
    assert_string_equal(asked.reply.location, "/ja/case/12/345678901234567890");
    static const char *const strange[] = {"/ja/go/0/1",  "/ja/go/01/1", "/ja/go/-1/1",
                                          "/ja/go/+1/1", "/ja/go/1x/1", "/ja/go//1",
                                          "/ja/go/1",    "/ja/go/1/2/", "/ja/go/1/9999999999999999999",
                                          "/ja/go/ 1/2", "/ja/go/１/2"};
    for (size_t i = 0; i < sizeof strange / sizeof strange[0]; i++)
        expect(get(strange[i]), 404);
}

static void what_the_table_does_not_have_does_not_exist(void **state)
{
    (void)state;
    expect(get("/ja/missing"), 404);
    expect(post("/ja/missing"), 404);
    expect(post("/ja/go/1/2"), 405);
    expect(get("/ja/nobodys"), 403);
}

static void each_process_answers_its_own_pages_only(void **state)
{
    (void)state;
    struct request request = get("/ja/staff");
    reply_clear(&asked.reply);
    reply_init(&asked.reply);
    assert_true(serve_request(asked.threads[SERVE_PUBLIC], &request, &asked.reply, &asked.fault));
    assert_int_equal(asked.reply.status, 404);
    request = get("/ja/");
    assert_true(serve_request(asked.threads[SERVE_STAFF], &request, &asked.reply, &asked.fault));
    assert_int_equal(asked.reply.status, 404);
}

static void a_field_that_the_page_does_not_have_is_refused(void **state)
{
    (void)state;
    struct request_field known[] = {{"word", "a", 1, NULL}, {"word", "b", 1, NULL}};
    struct request request = post("/ja/");
    request.fields = known;
    request.fields_count = 1;
    expect(request, 200);
    request.fields_count = 2; /* the same twice */
    expect(request, 400);
    struct request_field strange[] = {{"rights", "15", 2, NULL}};
    request.fields = strange;
    request.fields_count = 1;
    expect(request, 400);
    request = get("/ja/");
    request.fields = strange;
    request.fields_count = 1;
    expect(request, 400);
    struct request_field file[] = {{"word", "a", 1, "a.txt"}};
    request = post("/ja/");
    request.fields = file;
    request.fields_count = 1;
    expect(request, 400);
}

static void what_cannot_be_read_is_refused(void **state)
{
    (void)state;
    static const struct request_field strange[] = {
        {"word", "\xff", 1, NULL}, {"word", "a\0b", 3, NULL}, {"word\xc0", "a", 1, NULL}};
    for (size_t i = 0; i < sizeof strange / sizeof strange[0]; i++) {
        struct request request = post("/ja/");
        request.fields = &strange[i];
        request.fields_count = 1;
        expect(request, 400);
    }
}

static void a_form_of_another_site_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *site, *origin;
        unsigned status;
    } cases[] = {
        {"same-origin", NULL, 200},
        {"same-origin", "null", 200},
        {"cross-site", "https://desk.example.jp", 403},
        {"same-site", NULL, 403},
        {"none", NULL, 403},
        {NULL, "https://desk.example.jp", 200},
        {NULL, "http://desk.example.jp", 200},
        {NULL, "https://desk.example.jp.evil.example", 403},
        {NULL, "https://evil.example", 403},
        {NULL, "https://evil.example/desk.example.jp", 403},
        {NULL, "null", 403},
        {NULL, "", 403},
        {NULL, NULL, 200}, /* nothing to forge: the public have no session */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct request request = post("/ja/");
        request.site = cases[i].site;
        request.origin = cases[i].origin;
        expect(request, cases[i].status);
    }
}

static void staff_s_forms_need_their_token(void **state)
{
    (void)state;
    struct asked_session session, other;
    asked_sign_in(&asked, ASKED_STAFF, &session);
    asked_sign_in(&asked, ASKED_STAFF, &other);
    struct request request = post("/ja/staff/write");
    request.cookies[REQUEST_SESSION] = session.cookie;
    expect(request, 403);
    const struct request_field tokens[] = {{"token", other.token, 43, NULL},
                                           {"token", "", 0, NULL},
                                           {"token", session.token, 43, "token.txt"},
                                           {"token", session.token, 43, NULL}};
    request.fields_count = 1;
    for (size_t i = 0; i < 4; i++) {
        request.fields = &tokens[i];
        expect(request, i == 3 ? 303 : 403);
    }
    request.site = NULL; /* whose form is it? */
    expect(request, 403);
    request.origin = "http://desk.example.jp";
    asked_number(&asked, "DELETE FROM desk_state RETURNING 1");
    expect(request, 303);
    asked_number(&asked, "DELETE FROM desk_state RETURNING 1");
}

static void who_has_not_signed_in_is_led_there(void **state)
{
    (void)state;
    expect(get("/en/staff"), 303);
    assert_string_equal(asked.reply.location, "/en/staff/sign-in");
    expect(post("/en/staff/write"), 403);
    struct request request = get("/en/staff");
    request.cookies[REQUEST_SESSION] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    expect(request, 303);
    request.cookies[REQUEST_SESSION] = "no token at all";
    expect(request, 303);
}

static void a_get_cannot_write(void **state)
{
    (void)state;
    struct asked_session session;
    asked_sign_in(&asked, ASKED_ALL, &session);
    struct request request = get("/ja/staff/write");
    request.cookies[REQUEST_SESSION] = session.cookie;
    assert_false(asked_request(&asked, &request));
    assert_int_equal(asked.reply.status, 500);
    request = get("/ja/write");
    assert_false(asked_request(&asked, &request));
    assert_int_equal(asked.reply.status, 500);
    assert_int_equal(asked_number(&asked, "SELECT count(*) FROM desk_state"), 0);
    expect(post("/ja/write"), 303); /* a POST can */
    assert_int_equal(asked_number(&asked, "SELECT count(*) FROM desk_state"), 1);
    asked_number(&asked, "DELETE FROM desk_state RETURNING 1");
}

static void the_public_process_cannot_look_at_the_staff(void **state)
{
    (void)state;
    for (int i = 1; i <= SPIED; i++) {
        char path[32];
        snprintf(path, sizeof path, "/ja/spy/%d", i);
        struct request request = get(path);
        if (asked_request(&asked, &request))
            fail_msg("GET %s went through", path);
        request = post(path);
        if (asked_request(&asked, &request))
            fail_msg("POST %s went through", path);
    }
}

static void no_page_changes_how_the_ledger_is_made(void **state)
{
    (void)state;
    struct asked_session session;
    asked_sign_in(&asked, ASKED_ALL, &session);
    const struct request_field token = {"token", session.token, strlen(session.token), NULL};
    for (int i = 1; i <= TINKERED; i++) {
        char path[32];
        snprintf(path, sizeof path, "/ja/staff/tinker/%d", i);
        struct request request = post(path);
        request.cookies[REQUEST_SESSION] = session.cookie;
        request.fields = &token;
        request.fields_count = 1;
        if (asked_request(&asked, &request))
            fail_msg("POST %s went through", path);
        request = get(path);
        request.cookies[REQUEST_SESSION] = session.cookie;
        if (asked_request(&asked, &request))
            fail_msg("GET %s went through", path);
    }
}

static void a_fault_tells_nothing_of_the_inside(void **state)
{
    (void)state;
    struct request request = get("/ja/stumble");
    assert_false(asked_request(&asked, &request));
    assert_int_equal(asked.reply.status, 500);
    assert_null(strstr(asked.reply.body.bytes, "secret"));
    assert_null(strstr(asked.reply.body.bytes, "DROP"));
    assert_non_null(strstr(asked.fault.text, "secret.c"));
    request = get("/ja/forget"); /* a page that does not answer is one too */
    assert_false(asked_request(&asked, &request));
    assert_int_equal(asked.reply.status, 500);
}

static void the_other_language_is_the_same_page(void **state)
{
    (void)state;
    struct request_field fields_of[] = {{"word", "a b&c", 5, NULL}};
    struct request request = get("/ja/");
    request.fields = fields_of;
    request.fields_count = 1;
    expect(request, 200);
    assert_non_null(strstr(asked.reply.body.bytes, "href=\"/en/?word=a%20b%26c\""));
    assert_non_null(strstr(asked.reply.body.bytes, "<html lang=\"ja\">"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_without_a_language_gets_the_reader_s),
        cmocka_unit_test(no_address_leads_elsewhere),
        cmocka_unit_test(numbers_in_a_path_reach_the_page),
        cmocka_unit_test(what_the_table_does_not_have_does_not_exist),
        cmocka_unit_test(each_process_answers_its_own_pages_only),
        cmocka_unit_test(a_field_that_the_page_does_not_have_is_refused),
        cmocka_unit_test(what_cannot_be_read_is_refused),
        cmocka_unit_test(a_form_of_another_site_is_refused),
        cmocka_unit_test(staff_s_forms_need_their_token),
        cmocka_unit_test(who_has_not_signed_in_is_led_there),
        cmocka_unit_test(a_get_cannot_write),
        cmocka_unit_test(the_public_process_cannot_look_at_the_staff),
        cmocka_unit_test(no_page_changes_how_the_ledger_is_made),
        cmocka_unit_test(a_fault_tells_nothing_of_the_inside),
        cmocka_unit_test(the_other_language_is_the_same_page),
    };
    return cmocka_run_group_tests_name("serve", tests, open_desk, close_desk);
}

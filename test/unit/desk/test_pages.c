/* The whole service, page by page, as desk/pages.c has it: nothing here names what a page does. Each page is
 * asked by everybody, and given every hostile string in every field. */
#include "asked.h"
#include "base/words.h"

static struct asked asked;

static int open_desk(void **state)
{
    (void)state;
    asked_open(&asked);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    asked_close(&asked);
    return 0;
}

/* The path of a page in a language, every {n} a number. */
static void path_of(char path[256], const struct page *page, const char *language, int number)
{
    size_t length = (size_t)snprintf(path, 256, "/%s", language);
    for (const char *at = page->path; *at != '\0' && length < 240; at++) {
        if (strncmp(at, "{n}", 3) == 0) {
            length += (size_t)snprintf(path + length, 256 - length, "%d", number);
            at += 2;
        } else {
            path[length++] = *at;
        }
    }
    path[length] = '\0';
}

struct sent {
    struct request request;
    char path[256];
    struct request_field fields[FORM_FIELDS_MOST + 1];
};
static void sent_begin(struct sent *sent, const struct page *page, const struct asked_session *session)
{
    path_of(sent->path, page, "ja", 1);
    sent->request = (struct request){
        .method = page->method, .path = sent->path, .host = "desk.example.jp", .fields = sent->fields};
    if (page->method == REQUEST_POST)
        sent->request.site = "same-origin";
    if (session == NULL || session->cookie[0] == '\0')
        return;
    sent->request.cookies[REQUEST_SESSION] = session->cookie;
    if (page->method == REQUEST_POST)
        sent->fields[sent->request.fields_count++] =
            (struct request_field){"token", session->token, strlen(session->token), NULL};
}

/* What holds for every answer, whoever asked for what. */
static void expect_sound(const char *path)
{
    const struct reply *reply = &asked.reply;
    if (reply->location[0] != '\0' &&
        ((strncmp(reply->location, "/ja/", 4) != 0 && strncmp(reply->location, "/en/", 4) != 0) ||
         strpbrk(reply->location, "\r\n\\") != NULL || strstr(reply->location, "//") != NULL))
        fail_msg("%s leads to '%s'", path, reply->location);
    if (reply->status == 303 ? reply->location[0] == '\0' : reply->location[0] != '\0')
        fail_msg("%s: %u with the address '%s'", path, reply->status, reply->location);
    if (strpbrk(reply->download, "\r\n") != NULL || strpbrk(reply->type, "\r\n") != NULL)
        fail_msg("%s: a line end in a header", path);
    if (strncmp(reply->type, "text/html", 9) == 0 && reply->status != 303 &&
        (reply->body.length == 0 || strncmp(reply->body.bytes, "<!doctype html>", 15) != 0))
        fail_msg("%s: %u is no page", path, reply->status);
    if (strncmp(reply->type, "text/html", 9) != 0 && reply->download[0] == '\0')
        fail_msg("%s: '%s' would be shown in place", path, reply->type);
}

static void ask(struct sent *sent)
{
    if (!asked_request(&asked, &sent->request))
        fail_msg("%s: %s", sent->path, asked.fault.text);
    expect_sound(sent->path);
}

/* ---- who may ----------------------------------------------------------------------------------------- */

static bool is_staffs(const struct page *page)
{
    return strncmp(page->path, "/staff", 6) == 0;
}

/* Said here once more, and differently from route.c: a slip in one of them is seen. */
static bool may(enum page_right right, enum asked_who who)
{
    static const bool table[][ASKED_WHOS] = {
        /* nobody, staff, intake, analyst, editor, administrator, all */
        [PAGE_NOBODY] = {0, 0, 0, 0, 0, 0, 0},        [PAGE_PUBLIC] = {1, 1, 1, 1, 1, 1, 1},
        [PAGE_STAFF] = {0, 1, 1, 1, 1, 1, 1},         [PAGE_INTAKE] = {0, 0, 1, 1, 0, 0, 1},
        [PAGE_ANALYST] = {0, 0, 0, 1, 0, 0, 1},       [PAGE_EDITOR] = {0, 0, 0, 1, 1, 0, 1},
        [PAGE_ADMINISTRATOR] = {0, 0, 0, 0, 0, 1, 1},
    };
    return table[right][who];
}

static void check_right(const struct page *page, enum asked_who who)
{
    struct asked_session session;
    struct sent sent = {0};
    asked_sign_in(&asked, who, &session); /* anew: one page signs out */
    sent_begin(&sent, page, &session);
    ask(&sent);
    bool led = page->method == REQUEST_GET && asked.reply.status == 303 &&
               strstr(asked.reply.location, "/staff/sign-in") != NULL;
    /* a page may have a 403 of its own, for what it is asked about */
    bool closed =
        asked.reply.status == 403 &&
        strstr(asked.reply.body.bytes, words_in("ja", "You have no right to this page. An administrator "
                                                      "of the desk can give it.")) != NULL;
    bool denied = closed || led;
    if (denied == may(page->right, who))
        fail_msg("%s %s by %d: %u (expected it to be %s)", page->method == REQUEST_GET ? "GET" : "POST",
                 page->path, who, asked.reply.status, may(page->right, who) ? "open" : "closed");
    if (!may(page->right, who) && led != (who == ASKED_NOBODY && page->method == REQUEST_GET))
        fail_msg("%s by %d: %u", page->path, who, asked.reply.status);
}

static void each_page_is_open_to_its_right_and_to_nobody_else(void **state)
{
    (void)state;
    size_t asked_pages = 0;
    for (const struct page *page = pages; page->path != NULL; page++, asked_pages++)
        for (int who = ASKED_NOBODY; who < (is_staffs(page) ? ASKED_WHOS : ASKED_STAFF); who++)
            check_right(page, (enum asked_who)who);
    assert_true(asked_pages >= 2);
}

static void only_the_way_in_is_open_before_signing_in(void **state)
{
    (void)state;
    static const char *const open[] = {"/staff/sign-in", "/staff/enrol", "/staff/enrol/finish"};
    for (const struct page *page = pages; page->path != NULL; page++) {
        if (!is_staffs(page) || page->right != PAGE_PUBLIC)
            continue;
        size_t i = 0;
        while (i < 3 && strcmp(open[i], page->path) != 0)
            i++;
        if (i == 3)
            fail_msg("%s is open to everybody", page->path);
    }
}

/* No session's forms can be sent by another, or by another site. */
static void no_form_of_the_staff_s_goes_through_without_its_token(void **state)
{
    (void)state;
    struct asked_session session, other;
    asked_sign_in(&asked, ASKED_ALL, &session);
    asked_sign_in(&asked, ASKED_ALL, &other);
    for (const struct page *page = pages; page->path != NULL; page++) {
        if (page->method != REQUEST_POST || !is_staffs(page) || page->right == PAGE_PUBLIC)
            continue;
        for (int attempt = 0; attempt < 3; attempt++) {
            struct sent sent = {0};
            sent_begin(&sent, page, &session);
            if (attempt == 0)
                sent.request.fields_count = 0;
            if (attempt == 1)
                sent.fields[0].value = other.token;
            if (attempt == 2)
                sent.request.site = "cross-site";
            ask(&sent);
            if (asked.reply.status != 403)
                fail_msg("%s went through (%d)", page->path, attempt);
        }
    }
}

static void the_table_holds_each_page_once(void **state)
{
    (void)state;
    for (const struct page *page = pages; page->path != NULL; page++) {
        assert_non_null(page->answer);
        for (const struct page *other = page + 1; other->path != NULL; other++)
            if (page->method == other->method && strcmp(page->path, other->path) == 0)
                fail_msg("%s stands twice", page->path);
        size_t count = 0;
        for (const struct field *field = page->fields; field != NULL && field->name != NULL; field++, count++)
            for (const struct field *other = field + 1; other->name != NULL; other++)
                if (strcmp(field->name, other->name) == 0)
                    fail_msg("%s has the field '%s' twice", page->path, field->name);
        if (count > FORM_FIELDS_MOST)
            fail_msg("%s has too many fields", page->path);
    }
}

static void a_field_that_a_page_does_not_have_is_refused(void **state)
{
    (void)state;
    struct asked_session session;
    asked_sign_in(&asked, ASKED_ALL, &session);
    for (const struct page *page = pages; page->path != NULL; page++) {
        struct sent sent = {0};
        sent_begin(&sent, page, &session);
        sent.fields[sent.request.fields_count++] = (struct request_field){"no_such_field", "1", 1, NULL};
        ask(&sent);
        if (asked.reply.status != 400)
            fail_msg("%s: %u", page->path, asked.reply.status);
    }
}

/* ---- what strangers type ----------------------------------------------------------------------------- */

/* `never`: what must not stand in any page. */
static const struct hostile {
    const char *typed, *never;
} hostiles[] = {
    {"<script>x9z()</script>", "<script>x9z"},
    {"\"><img src=x onerror=x9z()>", "<img src=x"},
    {"x9z\" autofocus onfocus=\"y9z()", "x9z\" autofocus"},
    {"x9z' autofocus onfocus='y9z()", "x9z' autofocus"},
    {"</textarea></option></title><svg onload=x9z()>", "<svg onload"},
    {"x9z{{language}}z9x {{{token}}} {{> frame}}", "x9zjaz9x"},
    {"x9z[[Send]]z9x", "x9z送るz9x"},
    {"x9z\xe2\x80\xae"
     "gpj.exe",
     "\xe2\x80\xae"},
    {"x9z\r\nSet-Cookie: session=x9z", NULL /* in no header: expect_sound() */},
    {"javascript:x9z()", "href=\"javascript:"},
    {"//x9z.example/", "href=\"//x9z"},
    {"' OR 1=1; DROP TABLE casefile; --", "DROP TABLE casefile; --'"},
};
enum { HOSTILES = sizeof hostiles / sizeof hostiles[0] };
static char lots[100001];

static bool is_free(const struct field *field)
{
    return field->kind == FIELD_LINE || field->kind == FIELD_TEXT;
}

/* Beside a password nothing fits: that takes long, and is only tried everywhere. */
static bool has_free(const struct page *page)
{
    bool found = false;
    for (const struct field *field = page->fields; field->name != NULL; field++) {
        found = found || is_free(field);
        if (field->kind == FIELD_PASSWORD)
            return false;
    }
    return found;
}

/* Something that holds for its kind, so that what stands beside it gets far. */
static const char *fitting(const struct field *field, char once[65])
{
    if (strcmp(field->name, "once") == 0)
        return once;
    if (strcmp(field->name, "go") == 0)
        return "send";
    switch (field->kind) {
    case FIELD_MAIL:
        return "hanako@example.jp";
    case FIELD_PHONE:
        return "03-1234-5678";
    case FIELD_DAY:
        return "2026-11-03";
    case FIELD_NUMBER:
        return "1";
    case FIELD_CHOICE:
    case FIELD_CHOICES:
        return field->choices[0].word;
    case FIELD_CHECK:
        return "yes";
    default:
        return "";
    }
}

enum how { EVERYWHERE /* in every field */, WHERE_FREE /* in lines and texts, the others fitting */ };
static void type(struct sent *sent, const struct page *page, const char *typed, enum how how)
{
    static char once[65];
    static unsigned number;
    snprintf(once, sizeof once, "%064x", ++number);
    for (const struct field *field = page->fields; field != NULL && field->name != NULL; field++) {
        bool hostile = how == EVERYWHERE || is_free(field);
        const char *value = hostile ? typed : fitting(field, once);
        bool file = field->kind == FIELD_FILES;
        sent->fields[sent->request.fields_count++] =
            file ? (struct request_field){field->name, typed, strlen(typed), typed}
                 : (struct request_field){field->name, value, strlen(value), NULL};
    }
}

static void expect_harmless(const char *path)
{
    if (strncmp(asked.reply.type, "text/html", 9) != 0 || asked.reply.body.bytes == NULL)
        return;
    for (size_t i = 0; i < HOSTILES; i++)
        if (hostiles[i].never != NULL && strstr(asked.reply.body.bytes, hostiles[i].never) != NULL)
            fail_msg("%s shows '%s'", path, hostiles[i].never);
}

static void send_hostile(const struct page *page, const char *typed, enum how how)
{
    struct asked_session session;
    struct sent sent = {0};
    asked_sign_in(&asked, is_staffs(page) ? ASKED_ALL : ASKED_NOBODY, &session);
    sent_begin(&sent, page, &session);
    type(&sent, page, typed, how);
    ask(&sent);
    expect_harmless(sent.path);
}

/* How many of the pages show something of what was typed. */
static size_t look_everywhere(void)
{
    size_t shown = 0;
    struct asked_session session;
    asked_sign_in(&asked, ASKED_ALL, &session);
    for (const struct page *page = pages; page->path != NULL; page++)
        for (int number = 1;
             page->method == REQUEST_GET && number <= (strstr(page->path, "{n}") != NULL ? 12 : 1);
             number++) {
            struct sent sent = {0};
            sent_begin(&sent, page, is_staffs(page) ? &session : NULL);
            path_of(sent.path, page, "ja", number);
            ask(&sent);
            expect_harmless(sent.path);
            shown += asked.reply.body.bytes != NULL && strstr(asked.reply.body.bytes, "x9z") != NULL;
        }
    return shown;
}

static void hostile_words_stay_words_in_every_field_of_every_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < HOSTILES; i++)
        for (const struct page *page = pages; page->path != NULL; page++)
            if (page->fields != NULL) {
                send_hostile(page, hostiles[i].typed, EVERYWHERE);
                if (has_free(page))
                    send_hostile(page, hostiles[i].typed, WHERE_FREE);
            }
    int64_t cases = asked_number(&asked, "SELECT count(*) FROM casefile");
    size_t shown = look_everywhere(); /* at what has been taken in meanwhile */
    if (cases < 12 || shown < 12)
        fail_msg("only %d cases were taken in, and %zu pages show something of them", (int)cases, shown);
}

static void no_page_breaks_under_very_much(void **state)
{
    (void)state;
    memset(lots, 'x', sizeof lots - 1);
    for (const struct page *page = pages; page->path != NULL; page++)
        if (page->fields != NULL)
            send_hostile(page, lots, EVERYWHERE);
}

static void what_is_no_text_is_refused_by_every_page(void **state)
{
    (void)state;
    static const char *const broken[] = {"\xff\xfe", "\xc0\x80", "\xed\xa0\x80", "ab\0c"};
    struct asked_session session;
    asked_sign_in(&asked, ASKED_ALL, &session);
    for (const struct page *page = pages; page->path != NULL; page++)
        for (size_t i = 0; page->fields != NULL && page->fields[0].kind != FIELD_FILES && i < 4; i++) {
            struct sent sent = {0};
            sent_begin(&sent, page, is_staffs(page) ? &session : NULL);
            sent.fields[sent.request.fields_count++] =
                (struct request_field){page->fields[0].name, broken[i], i == 3 ? 4 : strlen(broken[i]), NULL};
            ask(&sent);
            if (asked.reply.status != 400)
                fail_msg("%s: %u", page->path, asked.reply.status);
        }
}

/* Pages for people in both languages: whatever stands in a page's own words is in the language of its path.
 */
static void every_page_is_there_in_both_languages(void **state)
{
    (void)state;
    struct asked_session session;
    asked_sign_in(&asked, ASKED_ALL, &session);
    for (const struct page *page = pages; page->path != NULL; page++) {
        unsigned status[2];
        for (int english = 0; english < 2 && page->method == REQUEST_GET; english++) {
            struct sent sent = {0};
            sent_begin(&sent, page, is_staffs(page) ? &session : NULL);
            path_of(sent.path, page, english ? "en" : "ja", 1);
            ask(&sent);
            status[english] = asked.reply.status;
            const char *lang = english ? "<html lang=\"en\">" : "<html lang=\"ja\">";
            if (status[english] == 200 && asked.reply.download[0] == '\0' &&
                strstr(asked.reply.body.bytes, lang) == NULL)
                fail_msg("%s does not say its language", sent.path);
        }
        if (page->method == REQUEST_GET)
            assert_int_equal(status[0], status[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_holds_each_page_once),
        cmocka_unit_test(each_page_is_open_to_its_right_and_to_nobody_else),
        cmocka_unit_test(only_the_way_in_is_open_before_signing_in),
        cmocka_unit_test(no_form_of_the_staff_s_goes_through_without_its_token),
        cmocka_unit_test(a_field_that_a_page_does_not_have_is_refused),
        cmocka_unit_test(every_page_is_there_in_both_languages),
        cmocka_unit_test(what_is_no_text_is_refused_by_every_page),
        cmocka_unit_test(hostile_words_stay_words_in_every_field_of_every_page),
        cmocka_unit_test(no_page_breaks_under_very_much),
    };
    return cmocka_run_group_tests_name("pages", tests, open_desk, close_desk);
}

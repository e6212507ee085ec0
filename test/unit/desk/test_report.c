/* The guided forms, the receipt and what it opens, page by page, as a browser without scripts goes through
 * them. */
#include "asked.h"

#include "base/cleanup.h"
#include "desk/desk.h"
#include "desk/tries.h"

#include <ctype.h>
#include <signal.h>
#include <sys/resource.h>

static struct asked asked;
static uint32_t source = 0xc0000201;

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

/* What a browser would send of the page that is open: its hidden fields, and what is typed and clicked. */
enum { FIELDS_MOST = 64, VALUE_MOST = 1 << 16 };
struct sheet_of_paper {
    struct request_field fields[FIELDS_MOST];
    size_t count;
    char *owned[2 * FIELDS_MOST];
    size_t owned_count;
};

static const char *keep(struct sheet_of_paper *paper, const char *bytes, size_t length)
{
    static const char *const entities[][2] = {{"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
                                              {"&quot;", "\""}, {"&#39;", "'"}, {"&#x2F;", "/"},
                                              {"&#x3D;", "="},  {"&#x60;", "`"}};
    char *plain = calloc(length + 1, 1), *to = plain;
    for (size_t at = 0; at < length;) {
        size_t i = 0;
        while (i < 8 && strncmp(bytes + at, entities[i][0], strlen(entities[i][0])) != 0)
            i++;
        *to++ = i < 8 ? entities[i][1][0] : bytes[at];
        at += i < 8 ? strlen(entities[i][0]) : 1;
    }
    paper->owned[paper->owned_count++] = plain;
    return plain;
}

static void put(struct sheet_of_paper *paper, const char *name, const char *value)
{
    size_t i = 0;
    while (i < paper->count && (strcmp(paper->fields[i].name, name) != 0 || paper->fields[i].file != NULL))
        i++;
    paper->count += i == paper->count;
    paper->fields[i] = (struct request_field){name, value, strlen(value), NULL};
}

static void attach(struct sheet_of_paper *paper, const char *name, const char *file, const char *bytes)
{
    paper->fields[paper->count++] = (struct request_field){name, bytes, strlen(bytes), file};
}

static void throw_away(struct sheet_of_paper *paper)
{
    for (size_t i = 0; i < paper->owned_count; i++)
        free(paper->owned[i]);
    *paper = (struct sheet_of_paper){0};
}

/* Begins anew with the hidden fields of the form that is open, the one that goes to `action` (NULL: here). */
static void take(struct sheet_of_paper *paper, const char *action)
{
    static const char begin[] = "<input type=\"hidden\" name=\"";
    throw_away(paper);
    const char *at = asked.reply.body.bytes;
    if (action != NULL)
        at = strstr(at, action);
    assert_non_null(at);
    at = action != NULL ? at : strstr(at, "<main");
    const char *end = strstr(at, "</form>");
    while ((at = strstr(at, begin)) != NULL && at < end) {
        const char *name = at + sizeof begin - 1, *value = strstr(name, "value=\"") + 7;
        put(paper, keep(paper, name, strcspn(name, "\"")), keep(paper, value, strcspn(value, "\"")));
        at = value;
    }
}

static unsigned post(const char *path, const struct sheet_of_paper *paper)
{
    struct request request = {.method = REQUEST_POST,
                              .path = path,
                              .source = address_from_ipv4(source),
                              .fields = paper->fields,
                              .fields_count = paper->count};
    bool well = asked_request(&asked, &request);
    if (!well && asked.reply.status < 500)
        fail_msg("%s: %s", path, asked.fault.text);
    return asked.reply.status;
}

static bool says(const char *part)
{
    return strstr(asked.reply.body.bytes, part) != NULL;
}

static void expect_says(const char *part)
{
    if (!says(part))
        fail_msg("'%s' is not in %s", part, asked.reply.body.bytes);
}

static void read_receipt(char receipt[RECEIPT_TEXT])
{
    const char *at = strstr(asked.reply.body.bytes, "name=\"receipt\" value=\"");
    assert_non_null(at);
    snprintf(receipt, RECEIPT_TEXT, "%s", at + strlen("name=\"receipt\" value=\""));
}

static int64_t cases(void)
{
    return asked_number(&asked, "SELECT count(*) FROM casefile");
}

/* Fills a virus report up to its summary. */
static void fill(struct sheet_of_paper *paper, const char *virus)
{
    asked_get(&asked, "/en/report/malware");
    take(paper, NULL);
    put(paper, "virus_name", virus);
    put(paper, "detected_on", "2026/11/3");
    put(paper, "go", "next");
    assert_int_equal(post("/en/report/malware", paper), 200);
    take(paper, NULL);
    put(paper, "place", "pc,server");
    assert_int_equal(post("/en/report/malware", paper), 200);
    take(paper, NULL);
    assert_int_equal(post("/en/report/malware", paper), 200);
    take(paper, NULL);
    put(paper, "email", "Hanako@Example.JP");
    put(paper, "name", "\"><script>alert(1)</script>");
    assert_int_equal(post("/en/report/malware", paper), 200);
    expect_says("Check and send");
    take(paper, NULL);
    put(paper, "go", "send");
}

/* Reports a virus and reads its receipt. */
static void report(const char *virus, char receipt[RECEIPT_TEXT])
{
    struct sheet_of_paper paper = {0};
    fill(&paper, virus);
    attach(&paper, "attachments", "見本.txt", "what was seen");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    read_receipt(receipt);
    throw_away(&paper);
}

static unsigned open_receipt(const char *receipt)
{
    struct sheet_of_paper paper = {0};
    put(&paper, "receipt", receipt);
    unsigned status = post("/en/receipt", &paper);
    throw_away(&paper);
    return status;
}

static void a_report_goes_step_by_step_to_a_receipt(void **state)
{
    (void)state;
    struct sheet_of_paper paper = {0};
    char receipt[RECEIPT_TEXT];
    int64_t before = cases();
    fill(&paper, "W32/Klez");
    expect_says("Personal computer, Server");
    expect_says("2026-11-03");
    expect_says("Hanako@example.jp");
    assert_false(says("<script>alert"));
    assert_int_equal(cases(), before); /* nothing is sent by looking */
    attach(&paper, "attachments", "見本.txt", "what was seen");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    expect_says("kept safely");
    read_receipt(receipt);
    throw_away(&paper);
    assert_int_equal(cases(), before + 1);
    assert_int_equal(asked_number(&asked, "SELECT count(*) FROM casefile WHERE reporter IS NOT NULL"),
                     before + 1);
    assert_int_equal(open_receipt(receipt), 200);
    expect_says("W32/Klez");
    expect_says("Nobody has looked at it yet");
    expect_says("見本.txt");
    assert_false(says("<script>alert"));
}

static void what_is_wrong_is_said_and_what_was_typed_stays(void **state)
{
    (void)state;
    struct sheet_of_paper paper = {0};
    asked_get(&asked, "/en/report/malware");
    assert_false(says("class=\"problems\""));
    take(&paper, NULL);
    put(&paper, "detections", "many");
    put(&paper, "detected_on", "2026-02-30");
    put(&paper, "go", "next");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    expect_says("Please fill in the name of the virus, or what happened.");
    expect_says("2026-02-30");
    expect_says("value=\"many\"");
    expect_says("Page 1 of 5");
    put(&paper, "virus_name", "x");
    put(&paper, "detections", "");
    put(&paper, "detected_on", "9999-12-31");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    expect_says("This day has not come yet.");
    put(&paper, "detected_on", "2026-11-03");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    expect_says("Page 2 of 5");
    take(&paper, NULL);
    put(&paper, "go", "back");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    expect_says("value=\"x\"");
    assert_false(says("class=\"problems\""));
    throw_away(&paper);
}

static void nobody_gets_past_a_step_that_does_not_hold(void **state)
{
    (void)state;
    struct sheet_of_paper paper = {0};
    int64_t before = cases();
    asked_get(&asked, "/en/report/malware");
    take(&paper, NULL);
    put(&paper, "step", "5");
    put(&paper, "virus_name", "x");
    put(&paper, "email", "nobody");
    put(&paper, "detected_on", "2026-11-03");
    put(&paper, "go", "send");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    expect_says("Page 4 of 5");
    expect_says("class=\"problems\"");
    put(&paper, "email", "");
    put(&paper, "detected_on", "");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    expect_says("Page 1 of 5");
    put(&paper, "step", "4000000000");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    assert_int_equal(cases(), before);
    throw_away(&paper);
}

static void a_step_can_be_changed_from_the_summary(void **state)
{
    (void)state;
    struct sheet_of_paper paper = {0};
    fill(&paper, "W32/Klez");
    put(&paper, "go", "1");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    expect_says("Page 1 of 5");
    expect_says("To the summary");
    take(&paper, NULL);
    put(&paper, "virus_name", "W32/Netsky");
    put(&paper, "detected_on", "2026-11-03");
    put(&paper, "go", "summary");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    expect_says("Page 5 of 5");
    expect_says("W32/Netsky");
    throw_away(&paper);
}

static void the_same_page_sent_twice_is_one_report_with_one_receipt(void **state)
{
    (void)state;
    struct sheet_of_paper paper = {0};
    char first[RECEIPT_TEXT], second[RECEIPT_TEXT];
    int64_t before = cases();
    fill(&paper, "W32/Klez");
    post("/en/report/malware", &paper);
    read_receipt(first);
    post("/en/report/malware", &paper);
    expect_says("We have had this already");
    read_receipt(second);
    assert_string_equal(first, second);
    assert_int_equal(cases(), before + 1);
    throw_away(&paper);
}

static void a_page_that_says_something_else_the_second_time_loses_nothing(void **state)
{
    (void)state;
    struct sheet_of_paper paper = {0};
    char first[RECEIPT_TEXT], second[RECEIPT_TEXT];
    int64_t before = cases();
    fill(&paper, "W32/Klez");
    post("/en/report/malware", &paper);
    read_receipt(first);
    put(&paper, "virus_name", "W32/Netsky");
    assert_int_equal(post("/en/report/malware", &paper), 409);
    expect_says(first);
    expect_says("W32/Netsky");
    assert_int_equal(cases(), before + 1);
    take(&paper, NULL);
    put(&paper, "go", "send");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    read_receipt(second);
    assert_string_not_equal(first, second);
    assert_int_equal(cases(), before + 2);
    throw_away(&paper);
}

static void a_page_whose_secret_was_damaged_is_shown_again(void **state)
{
    (void)state;
    static const char *const damaged[] = {"", "00", "zz",
                                          "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg"};
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
        struct sheet_of_paper paper = {0};
        int64_t before = cases();
        fill(&paper, "W32/Klez");
        put(&paper, "once", damaged[i]);
        assert_int_equal(post("/en/report/malware", &paper), 400);
        assert_int_equal(cases(), before);
        expect_says("W32/Klez");
        take(&paper, NULL);
        put(&paper, "go", "send");
        assert_int_equal(post("/en/report/malware", &paper), 200);
        assert_int_equal(cases(), before + 1);
        throw_away(&paper);
    }
}

static void a_desk_that_cannot_write_says_so_and_keeps_what_was_typed(void **state)
{
    (void)state;
    struct sheet_of_paper paper = {0};
    struct rlimit limit, none = {0};
    int64_t before = cases();
    fill(&paper, "W32/Klez");
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    none.rlim_max = limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    unsigned status = post("/en/report/malware", &paper);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_true(status == 503 || status == 507);
    expect_says("What you typed is still on this page");
    expect_says("W32/Klez");
    assert_int_equal(cases(), before);
    take(&paper, NULL);
    put(&paper, "go", "send");
    assert_int_equal(post("/en/report/malware", &paper), 200);
    assert_int_equal(cases(), before + 1);
    throw_away(&paper);
}

static void every_form_can_be_sent_with_the_least_in_both_languages(void **state)
{
    (void)state;
    static const struct {
        const char *path, *needed[4];
    } forms[] = {{"/ja/report/malware", {"virus_name", "x", "detected_on", "2026-11-03"}},
                 {"/ja/report/access", {"what", "x", "detected_on", "令和8年11月3日"}},
                 {"/ja/ask", {"what", "教えてください", "topic", "virus"}},
                 {"/en/report/access", {"what", "x", "detected_on", "2026-11-03"}},
                 {"/en/ask", {"what", "please tell me", "topic", ""}}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct sheet_of_paper paper = {0};
        int64_t before = cases();
        asked_get(&asked, forms[i].path);
        take(&paper, NULL);
        put(&paper, forms[i].needed[0], forms[i].needed[1]);
        put(&paper, forms[i].needed[2], forms[i].needed[3]);
        put(&paper, "go", "send");
        if (post(forms[i].path, &paper) != 200 || cases() != before + 1)
            fail_msg("%s: %s", forms[i].path, asked.reply.body.bytes);
        assert_true(says("class=\"receipt\""));
        throw_away(&paper);
    }
}

static void a_line_and_a_file_are_added_once(void **state)
{
    (void)state;
    struct sheet_of_paper paper = {0};
    char receipt[RECEIPT_TEXT];
    report("W32/Klez", receipt);
    assert_int_equal(open_receipt(receipt), 200);
    take(&paper, "/en/receipt/add");
    assert_int_equal(post("/en/receipt/add", &paper), 200);
    expect_says("class=\"problems\"");
    put(&paper, "text", "one more line");
    attach(&paper, "attachments", "more.txt", "more");
    assert_int_equal(post("/en/receipt/add", &paper), 200);
    expect_says("It has been added.");
    expect_says("one more line");
    expect_says("more.txt");
    assert_int_equal(post("/en/receipt/add", &paper), 200); /* sent twice */
    const char *first = strstr(asked.reply.body.bytes, "one more line");
    assert_null(strstr(first + 1, "one more line"));
    throw_away(&paper);
}

static void an_attachment_comes_back_to_its_own_receipt_only(void **state)
{
    (void)state;
    struct sheet_of_paper paper = {0};
    char mine[RECEIPT_TEXT], others[RECEIPT_TEXT];
    report("W32/Klez", mine);
    report("W32/Klez", others);
    assert_int_equal(open_receipt(mine), 200);
    take(&paper, "/en/receipt/file");
    assert_int_equal(post("/en/receipt/file", &paper), 200);
    assert_string_equal(asked.reply.download, "見本.txt");
    assert_int_equal(asked.reply.body.length, strlen("what was seen"));
    assert_memory_equal(asked.reply.body.bytes, "what was seen", strlen("what was seen"));
    put(&paper, "receipt", others);
    assert_int_equal(post("/en/receipt/file", &paper), 404);
    put(&paper, "attachment", "999999999");
    assert_int_equal(post("/en/receipt/file", &paper), 404);
    throw_away(&paper);
}

static void taking_back_asks_first_and_can_erase(void **state)
{
    (void)state;
    struct sheet_of_paper paper = {0};
    char receipt[RECEIPT_TEXT];
    report("W32/Klez", receipt);
    put(&paper, "receipt", receipt);
    assert_int_equal(post("/en/receipt/withdraw", &paper), 200);
    expect_says("Do you want to take back");
    int64_t before = asked_number(&asked, "SELECT count(*) FROM casefile WHERE state = 'withdrawn'");
    take(&paper, "/en/receipt/withdraw");
    assert_int_equal(post("/en/receipt/withdraw", &paper), 200);
    expect_says("It is not counted");
    expect_says("W32/Klez");
    assert_int_equal(asked_number(&asked, "SELECT count(*) FROM casefile WHERE state = 'withdrawn'"),
                     before + 1);
    put(&paper, "erase", "yes");
    assert_int_equal(post("/en/receipt/withdraw", &paper), 200);
    expect_says("has been erased");
    open_receipt(receipt);
    assert_false(says("W32/Klez"));
    assert_false(says("見本.txt"));
    throw_away(&paper);
}

static void slips_of_the_pen_are_told_from_receipts_of_nobody(void **state)
{
    (void)state;
    char receipt[RECEIPT_TEXT], typed[2 * RECEIPT_TEXT] = " ";
    report("W32/Klez", receipt);
    for (size_t i = 0; receipt[i] != '\0'; i++)
        typed[i + 1] = receipt[i] == '-' ? ' ' : (char)tolower((unsigned char)receipt[i]);
    assert_int_equal(open_receipt(typed), 200);
    expect_says("W32/Klez");
    receipt[0] = receipt[0] == 'A' ? 'B' : 'A';
    assert_int_equal(open_receipt(receipt), 200);
    expect_says("a letter may be wrong");
    assert_false(says("W32/Klez"));
    open_receipt("");
    expect_says("class=\"problems\"");
}

static void a_machine_that_tries_receipts_is_held_up_and_nobody_else(void **state)
{
    (void)state;
    struct receipt guess = {{0}};
    char text[RECEIPT_TEXT], mine[RECEIPT_TEXT];
    report("W32/Klez", mine);
    source++;
    for (int i = 0; i < TRIES_MOST; i++) {
        guess.bytes[0]++;
        receipt_text(&guess, text);
        assert_int_equal(open_receipt(text), 404);
    }
    assert_int_equal(open_receipt(text), 429);
    assert_int_equal(open_receipt(mine), 429); /* it could be a guess */
    source++;
    assert_int_equal(open_receipt(mine), 200);
    expect_says("W32/Klez");
}

static void tries_are_forgotten_and_a_line_of_ipv6_is_one_source(void **state)
{
    (void)state;
    OWNED(tries_free) struct tries *tries = tries_new();
    struct address one, neighbour, other;
    assert_true(address_parse("2001:db8::1", &one) && address_parse("2001:db8::ffff", &neighbour) &&
                address_parse("2001:db8:0:1::1", &other));
    for (int i = 0; i < TRIES_MOST; i++) {
        assert_true(tries_may(tries, &neighbour, 1000 + i));
        tries_wrong(tries, &one, 1000 + i);
    }
    assert_false(tries_may(tries, &neighbour, 1100));
    assert_true(tries_may(tries, &other, 1100));
    assert_true(tries_may(tries, &one, 1000 + TRIES_FORGET_S));
    for (uint32_t i = 0; i < 100000; i++) { /* more sources than there are places */
        struct address many = address_from_ipv4(i);
        tries_wrong(tries, &many, 1100);
    }
    assert_true(tries_may(NULL, &one, 0));
}

static void a_table_of_many_is_looked_over_sent_and_one_case(void **state)
{
    (void)state;
    struct sheet_of_paper paper = {0};
    char receipt[RECEIPT_TEXT];
    int64_t before = cases();
    asked_get(&asked, "/en/report/many");
    take(&paper, "/en/report/many\" enctype");
    put(&paper, "organisation", "Mimamori <Ltd>");
    attach(&paper, "table", "t.csv",
           "detected_on,name,detections\n2026-02-30,a,1\n2026-11-03,b,x\n2026-11-03,c,1\n");
    assert_int_equal(post("/en/report/many", &paper), 200);
    expect_says("Rows that need a look: 2 of 3.");
    expect_says("2026-02-30");
    assert_false(says("name=\"rows\""));
    paper.count--;
    attach(&paper, "table", "t.csv", "detected_on,name\n2026-11-03,\"a,<b>\"\n2026-11-03,c\n");
    assert_int_equal(post("/en/report/many", &paper), 200);
    expect_says("Rows read: 2.");
    assert_int_equal(cases(), before);
    take(&paper, "/en/report/many/send");
    put(&paper, "go", "send");
    assert_int_equal(post("/en/report/many/send", &paper), 200);
    read_receipt(receipt);
    assert_int_equal(cases(), before + 1);
    assert_int_equal(post("/en/report/many/send", &paper), 200);
    assert_int_equal(cases(), before + 1);
    put(&paper, "rows", "detected_on,name\n2026-02-30,a\n"); /* changed on the way: looked over again */
    assert_int_equal(post("/en/report/many/send", &paper), 200);
    expect_says("Rows that need a look: 1 of 1.");
    assert_int_equal(cases(), before + 1);
    open_receipt(receipt);
    expect_says("Mimamori &lt;Ltd&gt;");
    expect_says("Rows of the table");
    throw_away(&paper);
}

static void a_field_that_the_form_does_not_have_is_refused(void **state)
{
    (void)state;
    static const char *const paths[] = {"/en/report/malware", "/en/report/access", "/en/ask",
                                        "/en/receipt",        "/en/receipt/add",   "/en/receipt/withdraw",
                                        "/en/receipt/file",   "/en/report/many",   "/en/report/many/send"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct sheet_of_paper paper = {0};
        put(&paper, "state", "closed");
        assert_int_equal(post(paths[i], &paper), 400);
        throw_away(&paper);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_goes_step_by_step_to_a_receipt),
        cmocka_unit_test(what_is_wrong_is_said_and_what_was_typed_stays),
        cmocka_unit_test(nobody_gets_past_a_step_that_does_not_hold),
        cmocka_unit_test(a_step_can_be_changed_from_the_summary),
        cmocka_unit_test(the_same_page_sent_twice_is_one_report_with_one_receipt),
        cmocka_unit_test(a_page_that_says_something_else_the_second_time_loses_nothing),
        cmocka_unit_test(a_page_whose_secret_was_damaged_is_shown_again),
        cmocka_unit_test(a_desk_that_cannot_write_says_so_and_keeps_what_was_typed),
        cmocka_unit_test(every_form_can_be_sent_with_the_least_in_both_languages),
        cmocka_unit_test(a_line_and_a_file_are_added_once),
        cmocka_unit_test(an_attachment_comes_back_to_its_own_receipt_only),
        cmocka_unit_test(taking_back_asks_first_and_can_erase),
        cmocka_unit_test(slips_of_the_pen_are_told_from_receipts_of_nobody),
        cmocka_unit_test(a_table_of_many_is_looked_over_sent_and_one_case),
        cmocka_unit_test(a_field_that_the_form_does_not_have_is_refused),
        cmocka_unit_test(tries_are_forgotten_and_a_line_of_ipv6_is_one_source),
        cmocka_unit_test(a_machine_that_tries_receipts_is_held_up_and_nobody_else),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}

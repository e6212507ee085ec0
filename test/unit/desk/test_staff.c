/* Signing in, enrolling and looking after the desk, page by page as a browser asks for them. */
#include "cases.h"
#include "cases/state.h"
#include "cases/totp.h"
#include "desk/qr.h"
#include "ledger/records.h"
#include <time.h>

static const char good_password[] = "sakura no ki no shita";

/* What stands between two strings of the last page. */
static void between(const char *before, const char *after, char *out, size_t size)
{
    const char *at = strstr(asked.reply.body.bytes, before);
    assert_non_null(at);
    at += strlen(before);
    const char *end = strstr(at, after);
    assert_non_null(end);
    snprintf(out, size, "%.*s", (int)(end - at), at);
}

/* As a browser does: what the last answer set, and what its forms carry. */
static void take_cookie(void)
{
    snprintf(session.cookie, sizeof session.cookie, "%.43s", asked.reply.cookies[REQUEST_SESSION]);
}

static void take_token(void)
{
    char token[128];
    cases_value("token", token);
    snprintf(session.token, sizeof session.token, "%.43s", token);
}

static void invite(const char *name, char invitation[64])
{
    cases_as(ASKED_ADMINISTRATOR);
    cases_post("/staff/people", 0, "user", name, "shown", "山田 <b>花子</b>", "language", "ja", "rights",
               "intake", "rights", "editor", NULL);
    cases_expect(200);
    between("<p class=\"receipt\">", "</p>", invitation, 64);
    cases_as(ASKED_NOBODY);
}

/* As a person would, with a telephone. */
static void enrol(const char *name, struct totp *totp)
{
    char invitation[64], secret[128], code[TOTP_CODE];
    invite(name, invitation);
    cases_post("/staff/enrol", 0, "user", name, "invitation", invitation, NULL);
    cases_expect(200);
    cases_value("secret", secret);
    assert_true(totp_parse(secret, totp));
    totp_code(totp, time(NULL) / TOTP_STEP_S, code);
    cases_post("/staff/enrol/finish", 0, "user", name, "invitation", invitation, "secret", secret,
               "new_password", good_password, "again", good_password, "code", code, NULL);
    cases_expect(303);
}

static void test_an_invited_person_enrols_and_is_signed_in(void **state)
{
    struct totp totp;
    (void)state;
    enrol("hanako", &totp);
    assert_string_equal(asked.reply.location, "/en/staff");
    assert_int_equal(strlen(asked.reply.cookies[REQUEST_SESSION]), SESSION_TOKEN - 1);
    assert_int_equal(strlen(asked.reply.cookies[REQUEST_BROWSER]), SESSION_TOKEN - 1);
    take_cookie();
    cases_get("/staff/account", 0);
    cases_expect(200);
    assert_true(cases_says("hanako"));
    assert_true(cases_says("山田 &lt;b&gt;花子&lt;&#x2F;b&gt;") ||
                cases_says("山田 &lt;b&gt;花子&lt;/b&gt;"));
    assert_true(cases_says("Intake") && cases_says("Editor") && !cases_says("Administrator"));
    cases_get("/staff/people", 0);
    cases_expect(403);
}

static void test_the_enrolment_shows_the_key_as_a_picture_and_in_letters(void **state)
{
    char invitation[64], secret[128], shown[512], letters[64] = "";
    (void)state;
    invite("jiro", invitation);
    cases_post("/staff/enrol", 0, "user", "jiro", "invitation", invitation, NULL);
    cases_value("secret", secret);
    assert_true(cases_says("src=\"data:image/svg+xml;base64,") ||
                cases_says("src=\"data:image&#x2F;svg+xml;base64,"));
    between("<code class=\"key\">", "</code>", shown, sizeof shown);
    for (const char *at = shown; *at != '\0'; at++) {
        if (*at == '<')
            at = strchr(at, '>');
        else if (*at != ' ')
            snprintf(letters + strlen(letters), 2, "%c", *at);
    }
    assert_string_equal(letters, secret);
}

static void test_what_is_not_right_when_enrolling_is_said_at_its_field(void **state)
{
    char invitation[64], secret[128], again[128];
    (void)state;
    invite("saburo", invitation);
    cases_post("/staff/enrol", 0, "user", "saburo", "invitation", "AAAA-AAAA", NULL);
    cases_expect(403);
    assert_true(cases_says("problem-invitation"));
    cases_post("/staff/enrol", 0, "user", "saburo", "invitation", invitation, NULL);
    cases_value("secret", secret);
    cases_post("/staff/enrol/finish", 0, "user", "saburo", "invitation", invitation, "secret", secret,
               "new_password", good_password, "again", "something else", "code", "123456", NULL);
    assert_true(cases_says("problem-again"));
    cases_post("/staff/enrol/finish", 0, "user", "saburo", "invitation", invitation, "secret", secret,
               "new_password", "saburo-saburo", "again", "saburo-saburo", "code", "123456", NULL);
    assert_true(cases_says("problem-new_password"));
    cases_post("/staff/enrol/finish", 0, "user", "saburo", "invitation", invitation, "secret", secret,
               "new_password", good_password, "again", good_password, "code", "12345", NULL);
    assert_true(cases_says("problem-code"));
    cases_value("secret", again); /* the telephone knows this one already */
    assert_string_equal(again, secret);
    assert_false(cases_says(good_password));
}

static void sign_in(const char *name, const char *password, const char *code)
{
    cases_as(ASKED_NOBODY);
    cases_post("/staff/sign-in", 0, "user", name, "password", password, "code", code, NULL);
}

static void test_one_sentence_for_whatever_was_wrong(void **state)
{
    struct totp totp;
    char code[TOTP_CODE], said[3][1024];
    (void)state;
    enrol("shiro", &totp);
    totp_code(&totp, time(NULL) / TOTP_STEP_S + 1, code);
    sign_in("shiro", "not the right one", code);
    cases_expect(403);
    between("role=\"alert\"", "</div>", said[0], sizeof said[0]);
    assert_false(cases_says("not the right one"));
    assert_false(cases_says(code));
    sign_in("nobody-at-all", good_password, code);
    cases_expect(403);
    between("role=\"alert\"", "</div>", said[1], sizeof said[1]);
    sign_in("shiro", good_password, "000000");
    cases_expect(403);
    between("role=\"alert\"", "</div>", said[2], sizeof said[2]);
    assert_string_equal(said[0], said[1]);
    assert_string_equal(said[0], said[2]);
    assert_string_equal(asked.reply.cookies[REQUEST_SESSION], "");
}

static void test_signing_in_and_out(void **state)
{
    struct totp totp;
    char code[TOTP_CODE];
    (void)state;
    enrol("goro", &totp);
    totp_code(&totp, time(NULL) / TOTP_STEP_S + 1, code);
    sign_in("goro", good_password, code);
    cases_expect(303);
    take_cookie();
    cases_get("/staff/account", 0);
    cases_expect(200);
    take_token();
    cases_post("/staff/sign-out", 0, NULL);
    cases_expect(303);
    assert_string_equal(asked.reply.cookies[REQUEST_SESSION], "-");
    cases_get("/staff/account", 0);
    cases_expect(303);
    assert_string_equal(asked.reply.location, "/en/staff/sign-in");
}

/* Ten others have failed just now: strangers wait, whatever they say. */
static void test_many_failed_tries_have_to_wait(void **state)
{
    struct fault fault;
    struct totp totp;
    char code[TOTP_CODE];
    (void)state;
    enrol("rokuro", &totp);
    ASKED_OK(
        records_run(asked.ledger->records,
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)"
                    " INSERT INTO attempt (staff, source, at_s) SELECT staff.id, randomblob(16), unixepoch()"
                    " FROM n, staff WHERE staff.name = 'rokuro'",
                    &fault));
    totp_code(&totp, time(NULL) / TOTP_STEP_S + 1, code);
    sign_in("rokuro", good_password, code);
    cases_expect(429);
    assert_string_equal(asked.reply.cookies[REQUEST_SESSION], "");
}

static void test_a_name_in_use_and_a_name_that_is_none_are_said(void **state)
{
    char invitation[64];
    (void)state;
    invite("nanako", invitation);
    cases_as(ASKED_ADMINISTRATOR);
    cases_post("/staff/people", 0, "user", "Nanako", "shown", "", "language", "ja", NULL);
    assert_true(cases_says("Somebody has this name already."));
    cases_post("/staff/people", 0, "user", "七子", "shown", "", "language", "ja", NULL);
    assert_true(cases_says("problem-user"));
    cases_post("/staff/people", 0, "user", "hachiko", "shown", "", "language", "ja", "rights", "root", NULL);
    assert_true(cases_says("problem-rights"));
}

static void test_rights_are_given_and_people_stopped(void **state)
{
    char invitation[64];
    (void)state;
    invite("kuro", invitation);
    int64_t id = asked_number(&asked, "SELECT id FROM staff WHERE name = 'kuro'");
    cases_as(ASKED_ADMINISTRATOR);
    cases_post("/staff/people/%lld/rights", id, "rights", "analyst", NULL);
    cases_expect(200);
    assert_int_equal(cases_count("SELECT rights FROM staff WHERE id = ?1", id), STAFF_ANALYST);
    cases_post("/staff/people/%lld/again", id, NULL);
    cases_expect(200);
    char second[64];
    between("<p class=\"receipt\">", "</p>", second, sizeof second);
    assert_string_not_equal(second, invitation);
    cases_post("/staff/people/%lld/stop", id, NULL);
    cases_expect(200);
    assert_int_equal(cases_count("SELECT state = 'stopped' FROM staff WHERE id = ?1", id), 1);
    cases_as(ASKED_NOBODY);
    cases_post("/staff/enrol", 0, "user", "kuro", "invitation", second, NULL);
    cases_expect(403);
    cases_as(ASKED_ADMINISTRATOR);
    cases_get("/staff/people/4711", 0);
    cases_expect(404);
    cases_get("/staff/deeds?person=1005", 0);
    assert_true(cases_says("Was given the rights") && cases_says("Analyst"));
}

/* Two of the desk's own have the right; the one is stopped, the other is then the last. */
static void test_the_last_administrator_is_told_so(void **state)
{
    (void)state;
    int64_t one = ASKED_FIRST + ASKED_ADMINISTRATOR, all = ASKED_FIRST + ASKED_ALL;
    cases_as(ASKED_ADMINISTRATOR);
    cases_post("/staff/people/%lld/rights", all, "rights", "intake", NULL);
    cases_expect(200);
    cases_post("/staff/people/%lld/stop", one, NULL);
    cases_expect(409);
    assert_true(cases_says("only administrator"));
    cases_post("/staff/people/%lld/rights", one, NULL);
    cases_expect(409);
    assert_int_equal(cases_count("SELECT rights FROM staff WHERE id = ?1", one), STAFF_ADMINISTRATOR);
    cases_post("/staff/people/%lld/rights", all, "rights", "intake", "rights", "analyst", "rights", "editor",
               "rights", "administrator", NULL);
    cases_expect(200);
}

static void test_a_new_recovery_code_opens_the_desk(void **state)
{
    struct fault fault;
    char text[64];
    struct receipt code;
    struct seal_pair desk;
    enum staff_key key;
    (void)state;
    cases_as(ASKED_ADMINISTRATOR);
    cases_post("/staff/recovery", 0, NULL);
    cases_expect(200);
    between("<p class=\"receipt\">", "</p>", text, sizeof text);
    assert_true(receipt_parse(text, strlen(text), &code));
    ASKED_OK(staff_key_recover(asked.ledger, &code, &desk, &key, &fault));
    assert_int_equal(key, STAFF_KEY_OPENED);
    assert_memory_equal(&desk, &asked.desk, sizeof desk);
}

static void test_the_record_of_deeds_is_shown_with_its_head(void **state)
{
    char head[128];
    (void)state;
    cases_as(ASKED_ADMINISTRATOR);
    cases_get("/staff/deeds", 0);
    cases_expect(200);
    assert_true(cases_says("A new recovery code was made") || cases_says("The desk&#39;s key was made") ||
                cases_says("Invited"));
    between("--expect ", "</code>", head, sizeof head);
    assert_int_equal(strlen(head), 64);
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM deed WHERE lower(hex(hash)) = '%s'", head);
    assert_int_equal(asked_number(&asked, sql), 1);
    cases_get("/staff/deeds?case=4711", 0);
    assert_true(cases_says("Nothing was done."));
}

static void test_the_inspection_finds_a_chain_that_was_changed(void **state)
{
    struct fault fault;
    (void)state;
    cases_as(ASKED_ADMINISTRATOR);
    cases_post("/staff/inspect/chain", 0, NULL);
    cases_expect(200);
    assert_true(cases_says("The record of deeds is whole."));
    assert_int_equal(asked_number(&asked,
                                  "SELECT count(*) FROM desk_state WHERE name = 'deeds.checked' AND value = "
                                  "'whole'"),
                     1);
    ASKED_OK(
        records_run(asked.ledger->records, "UPDATE deed SET detail = 'x' || detail WHERE id = 2", &fault));
    cases_post("/staff/inspect/chain", 0, NULL);
    assert_true(cases_says("The record of deeds is broken."));
    cases_get("/staff/inspect", 0);
    assert_true(cases_says("id=\"inspect-chain\" class=\"attention\""));
    ASKED_OK(records_run(asked.ledger->records, "UPDATE deed SET detail = substr(detail, 2) WHERE id = 2",
                         &fault));
    cases_post("/staff/inspect/chain", 0, NULL);
    assert_true(cases_says("The record of deeds is whole."));
}

static void test_a_changed_password_is_asked_for_twice_and_with_the_old(void **state)
{
    struct totp totp;
    (void)state;
    enrol("juro", &totp);
    take_cookie();
    cases_get("/staff/account/password", 0);
    cases_expect(200);
    take_token();
    cases_post("/staff/account/password", 0, "password", "wrong wrong wrong", "new_password",
               "kawa no nagare no yoni", "again", "kawa no nagare no yoni", NULL);
    assert_true(cases_says("problem-password"));
    cases_post("/staff/account/password", 0, "password", good_password, "new_password",
               "kawa no nagare no yoni", "again", "kawa no nagare no yo", NULL);
    assert_true(cases_says("problem-again"));
    cases_post("/staff/account/password", 0, "password", good_password, "new_password",
               "kawa no nagare no yoni", "again", "kawa no nagare no yoni", NULL);
    assert_true(cases_says("Your password is changed."));
    cases_get("/staff/account/code", 0);
    char secret[128], code[TOTP_CODE];
    cases_value("secret", secret);
    assert_true(totp_parse(secret, &totp));
    totp_code(&totp, time(NULL) / TOTP_STEP_S, code);
    cases_post("/staff/account/code", 0, "secret", secret, "password", "kawa no nagare no yoni", "code", code,
               NULL);
    assert_true(cases_says("Your new telephone is known."));
}

static void test_a_qr_code_is_a_picture_of_dark_squares(void **state)
{
    CLEANUP(text_clear) struct text out;
    char long_one[4000];
    (void)state;
    text_init(&out, 2 * QR_MOST);
    assert_true(qr_address("otpauth://totp/x", &out));
    assert_true(strncmp(out.bytes, "data:image/svg+xml;base64,PHN2Zy", 32) == 0); /* "<svg" */
    memset(long_one, 'x', sizeof long_one);
    long_one[sizeof long_one - 1] = '\0';
    assert_false(qr_address(long_one, &out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_invited_person_enrols_and_is_signed_in),
        cmocka_unit_test(test_the_enrolment_shows_the_key_as_a_picture_and_in_letters),
        cmocka_unit_test(test_what_is_not_right_when_enrolling_is_said_at_its_field),
        cmocka_unit_test(test_one_sentence_for_whatever_was_wrong),
        cmocka_unit_test(test_signing_in_and_out),
        cmocka_unit_test(test_many_failed_tries_have_to_wait),
        cmocka_unit_test(test_a_name_in_use_and_a_name_that_is_none_are_said),
        cmocka_unit_test(test_rights_are_given_and_people_stopped),
        cmocka_unit_test(test_the_last_administrator_is_told_so),
        cmocka_unit_test(test_a_new_recovery_code_opens_the_desk),
        cmocka_unit_test(test_the_record_of_deeds_is_shown_with_its_head),
        cmocka_unit_test(test_the_inspection_finds_a_chain_that_was_changed),
        cmocka_unit_test(test_a_changed_password_is_asked_for_twice_and_with_the_old),
        cmocka_unit_test(test_a_qr_code_is_a_picture_of_dark_squares),
    };
    return cmocka_run_group_tests(tests, cases_open, cases_close);
}

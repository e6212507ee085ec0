#include "people.h"
#include "cases/session.h"
#include <sodium.h>

struct signed_in {
    struct people people;
    struct person person;
    const char *token; /* the cookie of enrolling, at PEOPLE_NOW_S - 3600 */
    int64_t at_s;
};

static void begin(struct signed_in *in)
{
    people_open(&in->people);
    in->person = (struct person){.name = "hanako", .password = "sakura no ki no shita"};
    people_add(&in->people, &in->person, STAFF_INTAKE | STAFF_ADMINISTRATOR);
    in->token = in->person.welcome.session;
    in->at_s = PEOPLE_NOW_S - 3600;
}

static bool is_open(struct ledger *ledger, const char *token, int64_t now_s, struct staff_session *session)
{
    struct fault fault;
    enum session_found found;
    struct staff_session ignored;
    PEOPLE_OK(session_open(ledger, token, now_s, session != NULL ? session : &ignored, &found, &fault));
    return found == SESSION_OPEN;
}

static void test_a_session_says_who_and_opens_the_desks_key(void **state)
{
    struct signed_in in;
    struct staff_session session;
    (void)state;
    begin(&in);
    assert_true(is_open(in.people.ledger, in.token, in.at_s + 1, &session));
    assert_int_equal(session.staff, in.person.id);
    assert_int_equal(session.rights, STAFF_INTAKE | STAFF_ADMINISTRATOR | STAFF_SIGNED_IN);
    assert_string_equal(session.name, "hanako");
    assert_memory_equal(session.desk.secret, in.people.desk.secret, 32);
    assert_memory_equal(session.desk.public.bytes, in.people.desk.public.bytes, 32);
    people_close(&in.people);
}

static void test_what_is_no_token_opens_nothing(void **state)
{
    struct signed_in in;
    char wrong[SESSION_TOKEN];
    (void)state;
    begin(&in);
    assert_false(is_open(in.people.ledger, NULL, in.at_s, NULL));
    assert_false(is_open(in.people.ledger, "", in.at_s, NULL));
    assert_false(is_open(in.people.ledger, "-", in.at_s, NULL));
    assert_false(is_open(in.people.ledger, in.person.welcome.browser, in.at_s, NULL));
    snprintf(wrong, sizeof wrong, "%s", in.token);
    wrong[7] = wrong[7] == 'A' ? 'B' : 'A';
    assert_false(is_open(in.people.ledger, wrong, in.at_s, NULL));
    snprintf(wrong, sizeof wrong, "%.42s", in.token);
    assert_false(is_open(in.people.ledger, wrong, in.at_s, NULL));
    people_close(&in.people);
}

static void test_a_form_carries_another_token_than_the_cookie(void **state)
{
    struct signed_in in;
    struct staff_session session;
    (void)state;
    begin(&in);
    assert_true(is_open(in.people.ledger, in.token, in.at_s, &session));
    assert_int_equal(strlen(session.token), 43);
    assert_string_not_equal(session.token, in.token);
    assert_false(is_open(in.people.ledger, session.token, in.at_s, NULL));
    assert_true(session_token_right(&session, session.token));
    assert_false(session_token_right(&session, NULL));
    assert_false(session_token_right(&session, ""));
    assert_false(session_token_right(&session, in.token));
    people_close(&in.people);
}

static void test_half_an_hour_of_nothing_ends_it(void **state)
{
    struct signed_in in;
    (void)state;
    begin(&in);
    assert_true(is_open(in.people.ledger, in.token, in.at_s + SESSION_IDLE_S - 1, NULL));
    assert_true(is_open(in.people.ledger, in.token, in.at_s + 2 * SESSION_IDLE_S - 2, NULL));
    assert_false(is_open(in.people.ledger, in.token, in.at_s + 3 * SESSION_IDLE_S - 2, NULL));
    assert_false(is_open(in.people.ledger, in.token, in.at_s + 3 * SESSION_IDLE_S, NULL));
    people_close(&in.people);
}

/* A GET cannot write when it was; the process remembers it. */
static void test_looking_at_pages_keeps_it_awake_too(void **state)
{
    struct signed_in in;
    (void)state;
    begin(&in);
    OWNED(ledger_free) struct ledger *reader = people_ledger(&in.people, LEDGER_READ);
    for (int64_t i = 1; i < 10; i++)
        assert_true(is_open(reader, in.token, in.at_s + i * (SESSION_IDLE_S - 1), NULL));
    assert_int_equal(people_number(&in.people, "SELECT seen_s - made_s FROM session"), 0);
    assert_false(is_open(reader, in.token, in.at_s + 11 * SESSION_IDLE_S, NULL));
    people_close(&in.people);
}

static void test_what_may_write_notes_the_time(void **state)
{
    struct signed_in in;
    (void)state;
    begin(&in);
    assert_true(is_open(in.people.ledger, in.token, in.at_s + 100, NULL));
    assert_int_equal(people_number(&in.people, "SELECT seen_s - made_s FROM session"), 100);
    assert_true(is_open(in.people.ledger, in.token, in.at_s + 130, NULL)); /* not each time */
    assert_int_equal(people_number(&in.people, "SELECT seen_s - made_s FROM session"), 100);
    people_close(&in.people);
}

static void test_twelve_hours_end_it_however_busy_it_is(void **state)
{
    struct signed_in in;
    (void)state;
    begin(&in);
    for (int64_t s = 0; s < SESSION_LONGEST_S; s += 1000)
        assert_true(is_open(in.people.ledger, in.token, in.at_s + s, NULL));
    assert_false(is_open(in.people.ledger, in.token, in.at_s + SESSION_LONGEST_S, NULL));
    people_close(&in.people);
}

static void test_signing_out_leaves_no_row(void **state)
{
    struct signed_in in;
    struct fault fault;
    struct staff_session session;
    (void)state;
    begin(&in);
    assert_true(is_open(in.people.ledger, in.token, in.at_s, &session));
    PEOPLE_OK(session_end(in.people.ledger, &session, &fault));
    assert_false(is_open(in.people.ledger, in.token, in.at_s, NULL));
    assert_int_equal(people_number(&in.people, "SELECT count(*) FROM session"), 0);
    assert_int_equal(people_number(&in.people, "SELECT count(*) FROM deed WHERE what = 'staff.sign-out'"), 1);
    people_close(&in.people);
}

static void test_other_sessions_end_and_this_one_stays(void **state)
{
    struct signed_in in;
    struct fault fault;
    struct staff_session session;
    struct sign_in_welcome second;
    char code[TOTP_CODE];
    uint64_t open;
    (void)state;
    begin(&in);
    struct sign_in claim = people_claim(&in.person, in.at_s + 60, code);
    assert_int_equal(people_try(&in.people, &claim, &second), SIGN_IN_WELCOME);
    PEOPLE_OK(session_count(in.people.ledger, in.at_s + 61, &open, &fault));
    assert_int_equal(open, 2);
    assert_true(is_open(in.people.ledger, second.session, in.at_s + 61, &session));
    PEOPLE_OK(session_end_others(in.people.ledger, &session, &fault));
    assert_false(is_open(in.people.ledger, in.token, in.at_s + 61, NULL));
    assert_true(is_open(in.people.ledger, second.session, in.at_s + 61, NULL));
    people_close(&in.people);
}

static void test_other_rights_end_it(void **state)
{
    struct signed_in in;
    struct fault fault;
    enum staff_change change;
    (void)state;
    begin(&in);
    PEOPLE_OK(staff_set_rights(in.people.ledger, in.person.id, STAFF_INTAKE | STAFF_ADMINISTRATOR, 0, &change,
                               &fault));
    assert_true(is_open(in.people.ledger, in.token, in.at_s, NULL)); /* the same rights as before */
    PEOPLE_OK(staff_set_rights(in.people.ledger, in.person.id, STAFF_ADMINISTRATOR, 0, &change, &fault));
    assert_int_equal(change, STAFF_CHANGED);
    assert_false(is_open(in.people.ledger, in.token, in.at_s, NULL));
    people_close(&in.people);
}

static void test_a_stopped_person_is_out_at_once(void **state)
{
    struct signed_in in;
    struct fault fault;
    enum staff_change change;
    struct person other = {.name = "taro", .password = "kawa no nagare no yoni"};
    (void)state;
    begin(&in);
    people_add(&in.people, &other, STAFF_INTAKE);
    assert_true(is_open(in.people.ledger, other.welcome.session, in.at_s, NULL));
    PEOPLE_OK(staff_stop(in.people.ledger, other.id, in.person.id, &change, &fault));
    assert_false(is_open(in.people.ledger, other.welcome.session, in.at_s, NULL));
    assert_true(is_open(in.people.ledger, in.token, in.at_s, NULL));
    people_close(&in.people);
}

/* Whoever writes into the database can give a session to somebody else; it then opens nothing. */
static void test_a_session_moved_to_another_person_opens_nothing(void **state)
{
    struct signed_in in;
    struct fault fault;
    struct person other = {.name = "taro", .password = "kawa no nagare no yoni"};
    (void)state;
    begin(&in);
    people_add(&in.people, &other, STAFF_INTAKE);
    PEOPLE_OK(records_run(in.people.ledger->records,
                          "UPDATE session SET staff = (SELECT id FROM staff WHERE name = 'hanako')", &fault));
    assert_false(is_open(in.people.ledger, other.welcome.session, in.at_s, NULL));
    assert_true(is_open(in.people.ledger, in.token, in.at_s, NULL));
    people_close(&in.people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_session_says_who_and_opens_the_desks_key),
        cmocka_unit_test(test_what_is_no_token_opens_nothing),
        cmocka_unit_test(test_a_form_carries_another_token_than_the_cookie),
        cmocka_unit_test(test_half_an_hour_of_nothing_ends_it),
        cmocka_unit_test(test_looking_at_pages_keeps_it_awake_too),
        cmocka_unit_test(test_what_may_write_notes_the_time),
        cmocka_unit_test(test_twelve_hours_end_it_however_busy_it_is),
        cmocka_unit_test(test_signing_out_leaves_no_row),
        cmocka_unit_test(test_other_sessions_end_and_this_one_stays),
        cmocka_unit_test(test_other_rights_end_it),
        cmocka_unit_test(test_a_stopped_person_is_out_at_once),
        cmocka_unit_test(test_a_session_moved_to_another_person_opens_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "people.h"
#include <time.h>
#include "cases/password.h"

/* One who was invited just now, by the real clock, as staff_invite() notes it. */
struct invited {
    struct people people;
    char invitation[RECEIPT_TEXT], code[TOTP_CODE];
    struct enrol enrol;
};

static void invite(struct invited *in)
{
    struct fault fault;
    struct receipt invitation;
    enum staff_change change;
    const struct staff_new new = {"hanako", "山田 花子", "ja", STAFF_INTAKE};
    people_open(&in->people);
    PEOPLE_OK(staff_invite(in->people.ledger, &new, &in->people.desk, 0, &invitation, &change, &fault));
    receipt_text(&invitation, in->invitation);
    in->enrol =
        (struct enrol){"hanako", in->invitation, "sakura no ki no shita", in->code, NULL, {{0}}, time(NULL)};
    totp_make(&in->enrol.totp);
    totp_code(&in->enrol.totp, in->enrol.now_s / TOTP_STEP_S, in->code);
}

static enum enrol_outcome finish(struct invited *in)
{
    struct fault fault;
    enum enrol_outcome outcome;
    struct sign_in_welcome welcome;
    PEOPLE_OK(enrol_finish(in->people.ledger, &in->enrol, &outcome, &welcome, &fault));
    return outcome;
}

static bool is_invited(struct invited *in)
{
    struct fault fault;
    bool invited;
    PEOPLE_OK(enrol_invited(in->people.ledger, in->enrol.name, in->enrol.invitation, in->enrol.now_s,
                            &invited, &fault));
    return invited;
}

static void test_an_invitation_works_once(void **state)
{
    struct invited in;
    (void)state;
    invite(&in);
    assert_true(is_invited(&in));
    assert_int_equal(finish(&in), ENROL_DONE);
    assert_false(is_invited(&in));
    assert_int_equal(finish(&in), ENROL_NOT_INVITED);
    assert_int_equal(people_number(&in.people, "SELECT count(*) FROM session"), 1);
    people_close(&in.people);
}

static void test_an_invitation_is_for_one_person(void **state)
{
    struct invited in;
    struct fault fault;
    struct receipt other;
    enum staff_change change;
    const struct staff_new new = {"taro", "", "ja", STAFF_ADMINISTRATOR};
    (void)state;
    invite(&in);
    PEOPLE_OK(staff_invite(in.people.ledger, &new, &in.people.desk, 0, &other, &change, &fault));
    in.enrol.name = "taro";
    assert_false(is_invited(&in));
    assert_int_equal(finish(&in), ENROL_NOT_INVITED);
    in.enrol.name = "nobody";
    assert_false(is_invited(&in));
    /* nor when somebody moves it in the database */
    PEOPLE_OK(records_run(in.people.ledger->records,
                          "UPDATE staff SET wrapped = (SELECT wrapped FROM staff WHERE name = 'hanako')",
                          &fault));
    in.enrol.name = "taro";
    assert_false(is_invited(&in));
    people_close(&in.people);
}

static void test_an_invitation_lapses_after_seven_days(void **state)
{
    struct invited in;
    (void)state;
    invite(&in);
    in.enrol.now_s += STAFF_INVITATION_S - 5;
    assert_true(is_invited(&in));
    in.enrol.now_s += 10;
    assert_false(is_invited(&in));
    assert_int_equal(finish(&in), ENROL_NOT_INVITED);
    people_close(&in.people);
}

static void test_a_second_invitation_ends_the_first(void **state)
{
    struct invited in;
    struct fault fault;
    struct receipt again;
    enum staff_change change;
    (void)state;
    invite(&in);
    PEOPLE_OK(staff_invite_again(in.people.ledger, 1, &in.people.desk, 0, &again, &change, &fault));
    assert_false(is_invited(&in));
    receipt_text(&again, in.invitation);
    assert_true(is_invited(&in));
    assert_int_equal(finish(&in), ENROL_DONE);
    people_close(&in.people);
}

static void test_an_invitation_may_be_typed_as_people_type(void **state)
{
    struct invited in;
    char typed[64] = " ";
    (void)state;
    invite(&in);
    for (size_t i = 0; in.invitation[i] != '\0'; i++)
        typed[1 + i] =
            in.invitation[i] == '-' ? ' ' : (char)(in.invitation[i] | (in.invitation[i] >= 'A' ? 0x20 : 0));
    in.enrol.invitation = typed;
    in.enrol.name = "Hanako";
    assert_true(is_invited(&in));
    people_close(&in.people);
}

static void test_a_weak_password_or_a_wrong_code_changes_nothing(void **state)
{
    struct invited in;
    (void)state;
    invite(&in);
    in.enrol.password = "too short";
    assert_int_equal(finish(&in), ENROL_WEAK);
    in.enrol.password = "sakura no ki no shita";
    in.enrol.code = "12345";
    assert_int_equal(finish(&in), ENROL_CODE);
    assert_true(is_invited(&in));
    in.enrol.code = in.code;
    assert_int_equal(finish(&in), ENROL_DONE);
    people_close(&in.people);
}

static const struct {
    const char *password;
    enum password_judged judged;
} passwords[] = {
    {"sakura no ki no shita", PASSWORD_GOOD},
    {"さくらのきのしたでまちあわせ", PASSWORD_GOOD},
    {"correct horse battery staple", PASSWORD_GOOD},
    {"zq4-mm1-ttx-90", PASSWORD_GOOD},
    {"", PASSWORD_SHORT},
    {"12345678901", PASSWORD_SHORT},
    {"さくらのきのしたでま", PASSWORD_SHORT}, /* ten characters, thirty bytes */
    {"hanako", PASSWORD_SHORT},
    {"hanako-hanako", PASSWORD_NAME},
    {"Hanako2026!!", PASSWORD_GOOD}, /* half of it is not the name */
    {"hanako.1234", PASSWORD_SHORT},
    {"xx.hanako.yy", PASSWORD_GOOD},
    {"aaaaaaaaaaaaaaaa", PASSWORD_SIMPLE},
    {"abababababababab", PASSWORD_SIMPLE},
    {"abcdefghijklmnop", PASSWORD_SIMPLE},
    {"1234567890123456", PASSWORD_SIMPLE},
    {"9876543210987654", PASSWORD_SIMPLE},
    {"secretsecretsecret", PASSWORD_SIMPLE},
    {"password1234", PASSWORD_SIMPLE},
    {"ﾊﾟｽﾜｰﾄﾞパスワード12",
     PASSWORD_SIMPLE}, /* characters are counted, not their bytes; half-width kana are kana */
    {"パスワード123", PASSWORD_SHORT},
    {"Konnichiwa2026", PASSWORD_SIMPLE},
    {"ＰＡＳＳＷＯＲＤ１２３４", PASSWORD_SIMPLE},
    {"administrator", PASSWORD_SIMPLE},
    {"qwertyuiop123", PASSWORD_SIMPLE},
};

static void test_passwords_are_judged_by_how_they_are_guessed(void **state)
{
    char long_one[PASSWORD_MOST + 2];
    (void)state;
    for (size_t i = 0; i < sizeof passwords / sizeof *passwords; i++)
        if (password_judge(passwords[i].password, "hanako") != passwords[i].judged)
            fail_msg("'%s' is judged %d", passwords[i].password,
                     password_judge(passwords[i].password, "hanako"));
    assert_int_equal(password_judge("yamadahanako1", "yamadahanako"), PASSWORD_NAME);
    assert_int_equal(password_judge("YamadaHanako!", "yamadahanako"), PASSWORD_NAME);
    memset(long_one, 'x', sizeof long_one);
    long_one[sizeof long_one - 1] = '\0';
    assert_int_equal(password_judge(long_one, "hanako"), PASSWORD_LONG);
}

/* What the person's own page changes. */
struct own {
    struct people people;
    struct person person;
    struct staff_session session;
};

static void begin(struct own *own)
{
    struct fault fault;
    enum session_found found;
    people_open(&own->people);
    own->person = (struct person){.name = "hanako", .password = "sakura no ki no shita"};
    people_add(&own->people, &own->person, STAFF_INTAKE);
    PEOPLE_OK(session_open(own->people.ledger, own->person.welcome.session, PEOPLE_NOW_S - 3600,
                           &own->session, &found, &fault));
    assert_int_equal(found, SESSION_OPEN);
}

static enum enrol_outcome change(struct own *own, const struct enrol_change *change)
{
    struct fault fault;
    enum enrol_outcome outcome;
    PEOPLE_OK(enrol_change(own->people.ledger, &own->session, change, &outcome, &fault));
    return outcome;
}

static void test_a_new_password_takes_the_olds_place_and_ends_other_sessions(void **state)
{
    struct own own;
    char code[TOTP_CODE];
    struct sign_in_welcome other;
    (void)state;
    begin(&own);
    struct sign_in claim = people_claim(&own.person, PEOPLE_NOW_S - 3000, code);
    assert_int_equal(people_try(&own.people, &claim, &other), SIGN_IN_WELCOME);
    const struct enrol_change new = {.password = own.person.password,
                                     .new_password = "kawa no nagare no yoni",
                                     .now_s = PEOPLE_NOW_S - 2000};
    assert_int_equal(change(&own, &new), ENROL_DONE);
    assert_int_equal(people_number(&own.people, "SELECT count(*) FROM session"), 1);
    claim = people_claim(&own.person, PEOPLE_NOW_S, code);
    assert_int_equal(people_try(&own.people, &claim, NULL), SIGN_IN_REFUSED);
    claim.password = new.new_password;
    assert_int_equal(people_try(&own.people, &claim, NULL), SIGN_IN_WELCOME);
    people_close(&own.people);
}

static void test_the_password_of_before_is_asked_for_and_limited(void **state)
{
    struct own own;
    unsigned refused = 0;
    enum enrol_outcome last = ENROL_DONE;
    (void)state;
    begin(&own);
    struct enrol_change new = {.password = "not this one at all",
                               .new_password = "kawa no nagare no yoni",
                               .now_s = PEOPLE_NOW_S - 3600};
    for (int i = 0; i < 10; i++) {
        last = change(&own, &new);
        refused += last == ENROL_REFUSED;
    }
    assert_int_equal(last, ENROL_WAIT);
    assert_int_equal(refused, 5);
    new.password = own.person.password;
    new.now_s += 3600;
    assert_int_equal(change(&own, &new), ENROL_DONE);
    people_close(&own.people);
}

static void test_a_new_telephone_takes_the_olds_place(void **state)
{
    struct own own;
    struct totp totp;
    char code[TOTP_CODE], old[TOTP_CODE];
    (void)state;
    begin(&own);
    totp_make(&totp);
    totp_code(&totp, (PEOPLE_NOW_S - 3600) / TOTP_STEP_S, code);
    struct enrol_change new = {
        .password = own.person.password, .totp = &totp, .code = "000000x", .now_s = PEOPLE_NOW_S - 3600};
    assert_int_equal(change(&own, &new), ENROL_CODE);
    new.code = code;
    assert_int_equal(change(&own, &new), ENROL_DONE);
    struct sign_in claim = people_claim(&own.person, PEOPLE_NOW_S, old);
    assert_int_equal(people_try(&own.people, &claim, NULL), SIGN_IN_REFUSED);
    own.person.totp = totp;
    claim = people_claim(&own.person, PEOPLE_NOW_S, code);
    assert_int_equal(people_try(&own.people, &claim, NULL), SIGN_IN_WELCOME);
    people_close(&own.people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_invitation_works_once),
        cmocka_unit_test(test_an_invitation_is_for_one_person),
        cmocka_unit_test(test_an_invitation_lapses_after_seven_days),
        cmocka_unit_test(test_a_second_invitation_ends_the_first),
        cmocka_unit_test(test_an_invitation_may_be_typed_as_people_type),
        cmocka_unit_test(test_a_weak_password_or_a_wrong_code_changes_nothing),
        cmocka_unit_test(test_passwords_are_judged_by_how_they_are_guessed),
        cmocka_unit_test(test_a_new_password_takes_the_olds_place_and_ends_other_sessions),
        cmocka_unit_test(test_the_password_of_before_is_asked_for_and_limited),
        cmocka_unit_test(test_a_new_telephone_takes_the_olds_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

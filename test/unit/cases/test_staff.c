#include "people.h"
#include "cases/deeds.h"
#include <sys/stat.h>

static void test_a_name_is_folded_and_fits(void **state)
{
    static const char *const right[][2] = {{"hanako", "hanako"},
                                           {" Hanako ", "hanako"},
                                           {"ＨＡＮＡＫＯ．Ｙ", "hanako.y"},
                                           {"a-b_c.9", "a-b_c.9"}};
    static const char *const wrong[] = {"", " ", "9a", ".a", "花子", "a/b", "a'b", "a\nb\x7f!", "a@b"};
    char folded[64], most[80];
    (void)state;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        assert_true(staff_fold_name(right[i][0], folded));
        assert_string_equal(folded, right[i][1]);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(staff_fold_name(wrong[i], folded));
    memset(most, 'a', sizeof most);
    most[63] = '\0';
    assert_true(staff_fold_name(most, folded));
    most[63] = 'a';
    most[64] = '\0';
    assert_false(staff_fold_name(most, folded));
}

static void test_rights_are_words(void **state)
{
    unsigned rights = 99;
    (void)state;
    assert_true(staff_parse_rights("", &rights));
    assert_int_equal(rights, 0);
    assert_true(staff_parse_rights("administrator,intake", &rights));
    assert_int_equal(rights, STAFF_ADMINISTRATOR | STAFF_INTAKE);
    assert_false(staff_parse_rights("root", &rights));
    assert_false(staff_parse_rights("intake,", &rights));
    assert_false(staff_parse_rights(",intake", &rights));
    assert_false(staff_parse_rights("intake administrator", &rights));
    assert_false(staff_parse_rights("signed_in", &rights));
    assert_int_equal(rights, STAFF_ADMINISTRATOR | STAFF_INTAKE);
}

static void test_the_recovery_code_opens_the_desks_key_and_no_other_does(void **state)
{
    struct people people;
    struct fault fault;
    struct seal_pair desk;
    enum staff_key key;
    (void)state;
    people_open(&people);
    PEOPLE_OK(staff_key_recover(people.ledger, &people.recovery, &desk, &key, &fault));
    assert_int_equal(key, STAFF_KEY_OPENED);
    assert_memory_equal(&desk, &people.desk, sizeof desk);
    struct receipt wrong = people.recovery;
    wrong.bytes[3] ^= 1;
    PEOPLE_OK(staff_key_recover(people.ledger, &wrong, &desk, &key, &fault));
    assert_int_equal(key, STAFF_KEY_WRONG);
    people_close(&people);
}

static void test_a_renewed_recovery_code_takes_the_olds_place(void **state)
{
    struct people people;
    struct fault fault;
    struct seal_pair desk;
    struct receipt code;
    enum staff_key key;
    (void)state;
    people_open(&people);
    PEOPLE_OK(staff_key_renew(people.ledger, &people.desk, 0, &code, &fault));
    PEOPLE_OK(staff_key_recover(people.ledger, &people.recovery, &desk, &key, &fault));
    assert_int_equal(key, STAFF_KEY_WRONG);
    PEOPLE_OK(staff_key_recover(people.ledger, &code, &desk, &key, &fault));
    assert_int_equal(key, STAFF_KEY_OPENED);
    assert_memory_equal(&desk, &people.desk, sizeof desk);
    people_close(&people);
}

static void test_the_key_is_made_once_and_the_mailers_is_the_owners_only(void **state)
{
    struct people people;
    struct fault fault;
    struct receipt code;
    struct seal_pair desk;
    struct stat status;
    char path[128];
    (void)state;
    people_open(&people);
    assert_false(staff_key_make(people.ledger, &code, &desk, &fault));
    snprintf(path, sizeof path, "%s/mailer.key", people.path);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(status.st_size, 32);
    /* what is sealed to desk_key.mailer, mailer.key opens */
    CLEANUP(text_clear) struct text secret, sealed, plain;
    text_init(&secret, 64);
    text_init(&sealed, 1024);
    text_init(&plain, 1024);
    struct seal_pair mailer;
    PEOPLE_OK(file_read(path, &secret, &fault));
    memcpy(mailer.secret, secret.bytes, sizeof mailer.secret);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *find = records_prepare(people.ledger->records, "SELECT mailer FROM desk_key", &fault);
    bool row;
    PEOPLE_OK(find != NULL && records_step(find, &row, &fault));
    memcpy(mailer.public.bytes, sqlite3_column_blob(find, 0), sizeof mailer.public.bytes);
    seal_to(&mailer.public, "to be sent", 10, &sealed);
    assert_true(seal_from(&mailer, sealed.bytes, sealed.length, &plain));
    assert_string_equal(plain.bytes, "to be sent");
    people_close(&people);
}

static void test_a_name_is_given_once(void **state)
{
    struct people people;
    struct fault fault;
    struct receipt invitation;
    enum staff_change change;
    struct staff_new new = {"hanako", "", "ja", STAFF_INTAKE};
    (void)state;
    people_open(&people);
    PEOPLE_OK(staff_invite(people.ledger, &new, &people.desk, 0, &invitation, &change, &fault));
    assert_int_equal(change, STAFF_CHANGED);
    new.name = "Hanako";
    PEOPLE_OK(staff_invite(people.ledger, &new, &people.desk, 0, &invitation, &change, &fault));
    assert_int_equal(change, STAFF_TAKEN);
    new.name = "hanako!";
    PEOPLE_OK(staff_invite(people.ledger, &new, &people.desk, 0, &invitation, &change, &fault));
    assert_int_equal(change, STAFF_UNFIT);
    new = (struct staff_new){"taro", "reads \xe2\x80\xae backwards", "ja", STAFF_INTAKE};
    PEOPLE_OK(staff_invite(people.ledger, &new, &people.desk, 0, &invitation, &change, &fault));
    assert_int_equal(change, STAFF_UNFIT);
    new = (struct staff_new){"taro", "", "fr", STAFF_INTAKE};
    PEOPLE_OK(staff_invite(people.ledger, &new, &people.desk, 0, &invitation, &change, &fault));
    assert_int_equal(change, STAFF_UNFIT);
    assert_int_equal(people_number(&people, "SELECT count(*) FROM staff"), 1);
    assert_int_equal(people_number(&people, "SELECT count(*) FROM deed WHERE what = 'staff.invite'"), 1);
    people_close(&people);
}

static void test_the_last_administrator_stays(void **state)
{
    struct people people;
    struct fault fault;
    struct receipt invitation;
    enum staff_change change;
    struct person first = {.name = "hanako", .password = "sakura no ki no shita"};
    struct person second = {.name = "taro", .password = "kawa no nagare no yoni"};
    (void)state;
    people_open(&people);
    people_add(&people, &first, STAFF_ADMINISTRATOR);
    people_add(&people, &second, STAFF_INTAKE);
    PEOPLE_OK(staff_stop(people.ledger, first.id, second.id, &change, &fault));
    assert_int_equal(change, STAFF_LAST);
    PEOPLE_OK(staff_set_rights(people.ledger, first.id, STAFF_INTAKE, first.id, &change, &fault));
    assert_int_equal(change, STAFF_LAST);
    PEOPLE_OK(
        staff_invite_again(people.ledger, first.id, &people.desk, first.id, &invitation, &change, &fault));
    assert_int_equal(change, STAFF_LAST);
    assert_int_equal(
        people_number(&people, "SELECT rights FROM staff WHERE name = 'hanako' AND state = 'active'"),
        STAFF_ADMINISTRATOR);
    PEOPLE_OK(staff_set_rights(people.ledger, second.id, STAFF_ADMINISTRATOR, first.id, &change, &fault));
    assert_int_equal(change, STAFF_CHANGED);
    PEOPLE_OK(staff_set_rights(people.ledger, first.id, STAFF_INTAKE, first.id, &change, &fault));
    assert_int_equal(change, STAFF_CHANGED);
    PEOPLE_OK(staff_stop(people.ledger, second.id, second.id, &change, &fault));
    assert_int_equal(change, STAFF_LAST);
    people_close(&people);
}

/* Somebody who is only invited cannot look after the desk yet. */
static void test_an_invited_administrator_does_not_count(void **state)
{
    struct people people;
    struct fault fault;
    struct receipt invitation;
    enum staff_change change;
    struct person first = {.name = "hanako", .password = "sakura no ki no shita"};
    const struct staff_new new = {"taro", "", "ja", STAFF_ADMINISTRATOR};
    (void)state;
    people_open(&people);
    people_add(&people, &first, STAFF_ADMINISTRATOR);
    PEOPLE_OK(staff_invite(people.ledger, &new, &people.desk, first.id, &invitation, &change, &fault));
    PEOPLE_OK(staff_stop(people.ledger, first.id, first.id, &change, &fault));
    assert_int_equal(change, STAFF_LAST);
    people_close(&people);
}

static void test_the_command_line_helps_the_last_administrator_back(void **state)
{
    struct people people;
    struct fault fault;
    struct receipt invitation;
    enum staff_change change;
    enum sign_in_answer answer;
    char code[TOTP_CODE];
    struct person first = {.name = "hanako", .password = "sakura no ki no shita"};
    (void)state;
    people_open(&people);
    people_add(&people, &first, STAFF_ADMINISTRATOR);
    PEOPLE_OK(staff_invite_again(people.ledger, first.id, &people.desk, 0, &invitation, &change, &fault));
    assert_int_equal(change, STAFF_CHANGED);
    struct sign_in claim = people_claim(&first, PEOPLE_NOW_S, code);
    answer = people_try(&people, &claim, NULL); /* nothing of before works any more */
    assert_int_equal(answer, SIGN_IN_REFUSED);
    assert_int_equal(people_number(&people, "SELECT count(*) FROM browser"), 0);
    assert_int_equal(people_number(&people, "SELECT count(*) FROM session"), 0);
    people_close(&people);
}

static void test_who_is_stopped_keeps_nothing(void **state)
{
    struct people people;
    struct fault fault;
    enum staff_change change;
    struct person first = {.name = "hanako", .password = "sakura no ki no shita"};
    struct person second = {.name = "taro", .password = "kawa no nagare no yoni"};
    char code[TOTP_CODE];
    (void)state;
    people_open(&people);
    people_add(&people, &first, STAFF_ADMINISTRATOR);
    people_add(&people, &second, STAFF_ADMINISTRATOR);
    PEOPLE_OK(staff_stop(people.ledger, second.id, first.id, &change, &fault));
    assert_int_equal(change, STAFF_CHANGED);
    assert_int_equal(
        people_number(&people, "SELECT length(wrapped) + length(salt) FROM staff WHERE name = 'taro'"), 0);
    struct sign_in claim = people_claim(&second, PEOPLE_NOW_S, code);
    assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_REFUSED);
    PEOPLE_OK(staff_stop(people.ledger, 4711, first.id, &change, &fault));
    assert_int_equal(change, STAFF_NOBODY);
    people_close(&people);
}

static void test_all_of_it_is_in_the_record_of_deeds(void **state)
{
    struct people people;
    struct fault fault;
    enum staff_change change;
    struct deeds_proof proof;
    struct person first = {.name = "hanako", .password = "sakura no ki no shita"};
    struct person second = {.name = "taro", .password = "kawa no nagare no yoni"};
    (void)state;
    people_open(&people);
    people_add(&people, &first, STAFF_ADMINISTRATOR);
    people_add(&people, &second, STAFF_INTAKE);
    PEOPLE_OK(
        staff_set_rights(people.ledger, second.id, STAFF_INTAKE | STAFF_ANALYST, first.id, &change, &fault));
    PEOPLE_OK(staff_stop(people.ledger, second.id, first.id, &change, &fault));
    assert_int_equal(people_number(&people,
                                   "SELECT count(*) FROM deed WHERE what = 'staff.rights' AND detail = '2 "
                                   "intake,analyst' AND staff = 1"),
                     1);
    assert_int_equal(people_number(&people,
                                   "SELECT count(*) FROM deed WHERE what = 'staff.stop' AND detail = '2' AND "
                                   "staff = 1"),
                     1);
    assert_int_equal(people_number(&people, "SELECT count(*) FROM deed WHERE what = 'staff.enrol'"), 2);
    assert_int_equal(people_number(&people,
                                   "SELECT count(*) FROM deed WHERE detail LIKE '%hanako%' OR detail LIKE "
                                   "'%taro%'"),
                     0);
    PEOPLE_OK(deeds_verify(people.ledger, NULL, &proof, &fault));
    assert_int_equal(proof.found, DEEDS_WHOLE);
    people_close(&people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_name_is_folded_and_fits),
        cmocka_unit_test(test_rights_are_words),
        cmocka_unit_test(test_the_recovery_code_opens_the_desks_key_and_no_other_does),
        cmocka_unit_test(test_a_renewed_recovery_code_takes_the_olds_place),
        cmocka_unit_test(test_the_key_is_made_once_and_the_mailers_is_the_owners_only),
        cmocka_unit_test(test_a_name_is_given_once),
        cmocka_unit_test(test_the_last_administrator_stays),
        cmocka_unit_test(test_an_invited_administrator_does_not_count),
        cmocka_unit_test(test_the_command_line_helps_the_last_administrator_back),
        cmocka_unit_test(test_who_is_stopped_keeps_nothing),
        cmocka_unit_test(test_all_of_it_is_in_the_record_of_deeds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

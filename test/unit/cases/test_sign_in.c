#include "people.h"
#include "cases/secret.h"
#include <pthread.h>

static struct person hanako(void)
{
    return (struct person){.name = "hanako", .password = "sakura no ki no shita"};
}

static void test_all_three_right_are_let_in(void **state)
{
    struct people people;
    struct person person = hanako();
    char code[TOTP_CODE];
    struct sign_in_welcome welcome = {0};
    (void)state;
    people_open(&people);
    people_add(&people, &person, STAFF_INTAKE);
    struct sign_in claim = people_claim(&person, PEOPLE_NOW_S, code);
    assert_int_equal(people_try(&people, &claim, &welcome), SIGN_IN_WELCOME);
    assert_int_equal(welcome.staff, person.id);
    assert_int_equal(strlen(welcome.session), SESSION_TOKEN - 1);
    assert_int_equal(strlen(welcome.browser), SESSION_TOKEN - 1);
    assert_int_equal(people_number(&people, "SELECT count(*) FROM attempt"), 0);
    assert_int_equal(people_number(&people, "SELECT count(*) FROM deed WHERE what = 'staff.sign-in'"), 1);
    people_close(&people);
}

static void test_one_of_three_wrong_is_refused_alike(void **state)
{
    struct people people;
    struct person person = hanako();
    char code[TOTP_CODE];
    (void)state;
    people_open(&people);
    people_add(&people, &person, STAFF_INTAKE);
    struct sign_in right = people_claim(&person, PEOPLE_NOW_S, code), claim = right;
    claim.name = "taro";
    assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_REFUSED);
    claim = right;
    claim.password = "sakura no ki no ue";
    assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_REFUSED);
    claim = right;
    char wrong[TOTP_CODE];
    snprintf(wrong, sizeof wrong, "%.5s%c", code, code[5] == '9' ? '0' : code[5] + 1);
    claim.code = wrong;
    assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_REFUSED);
    claim = right;
    claim.name = "ＨＡＮＡＫＯ"; /* as a Japanese keyboard may leave it */
    assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_WELCOME);
    people_close(&people);
}

static void test_a_name_nobody_has_costs_the_same_work(void **state)
{
    struct people people;
    struct person person = hanako(), stopped = {.name = "jiro", .password = "kawa no nagare no yoni"};
    char code[TOTP_CODE];
    static const char *const names[] = {"hanako", "jiro", "nobody", "", "花子", "' OR 1=1 --"};
    (void)state;
    people_open(&people);
    people_add(&people, &person, STAFF_ADMINISTRATOR);
    people_add(&people, &stopped, STAFF_INTAKE);
    enum staff_change change;
    struct fault fault;
    PEOPLE_OK(staff_stop(people.ledger, stopped.id, person.id, &change, &fault));
    assert_int_equal(change, STAFF_CHANGED);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct sign_in claim = people_claim(&person, PEOPLE_NOW_S, code);
        unsigned long before = secret_worked_count();
        claim.name = names[i];
        claim.password = "not the right one";
        assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_REFUSED);
        assert_int_equal(secret_worked_count() - before, 1);
    }
    people_close(&people);
}

static void test_a_code_works_once(void **state)
{
    struct people people;
    struct person person = hanako();
    char code[TOTP_CODE];
    (void)state;
    people_open(&people);
    people_add(&people, &person, STAFF_INTAKE);
    struct sign_in claim = people_claim(&person, PEOPLE_NOW_S, code);
    assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_WELCOME);
    assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_REFUSED);
    claim.now_s += TOTP_STEP_S; /* still within the window */
    assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_REFUSED);
    people_close(&people);
}

/* n6 had this: a code used a step too early worked again in its own time. */
static void test_a_code_used_too_early_is_used(void **state)
{
    struct people people;
    struct person person = hanako();
    char code[TOTP_CODE];
    (void)state;
    people_open(&people);
    people_add(&people, &person, STAFF_INTAKE);
    struct sign_in claim = people_claim(&person, PEOPLE_NOW_S + TOTP_STEP_S, code);
    claim.now_s = PEOPLE_NOW_S;
    assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_WELCOME);
    claim.now_s = PEOPLE_NOW_S + TOTP_STEP_S;
    assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_REFUSED);
    char earlier[TOTP_CODE]; /* nor does the one before it, which nobody has used */
    claim = people_claim(&person, PEOPLE_NOW_S, earlier);
    assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_REFUSED);
    people_close(&people);
}

static void test_the_code_of_enrolling_is_used(void **state)
{
    struct people people;
    struct person person = hanako();
    char code[TOTP_CODE];
    (void)state;
    people_open(&people);
    people_add(&people, &person, STAFF_INTAKE);
    struct sign_in claim = people_claim(&person, PEOPLE_NOW_S - 3600, code);
    assert_int_equal(people_try(&people, &claim, NULL), SIGN_IN_REFUSED);
    people_close(&people);
}

enum { SIDE_BY_SIDE = 3 };
struct side {
    struct ledger *ledger;
    struct sign_in claim;
    enum sign_in_answer answer;
    bool well;
    pthread_barrier_t *start;
};

static void *try_beside(void *argument)
{
    struct side *side = argument;
    struct fault fault;
    struct sign_in_welcome welcome;
    pthread_barrier_wait(side->start);
    side->well = sign_in_try(side->ledger, &side->claim, &side->answer, &welcome, &fault);
    return NULL;
}

static void test_a_code_works_once_for_tries_side_by_side(void **state)
{
    struct people people;
    struct person person = hanako();
    char code[TOTP_CODE];
    struct side sides[SIDE_BY_SIDE];
    pthread_t threads[SIDE_BY_SIDE];
    pthread_barrier_t start;
    unsigned welcome = 0;
    (void)state;
    people_open(&people);
    people_add(&people, &person, STAFF_INTAKE);
    pthread_barrier_init(&start, NULL, SIDE_BY_SIDE);
    for (size_t i = 0; i < SIDE_BY_SIDE; i++) {
        sides[i] = (struct side){people_ledger(&people, LEDGER_SHARE),
                                 people_claim(&person, PEOPLE_NOW_S, code), SIGN_IN_BUSY, false, &start};
        assert_int_equal(pthread_create(&threads[i], NULL, try_beside, &sides[i]), 0);
    }
    for (size_t i = 0; i < SIDE_BY_SIDE; i++) {
        pthread_join(threads[i], NULL);
        assert_true(sides[i].well);
        welcome += sides[i].answer == SIGN_IN_WELCOME;
        ledger_free(sides[i].ledger);
    }
    assert_int_equal(welcome, 1);
    assert_int_equal(people_number(&people, "SELECT count(*) FROM session"), 2); /* and that of enrolling */
    pthread_barrier_destroy(&start);
    people_close(&people);
}

/* The file as it lies there, with its log: neither password, code's secret, token nor desk's secret. */
static bool file_holds(const char *path, const void *bytes, size_t length)
{
    struct fault fault;
    CLEANUP(text_clear) struct text file;
    text_init(&file, 64 << 20);
    if (!file_exists(path))
        return false;
    PEOPLE_OK(file_read(path, &file, &fault));
    return memmem(file.bytes, file.length, bytes, length) != NULL;
}

static void test_nothing_that_opens_anything_lies_in_the_file(void **state)
{
    struct people people;
    struct person person = hanako();
    char code[TOTP_CODE], secret[TOTP_TEXT], recovery[RECEIPT_TEXT];
    struct sign_in_welcome welcome;
    static const char *const names[] = {"desk.sqlite", "desk.sqlite-wal"};
    (void)state;
    people_open(&people);
    people_add(&people, &person, STAFF_INTAKE);
    struct sign_in claim = people_claim(&person, PEOPLE_NOW_S, code);
    assert_int_equal(people_try(&people, &claim, &welcome), SIGN_IN_WELCOME);
    totp_text(&person.totp, secret);
    receipt_text(&people.recovery, recovery);
    bool name_found = false;
    for (size_t i = 0; i < 2; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", people.path, names[i]);
        name_found = name_found || file_holds(path, person.name, strlen(person.name));
        assert_false(file_holds(path, person.password, strlen(person.password)));
        assert_false(file_holds(path, &person.totp, sizeof person.totp));
        assert_false(file_holds(path, secret, strlen(secret)));
        assert_false(file_holds(path, recovery, strlen(recovery)));
        assert_false(file_holds(path, people.recovery.bytes, sizeof people.recovery.bytes));
        assert_false(file_holds(path, people.desk.secret, sizeof people.desk.secret));
        assert_false(file_holds(path, welcome.session, strlen(welcome.session)));
        assert_false(file_holds(path, welcome.browser, strlen(welcome.browser)));
    }
    assert_true(name_found); /* the search itself finds what is there */
    people_close(&people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_three_right_are_let_in),
        cmocka_unit_test(test_one_of_three_wrong_is_refused_alike),
        cmocka_unit_test(test_a_name_nobody_has_costs_the_same_work),
        cmocka_unit_test(test_a_code_works_once),
        cmocka_unit_test(test_a_code_used_too_early_is_used),
        cmocka_unit_test(test_the_code_of_enrolling_is_used),
        cmocka_unit_test(test_a_code_works_once_for_tries_side_by_side),
        cmocka_unit_test(test_nothing_that_opens_anything_lies_in_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "people.h"
#include "cases/limit.h"
#include <pthread.h>

static const unsigned char known[16] = "a known browser";
static const struct address first = {0, UINT64_C(0xffff00000000) | 0xc0000201}; /* 192.0.2.1 */

static enum limit_verdict take(struct people *people, struct limit_try attempt)
{
    struct fault fault;
    enum limit_verdict verdict;
    int64_t number;
    PEOPLE_OK(limit_take(people->ledger, &attempt, &verdict, &number, &fault));
    return verdict;
}

/* How many of these, a second apart, were looked at. */
static unsigned looked_at(struct people *people, struct limit_try attempt, unsigned tries)
{
    unsigned taken = 0;
    for (unsigned i = 0; i < tries; i++, attempt.at_s++)
        taken += take(people, attempt) == LIMIT_TRY;
    return taken;
}

static struct address address_number(uint32_t number)
{
    return address_from_ipv4(0x0a000000 + number);
}

static void test_a_slip_or_two_cost_no_time(void **state)
{
    struct people people;
    (void)state;
    people_open(&people);
    struct limit_try attempt = {7, first, NULL, PEOPLE_NOW_S};
    for (int i = 0; i < 3; i++)
        assert_int_equal(take(&people, attempt), LIMIT_TRY);
    assert_int_equal(take(&people, attempt), LIMIT_WAIT);
    people_close(&people);
}

enum { SIDE_BY_SIDE = 12 };
struct side {
    struct people *people;
    pthread_barrier_t *start;
    enum limit_verdict verdict;
    bool well;
};

static void *take_beside(void *argument)
{
    struct side *side = argument;
    struct fault fault;
    int64_t number;
    struct ledger *ledger = ledger_open(side->people->path, LEDGER_SHARE, &fault);
    const struct limit_try attempt = {7, first, NULL, PEOPLE_NOW_S};
    pthread_barrier_wait(side->start);
    side->well = ledger != NULL && limit_take(ledger, &attempt, &side->verdict, &number, &fault);
    ledger_free(ledger);
    return NULL;
}

/* As many are looked at as one after the other: looking and counting are one transaction. */
static void test_tries_side_by_side_count_as_much(void **state)
{
    struct people people;
    struct side sides[SIDE_BY_SIDE];
    pthread_t threads[SIDE_BY_SIDE];
    pthread_barrier_t start;
    unsigned taken = 0;
    (void)state;
    people_open(&people);
    pthread_barrier_init(&start, NULL, SIDE_BY_SIDE);
    for (size_t i = 0; i < SIDE_BY_SIDE; i++) {
        sides[i] = (struct side){&people, &start, LIMIT_WAIT, false};
        assert_int_equal(pthread_create(&threads[i], NULL, take_beside, &sides[i]), 0);
    }
    for (size_t i = 0; i < SIDE_BY_SIDE; i++) {
        pthread_join(threads[i], NULL);
        assert_true(sides[i].well);
        taken += sides[i].verdict == LIMIT_TRY;
    }
    assert_int_equal(taken, 3);
    pthread_barrier_destroy(&start);
    people_close(&people);
}

static void test_delays_grow(void **state)
{
    struct people people;
    (void)state;
    people_open(&people);
    struct limit_try attempt = {7, first, NULL, PEOPLE_NOW_S};
    looked_at(&people, attempt, 3);
    attempt.at_s += 2; /* the last was two seconds after the first */
    for (int64_t delay_s = 2; delay_s <= 32; delay_s *= 2) {
        attempt.at_s += delay_s - 1;
        assert_int_equal(take(&people, attempt), LIMIT_WAIT);
        attempt.at_s += 1;
        assert_int_equal(take(&people, attempt), LIMIT_TRY);
    }
    people_close(&people);
}

static void test_a_thousand_tries_of_strangers_keep_no_known_browser_out(void **state)
{
    struct people people;
    (void)state;
    people_open(&people);
    unsigned taken = 0;
    for (uint32_t i = 0; i < 1000; i++)
        taken += take(&people, (struct limit_try){7, address_number(i), NULL, PEOPLE_NOW_S + i}) == LIMIT_TRY;
    assert_in_range(taken, 3, 10); /* and a guesser gets no further than this in the hour */
    assert_int_equal(take(&people, (struct limit_try){7, first, NULL, PEOPLE_NOW_S + 1000}), LIMIT_WAIT);
    assert_int_equal(take(&people, (struct limit_try){7, first, known, PEOPLE_NOW_S + 1000}), LIMIT_TRY);
    assert_int_equal(take(&people, (struct limit_try){8, first, NULL, PEOPLE_NOW_S + 1000}), LIMIT_TRY);
    people_close(&people);
}

static void test_the_door_opens_to_strangers_again(void **state)
{
    struct people people;
    (void)state;
    people_open(&people);
    for (uint32_t i = 0; i < 1000; i++)
        take(&people, (struct limit_try){7, address_number(i), NULL, PEOPLE_NOW_S + i});
    assert_int_equal(take(&people, (struct limit_try){7, first, NULL, PEOPLE_NOW_S + 1000 + 3600}),
                     LIMIT_TRY);
    people_close(&people);
}

static void test_closing_is_a_deed_where_it_is_somebodys_account(void **state)
{
    struct people people;
    static const char closed[] = "SELECT count(*) FROM deed WHERE what = 'staff.closed' AND detail = '7'";
    static const char any[] = "SELECT count(*) FROM deed WHERE what = 'staff.closed'";
    (void)state;
    people_open(&people);
    for (uint32_t i = 0; i < 1000; i++)
        take(&people, (struct limit_try){7, address_number(i), NULL, PEOPLE_NOW_S + i});
    assert_int_equal(people_number(&people, closed), 1);
    int64_t nobody = limit_nobody(people.ledger, "nobody");
    for (uint32_t i = 0; i < 1000; i++)
        take(&people, (struct limit_try){nobody, address_number(i), NULL, PEOPLE_NOW_S + i});
    assert_int_equal(people_number(&people, any), 1);
    people_close(&people);
}

/* Whether there is such a name, nobody can tell from when they have to wait. */
static void test_a_name_nobody_has_waits_as_any_other(void **state)
{
    struct people people;
    (void)state;
    people_open(&people);
    int64_t nobody = limit_nobody(people.ledger, "nobody");
    assert_true(nobody < 0);
    assert_true(nobody != limit_nobody(people.ledger, "nobody else"));
    for (uint32_t i = 0; i < 400; i++) {
        struct limit_try somebodys = {7, address_number(i), NULL, PEOPLE_NOW_S + i};
        struct limit_try nobodys = {nobody, address_number(100000 + i), NULL, PEOPLE_NOW_S + i};
        assert_int_equal(take(&people, somebodys), take(&people, nobodys));
    }
    people_close(&people);
}

static void test_a_source_closes_for_itself_only(void **state)
{
    struct people people;
    unsigned taken = 0;
    (void)state;
    people_open(&people);
    for (int64_t i = 0; i < 1000; i++) /* another account each time */
        taken += take(&people, (struct limit_try){-1 - i, first, NULL, PEOPLE_NOW_S + i}) == LIMIT_TRY;
    assert_in_range(taken, 10, 60);
    struct limit_try attempt = {7, first, NULL, PEOPLE_NOW_S + 1000};
    assert_int_equal(take(&people, attempt), LIMIT_WAIT);
    attempt.browser = known;
    assert_int_equal(take(&people, attempt), LIMIT_TRY);
    attempt.browser = NULL;
    attempt.source = address_number(1);
    assert_int_equal(take(&people, attempt), LIMIT_TRY);
    people_close(&people);
}

static void test_a_network_of_64_bits_is_one_source(void **state)
{
    struct people people;
    unsigned taken = 0;
    (void)state;
    people_open(&people);
    for (uint64_t i = 0; i < 1000; i++) {
        struct address source = {UINT64_C(0x20010db800000001), i + 1};
        taken += take(&people, (struct limit_try){-1 - (int64_t)i, source, NULL, PEOPLE_NOW_S}) == LIMIT_TRY;
    }
    assert_int_equal(taken, 10);
    struct limit_try next = {7, {UINT64_C(0x20010db800000002), 1}, NULL, PEOPLE_NOW_S};
    assert_int_equal(take(&people, next), LIMIT_TRY);
    people_close(&people);
}

static void test_a_proxy_on_this_machine_is_not_taken_for_one_person(void **state)
{
    struct people people;
    (void)state;
    people_open(&people);
    for (int64_t i = 0; i < 200; i++)
        assert_int_equal(
            take(&people, (struct limit_try){-1 - i, address_from_ipv4(0x7f000001), NULL, PEOPLE_NOW_S}),
            LIMIT_TRY);
    people_close(&people);
}

static void test_a_known_browser_has_a_limit_of_its_own_and_never_closes(void **state)
{
    struct people people;
    (void)state;
    people_open(&people);
    struct limit_try attempt = {7, first, known, PEOPLE_NOW_S};
    unsigned taken = looked_at(&people, attempt, 3000);
    assert_in_range(taken, 5, 16);
    attempt.at_s += 3000 + 900;
    assert_int_equal(take(&people, attempt), LIMIT_TRY);
    people_close(&people);
}

static void test_what_was_right_is_taken_back(void **state)
{
    struct people people;
    struct fault fault;
    enum limit_verdict verdict;
    int64_t number;
    (void)state;
    people_open(&people);
    const struct limit_try attempt = {7, first, NULL, PEOPLE_NOW_S};
    for (int i = 0; i < 50; i++) {
        PEOPLE_OK(limit_take(people.ledger, &attempt, &verdict, &number, &fault));
        assert_int_equal(verdict, LIMIT_TRY);
        PEOPLE_OK(limit_give_back(people.ledger, number, &fault));
    }
    people_close(&people);
}

static void test_a_clock_set_back_closes_nothing(void **state)
{
    struct people people;
    (void)state;
    people_open(&people);
    struct limit_try attempt = {7, first, NULL, PEOPLE_NOW_S + 100000};
    looked_at(&people, attempt, 500);
    attempt.at_s = PEOPLE_NOW_S;
    assert_int_equal(take(&people, attempt), LIMIT_TRY);
    people_close(&people);
}

/* No address is kept as it is: the same one is another in another ledger. */
static void test_a_source_is_kept_as_a_keyed_hash(void **state)
{
    struct people people[2];
    int64_t kept[2];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        people_open(&people[i]);
        take(&people[i], (struct limit_try){7, first, NULL, PEOPLE_NOW_S});
        assert_int_equal(people_number(&people[i], "SELECT instr(source, x'c0000201') FROM attempt"), 0);
        assert_int_equal(people_number(&people[i], "SELECT length(source) FROM attempt"), 16);
        /* 48 bits of it, as a number */
        kept[i] =
            people_number(&people[i], "WITH RECURSIVE b(i, n) AS (SELECT 1, 0 UNION ALL SELECT i + 1,"
                                      " n * 16 + instr('0123456789ABCDEF', substr(hex(source), i, 1)) - 1"
                                      " FROM b, attempt WHERE i <= 12) SELECT max(n) FROM b WHERE i = 13");
        people_close(&people[i]);
    }
    assert_int_not_equal(kept[0], kept[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_slip_or_two_cost_no_time),
        cmocka_unit_test(test_tries_side_by_side_count_as_much),
        cmocka_unit_test(test_delays_grow),
        cmocka_unit_test(test_a_thousand_tries_of_strangers_keep_no_known_browser_out),
        cmocka_unit_test(test_the_door_opens_to_strangers_again),
        cmocka_unit_test(test_closing_is_a_deed_where_it_is_somebodys_account),
        cmocka_unit_test(test_a_name_nobody_has_waits_as_any_other),
        cmocka_unit_test(test_a_source_closes_for_itself_only),
        cmocka_unit_test(test_a_network_of_64_bits_is_one_source),
        cmocka_unit_test(test_a_proxy_on_this_machine_is_not_taken_for_one_person),
        cmocka_unit_test(test_a_known_browser_has_a_limit_of_its_own_and_never_closes),
        cmocka_unit_test(test_what_was_right_is_taken_back),
        cmocka_unit_test(test_a_clock_set_back_closes_nothing),
        cmocka_unit_test(test_a_source_is_kept_as_a_keyed_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

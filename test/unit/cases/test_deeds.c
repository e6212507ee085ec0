#include "office.h"
#include "cases/deeds.h"

static struct office office;

static void add(int64_t staff, const char *what, int64_t casefile, const char *detail)
{
    struct fault fault;
    OFFICE_OK(records_run(office.ledger->records, "BEGIN IMMEDIATE", &fault));
    OFFICE_OK(deeds_add(office.ledger, staff, what, casefile, detail, &fault));
    OFFICE_OK(records_run(office.ledger->records, "COMMIT", &fault));
}

static struct deeds_proof proof_of(const unsigned char *expected)
{
    struct fault fault;
    struct deeds_proof proof;
    OFFICE_OK(deeds_verify(office.ledger, expected, &proof, &fault));
    return proof;
}

static int setup(void **state)
{
    (void)state;
    office_open(&office);
    for (int i = 1; i <= 9; i++)
        add(i % 3 - 1, i % 2 == 0 ? "case.state" : "case.taken", i % 4, i % 2 == 0 ? "new > working" : "");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    office_close(&office);
    return 0;
}

static void a_chain_that_nobody_touched_is_whole(void **state)
{
    (void)state;
    struct deeds_proof proof = proof_of(NULL);
    assert_int_equal(proof.found, DEEDS_WHOLE);
    assert_int_equal(proof.entries, 9);
    assert_false(proof.knows);
    assert_true(proof_of(proof.head).knows);
    add(1, "case.closed", 2, "");
    struct deeds_proof later = proof_of(proof.head);
    assert_int_equal(later.entries, 10);
    assert_true(later.knows); /* the head kept before is in the longer chain */
    assert_memory_not_equal(later.head, proof.head, DEEDS_HASH);
}

static void an_empty_chain_is_whole_too(void **state)
{
    (void)state;
    office_run(&office, "DELETE FROM deed");
    struct deeds_proof proof = proof_of(NULL);
    assert_int_equal(proof.found, DEEDS_WHOLE);
    assert_int_equal(proof.entries, 0);
}

static void an_entry_changed_in_any_column_breaks_the_chain_there(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "UPDATE deed SET at_s = at_s + 1 WHERE id = 4",
        "UPDATE deed SET staff = staff + 1 WHERE id = 4",
        "UPDATE deed SET what = 'case.States' WHERE id = 4",
        "UPDATE deed SET what = what || char(0) || 'x' WHERE id = 4",
        "UPDATE deed SET casefile = 77 WHERE id = 4",
        "UPDATE deed SET what = 'case.sTate' WHERE id = 4",
        "UPDATE deed SET detail = 'new > waiting' WHERE id = 4",
        "UPDATE deed SET detail = 'new > closed' WHERE id = 4",
        "UPDATE deed SET what = 'case.stat', detail = 'enew > working' WHERE id = 4",
        "UPDATE deed SET hash = zeroblob(32) WHERE id = 4",
        "UPDATE deed SET hash = x'00' WHERE id = 4",
        "UPDATE deed SET hash = (SELECT hash FROM deed WHERE id = 6) WHERE id = 4",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        office_run(&office, "SAVEPOINT a");
        office_run(&office, changes[i]);
        struct deeds_proof proof = proof_of(NULL);
        if (proof.found != DEEDS_BROKEN || proof.broken_at != 4)
            fail_msg("not seen: %s", changes[i]);
        assert_int_equal(proof.entries, 3);
        office_run(&office, "ROLLBACK TO a; RELEASE a");
    }
    assert_int_equal(proof_of(NULL).found, DEEDS_WHOLE);
}

static void an_entry_removed_or_moved_breaks_the_chain(void **state)
{
    (void)state;
    office_run(&office, "SAVEPOINT a; DELETE FROM deed WHERE id = 5");
    assert_int_equal(proof_of(NULL).broken_at, 6);
    office_run(&office, "UPDATE deed SET id = id - 1 WHERE id > 5"); /* nor when the gap is closed */
    assert_int_equal(proof_of(NULL).broken_at, 5);
    office_run(&office, "ROLLBACK TO a; DELETE FROM deed WHERE id = 1");
    assert_int_equal(proof_of(NULL).broken_at, 2);
    office_run(&office,
               "ROLLBACK TO a; UPDATE deed SET id = 99 WHERE id = 5; UPDATE deed SET id = 5 WHERE id = 6;"
               " UPDATE deed SET id = 6 WHERE id = 99");
    assert_int_equal(proof_of(NULL).broken_at, 5);
    office_run(&office, "ROLLBACK TO a; RELEASE a");
}

static void an_entry_put_in_breaks_the_chain(void **state)
{
    (void)state;
    office_run(
        &office,
        "INSERT INTO deed SELECT 100, at_s, staff, what, casefile, detail, hash FROM deed WHERE id = 9");
    assert_int_equal(proof_of(NULL).broken_at, 100);
    office_run(&office, "UPDATE deed SET id = 0 WHERE id = 100");
    assert_int_equal(proof_of(NULL).broken_at, 0);
}

static void entries_cut_off_the_end_are_seen_by_who_kept_an_earlier_head(void **state)
{
    (void)state;
    struct deeds_proof before = proof_of(NULL);
    office_run(&office, "DELETE FROM deed WHERE id > 7");
    struct deeds_proof after = proof_of(before.head);
    assert_int_equal(after.found, DEEDS_WHOLE);
    assert_false(after.knows);
    add(1, "case.taken", 8, ""); /* nor do others in their place make it good */
    add(1, "case.taken", 9, "");
    assert_false(proof_of(before.head).knows);
}

static void nobody_without_the_ledgers_key_can_make_a_chain(void **state)
{
    (void)state;
    office.ledger->key[0] ^= 1;
    assert_int_equal(proof_of(NULL).broken_at, 1);
    office.ledger->key[0] ^= 1;
    assert_int_equal(proof_of(NULL).found, DEEDS_WHOLE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_chain_that_nobody_touched_is_whole),
        TEST(an_empty_chain_is_whole_too),
        TEST(an_entry_changed_in_any_column_breaks_the_chain_there),
        TEST(an_entry_removed_or_moved_breaks_the_chain),
        TEST(an_entry_put_in_breaks_the_chain),
        TEST(entries_cut_off_the_end_are_seen_by_who_kept_an_earlier_head),
        TEST(nobody_without_the_ledgers_key_can_make_a_chain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "office.h"
#include "base/memory.h"
#include "cases/deeds.h"
#include "cases/taker.h"
#include <pthread.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

enum { THREADS = 16, EACH = 40, BIG = 600 << 10 };

static struct office office;
static char big[BIG];

/* What the n-th reporter sends: made of the number, so that the same is sent by whoever has it. */
struct sent {
    struct case_intake intake;
    struct receipt receipt;
    struct case_attachment attachment;
};

static void make(struct sent *sent, unsigned number, size_t attached)
{
    unsigned char page[32] = "page";
    memcpy(page + 8, &number, sizeof number);
    *sent = (struct sent){.receipt = receipt_make(office.ledger, page),
                          .attachment = {.name = "写し.txt", .bytes = big, .length = attached}};
    sent->intake =
        (struct case_intake){.kind = number % CASE_KINDS,
                             .channel = CASE_WEB,
                             .language = "ja",
                             .receipt = &sent->receipt,
                             .told = json_pack("{s:s, s:i}", "what", "見知らぬメール", "n", (int)number),
                             .attachments = &sent->attachment,
                             .attachments_count = attached > 0,
                             .at_s = 1320710400};
    casefile_once(office.ledger, page, sizeof page, sent->intake.once);
}

static bool take(struct taker *taker, unsigned number, size_t attached, enum case_taken *taken, int64_t *id,
                 struct fault *fault)
{
    struct sent sent;
    make(&sent, number, attached);
    bool well = taker_take(taker, &sent.intake, taken, id, fault);
    json_decref(sent.intake.told);
    return well;
}

/* The case that this reporter's receipt opens: its number, 0 where there is none. */
static int64_t found_by_receipt(struct ledger *ledger, unsigned number)
{
    struct fault fault;
    struct sent sent;
    struct casefile file;
    enum case_found found;
    struct seal_pair own;
    make(&sent, number, 0);
    OFFICE_OK(casefile_by_receipt(ledger, &sent.receipt, &file, &found, &fault));
    json_decref(sent.intake.told);
    if (found == CASE_NONE)
        return 0;
    receipt_pair(&sent.receipt, &own);
    json_t *told = casefile_told(ledger, &file, &own, true, &fault);
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(json_array_get(told, 0), "fields"), "n")), number);
    json_decref(told);
    return file.id;
}

static int setup(void **state)
{
    struct fault fault;
    office_open(&office);
    *state = taker_new(office.path, &fault);
    OFFICE_OK(*state != NULL);
    return 0;
}

static int teardown(void **state)
{
    taker_free(*state);
    office_close(&office);
    return 0;
}

static void a_case_taken_twice_is_taken_once(void **state)
{
    struct fault fault;
    enum case_taken taken;
    int64_t first, again;
    OFFICE_OK(take(*state, 7, 100, &taken, &first, &fault));
    assert_int_equal(taken, CASE_TAKEN);
    OFFICE_OK(take(*state, 7, 100, &taken, &again, &fault));
    assert_int_equal(taken, CASE_KNOWN);
    assert_int_equal(again, first);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM casefile"), 1);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 1);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM attachment"), 1);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM deed"), 1);
    assert_int_equal(found_by_receipt(office.ledger, 7), first);
}

/* What a transaction writes is on the disk when it is over (sqlite.org/pragma.html#pragma_synchronous: FULL
 * in a log that is written ahead). */
static void what_the_desk_shares_is_synced_with_each_transaction(void **state)
{
    (void)state;
    struct fault fault;
    struct office other = office;
    other.ledger = ledger_open(office.path, LEDGER_SHARE, &fault);
    OFFICE_OK(other.ledger != NULL);
    assert_int_equal(office_number(&other, "PRAGMA synchronous"), 2);
    assert_int_equal(office_number(&other, "PRAGMA secure_delete"), 1);
    char *mode = office_lines(&other, "PRAGMA journal_mode");
    assert_string_equal(mode, "wal\n");
    free(mode);
    ledger_free(other.ledger);
}

struct thread {
    pthread_t thread;
    struct taker *taker;
    unsigned first;
    unsigned taken, known, failed;
};

/* Half of what each thread sends, the next one sends too. */
static void *send(void *context)
{
    struct thread *thread = context;
    for (unsigned i = 0; i < EACH; i++) {
        struct fault fault;
        enum case_taken taken;
        int64_t id;
        if (!take(thread->taker, thread->first + i, i % 8 == 0 ? 5000 : 0, &taken, &id, &fault))
            thread->failed++;
        else if (taken == CASE_TAKEN)
            thread->taken++;
        else
            thread->known++;
    }
    return NULL;
}

static struct thread send_from_threads(struct taker *taker)
{
    struct thread threads[THREADS], all = {0};
    for (unsigned i = 0; i < THREADS; i++) {
        threads[i] = (struct thread){.taker = taker, .first = i * EACH / 2};
        assert_int_equal(pthread_create(&threads[i].thread, NULL, send, &threads[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(threads[i].thread, NULL);
        all.taken += threads[i].taken;
        all.known += threads[i].known;
        all.failed += threads[i].failed;
    }
    return all;
}

static void threads_that_take_at_once_lose_nothing_and_take_nothing_twice(void **state)
{
    struct thread all = send_from_threads(*state);
    enum { DIFFERENT = (THREADS + 1) * EACH / 2 };
    assert_int_equal(all.failed, 0);
    assert_int_equal(all.taken, DIFFERENT);
    assert_int_equal(all.known, THREADS * EACH - DIFFERENT);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM casefile"), DIFFERENT);
    for (unsigned i = 0; i < DIFFERENT; i++)
        assert_true(found_by_receipt(office.ledger, i) > 0);
    struct fault fault;
    struct deeds_proof proof;
    OFFICE_OK(deeds_verify(office.ledger, NULL, &proof, &fault));
    assert_int_equal(proof.found, DEEDS_WHOLE);
    assert_int_equal(proof.entries, DIFFERENT);
}

/* The parts of one transaction need not agree: one that breaks a rule leaves the others. */
static void a_case_that_cannot_be_taken_fails_alone(void **state)
{
    struct fault fault = {""};
    enum case_taken taken;
    int64_t id;
    office_run(
        &office,
        "CREATE TRIGGER no BEFORE INSERT ON deed WHEN (SELECT kind FROM casefile WHERE id = NEW.casefile)"
        " = 'access' BEGIN SELECT raise(ABORT, 'not this one'); END");
    struct thread all = send_from_threads(*state);
    enum { DIFFERENT = (THREADS + 1) * EACH / 2 };
    assert_int_equal(all.taken, DIFFERENT - (DIFFERENT + 1) / 3); /* every third is CASE_ACCESS */
    assert_true(all.failed > 0);
    assert_false(take(*state, 1, 0, &taken, &id, &fault)); /* 1 % 3 is CASE_ACCESS */
    assert_non_null(strstr(fault.text, "not this one"));
    assert_int_equal(office_number(&office, "SELECT count(*) FROM casefile WHERE kind = 'access'"), 0);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), all.taken);
    office_run(&office, "DROP TRIGGER no");
    OFFICE_OK(take(*state, 1, 0, &taken, &id, &fault));
    assert_int_equal(taken, CASE_TAKEN);
}

static void a_desk_without_a_key_says_so_and_takes_in_once_it_has_one(void **state)
{
    struct fault fault;
    enum case_taken taken;
    int64_t id;
    office_run(&office, "CREATE TABLE kept AS SELECT * FROM desk_key; DELETE FROM desk_key");
    assert_false(take(*state, 1, 0, &taken, &id, &fault));
    assert_non_null(strstr(fault.text, "no key yet"));
    office_run(&office, "INSERT INTO desk_key SELECT * FROM kept; DROP TABLE kept");
    OFFICE_OK(take(*state, 1, 0, &taken, &id, &fault));
    assert_true(found_by_receipt(office.ledger, 1) > 0);
}

static void what_is_taken_after_the_desks_key_changed_is_sealed_to_the_new_one(void **state)
{
    struct fault fault;
    enum case_taken taken;
    enum case_found found;
    struct casefile file;
    struct seal_key key;
    int64_t id;
    OFFICE_OK(take(*state, 1, 0, &taken, &id, &fault));
    struct seal_pair before = office.desk;
    seal_pair_make(&office.desk);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement =
        records_prepare(office.ledger->records, "UPDATE desk_key SET public = ?1", &fault);
    sqlite3_bind_blob(statement, 1, office.desk.public.bytes, sizeof office.desk.public.bytes, SQLITE_STATIC);
    OFFICE_OK(records_do(statement, &fault));
    OFFICE_OK(take(*state, 2, 0, &taken, &id, &fault));
    OFFICE_OK(casefile_read(office.ledger, id, &file, &found, &fault));
    assert_false(casefile_key(&file, &before, &key));
    assert_true(casefile_key(&file, &office.desk, &key));
}

/* A disk of 8 MB, most of it full. */
static void a_full_disk_is_told_to_each_and_loses_nothing_that_was_taken(void **state)
{
    (void)state;
    struct fault fault;
    struct office usual = office;
    char path[sizeof office.folder + 16], ledger[sizeof path + 16];
    snprintf(path, sizeof path, "%s/small", office.folder);
    snprintf(ledger, sizeof ledger, "%s/ledger", path);
    assert_int_equal(mkdir(path, 0700), 0);
    /* in a view of its own, so that it is gone with this program however it ends */
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", path, "tmpfs", 0, "size=8m,mode=700") != 0)
        skip(); /* nobody but root can */
    OFFICE_OK(ledger_make(ledger, "Asia/Tokyo", "ja", &fault));
    office.ledger = ledger_open(ledger, LEDGER_WRITE, &fault);
    OFFICE_OK(office.ledger != NULL);
    OFFICE_OK(records_run(office.ledger->records,
                          "INSERT INTO desk_key VALUES (1, randomblob(32), x'00', x'00')", &fault));
    struct taker *taker = taker_new(ledger, &fault);
    OFFICE_OK(taker != NULL);

    unsigned taken_numbers[64], count = 0, refused = 0;
    enum case_taken taken;
    int64_t id;
    for (unsigned i = 0; i < 32; i++)
        if (take(taker, i, BIG, &taken, &id, &fault))
            taken_numbers[count++] = i;
        else {
            assert_non_null(strstr(fault.text, "full"));
            refused++;
        }
    assert_true(count > 0 && refused > 0);
    /* many at once, large and small */
    struct thread all = send_from_threads(taker);
    assert_int_equal(all.taken + all.known + all.failed, THREADS * EACH);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM casefile"), all.taken + count);
    for (unsigned i = 0; i < count; i++)
        assert_true(found_by_receipt(office.ledger, taken_numbers[i]) > 0);
    char *said = office_lines(&office, "PRAGMA integrity_check");
    assert_string_equal(said, "ok\n");
    free(said);

    /* with room again it goes on */
    assert_int_equal(mount("tmpfs", path, "tmpfs", MS_REMOUNT, "size=64m"), 0);
    OFFICE_OK(take(taker, 5000, BIG, &taken, &id, &fault));
    all = send_from_threads(taker);
    assert_int_equal(all.failed, 0);
    struct deeds_proof proof;
    OFFICE_OK(deeds_verify(office.ledger, NULL, &proof, &fault));
    assert_int_equal(proof.found, DEEDS_WHOLE);
    assert_int_equal(proof.entries, office_number(&office, "SELECT count(*) FROM casefile"));
    taker_free(taker);
    ledger_free(office.ledger);
    office = usual;
    assert_int_equal(umount2(path, MNT_DETACH), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_case_taken_twice_is_taken_once),
        TEST(what_the_desk_shares_is_synced_with_each_transaction),
        TEST(threads_that_take_at_once_lose_nothing_and_take_nothing_twice),
        TEST(a_case_that_cannot_be_taken_fails_alone),
        TEST(a_desk_without_a_key_says_so_and_takes_in_once_it_has_one),
        TEST(what_is_taken_after_the_desks_key_changed_is_sealed_to_the_new_one),
        TEST(a_full_disk_is_told_to_each_and_loses_nothing_that_was_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "base/memory.h"
#include "ledger/records.h"
#include "ledger/spool.h"
#include "ledger/summary.h"
#include "made.h"
#include <sys/wait.h>

static struct made made;
static struct made_capture one, two, three, all;

static int open_made(void **state)
{
    (void)state;
    made_open(&made, "ledger");
    all.count = 0;
    return 0;
}

static int close_made(void **state)
{
    (void)state;
    made_close(&made);
    return 0;
}

static void assert_nothing_is_left_to_do(void)
{
    assert_int_equal(made_entries(&made, "spool"), 0);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM sighting_file WHERE placed = 0"), 0);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM summary_due"), 0);
    assert_int_equal(made_entries(&made, "summary"),
                     made_number(&made, "SELECT count(DISTINCT day) FROM sighting_file"));
}

static void test_a_capture_is_read_back_row_for_row(void **state)
{
    (void)state;
    made_capture(&made, &one, 4000);
    made_store(&made, &one);
    made_count(&all, &one);
    assert_true(all.count > 1000);
    made_assert_counted(&made, &all);
    assert_nothing_is_left_to_do();
}

static void test_captures_that_hold_the_same_keys_are_merged(void **state)
{
    (void)state;
    struct made_capture *captures[] = {&one, &two, &three};
    for (size_t i = 0; i < 3; i++) {
        made_capture(&made, captures[i], 1500);
        made_store(&made, captures[i]);
        made_count(&all, captures[i]);
    }
    assert_true(all.count < one.count + two.count + three.count);
    made_assert_counted(&made, &all);
    assert_nothing_is_left_to_do();
}

static void test_a_day_in_one_file_lies_beside_a_day_in_many(void **state)
{
    (void)state;
    made_capture(&made, &one, 900);
    made_capture(&made, &two, 900);
    for (size_t i = 0; i < two.count; i++)
        if (two.rows[i].day != MADE_FIRST_DAY) {
            two.count = i;
            break;
        }
    made_store(&made, &one);
    made_store(&made, &two);
    made_count(&all, &one);
    made_count(&all, &two);
    made_assert_counted(&made, &all);
}

static void test_a_summary_that_is_gone_is_summed_anew(void **state)
{
    (void)state;
    made_capture(&made, &one, 1000);
    made_store(&made, &one);
    made_count(&all, &one);
    OWNED_MEMORY char *path = ledger_path(made.ledger, "summary/day=2011-11-04.parquet");
    assert_int_equal(unlink(path), 0);
    made_assert_counted(&made, &all);
    made_reopen(&made);
}

static void test_the_same_content_counts_once(void **state)
{
    (void)state;
    struct fault fault;
    enum sightings_stored stored;
    made_capture(&made, &one, 1000);
    made_store(&made, &one);
    made_count(&all, &one);
    made_capture(&made, &two, 1000);
    MADE_OK(sightings_store(made.ledger, &made.points, one.content, "another-name.pcap", made_stream(&two),
                            &stored, &fault));
    assert_int_equal(stored, SIGHTINGS_KNOWN);
    assert_int_equal(two.given, 0);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM intake"), 1);
    made_assert_counted(&made, &all);
}

static void test_a_capture_without_a_sighting_is_known_too(void **state)
{
    (void)state;
    struct fault fault;
    enum sightings_stored stored;
    made_capture(&made, &one, 0);
    made_store(&made, &one);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM intake WHERE kind = 'capture' AND rows = 0"),
                     1);
    MADE_OK(sightings_store(made.ledger, &made.points, one.content, "x", made_stream(&one), &stored, &fault));
    assert_int_equal(stored, SIGHTINGS_KNOWN);
    made_assert_counted(&made, &all);
    assert_nothing_is_left_to_do();
}

static void assert_refused(void)
{
    struct fault fault = {""};
    enum sightings_stored stored;
    assert_false(sightings_store(made.ledger, &made.points, one.content, "bad.pcap", made_stream(&one),
                                 &stored, &fault));
    assert_non_null(strstr(fault.text, "bad.pcap"));
    assert_int_equal(made_entries(&made, "spool"), 0);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM intake"), 0);
    made_assert_counted(&made, &all);
}

static void test_a_stream_that_breaks_its_promise_leaves_nothing(void **state)
{
    (void)state;
    made_capture(&made, &one, 1000);
    struct sighting last = one.rows[one.count - 1];
    one.rows[one.count - 1] = one.rows[one.count - 2]; /* the same key twice */
    assert_refused();
    one.rows[one.count - 1] = last;
    one.rows[one.count - 1].point = MADE_POINTS; /* no such point */
    assert_refused();
    one.rows[one.count - 1] = last;
    one.rows[one.count - 1].last_s = last.first_s - 1;
    assert_refused();
    one.rows[one.count - 1] = last;
    one.rows[one.count - 1].day = MADE_FIRST_DAY; /* a day that was written already */
    assert_refused();
}

static void test_a_spool_that_cannot_be_written_leaves_nothing(void **state)
{
    (void)state;
    struct fault fault;
    OWNED_MEMORY char *spool = ledger_path(made.ledger, "spool");
    made_capture(&made, &one, 100);
    MADE_OK(file_remove_tree(spool, &fault));
    MADE_OK(file_write(spool, "", 0, &fault));
    enum sightings_stored stored;
    assert_false(
        sightings_store(made.ledger, &made.points, one.content, "x", made_stream(&one), &stored, &fault));
    assert_int_equal(made_number(&made, "SELECT count(*) FROM intake"), 0);
    assert_int_equal(unlink(spool), 0);
}

/* Each step of sightings_store, the writer being killed after it. */
enum step {
    STEP_SPOOLED,
    STEP_COMMITTED,
    STEP_MOVED_SOME,
    STEP_MOVED_ALL,
    STEP_PLACED,
    STEP_SUMMED_SOME,
    STEPS
};

static void move(const struct manifest_file *file)
{
    struct fault fault;
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, file->day);
    OWNED_MEMORY char *from = spool_path(made.ledger, file);
    OWNED_MEMORY char *to = spool_placed_path(made.ledger, file);
    OWNED_MEMORY char *folder = ledger_path(made.ledger, "sightings/day=%s", day);
    MADE_OK(file_make_folder(folder, &fault) && file_rename(from, to, &fault));
}

static void store_until(struct made_capture *capture, enum step step)
{
    struct fault fault;
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    MADE_OK(spool_write(made.ledger, &made.points, capture->content, made_stream(capture), &files, &fault));
    assert_int_equal(files.count, MADE_DAYS);
    if (step >= STEP_COMMITTED)
        MADE_OK(manifest_commit(made.ledger, capture->content, "x", &files, &fault));
    for (size_t i = 0; i < (step == STEP_MOVED_SOME ? 1 : step == STEP_MOVED_ALL ? files.count : 0); i++)
        move(&files.items[i]);
    if (step >= STEP_PLACED)
        MADE_OK(spool_place(made.ledger, &fault));
    if (step == STEP_SUMMED_SOME) { /* one summary is new, and was not yet said to be */
        MADE_OK(summary_make_due(made.ledger, &fault));
        MADE_OK(records_run(made.ledger->records, "INSERT INTO summary_due VALUES (15281), (15282)", &fault));
        OWNED_MEMORY char *path = ledger_path(made.ledger, "summary/day=2011-11-04.parquet");
        MADE_OK(file_write(path, "cut sho", 7, &fault));
    }
}

static void test_a_writer_killed_after_any_step_leaves_none_or_all(void **state)
{
    (void)state;
    made_capture(&made, &one, 700);
    made_store(&made, &one);
    made_count(&all, &one);
    for (enum step step = STEP_SPOOLED; step < STEPS; step++) {
        made_capture(&made, &two, 700);
        store_until(&two, step);
        if (step >= STEP_COMMITTED)
            made_count(&all, &two);
        made_assert_counted(&made, &all); /* before the next writer mends it ... */
        made_reopen(&made);
        made_assert_counted(&made, &all); /* ... and after */
        assert_nothing_is_left_to_do();
    }
}

static void test_a_writer_killed_before_the_commit_may_start_again(void **state)
{
    (void)state;
    made_capture(&made, &one, 700);
    store_until(&one, STEP_SPOOLED);
    made_store(&made, &one);
    made_count(&all, &one);
    made_assert_counted(&made, &all);
}

static void test_a_reader_goes_on_with_what_it_saw(void **state)
{
    (void)state;
    static const char sums[] =
        "SELECT concat_ws(' ', count(*), sum(accesses), (SELECT sum(accesses) FROM summary),"
        " (SELECT sum(sources) FROM summary)) FROM sighting";
    struct fault fault;
    made_capture(&made, &one, 700);
    made_capture(&made, &two, 700);
    made_capture(&made, &three, 700);
    made_store(&made, &one);
    store_until(&two, STEP_COMMITTED);
    OWNED(ledger_free) struct ledger *ledger = ledger_open(made.path, LEDGER_READ, &fault);
    OWNED(tables_free) struct tables *tables = tables_open(ledger, &fault);
    MADE_OK(tables != NULL);
    OWNED_MEMORY char *before = made_lines(tables, sums);
    made_reopen(&made); /* places and sums what was committed */
    made_store(&made, &three);
    OWNED_MEMORY char *after = made_lines(tables, sums);
    assert_string_equal(before, after);
    OWNED(tables_free) struct tables *now = tables_open(ledger, &fault);
    OWNED_MEMORY char *later = made_lines(now, sums);
    assert_string_not_equal(before, later);
}

static char *summary_bytes(void)
{
    struct fault fault;
    struct text text;
    text_init(&text, 1 << 20);
    OWNED_MEMORY char *path = ledger_path(made.ledger, "summary/day=2011-11-03.parquet");
    MADE_OK(file_read(path, &text, &fault));
    char *hex = memory_new(text.length + 1, 2);
    for (size_t i = 0; i < text.length; i++)
        snprintf(hex + 2 * i, 3, "%02x", (unsigned char)text.bytes[i]);
    text_clear(&text);
    return hex;
}

static void test_the_order_of_captures_does_not_show_in_the_summary(void **state)
{
    (void)state;
    made_capture(&made, &one, 2000);
    made_capture(&made, &two, 2000);
    made_store(&made, &one);
    made_store(&made, &two);
    OWNED_MEMORY char *forward = summary_bytes();
    made_close(&made);
    made_open(&made, "ledger");
    made_store(&made, &two);
    made_store(&made, &one);
    OWNED_MEMORY char *backward = summary_bytes();
    assert_string_equal(forward, backward);
}

static void test_many_points_are_told_apart(void **state)
{
    (void)state;
    struct fault fault;
    for (unsigned i = 0; i < 300; i++) { /* more than a byte counts */
        char name[16];
        snprintf(name, sizeof name, "q%03u", i);
        struct network network = {address_from_ipv4(0xc6336400 + i), 128};
        MADE_OK(points_add(made.ledger, name, &network, 1, INT32_MIN, INT32_MAX, &fault));
    }
    points_clear(&made.points);
    MADE_OK(points_load(made.ledger, &made.points, &fault));
    one.count = made.points.count;
    for (size_t i = 0; i < one.count; i++)
        one.rows[i] = (struct sighting){
            .source = address_from_ipv4(1), .accesses = i + 1, .day = MADE_FIRST_DAY, .point = (uint16_t)i};
    made_store(&made, &one);
    OWNED(tables_free) struct tables *tables = tables_open(made.ledger, &fault);
    OWNED_MEMORY char *lines = made_lines(tables, "SELECT concat_ws(' ', point, accesses) FROM sighting "
                                                  "WHERE accesses IN (1, 256, 257, 303) ORDER BY accesses");
    assert_string_equal(lines, "p0 1\nq252 256\nq253 257\nq299 303\n");
}

enum { BESIDE_CAPTURES = 12, BESIDE_ACCESSES = 1000000 };

/* Stores captures of so many accesses each, in a process of its own. */
static void write_beside(void)
{
    made.ledger = NULL;
    made_reopen(&made);
    for (int i = 0; i < BESIDE_CAPTURES; i++) {
        uint64_t accesses = 0;
        made_capture(&made, &one, 300);
        for (size_t row = 1; row < one.count; row++)
            accesses += one.rows[row].accesses;
        one.rows[0].accesses = BESIDE_ACCESSES - accesses;
        made_store(&made, &one);
    }
    ledger_free(made.ledger);
    _exit(0);
}

static void test_a_reader_beside_a_writer_sees_whole_captures(void **state)
{
    (void)state;
    static const char sql[] = "SELECT concat_ws(' ', (SELECT coalesce(sum(accesses), 0) FROM sighting),"
                              " (SELECT coalesce(sum(accesses), 0) FROM summary))";
    struct fault fault;
    ledger_free(made.ledger);
    made.ledger = NULL;
    pid_t writer = fork();
    assert_true(writer >= 0);
    if (writer == 0)
        write_beside();
    OWNED(ledger_free) struct ledger *ledger = ledger_open(made.path, LEDGER_READ, &fault);
    MADE_OK(ledger != NULL);
    uint64_t sightings = 0, summary, before = 0;
    int status = 0;
    for (bool running = true; running; before = sightings) {
        running = waitpid(writer, &status, WNOHANG) == 0;
        OWNED(tables_free) struct tables *tables = tables_open(ledger, &fault);
        MADE_OK(tables != NULL);
        OWNED_MEMORY char *line = made_lines(tables, sql);
        assert_int_equal(sscanf(line, "%ju %ju", &sightings, &summary), 2);
        assert_int_equal(sightings, summary);
        assert_int_equal(sightings % BESIDE_ACCESSES, 0);
        assert_true(sightings >= before);
    }
    assert_int_equal(status, 0);
    assert_int_equal(sightings, (uint64_t)BESIDE_CAPTURES * BESIDE_ACCESSES);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_made, close_made)
    const struct CMUnitTest tests[] = {
        TEST(test_a_capture_is_read_back_row_for_row),
        TEST(test_captures_that_hold_the_same_keys_are_merged),
        TEST(test_a_day_in_one_file_lies_beside_a_day_in_many),
        TEST(test_a_summary_that_is_gone_is_summed_anew),
        TEST(test_the_same_content_counts_once),
        TEST(test_a_capture_without_a_sighting_is_known_too),
        TEST(test_a_stream_that_breaks_its_promise_leaves_nothing),
        TEST(test_a_spool_that_cannot_be_written_leaves_nothing),
        TEST(test_a_writer_killed_after_any_step_leaves_none_or_all),
        TEST(test_a_writer_killed_before_the_commit_may_start_again),
        TEST(test_a_reader_goes_on_with_what_it_saw),
        TEST(test_a_reader_beside_a_writer_sees_whole_captures),
        TEST(test_the_order_of_captures_does_not_show_in_the_summary),
        TEST(test_many_points_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

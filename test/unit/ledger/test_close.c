#include "base/memory.h"
#include "ledger/close.h"
#include "ledger/examine.h"
#include "ledger/records.h"
#include "ledger/spool.h"
#include "ledger/summary.h"
#include "made.h"
#include <fcntl.h>

enum { MANY = 75 /* more than twice what is merged at once */, FEW_ROWS = 40 };

static struct made made;
static struct made_capture one, two, all;

static int open_made(void **state)
{
    (void)state;
    made_open(&made, "a * ledger");
    all.count = 0;
    return 0;
}

static int close_made(void **state)
{
    (void)state;
    made_close(&made);
    return 0;
}

static void assert_all_is_well(void)
{
    struct fault fault;
    CLEANUP(examination_clear) struct examination found;
    MADE_OK(examine(made.ledger, &found, &fault));
    for (size_t i = 0; i < found.count; i++)
        print_message("'%s': %s\n", found.findings[i].subject, found.findings[i].seen);
    assert_int_equal(found.count, 0);
}

static void assert_each_day_is_one_file(void)
{
    char folder[64], day[CALENDAR_DAY_SIZE];
    for (int32_t i = 0; i < MADE_DAYS; i++) {
        calendar_day_text(day, MADE_FIRST_DAY + i);
        snprintf(folder, sizeof folder, "sightings/day=%s", day);
        assert_int_equal(made_entries(&made, folder), 1);
    }
    assert_int_equal(made_number(&made, "SELECT count(*) FROM sighting_file"), MADE_DAYS);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM sighting_gone"), 0);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM summary_due"), 0);
    assert_int_equal(made_entries(&made, "spool"), 0);
}

/* As made_store(), and nobody closes the days. */
static void store_open(struct made_capture *capture)
{
    struct fault fault;
    enum sightings_stored stored;
    MADE_OK(sightings_store(made.ledger, &made.points, capture->content, "made.pcap", made_stream(capture),
                            &stored, &fault));
    made_count(&all, capture);
}

static void a_day_in_many_files_becomes_one_that_says_the_same(void **state)
{
    (void)state;
    made_capture(&made, &one, 900);
    store_open(&one);
    made_capture(&made, &two, 900);
    store_open(&two);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM sighting_file"), 2 * MADE_DAYS);
    made_assert_counted(&made, &all);
    sightings_settle(made.ledger);
    assert_each_day_is_one_file();
    made_assert_counted(&made, &all);
    assert_all_is_well();
}

static int compare_rows(const void *a, const void *b)
{
    return sighting_compare(a, b);
}

/* The bytes of each day's one file, one after another. */
static void read_days(struct text *bytes)
{
    struct fault fault;
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    text_init(bytes, 64 << 20);
    MADE_OK(manifest_all(made.ledger, &files, &fault));
    for (size_t i = 0; i < files.count; i++) {
        OWNED_MEMORY char *path = spool_placed_path(made.ledger, &files.items[i]);
        CLEANUP(text_clear) struct text one_file;
        text_init(&one_file, 16 << 20);
        MADE_OK(file_read(path, &one_file, &fault));
        text_add(bytes, one_file.bytes, one_file.length);
    }
}

static void more_files_than_are_merged_at_once_become_the_bytes_of_one_capture(void **state)
{
    (void)state;
    struct text many, whole;
    for (int i = 0; i < MANY; i++) {
        made_capture(&made, &one, FEW_ROWS);
        store_open(&one);
    }
    sightings_settle(made.ledger);
    assert_each_day_is_one_file();
    made_assert_counted(&made, &all);
    read_days(&many);
    made_close(&made);
    made_open(&made, "another");
    qsort(all.rows, all.count, sizeof *all.rows, compare_rows);
    made_store(&made, &all);
    read_days(&whole);
    assert_int_equal(many.length, whole.length);
    assert_memory_equal(many.bytes, whole.bytes, many.length);
    text_clear(&many);
    text_clear(&whole);
}

static void a_file_that_cannot_be_read_keeps_its_day_open_and_no_other(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    made_capture(&made, &one, 600);
    store_open(&one);
    made_capture(&made, &two, 600);
    store_open(&two);
    MADE_OK(manifest_all(made.ledger, &files, &fault));
    OWNED_MEMORY char *path = spool_placed_path(made.ledger, &files.items[0]);
    assert_int_equal(truncate(path, 100), 0);
    assert_false(close_days(made.ledger, &fault));
    assert_non_null(strstr(fault.text, files.items[0].content));
    assert_int_equal(made_number(&made, "SELECT count(*) FROM sighting_file WHERE day = 15281"), 2);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM sighting_file WHERE day > 15281"),
                     MADE_DAYS - 1);
    assert_int_equal(made_entries(&made, "spool"), 0);
}

static void a_day_that_cannot_be_summed_keeps_nobody_from_writing(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    CLEANUP(examination_clear) struct examination found;
    made_capture(&made, &one, 600);
    store_open(&one);
    MADE_OK(manifest_all(made.ledger, &files, &fault));
    OWNED_MEMORY char *path = spool_placed_path(made.ledger, &files.items[0]);
    MADE_OK(records_run(made.ledger->records, "INSERT OR IGNORE INTO summary_due VALUES (15281)", &fault));
    assert_int_equal(truncate(path, 100), 0);
    made_reopen(&made);
    made_capture(&made, &two, 600);
    store_open(&two);
    MADE_OK(examine(made.ledger, &found, &fault));
    assert_int_equal(found.count, 1);
    assert_int_equal(found.findings[0].id, EXAMINE_DAMAGED);
}

/* Each step of close_days(), the writer being killed after it. */
enum step { STEP_WRITTEN, STEP_SWAPPED, STEP_PLACED, STEP_REMOVED_SOME, STEPS };

static void close_first_day_until(enum step step)
{
    struct fault fault;
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    CLEANUP(manifest_files_clear) struct manifest_files whole = {NULL, 0};
    static struct made_capture day;
    MADE_OK(manifest_all(made.ledger, &files, &fault));
    while (files.items[files.count - 1].day != MADE_FIRST_DAY)
        files.count--;
    assert_true(files.count > 1);
    qsort(all.rows, all.count, sizeof *all.rows, compare_rows);
    for (day.count = 0; all.rows[day.count].day == MADE_FIRST_DAY; day.count++)
        day.rows[day.count] = all.rows[day.count];
    const struct content name = {{0xc1, (unsigned char)step}};
    MADE_OK(spool_write_whole(made.ledger, &made.points, name, made_stream(&day), &whole, &fault));
    if (step >= STEP_SWAPPED)
        MADE_OK(manifest_swap(made.ledger, &files, &whole.items[0], &fault));
    if (step >= STEP_PLACED)
        MADE_OK(spool_place(made.ledger, &fault));
    OWNED_MEMORY char *path = spool_placed_path(made.ledger, &files.items[0]);
    if (step >= STEP_REMOVED_SOME)
        assert_int_equal(unlink(path), 0);
}

static void a_closer_killed_after_any_step_leaves_the_day_as_it_is(void **state)
{
    (void)state;
    for (enum step step = STEP_WRITTEN; step < STEPS; step++) {
        made_capture(&made, &one, 300);
        store_open(&one);
        made_capture(&made, &two, 300);
        store_open(&two);
        close_first_day_until(step);
        made_assert_counted(&made, &all); /* before the next writer goes on ... */
        made_reopen(&made);
        made_assert_counted(&made, &all);
        assert_int_equal(made_entries(&made, "spool"), 0);
        assert_int_equal(made_number(&made, "SELECT count(*) FROM sighting_gone"), 0);
        sightings_settle(made.ledger); /* ... and after */
        assert_each_day_is_one_file();
        made_assert_counted(&made, &all);
        assert_all_is_well();
    }
}

static void a_reader_goes_on_with_the_many_after_they_are_removed(void **state)
{
    (void)state;
    static const char sums[] = "SELECT concat_ws(' ', count(*), sum(accesses), (SELECT sum(sources) FROM"
                               " summary)) FROM sighting";
    struct fault fault;
    made_capture(&made, &one, 700);
    store_open(&one);
    made_capture(&made, &two, 700);
    store_open(&two);
    OWNED(ledger_free) struct ledger *ledger = ledger_open(made.path, LEDGER_READ, &fault);
    OWNED(tables_free) struct tables *tables = tables_open(ledger, &fault);
    MADE_OK(tables != NULL);
    OWNED_MEMORY char *before = made_lines(tables, sums);
    sightings_settle(made.ledger);
    assert_each_day_is_one_file();
    OWNED_MEMORY char *after = made_lines(tables, sums);
    assert_string_equal(before, after);
    OWNED(tables_free) struct tables *now = tables_open(ledger, &fault);
    OWNED_MEMORY char *later = made_lines(now, sums);
    assert_string_equal(before, later);
}

/* Back to how a ledger was made before days closed. */
static void make_first_format(void)
{
    static const char sql[] =
        "CREATE TABLE f (day INTEGER NOT NULL, intake INTEGER NOT NULL REFERENCES intake, file TEXT NOT NULL,"
        " rows INTEGER NOT NULL, placed INTEGER NOT NULL, PRIMARY KEY (day, file)) STRICT, WITHOUT ROWID;"
        "INSERT INTO f SELECT day, intake, file, rows, 1 FROM capture_day;"
        "DROP TABLE sighting_file; DROP TABLE capture_day; DROP TABLE sighting_gone; DROP TABLE summary_file;"
        "DROP TABLE day_held; ALTER TABLE f RENAME TO sighting_file; DELETE FROM meta WHERE name = 'changes'";
    struct fault fault;
    MADE_OK(records_run(made.ledger->records, sql, &fault));
    made_second_format(&made);
    OWNED(records_free) sqlite3 *records = NULL;
    OWNED_MEMORY char *path = NULL;
    assert_true(asprintf(&path, "%s/desk.sqlite", made.path) > 0);
    records = records_open(path, RECORDS_WRITE, &fault);
    MADE_OK(records != NULL &&
            records_run(records, "UPDATE meta SET value = '1' WHERE name = 'format'", &fault));
}

static void a_ledger_of_the_first_format_is_read_and_then_brought_up(void **state)
{
    (void)state;
    struct fault fault;
    made_capture(&made, &one, 500);
    store_open(&one);
    made_capture(&made, &two, 500);
    store_open(&two);
    MADE_OK(summary_make_due(made.ledger, &fault));
    make_first_format();
    made_assert_counted(&made, &all);
    made_reopen(&made);
    assert_int_equal(made_number(&made, "SELECT value FROM meta WHERE name = 'format'"), 3);
    made_assert_counted(&made, &all);
    assert_all_is_well();
    enum sightings_stored stored;
    MADE_OK(sightings_store(made.ledger, &made.points, one.content, "x", made_stream(&one), &stored, &fault));
    assert_int_equal(stored, SIGHTINGS_KNOWN);
    sightings_settle(made.ledger);
    assert_each_day_is_one_file();
    made_assert_counted(&made, &all);
    assert_all_is_well();
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_made, close_made)
    const struct CMUnitTest tests[] = {
        TEST(a_day_in_many_files_becomes_one_that_says_the_same),
        TEST(more_files_than_are_merged_at_once_become_the_bytes_of_one_capture),
        TEST(a_file_that_cannot_be_read_keeps_its_day_open_and_no_other),
        TEST(a_day_that_cannot_be_summed_keeps_nobody_from_writing),
        TEST(a_closer_killed_after_any_step_leaves_the_day_as_it_is),
        TEST(a_reader_goes_on_with_the_many_after_they_are_removed),
        TEST(a_ledger_of_the_first_format_is_read_and_then_brought_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

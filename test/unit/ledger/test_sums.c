#include "base/memory.h"
#include "ledger/adopt.h"
#include "ledger/daily.h"
#include "ledger/engine.h"
#include "ledger/records.h"
#include "ledger/spool.h"
#include "ledger/summary.h"
#include "made.h"

static struct made made;
static struct made_capture one, two, all;

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

static int64_t ask(struct engine *engine, const char *sql)
{
    duckdb_result result;
    if (duckdb_query(engine->connection, sql, &result) != DuckDBSuccess)
        fail_msg("%s", duckdb_result_error(&result));
    int64_t number = duckdb_value_int64(&result, 0, 0);
    duckdb_destroy_result(&result);
    return number;
}

/* Each day of `capture` in a file, and its sums in another. */
static void write_daily(struct made_capture *capture, unsigned threads, const char *suffix)
{
    struct fault fault;
    int32_t day;
    uint64_t rows, sum = 0;
    char path[128], sums_path[128];
    capture->given = 0;
    OWNED(daily_free) struct daily *daily = daily_new(&made.points, made_stream(capture), threads);
    while (daily_day(daily, &day)) {
        snprintf(path, sizeof path, "%s/%d%s", made.folder, day, suffix);
        snprintf(sums_path, sizeof sums_path, "%s/sums-%d%s", made.folder, day, suffix);
        MADE_OK(daily_write(daily, path, sums_path, &rows, &fault));
        sum += rows;
    }
    assert_int_equal(sum, capture->count);
}

static void test_sums_of_the_stream_are_those_of_sql(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(engine_close) struct engine engine = {NULL, NULL};
    MADE_OK(engine_open(&engine, "512MB", NULL, &fault));
    made_capture(&made, &one, 8000);
    write_daily(&one, 2, "");
    int64_t groups = 0;
    for (int day = MADE_FIRST_DAY; day < MADE_FIRST_DAY + MADE_DAYS; day++) {
        char sql[1024];
        snprintf(sql, sizeof sql,
                 "WITH asked AS (SELECT point, kind, protocol, port, country, sum(accesses)::BIGINT AS"
                 " accesses, count(*) AS sources FROM read_parquet('%s/%d') GROUP BY ALL), made AS"
                 " (FROM read_parquet('%s/sums-%d')) SELECT (SELECT count(*) FROM made) + 1000000 *"
                 " ((SELECT count(*) FROM (FROM made EXCEPT ALL FROM asked)) +"
                 " (SELECT count(*) FROM (FROM asked EXCEPT ALL FROM made)))",
                 made.folder, day, made.folder, day);
        int64_t found = ask(&engine, sql);
        assert_in_range(found, 1, 999999); /* more: some differ */
        groups += found;
        snprintf(sql, sizeof sql, "SELECT count(*) FROM read_parquet('%s/sums-%d') WHERE country IS NULL",
                 made.folder, day);
        assert_true(ask(&engine, sql) > 0);
    }
    assert_true(groups > 100 && groups < (int64_t)one.count);
}

static char *bytes_of(const char *prefix, int day, const char *suffix, size_t *length)
{
    struct fault fault;
    struct text text;
    char path[128];
    snprintf(path, sizeof path, "%s/%s%d%s", made.folder, prefix, day, suffix);
    text_init(&text, 64 << 20);
    MADE_OK(file_read(path, &text, &fault));
    *length = text.length;
    return text.bytes;
}

static void test_any_number_of_threads_gives_the_same_files(void **state)
{
    (void)state;
    static const char *const prefixes[] = {"", "sums-"};
    made_capture(&made, &one, 8000);
    write_daily(&one, 1, "a");
    for (unsigned threads = 2; threads <= 4; threads++) {
        write_daily(&one, threads, "b");
        for (int day = MADE_FIRST_DAY; day < MADE_FIRST_DAY + MADE_DAYS; day++)
            for (size_t i = 0; i < 2; i++) {
                size_t length, other_length;
                OWNED_MEMORY char *bytes = bytes_of(prefixes[i], day, "a", &length);
                OWNED_MEMORY char *other = bytes_of(prefixes[i], day, "b", &other_length);
                assert_int_equal(length, other_length);
                assert_memory_equal(bytes, other, length);
            }
    }
}

static void store_one(struct made_capture *capture)
{
    struct fault fault;
    enum sightings_stored stored;
    MADE_OK(sightings_store(made.ledger, &made.points, capture->content, "x", made_stream(capture), &stored,
                            &fault));
    assert_int_equal(stored, SIGHTINGS_NEW);
}

static void test_a_day_that_is_one_capture_is_summed_when_it_is_stored(void **state)
{
    (void)state;
    made_capture(&made, &one, 3000);
    store_one(&one);
    made_count(&all, &one);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM summary_due"), 0);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM summary_file"), MADE_DAYS);
    made_assert_counted(&made, &all);
    made_capture(&made, &two, 3000); /* of the same days */
    store_one(&two);
    made_count(&all, &two);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM summary_due"), MADE_DAYS);
    made_assert_counted(&made, &all);
    sightings_settle(made.ledger);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM summary_due"), 0);
    made_assert_counted(&made, &all);
}

static void test_sums_by_sql_are_the_same_bytes(void **state)
{
    (void)state;
    struct fault fault;
    struct text stream, sql;
    made_capture(&made, &one, 6000);
    store_one(&one);
    OWNED_MEMORY char *path = ledger_path(made.ledger, "summary/day=2011-11-04.parquet");
    text_init(&stream, 1 << 24);
    text_init(&sql, 1 << 24);
    MADE_OK(file_read(path, &stream, &fault));
    assert_int_equal(unlink(path), 0);
    MADE_OK(records_run(made.ledger->records, "INSERT INTO summary_due VALUES (15282)", &fault));
    sightings_settle(made.ledger);
    MADE_OK(file_read(path, &sql, &fault));
    assert_int_equal(stream.length, sql.length);
    assert_memory_equal(stream.bytes, sql.bytes, sql.length);
    text_clear(&stream);
    text_clear(&sql);
}

/* The writer is killed after each step. */
enum step { STEP_SPOOLED, STEP_COMMITTED, STEP_PLACED, STEP_ADOPTED_SOME, STEP_ADOPTED_UNTOLD, STEPS };

static void put_back(const struct manifest_file *file)
{
    struct fault fault;
    char day[CALENDAR_DAY_SIZE], sql[96];
    calendar_day_text(day, file->day);
    OWNED_MEMORY char *sums = spool_sums_path(made.ledger, file);
    OWNED_MEMORY char *summary = ledger_path(made.ledger, "summary/day=%s.parquet", day);
    MADE_OK(file_rename(summary, sums, &fault));
    snprintf(sql, sizeof sql, "INSERT INTO summary_due VALUES (%d)", file->day);
    MADE_OK(records_run(made.ledger->records, sql, &fault));
}

static void store_until(struct made_capture *capture, enum step step)
{
    struct fault fault;
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    MADE_OK(spool_write(made.ledger, &made.points, capture->content, made_stream(capture), &files, &fault));
    assert_int_equal(files.count, MADE_DAYS);
    if (step >= STEP_COMMITTED)
        MADE_OK(manifest_commit(made.ledger, capture->content, "x", &files, &fault));
    if (step >= STEP_PLACED)
        MADE_OK(spool_place(made.ledger, &fault));
    for (size_t i = step == STEP_PLACED ? 0 : 1; step >= STEP_PLACED && i < files.count; i++)
        put_back(&files.items[i]);
    if (step == STEP_ADOPTED_UNTOLD)
        MADE_OK(records_run(made.ledger->records, "INSERT INTO summary_due VALUES (15281)", &fault));
}

static void test_a_writer_killed_beside_its_sums_leaves_none_that_lies(void **state)
{
    (void)state;
    for (enum step step = STEP_SPOOLED; step < STEPS; step++) {
        if (step > STEP_SPOOLED) {
            made_close(&made);
            open_made(NULL);
        }
        made_capture(&made, &one, 900);
        store_until(&one, step);
        if (step >= STEP_COMMITTED)
            made_count(&all, &one);
        made_assert_counted(&made, &all); /* before the next writer mends it ... */
        made_reopen(&made);
        made_assert_counted(&made, &all); /* ... and after */
        assert_int_equal(made_number(&made, "SELECT count(*) FROM summary_due"), 0);
        made_capture(&made, &two, 900);
        made_store(&made, &two);
        made_count(&all, &two);
        made_assert_counted(&made, &all);
    }
}

/* Sums in the spool are only those of one capture: with another in the day they must not be taken. */
static void test_sums_of_a_part_are_not_taken_for_the_day(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0}, more = {NULL, 0};
    made_capture(&made, &one, 900);
    made_capture(&made, &two, 900);
    MADE_OK(spool_write(made.ledger, &made.points, one.content, made_stream(&one), &files, &fault));
    MADE_OK(spool_write(made.ledger, &made.points, two.content, made_stream(&two), &more, &fault));
    MADE_OK(manifest_commit(made.ledger, one.content, "x", &files, &fault));
    MADE_OK(manifest_commit(made.ledger, two.content, "y", &more, &fault));
    made_count(&all, &one);
    made_count(&all, &two);
    OWNED_MEMORY char *sums = spool_sums_path(made.ledger, &files.items[0]);
    assert_true(file_exists(sums));
    MADE_OK(spool_place(made.ledger, &fault));
    assert_true(file_exists(sums));
    assert_int_equal(made_number(&made, "SELECT count(*) FROM summary_due"), MADE_DAYS);
    made_assert_counted(&made, &all);
    made_reopen(&made);
    made_assert_counted(&made, &all);
    assert_false(file_exists(sums));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_made, close_made)
    const struct CMUnitTest tests[] = {
        TEST(test_sums_of_the_stream_are_those_of_sql),
        TEST(test_any_number_of_threads_gives_the_same_files),
        TEST(test_sums_by_sql_are_the_same_bytes),
        TEST(test_a_day_that_is_one_capture_is_summed_when_it_is_stored),
        TEST(test_a_writer_killed_beside_its_sums_leaves_none_that_lies),
        TEST(test_sums_of_a_part_are_not_taken_for_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

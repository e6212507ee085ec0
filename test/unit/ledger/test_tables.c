#include "base/memory.h"
#include "ledger/records.h"
#include "made.h"

static struct made made;
static struct made_capture one, two;

static int open_made(void **state)
{
    (void)state;
    made_open(&made, "ledger");
    return 0;
}

static int close_made(void **state)
{
    (void)state;
    made_close(&made);
    return 0;
}

static struct tables *reader(void)
{
    struct fault fault;
    struct tables *tables = tables_open(made.ledger, &fault);
    MADE_OK(tables != NULL);
    return tables;
}

static void assert_lines(const char *sql, const char *expected)
{
    OWNED(tables_free) struct tables *tables = reader();
    OWNED_MEMORY char *lines = made_lines(tables, sql);
    assert_string_equal(lines, expected);
}

static void store_rows(struct made_capture *capture, unsigned char content, const struct sighting *rows,
                       size_t count)
{
    memcpy(capture->rows, rows, count * sizeof *rows);
    capture->count = count;
    memset(&capture->content, content, sizeof capture->content);
    made_store(&made, capture);
}

static void test_the_views_have_the_columns_of_the_contract(void **state)
{
    (void)state;
    static const char sql[] =
        "SELECT table_name || '(' || string_agg(column_name || ' ' || data_type, ', ' ORDER BY column_index)"
        " || ')' FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal GROUP BY table_name ORDER "
        "BY 1";
    assert_lines(
        sql, "access_report(received_on DATE, harm VARCHAR, category VARCHAR, cause VARCHAR)\n"
             "consultation(received_on DATE, channel VARCHAR, topic VARCHAR, access VARCHAR, harm VARCHAR)\n"
             "malware_report(accepted_on DATE, detected_on DATE, reporter VARCHAR, name VARCHAR, kind "
             "VARCHAR, detections BIGINT)\n"
             "point(name VARCHAR, network VARCHAR, since DATE, until DATE)\n"
             "sighting(day DATE, point VARCHAR, kind VARCHAR, protocol VARCHAR, port INTEGER, source "
             "VARCHAR, country VARCHAR,"
             " accesses BIGINT, first_seen TIMESTAMP, last_seen TIMESTAMP)\n"
             "summary(day DATE, point VARCHAR, kind VARCHAR, protocol VARCHAR, port INTEGER, country "
             "VARCHAR, accesses BIGINT,"
             " sources BIGINT)\n");
}

static void test_the_views_have_the_same_columns_once_there_are_sightings(void **state)
{
    made_capture(&made, &one, 200);
    made_store(&made, &one);
    test_the_views_have_the_columns_of_the_contract(state);
    made_capture(&made, &one, 200);
    made_store(&made, &one);
    test_the_views_have_the_columns_of_the_contract(state);
}

static void test_addresses_of_both_families_are_written_as_text(void **state)
{
    (void)state;
    const struct sighting rows[] = {
        {.source = {0, 1}, .accesses = 1, .day = MADE_FIRST_DAY},
        {.source = address_from_ipv4(0xcb0071fe), .accesses = 1, .day = MADE_FIRST_DAY},
        {.source = {UINT64_C(0x20010db800000000), 0x10}, .accesses = 1, .day = MADE_FIRST_DAY},
        {.source = {UINT64_MAX, UINT64_MAX}, .accesses = 1, .day = MADE_FIRST_DAY},
    };
    store_rows(&one, 1, rows, 4);
    assert_lines("SELECT source FROM sighting",
                 "::1\n203.0.113.254\n2001:db8::10\nffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff\n");
}

static void test_two_files_of_a_day_merge_by_the_key(void **state)
{
    (void)state;
    const struct address a = address_from_ipv4(0xcb007101), b = address_from_ipv4(0xcb007102),
                         c = address_from_ipv4(0xcb007103);
    const struct sighting first[] = {
        {.source = a,
         .accesses = 3,
         .first_s = 1000,
         .last_s = 1500,
         .day = MADE_FIRST_DAY,
         .port = 445,
         .country = "US"},
        {.source = b,
         .accesses = 1,
         .first_s = 1,
         .last_s = 1,
         .day = MADE_FIRST_DAY,
         .port = 445,
         .country = ""},
        {.source = c,
         .accesses = 1,
         .first_s = 5,
         .last_s = 5,
         .day = MADE_FIRST_DAY,
         .port = 445,
         .country = ""},
    };
    const struct sighting second[] = {
        {.source = a,
         .accesses = 4,
         .first_s = 900,
         .last_s = 1400,
         .day = MADE_FIRST_DAY,
         .port = 445,
         .country = "CN"},
        {.source = b,
         .accesses = 1,
         .first_s = 2,
         .last_s = 9,
         .day = MADE_FIRST_DAY,
         .port = 445,
         .country = "JP"},
        {.source = c,
         .accesses = 1,
         .first_s = 4,
         .last_s = 4,
         .day = MADE_FIRST_DAY,
         .port = 445,
         .country = ""},
    };
    store_rows(&one, 1, first, 3);
    store_rows(&two, 2, second, 3);
    assert_lines(
        "SELECT concat_ws(' ', source, coalesce(country, '-'), accesses, epoch(first_seen)::INTEGER, "
        "epoch(last_seen)::INTEGER) FROM sighting ORDER BY 1",
        "203.0.113.1 CN 7 900 1500\n"
        "203.0.113.2 JP 2 1 9\n"
        "203.0.113.3 - 2 4 5\n");
    assert_lines(
        "SELECT concat_ws(' ', port, coalesce(country, '-'), accesses, sources) FROM summary ORDER BY 1",
        "445 - 2 1\n445 CN 7 1\n445 JP 2 1\n");
}

static void test_times_are_utc(void **state)
{
    (void)state;
    const struct sighting row = {.source = {0, 1},
                                 .accesses = 1,
                                 .day = MADE_FIRST_DAY,
                                 .first_s = INT64_C(1320246000),
                                 .last_s = INT64_C(1320246001)};
    store_rows(&one, 1, &row, 1);
    assert_lines("SELECT day || ' ' || first_seen || ' ' || last_seen FROM sighting",
                 "2011-11-03 2011-11-02 15:00:00 2011-11-02 15:00:01\n"); /* midnight in Asia/Tokyo */
}

static void test_a_condition_on_the_day_opens_no_other_file(void **state)
{
    (void)state;
    made_capture(&made, &one, 600);
    made_store(&made, &one);
    made_capture(&made, &two, 600);
    made_store(&made, &two);
    struct fault fault;
    static const char *const views[] = {"sighting", "summary"};
    for (size_t i = 0; i < 2; i++) { /* a broken file of another day does not matter */
        OWNED_MEMORY char *path = i == 0 ? ledger_path(made.ledger, "sightings/day=2011-11-05/broken.parquet")
                                         : ledger_path(made.ledger, "summary/day=2011-11-05.parquet");
        OWNED_MEMORY char *sql = NULL;
        MADE_OK(file_write(path, "broken", 6, &fault));
        assert_true(asprintf(&sql, "SELECT 'read' FROM %s WHERE day < DATE '2011-11-05' HAVING count(*) > 10",
                             views[i]) > 0);
        assert_lines(sql, "read\n");
    }
}

static void test_records_are_lent_without_who_reported_them(void **state)
{
    (void)state;
    struct fault fault;
    MADE_OK(records_run(
        made.ledger->records,
        "INSERT INTO malware_report VALUES (x'00ff', 15281, 'W32/Netsky', 24142, 15282, 'virus', 7, 'mail');"
        "INSERT INTO access_report (reporter, received_on, harm, category, cause) VALUES (x'01', 15281, 1, "
        "'dos', ''),"
        " (x'02', 15281, 0, 'probe', 'unknown');"
        "INSERT INTO consultation (received_on, channel, topic, access, harm) VALUES (15281, 'phone', "
        "'ワンクリック', 0, NULL),"
        " (15282, 'mail', 'winny', 1, 0)",
        &fault));
    assert_lines("SELECT concat_ws(' ', accepted_on, detected_on, reporter, name, kind, detections) FROM "
                 "malware_report",
                 "2011-11-04 2011-11-03 00ff W32/Netsky virus 7\n");
    assert_lines("SELECT concat_ws(' ', received_on, harm, category, coalesce(cause, '-')) FROM "
                 "access_report ORDER BY 1",
                 "2011-11-03 no probe unknown\n2011-11-03 yes dos -\n");
    assert_lines("SELECT concat_ws(' ', received_on, channel, topic, access, coalesce(harm, '-')) FROM "
                 "consultation ORDER BY 1",
                 "2011-11-03 phone ワンクリック no -\n2011-11-04 mail winny yes no\n");
    assert_lines("SELECT concat_ws(' ', name, network, coalesce(since::VARCHAR, '-')) FROM point LIMIT 1",
                 "p0 192.0.2.0/32 -\n");
}

static void test_many_records_are_lent_in_many_pieces(void **state)
{
    (void)state;
    struct fault fault;
    MADE_OK(records_run(made.ledger->records,
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
                        " INSERT INTO consultation (received_on, channel, topic, access, harm) SELECT i, "
                        "'auto', 't' || i, 0, NULL FROM n",
                        &fault));
    assert_lines("SELECT concat_ws(' ', count(*), count(DISTINCT topic), min(received_on), max(received_on)) "
                 "FROM consultation",
                 "10000 10000 1970-01-02 1997-05-19\n");
    assert_lines("SELECT topic FROM consultation LIMIT 1", "t1\n");
}

static void test_a_ledger_may_have_any_name(void **state)
{
    (void)state;
    made_close(&made);
    made_open(&made, "le*d[g]er's ?");
    made_capture(&made, &one, 300);
    made_store(&made, &one);
    made_capture(&made, &two, 300);
    made_store(&made, &two);
    assert_lines("SELECT 'same' FROM (SELECT sum(accesses) a FROM sighting), (SELECT sum(accesses) b FROM "
                 "summary) WHERE a = b",
                 "same\n");
}

static const char *const reading[] = {
    "SELECT 1",
    " select 1 ; ",
    "FROM point",
    "VALUES (1)",
    "WITH a AS (SELECT 1) SELECT * FROM a",
    "SELECT 1 -- comment",
    "DESCRIBE sighting",
    "SHOW TABLES",
    "SUMMARIZE point",
    "EXPLAIN SELECT 1",
    "explain describe point",
    "TABLE point",
};

static void test_what_only_reads_is_taken(void **state)
{
    (void)state;
    OWNED(tables_free) struct tables *tables = reader();
    for (size_t i = 0; i < sizeof reading / sizeof *reading; i++) {
        struct fault fault = {""};
        if (!tables_reads_only(tables, reading[i], &fault))
            fail_msg("%s: %s", reading[i], fault.text);
    }
}

static const char *const doing[] = {
    "",
    ";",
    "SELECT 1; SELECT 2",
    "SELEC 1",
    "CREATE TABLE t (i INTEGER)",
    "CREATE VIEW v AS SELECT 1",
    "DROP VIEW point",
    "CREATE MACRO m() AS 1",
    "INSERT INTO point VALUES ('x')",
    "DELETE FROM point",
    "UPDATE point SET name = 'x'",
    "SET threads = 1",
    "RESET threads",
    "SET VARIABLE x = 1",
    "PRAGMA version",
    "PRAGMA threads = 1",
    "CALL pragma_version()",
    "INSTALL httpfs",
    "LOAD httpfs",
    "ATTACH ':memory:' AS other",
    "DETACH memory",
    "USE memory",
    "CHECKPOINT",
    "VACUUM",
    "ANALYZE",
    "BEGIN",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "COPY (SELECT 1) TO '/tmp/mimamori-test-copied'",
    "EXPORT DATABASE '/tmp/mimamori-test-copied'",
    "IMPORT DATABASE '/tmp'",
    "EXPLAIN ANALYZE SELECT 1",
    "EXPLAIN ANALYZE CREATE TABLE t (i INTEGER)",
    "EXPLAIN (ANALYZE) SELECT 1",
    "/**/ EXPLAIN ANALYZE SELECT 1",
    "EXPLAIN CREATE TABLE t (i INTEGER)",
    "EXPLAIN EXPLAIN ANALYZE SELECT 1",
    "SELECT 1) TO '/tmp/mimamori-test-copied' --",
    "FROM read_text('/etc/passwd')",
    "FROM read_blob('/proc/self/environ')",
    "FROM '/etc/passwd'",
    "FROM read_csv('/etc/passwd')",
    "FROM glob('/etc/*')",
    "FROM read_text('http://127.0.0.1/')",
};

static void test_what_does_anything_else_is_refused(void **state)
{
    (void)state;
    OWNED(tables_free) struct tables *tables = reader();
    for (size_t i = 0; i < sizeof doing / sizeof *doing; i++) {
        struct fault fault = {""};
        if (tables_reads_only(tables, doing[i], &fault))
            fail_msg("'%s' is taken", doing[i]);
        assert_true(strlen(fault.text) > 10);
        assert_null(strchr(fault.text, '\n'));
    }
    assert_int_not_equal(access("/tmp/mimamori-test-copied", F_OK), 0);
}

/* Even what was not looked at first: the doors are closed in the engine itself. */
static void test_the_engine_opens_nothing_but_sightings(void **state)
{
    (void)state;
    struct fault fault;
    made_capture(&made, &one, 100);
    made_store(&made, &one);
    OWNED(tables_free) struct tables *tables = reader();
    static const char *const files[] = {"desk.sqlite", "reporter.key", "ledger.conf",
                                        "sightings/../reporter.key"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        OWNED_MEMORY char *path = ledger_path(made.ledger, "%s", files[i]);
        OWNED_MEMORY char *sql = NULL;
        duckdb_result result;
        assert_true(asprintf(&sql, "SELECT size FROM read_blob('%s')", path) > 0);
        assert_false(tables_run(tables, sql, &result, &fault));
        assert_non_null(strstr(fault.text, "Permission"));
    }
    static const char *const statements[] = {
        "SET enable_external_access = true",
        "SET allowed_paths = ['/etc/passwd']",
        "SET threads = 1",
        "INSTALL httpfs",
        "LOAD httpfs",
        "COPY (SELECT 1) TO '/tmp/mimamori-test-copied'",
        "ATTACH '/tmp/mimamori-test-copied'",
        "SELECT * FROM read_text('/etc/passwd')",
    };
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        duckdb_result result;
        assert_false(tables_run(tables, statements[i], &result, &fault));
    }
    for (int descriptor = 0; descriptor < 32;
         descriptor++) { /* whatever is open here: the key and the records are not lent by number */
        char sql[128];
        duckdb_result result;
        snprintf(sql, sizeof sql, "SELECT content FROM read_blob('/proc/self/fd/%d/../reporter.key')",
                 descriptor);
        assert_false(tables_run(tables, sql, &result, &fault));
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_made, close_made)
    const struct CMUnitTest tests[] = {
        TEST(test_the_views_have_the_columns_of_the_contract),
        TEST(test_the_views_have_the_same_columns_once_there_are_sightings),
        TEST(test_addresses_of_both_families_are_written_as_text),
        TEST(test_two_files_of_a_day_merge_by_the_key),
        TEST(test_times_are_utc),
        TEST(test_a_condition_on_the_day_opens_no_other_file),
        TEST(test_records_are_lent_without_who_reported_them),
        TEST(test_many_records_are_lent_in_many_pieces),
        TEST(test_a_ledger_may_have_any_name),
        TEST(test_what_only_reads_is_taken),
        TEST(test_what_does_anything_else_is_refused),
        TEST(test_the_engine_opens_nothing_but_sightings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

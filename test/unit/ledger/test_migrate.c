/* A ledger of before there was a desk becomes one of today's by its first writer. Of before days closed:
 * test_close.c. */
#include "made.h"
#include "ledger/records.h"

static struct made made;

static const char sql_schema[] =
    "SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_schema WHERE name NOT "
    "LIKE 'sqlite%' ORDER BY type, name";

static char *lines_of(sqlite3 *records, const char *sql)
{
    struct fault fault;
    struct text lines;
    bool row = true;
    text_init(&lines, 1 << 20);
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(records, sql, &fault);
    MADE_OK(statement != NULL);
    while (row) {
        MADE_OK(records_step(statement, &row, &fault));
        if (row)
            text_addf(&lines, "%s\n", sqlite3_column_text(statement, 0));
    }
    text_add_byte(&lines, '\0');
    return lines.bytes;
}

static void run(const char *sql)
{
    struct fault fault;
    MADE_OK(records_run(made.ledger->records, sql, &fault));
}

static int setup(void **state)
{
    (void)state;
    made_open(&made, "ledger");
    run("INSERT INTO malware_report VALUES (x'00112233445566778899aabbccddeeff', 15285, 'W32/Netsky', 24142, "
        "15286,"
        " 'virus', 20410, 'mail')");
    run("INSERT INTO access_report (reporter, received_on, harm, category, cause) VALUES (x'00', 15286, 1, "
        "'intrusion',"
        " 'password')");
    run("INSERT INTO consultation (received_on, channel, topic, access, harm) VALUES (15286, 'phone', "
        "'one-click', 0,"
        " NULL)");
    made_second_format(&made);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    made_close(&made);
    return 0;
}

static void assert_records_are_there(void)
{
    assert_int_equal(made_number(&made, "SELECT detections FROM malware_report"), 20410);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM access_report"), 1);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM consultation"), 1);
}

static void a_ledger_of_the_second_format_has_a_desk_after_its_first_writer(void **state)
{
    (void)state;
    made_reopen(&made);
    assert_int_equal(made_number(&made, "SELECT value FROM meta WHERE name = 'format'"), 3);
    assert_records_are_there();
    assert_int_equal(made_number(&made, "SELECT count(*) FROM casefile"), 0);

    struct made fresh;
    made_open(&fresh, "fresh");
    char *found = lines_of(made.ledger->records, sql_schema),
         *wanted = lines_of(fresh.ledger->records, sql_schema);
    assert_string_equal(found, wanted); /* tables and indexes, to the letter */
    free(found);
    free(wanted);
    made_close(&fresh);
    made_reopen(&made); /* and once only */
    assert_records_are_there();
}

static void who_reads_it_reads_it_as_it_is(void **state)
{
    (void)state;
    struct fault fault;
    made.ledger = ledger_open(made.path, LEDGER_READ, &fault);
    MADE_OK(made.ledger != NULL);
    assert_records_are_there();
    assert_int_equal(made_number(&made, "SELECT value FROM meta WHERE name = 'format'"), 2);
}

/* The desk shares the ledger with whoever writes: it does not change the tables below them. */
static void who_shares_it_is_told_that_it_is_old(void **state)
{
    (void)state;
    struct fault fault;
    assert_null(ledger_open(made.path, LEDGER_SHARE, &fault));
    assert_non_null(strstr(fault.text, "is 2 (expected 3)"));
    made_reopen(&made);
    OWNED(ledger_free)
    struct ledger *shared = ledger_open(made.path, LEDGER_SHARE, &fault); /* beside the writer */
    MADE_OK(shared != NULL);
    assert_int_equal(shared->lock, -1);
    MADE_OK(records_run(shared->records, "INSERT INTO desk_state VALUES ('a', 0, '')", &fault));
}

static void what_cannot_be_brought_up_stays_what_it_was(void **state)
{
    (void)state;
    struct fault fault;
    OWNED_MEMORY char *path = NULL;
    assert_true(asprintf(&path, "%s/desk.sqlite", made.path) > 0);
    sqlite3 *records = records_open(path, RECORDS_WRITE, &fault);
    MADE_OK(records != NULL && records_run(records, "CREATE TABLE outbox (somebody TEXT)", &fault));
    records_free(records);
    assert_null(ledger_open(made.path, LEDGER_WRITE, &fault));
    assert_non_null(strstr(fault.text, "cannot bring"));
    made.ledger = ledger_open(made.path, LEDGER_READ, &fault);
    MADE_OK(made.ledger != NULL);
    assert_int_equal(made_number(&made, "SELECT value FROM meta WHERE name = 'format'"), 2);
    assert_int_equal(made_number(&made, "SELECT count(*) FROM sqlite_schema WHERE name = 'casefile'"), 0);
    assert_records_are_there();
    ledger_free(made.ledger);
    made.ledger = NULL;

    records = records_open(path, RECORDS_WRITE, &fault);
    MADE_OK(records != NULL && records_run(records, "DROP TABLE outbox", &fault));
    records_free(records);
    made_reopen(&made);
    assert_int_equal(made_number(&made, "SELECT value FROM meta WHERE name = 'format'"), 3);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_ledger_of_the_second_format_has_a_desk_after_its_first_writer),
        TEST(who_reads_it_reads_it_as_it_is),
        TEST(who_shares_it_is_told_that_it_is_old),
        TEST(what_cannot_be_brought_up_stays_what_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "office.h"
#include "base/file.h"
#include "cases/backup.h"
#include "cases/classing.h"
#include "cases/deeds.h"
#include "cases/names.h"
#include <sys/stat.h>
#include <unistd.h>

struct vault {
    struct office office;
    char file[128];
};

static int setup(void **state)
{
    static struct vault vault;
    office_open(&vault.office);
    snprintf(vault.file, sizeof vault.file, "%s/backup", vault.office.folder);
    *state = &vault;
    return 0;
}

static int teardown(void **state)
{
    struct vault *vault = *state;
    office_close(&vault->office);
    return 0;
}

/* The test's own hold on the ledger is let go, for a restore waits for other writers. */
static void let_go(struct office *office)
{
    ledger_free(office->ledger);
    office->ledger = NULL;
}

static void hold(struct office *office)
{
    struct fault fault;
    office->ledger = ledger_open(office->path, LEDGER_WRITE, &fault);
    OFFICE_OK(office->ledger != NULL);
}

static bool try_restore(struct office *office, const char *file, struct fault *fault)
{
    let_go(office);
    bool well = backup_restore(office->path, file, fault);
    hold(office);
    return well;
}

static const char all_tables[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";

/* All rows of all tables, but those named between blanks. */
static char *contents(struct office *office, const char *but)
{
    struct fault fault;
    struct text out;
    text_init(&out, 64 << 20);
    char *tables = office_lines(office, all_tables);
    for (char *at = tables, *end; (end = strchr(at, '\n')) != NULL; at = end + 1) {
        char spaced[80], sql[160];
        *end = '\0';
        snprintf(spaced, sizeof spaced, " %s ", at);
        if (strstr(but, spaced) != NULL)
            continue;
        snprintf(sql, sizeof sql, "SELECT * FROM %s", at);
        OWNED(sqlite3_finalize)
        sqlite3_stmt *rows = records_prepare(office->ledger->records, sql, &fault);
        OFFICE_OK(rows != NULL);
        text_addf(&out, "%s:\n", at);
        for (bool row = true; row;) {
            OFFICE_OK(records_step(rows, &row, &fault));
            for (int i = 0; row && i < sqlite3_column_count(rows); i++) {
                const unsigned char *bytes = sqlite3_column_blob(rows, i);
                for (int j = 0; j < sqlite3_column_bytes(rows, i); j++)
                    text_addf(&out, "%02x", bytes[j]);
                text_add_byte(&out, '|');
            }
            text_add_byte(&out, '\n');
        }
    }
    free(tables);
    return out.bytes;
}

/* Something in every table that a backup brings back. */
static void fill(struct office *office)
{
    struct fault fault;
    office_import(office, "malware", "a,2011-11-08,2011-11-03,W32/Netsky,virus,10,mail\n");
    for (int i = 0; i < 3; i++)
        office_take(office, (struct office_case){.kind = (enum case_kind)i, .reporter = "a"});
    OFFICE_OK(names_set(office->ledger, "W32/Netsky", "virus", 0, &fault));
    const struct classed_malware line = {
        office_day("2011-11-08"), office_day("2011-11-03"), "w32/netsky", "virus", "web", 5};
    OFFICE_OK(classing_malware(office->ledger, 1, &line, 1, "", 0, &fault));
    OFFICE_OK(classing_access(office->ledger, 2,
                              &(struct classed_access){office_day("2011-11-08"), true, "dos", ""}, "", 0,
                              &fault));
    OFFICE_OK(classing_consultation(
        office->ledger, 3,
        &(struct classed_consultation){office_day("2011-11-08"), "phone", "x", false, false}, "", 0, &fault));
    office_run(office,
               "INSERT INTO staff VALUES (1, 'hana', 'Hana', 8, 'ja', 'active', x'00', x'00', 0, 0, 0);"
               "INSERT INTO session VALUES (x'01', 1, 0, 0, x'02');"
               "INSERT INTO attempt VALUES (1, 1, x'00', NULL, 0);"
               "INSERT INTO browser VALUES (x'03', 1, 0);"
               "INSERT INTO attachment VALUES (1, 1, 1, x'00', x'00');"
               "INSERT INTO answer_template VALUES (1, 't', 'ja', 'b');"
               "INSERT INTO search_posting VALUES (1, 1, x'00');"
               "INSERT INTO search_batch VALUES (1, 1, 1, 1, 1, 1, x'00');"
               "INSERT INTO history VALUES (24131, 'virus.detections', 5);"
               "INSERT INTO point (name) VALUES ('p1');"
               "INSERT INTO point_watch VALUES (1, '192.0.2.1/32', NULL, NULL);");
}

static void what_was_lost_since_comes_back_whole(void **state)
{
    struct vault *vault = *state;
    struct office *office = &vault->office;
    struct fault fault;
    static const char but[] = " deed session attempt desk_state intake ";
    fill(office);
    OFFICE_OK(backup_write(office->path, vault->file, &fault));
    char *before = contents(office, but);
    char *deeds = office_lines(office, "SELECT * FROM deed WHERE what <> 'backup.made'");

    struct stat status;
    assert_int_equal(stat(vault->file, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);

    /* all of it changes */
    office_run(office, "UPDATE casefile SET state = 'closed', language = 'en'; DELETE FROM malware_report;"
                       "DELETE FROM attachment; UPDATE staff SET name = 'x'; DELETE FROM virus_alias;"
                       "DELETE FROM virus_name; DELETE FROM search_posting; DELETE FROM history;"
                       "INSERT INTO consultation VALUES (99, 1, 'phone', 'x', 0, NULL);");
    office_take(office, (struct office_case){.reporter = "b"});
    OFFICE_OK(try_restore(office, vault->file, &fault));

    char *after = contents(office, but);
    assert_string_equal(before, after);
    assert_int_equal(office_number(office, "SELECT count(*) FROM session"), 0);
    assert_int_equal(office_number(office, "SELECT count(*) FROM intake"), 1);
    char *deeds_after = office_lines(office, "SELECT * FROM deed WHERE what NOT LIKE 'backup.%'");
    assert_string_equal(deeds, deeds_after);
    struct deeds_proof proof;
    OFFICE_OK(deeds_verify(office->ledger, NULL, &proof, &fault));
    assert_int_equal(proof.found, DEEDS_WHOLE);
    assert_int_equal(office_number(office, "SELECT length(detail) FROM deed WHERE what = 'backup.restored'"),
                     64);
    free(before);
    free(after);
    free(deeds);
    free(deeds_after);
}

static void every_table_is_either_brought_back_or_known_to_stay(void **state)
{
    struct vault *vault = *state;
    struct office *office = &vault->office;
    struct fault fault;
    static const char stays[] =
        " meta sighting_file sighting_gone capture_day summary_file day_held summary_due "
        "desk_state outbox acknowledged session attempt point point_watch intake ";
    fill(office);
    OFFICE_OK(backup_write(office->path, vault->file, &fault));
    char *tables = office_lines(office, all_tables);
    for (char *at = tables, *end; (end = strchr(at, '\n')) != NULL; at = end + 1) {
        char spaced[80], sql[160];
        *end = '\0';
        snprintf(spaced, sizeof spaced, " %s ", at);
        if (strstr(stays, spaced) != NULL)
            continue;
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", at);
        int64_t count = office_number(office, sql);
        if (count == 0)
            fail_msg("the test puts nothing into '%s'", at);
        snprintf(sql, sizeof sql, "PRAGMA foreign_keys = OFF; DELETE FROM %s", at);
        office_run(office, sql);
        OFFICE_OK(try_restore(office, vault->file, &fault));
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", at);
        assert_in_range(office_number(office, sql), count, count + 1); /* the deed of restoring */
    }
    free(tables);
}

static void what_was_observed_since_stays(void **state)
{
    struct vault *vault = *state;
    struct office *office = &vault->office;
    struct fault fault;
    fill(office);
    OFFICE_OK(backup_write(office->path, vault->file, &fault));
    office_import(office, "malware", "b,2011-11-08,2011-11-03,W32/Mydoom,virus,1,mail\n");
    office_run(office, "INSERT INTO intake VALUES (77, 'capture', x'07', 'c.pcap', 0, 5);"
                       "INSERT INTO sighting_file VALUES (15281, 'f', 5, 1, NULL, NULL);"
                       "INSERT INTO capture_day VALUES (15281, 77, 5, 'f');"
                       "INSERT INTO point (name) VALUES ('p2');"
                       "INSERT INTO point_watch VALUES (2, '192.0.2.2/32', NULL, NULL);"
                       "INSERT INTO outbox VALUES (1, 1, 0, 0, 0, x'00');");
    OFFICE_OK(try_restore(office, vault->file, &fault));
    assert_int_equal(office_number(office, "SELECT count(*) FROM intake WHERE id = 77"), 1);
    assert_int_equal(office_number(office, "SELECT count(*) FROM intake"), 2); /* and one import, not two */
    assert_int_equal(
        office_number(office, "SELECT count(*) FROM capture_day JOIN sighting_file USING (file)"), 1);
    assert_int_equal(office_number(office, "SELECT count(*) FROM point_watch"), 2);
    assert_int_equal(office_number(office, "SELECT count(*) FROM outbox"), 1);
    assert_int_equal(office_number(office, "SELECT count(*) FROM malware_report"), 1);
    /* what the restored state does not know may be taken in again */
    office_import(office, "malware", "b,2011-11-08,2011-11-03,W32/Mydoom,virus,1,mail\n");
}

static void a_ledger_just_made_becomes_the_one_that_was_lost(void **state)
{
    struct vault *vault = *state;
    struct office *office = &vault->office;
    struct fault fault;
    fill(office);
    OFFICE_OK(backup_write(office->path, vault->file, &fault));
    unsigned char key[32];
    memcpy(key, office->ledger->key, sizeof key);
    char *before = contents(office, " deed session attempt desk_state intake meta ");
    let_go(office);
    OFFICE_OK(file_remove_tree(office->path, &fault));
    OFFICE_OK(ledger_make(office->path, "Europe/Berlin", "en", &fault));
    hold(office);
    OFFICE_OK(try_restore(office, vault->file, &fault));
    assert_memory_equal(key, office->ledger->key, sizeof key);
    assert_string_equal(office->ledger->settings.zone, "Asia/Tokyo");
    char *after = contents(office, " deed session attempt desk_state intake meta ");
    assert_string_equal(before, after);
    char path[160];
    struct stat status;
    snprintf(path, sizeof path, "%s/reporter.key", office->path);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    struct deeds_proof proof;
    OFFICE_OK(deeds_verify(office->ledger, NULL, &proof, &fault));
    assert_int_equal(proof.found, DEEDS_WHOLE);
    free(before);
    free(after);
}

static void expect_refused(struct office *office, const char *file, const char *sentence)
{
    struct fault fault;
    char *before = contents(office, " none ");
    assert_false(try_restore(office, file, &fault));
    if (strstr(fault.text, sentence) == NULL)
        fail_msg("'%s' does not say '%s'", fault.text, sentence);
    char *after = contents(office, " none ");
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* Runs SQL in the backup itself, as damage would. */
static void tamper(const char *file, const char *sql)
{
    sqlite3 *records;
    assert_int_equal(sqlite3_open(file, &records), SQLITE_OK);
    assert_int_equal(sqlite3_exec(records, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(records);
}

static void what_is_not_this_ledgers_or_not_whole_is_refused(void **state)
{
    struct vault *vault = *state;
    struct office *office = &vault->office;
    struct fault fault;
    fill(office);
    static const char *const harms[][2] = {
        {"UPDATE backup_file SET content = randomblob(32) WHERE name = 'reporter.key'", "another ledger"},
        {"DELETE FROM backup_file", "no backup"},
        {"DROP TABLE backup_file", "no backup"},
        {"UPDATE meta SET value = '2' WHERE name = 'format'", "expected 3"},
        {"UPDATE deed SET staff = 7 WHERE id = 2", "broken at entry 2"},
        {"DELETE FROM deed WHERE id = 1", "broken at entry 2"},
        {"ALTER TABLE told ADD COLUMN more TEXT", "'told' is not as this mimamori makes it"},
        {"DROP TABLE virus_alias; CREATE VIEW virus_alias AS SELECT 'a' AS alias, 'b' AS name",
         "virus_alias"},
        {"PRAGMA foreign_keys = OFF; UPDATE told SET casefile = 99", "FOREIGN KEY"},
    };
    for (size_t i = 0; i < sizeof harms / sizeof *harms; i++) {
        OFFICE_OK(backup_write(office->path, vault->file, &fault));
        tamper(vault->file, harms[i][0]);
        expect_refused(office, vault->file, harms[i][1]);
    }
    OFFICE_OK(backup_write(office->path, vault->file, &fault));
    OFFICE_OK(truncate(vault->file, 40960) == 0 || fault_set(&fault, "truncate"));
    expect_refused(office, vault->file, "");
    OFFICE_OK(file_write(vault->file, "not a database at all", 21, &fault));
    expect_refused(office, vault->file, "not a database");
    expect_refused(office, "/tmp/mimamori-there-is-no-such-file", "cannot open");
}

static size_t entries(const char *path)
{
    size_t count = 0;
    CLEANUP(cleanup_folder) DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        count += entry->d_name[0] != '.';
    return count;
}

static void no_backup_is_left_half_or_lies_in_the_ledger(void **state)
{
    struct vault *vault = *state;
    struct office *office = &vault->office;
    struct fault fault;
    char inside[160];
    snprintf(inside, sizeof inside, "%s/desk.sqlite", office->path);
    assert_false(backup_write(office->path, inside, &fault));
    snprintf(inside, sizeof inside, "%s/spool/../backup", office->path);
    assert_false(backup_write(office->path, inside, &fault));
    assert_false(backup_write(office->path, office->folder, &fault));
    assert_false(backup_write(office->path, "/tmp/mimamori-no-such-folder/backup", &fault));
    assert_int_equal(office_number(office, "SELECT count(*) FROM desk_state"), 0);
    OFFICE_OK(backup_write(office->path, vault->file, &fault));
    OFFICE_OK(backup_write(office->path, vault->file, &fault)); /* the newer takes the place of the older */
    assert_int_equal(office_number(office, "SELECT count(*) FROM desk_state WHERE name = 'backup.last'"), 1);
    assert_int_equal(entries(office->folder), 2); /* the ledger and the backup */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_lost_since_comes_back_whole),
        TEST(every_table_is_either_brought_back_or_known_to_stay),
        TEST(what_was_observed_since_stays),
        TEST(a_ledger_just_made_becomes_the_one_that_was_lost),
        TEST(what_is_not_this_ledgers_or_not_whole_is_refused),
        TEST(no_backup_is_left_half_or_lies_in_the_ledger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

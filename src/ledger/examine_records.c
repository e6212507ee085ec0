/* desk.sqlite: its pages, its tables, and whether what it says of captures adds up. */
#include "base/text.h"
#include "ledger/examine.h"
#include "ledger/records.h"
#include "ledger/schema.h"
#include <string.h>

static const char sql_tables[] =
    "SELECT group_concat(line, char(10)) FROM (SELECT t.name || ' ' || c.name || ' ' || c.type || ' ' ||"
    " c.\"notnull\" || ' ' || c.pk AS line FROM sqlite_schema AS t, pragma_table_info(t.name) AS c"
    " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid)";

static const char sql_lost[] =
    "SELECT iif(intake.name = '', 'a capture without a name', intake.name), capture_day.rows, "
    "capture_day.day,"
    " intake.id FROM capture_day JOIN intake ON intake.id = capture_day.intake WHERE file IS NULL AND"
    " day NOT IN (SELECT day FROM day_held WHERE why = 'let go') ORDER BY day, intake.id";
static const char sql_unlisted[] =
    "SELECT DISTINCT capture_day.file, 0, capture_day.day, 0 FROM capture_day LEFT JOIN sighting_file USING"
    " (day, file) WHERE capture_day.file IS NOT NULL AND sighting_file.file IS NULL ORDER BY 3, 1";
static const char sql_unclaimed[] =
    "SELECT sighting_file.file, 0, sighting_file.day, 0 FROM sighting_file LEFT JOIN capture_day USING (day,"
    " file) WHERE capture_day.file IS NULL ORDER BY 3, 1";
static const char sql_intake[] =
    "SELECT name, intake.rows, ifnull(sum(capture_day.rows), 0), intake.id FROM intake LEFT JOIN capture_day"
    " ON capture_day.intake = intake.id WHERE kind = 'capture' GROUP BY intake.id"
    " HAVING intake.rows <> ifnull(sum(capture_day.rows), 0) ORDER BY intake.id";
/* Captures may hold the same sightings: a file of many holds at least what the largest gave, and at most what
 * they gave together. */
static const char sql_members[] =
    "SELECT sighting_file.file, sum(capture_day.rows), sighting_file.day, sighting_file.rows FROM"
    " sighting_file JOIN capture_day USING (day, file) GROUP BY day, file HAVING sighting_file.rows >"
    " sum(capture_day.rows) OR sighting_file.rows < max(capture_day.rows) ORDER BY 3, 1";

static void add_pages(struct examination *examination, sqlite3_stmt *statement)
{
    const char *said = (const char *)sqlite3_column_text(statement, 0);
    if (said != NULL && strcmp(said, "ok") != 0)
        examine_add(examination, (struct examine_finding){.id = EXAMINE_RECORDS}, "desk.sqlite", NULL, "%s",
                    said);
}

static void add_key(struct examination *examination, sqlite3_stmt *statement)
{
    examine_add(examination, (struct examine_finding){.id = EXAMINE_RECORDS}, "desk.sqlite",
                "every row to belong to one that is there",
                "a row of the table '%s' belongs to one of '%s' that is not there",
                sqlite3_column_text(statement, 0), sqlite3_column_text(statement, 2));
}

static struct examine_finding about(enum examine_id id, sqlite3_stmt *statement)
{
    struct examine_finding finding = {.id = id, .file.day = sqlite3_column_int(statement, 2)};
    snprintf(finding.file.content, sizeof finding.file.content, "%s", sqlite3_column_text(statement, 0));
    finding.number = (uint64_t)sqlite3_column_int64(statement, 3);
    return finding;
}

static void add_lost(struct examination *examination, sqlite3_stmt *statement)
{
    char day[CALENDAR_DAY_SIZE];
    struct examine_finding finding = about(EXAMINE_LOST, statement);
    calendar_day_text(day, finding.file.day);
    examine_add(examination, finding, (const char *)sqlite3_column_text(statement, 0),
                "that it is observed again", "its %lld sightings of %s are lost",
                (long long)sqlite3_column_int64(statement, 1), day);
}

static void add_file(struct examination *examination, struct examine_finding finding, const char *seen)
{
    char day[CALENDAR_DAY_SIZE], path[128];
    calendar_day_text(day, finding.file.day);
    snprintf(path, sizeof path, "sightings/day=%s/%s.parquet", day, finding.file.content);
    examine_add(examination, finding, path, NULL, "%s", seen);
}

static void add_unlisted(struct examination *examination, sqlite3_stmt *statement)
{
    add_file(examination, about(EXAMINE_UNLISTED, statement),
             "a capture lies in it, and the ledger does not count it");
}

static void add_unclaimed(struct examination *examination, sqlite3_stmt *statement)
{
    add_file(examination, about(EXAMINE_UNCLAIMED, statement),
             "counts, and no capture is known to lie in it");
}

static void add_members(struct examination *examination, sqlite3_stmt *statement)
{
    examine_add(examination, (struct examine_finding){.id = EXAMINE_CAPTURE}, "desk.sqlite", NULL,
                "the captures of '%s' gave %lld sightings, it holds %lld", sqlite3_column_text(statement, 0),
                (long long)sqlite3_column_int64(statement, 1), (long long)sqlite3_column_int64(statement, 3));
}

static void add_intake(struct examination *examination, sqlite3_stmt *statement)
{
    struct examine_finding finding = about(EXAMINE_CAPTURE, statement);
    examine_add(examination, finding, (const char *)sqlite3_column_text(statement, 0), NULL,
                "is said to have given %lld sightings, its days make %lld",
                (long long)sqlite3_column_int64(statement, 1), (long long)sqlite3_column_int64(statement, 2));
}

/* One finding for each row. */
static bool each(const struct ledger *ledger, const char *sql,
                 void (*add)(struct examination *examination, sqlite3_stmt *statement),
                 struct examination *examination, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    while (row) {
        add(examination, statement);
        if (!records_step(statement, &row, fault))
            return false;
    }
    return true;
}

static bool tables_of(sqlite3 *records, struct text *tables, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(records, sql_tables, fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    const char *found = (const char *)sqlite3_column_text(statement, 0);
    text_add_string(tables, found == NULL ? "" : found);
    return true;
}

/* The tables and columns are those of a ledger made today. */
static bool examine_tables(const struct ledger *ledger, struct examination *examination, struct fault *fault)
{
    CLEANUP(text_clear) struct text found, made;
    text_init(&found, 1 << 20);
    text_init(&made, 1 << 20);
    OWNED(records_free) sqlite3 *fresh = NULL;
    if (sqlite3_open(":memory:", &fresh) != SQLITE_OK || !records_run(fresh, ledger_schema, fault) ||
        !records_run(fresh, ledger_schema_sightings, fault) ||
        !records_run(fresh, ledger_schema_desk, fault) || !tables_of(fresh, &made, fault) ||
        !tables_of(ledger->records, &found, fault))
        return false;
    if (strcmp(found.bytes, made.bytes) != 0)
        examine_add(examination, (struct examine_finding){.id = EXAMINE_RECORDS}, "desk.sqlite",
                    "those that mimamori makes", "its tables are others");
    return true;
}

bool examine_records(const struct ledger *ledger, struct examination *examination, struct fault *fault)
{
    size_t before = examination->count;
    if (!each(ledger, "PRAGMA integrity_check", add_pages, examination, fault) ||
        !each(ledger, "PRAGMA foreign_key_check", add_key, examination, fault) ||
        !examine_tables(ledger, examination, fault))
        return false;
    /* what damaged or other tables say proves nothing */
    return examination->count > before || examine_counts(ledger, examination, fault);
}

bool examine_captures(const struct ledger *ledger, struct examination *examination, struct fault *fault)
{
    return each(ledger, sql_unlisted, add_unlisted, examination, fault) &&
           each(ledger, sql_unclaimed, add_unclaimed, examination, fault) &&
           each(ledger, sql_members, add_members, examination, fault) &&
           each(ledger, sql_intake, add_intake, examination, fault) &&
           each(ledger, sql_lost, add_lost, examination, fault);
}

/* What a classified case adds to the tables that are counted, and how it is taken away again. */
#include "base/memory.h"
#include "cases/classing.h"
#include "ledger/report.h"
#include <string.h>

struct settling {
    struct ledger *ledger;
    int64_t id;
    bool counts, erased;
    struct pseudonym reporter;
};

static const char sql_case[] =
    "SELECT state NOT IN ('rejected', 'withdrawn') AND merged_into IS NULL, reporter, once,"
    " erased_s IS NOT NULL FROM casefile"
    " WHERE id = ?1";

/* A reporter whom nobody named has the pseudonym of what makes the case itself. No name begins with a NUL. */
static struct pseudonym nobody(const struct ledger *ledger, sqlite3_stmt *row, int column)
{
    char bytes[1 + 64] = "";
    size_t length = (size_t)sqlite3_column_bytes(row, column);
    length = length < sizeof bytes - 1 ? length : sizeof bytes - 1;
    if (length > 0)
        memcpy(bytes + 1, sqlite3_column_blob(row, column), length);
    return pseudonym_of(ledger, bytes, 1 + length);
}

static bool read_case(struct settling *settling, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(settling->ledger->records, sql_case, fault);
    bool row;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, settling->id);
    if (!records_step(statement, &row, fault))
        return false;
    if (!row)
        return fault_set(fault, "there is no case %lld", (long long)settling->id);
    settling->counts = sqlite3_column_int(statement, 0) != 0;
    settling->erased = sqlite3_column_int(statement, 3) != 0;
    if (sqlite3_column_bytes(statement, 1) == sizeof settling->reporter.bytes)
        memcpy(settling->reporter.bytes, sqlite3_column_blob(statement, 1), sizeof settling->reporter.bytes);
    else
        settling->reporter = nobody(settling->ledger, statement, 2);
    return true;
}

/* A statement of the case's number only. */
static bool run(const struct settling *settling, const char *sql, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(settling->ledger->records, sql, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, settling->id);
    if (sqlite3_bind_parameter_count(statement) > 1)
        sqlite3_bind_blob(statement, 2, settling->reporter.bytes, sizeof settling->reporter.bytes,
                          SQLITE_STATIC);
    return records_do(statement, fault);
}

/* Of access reports and consultations a case has a row of its own. */
static const char *const sql_take_away[] = {
    "DELETE FROM access_report WHERE id = (SELECT access_report FROM casefile WHERE id = ?1)",
    "DELETE FROM consultation WHERE id = (SELECT consultation FROM casefile WHERE id = ?1)",
    ("UPDATE casefile SET access_report = NULL, consultation = NULL WHERE id = ?1"
     " AND (access_report IS NOT NULL OR consultation IS NOT NULL)"),
};
static const char sql_add_access[] =
    "INSERT INTO access_report (reporter, received_on, harm, category, cause)"
    " SELECT ?2, received_on, harm, category, cause FROM classed_access WHERE casefile = ?1";
static const char sql_add_consultation[] =
    "INSERT INTO consultation (received_on, channel, topic, access, harm)"
    " SELECT received_on, channel, topic, access, harm FROM classed_consultation WHERE casefile = ?1";
static const char sql_is_access[] = "UPDATE casefile SET access_report = last_insert_rowid() WHERE id = ?1";
static const char sql_is_consultation[] =
    "UPDATE casefile SET consultation = last_insert_rowid() WHERE id = ?1";

static bool take_away_rows(const struct settling *settling, struct fault *fault)
{
    for (size_t i = 0; i < sizeof sql_take_away / sizeof *sql_take_away; i++)
        if (!run(settling, sql_take_away[i], fault))
            return false;
    return true;
}

static bool add_row(const struct settling *settling, const char *add, const char *note, struct fault *fault)
{
    if (!run(settling, add, fault))
        return false;
    return sqlite3_changes(settling->ledger->records) == 0 || run(settling, note, fault);
}

/* What a line of the case added to a row of malware_report that others may share. */
struct counted {
    struct report report;
    char *name;
};
struct counted_list {
    struct counted *items;
    size_t count;
};

static void counted_clear(struct counted_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].name);
    free(list->items);
}

static const char sql_counted[] =
    "SELECT month, name, reporter, detected_on, detections FROM counted_malware WHERE casefile = ?1";
static const char sql_forget[] = "DELETE FROM counted_malware WHERE casefile = ?1";
static const char sql_take_off[] =
    "UPDATE malware_report SET detections = detections - ?5"
    " WHERE month = ?1 AND name = ?2 AND reporter = ?3 AND detected_on = ?4 AND detections >= ?5";
static const char sql_sweep[] =
    "DELETE FROM malware_report"
    " WHERE month = ?1 AND name = ?2 AND reporter = ?3 AND detected_on = ?4 AND detections = 0";
/* What is left says its day and route anew by the rule of report.h, where all of it are cases. Beside an
 * imported part the earlier day and the doubtful route stay, though the case that brought them may be gone:
 * what the import itself said is not kept apart. The counts are exact either way. */
static const char sql_say_anew[] =
    "UPDATE malware_report SET (accepted_on, route) ="
    " (SELECT min(accepted_on), CASE WHEN min(route) = max(route) THEN min(route) ELSE 'unknown' END"
    "   FROM counted_malware AS c JOIN classed_malware USING (casefile, line)"
    "   WHERE c.month = ?1 AND c.name = ?2 AND c.reporter = ?3 AND c.detected_on = ?4)"
    " WHERE month = ?1 AND name = ?2 AND reporter = ?3 AND detected_on = ?4 AND detections ="
    "  (SELECT sum(detections) FROM counted_malware AS c"
    "   WHERE c.month = ?1 AND c.name = ?2 AND c.reporter = ?3 AND c.detected_on = ?4)";

static void counted_add(struct counted_list *list, sqlite3_stmt *row)
{
    list->items = memory_resize(list->items, list->count + 1, sizeof *list->items);
    struct counted *counted = &list->items[list->count++];
    *counted = (struct counted){.name = memory_string((const char *)sqlite3_column_text(row, 1))};
    counted->report = (struct report){
        .accepted_on = calendar_month_first(sqlite3_column_int(row, 0)),
        .detected_on = sqlite3_column_int(row, 3),
        .name = counted->name,
        .name_length = strlen(counted->name),
        .detections = sqlite3_column_int64(row, 4),
    };
    if (sqlite3_column_bytes(row, 2) == sizeof counted->report.reporter.bytes)
        memcpy(counted->report.reporter.bytes, sqlite3_column_blob(row, 2),
               sizeof counted->report.reporter.bytes);
}

static bool read_counted(const struct settling *settling, struct counted_list *list, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(settling->ledger->records, sql_counted, fault);
    bool row = true;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, settling->id);
    while (row) {
        if (!records_step(statement, &row, fault))
            return false;
        if (row)
            counted_add(list, statement);
    }
    return true;
}

static bool run_by_key(const struct settling *settling, const char *sql, const struct report *report,
                       struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(settling->ledger->records, sql, fault);
    if (statement == NULL)
        return false;
    report_bind_key(statement, report);
    if (sqlite3_bind_parameter_count(statement) > 4)
        sqlite3_bind_int64(statement, 5, report->detections);
    return records_do(statement, fault);
}

static bool take_off(const struct settling *settling, const struct report *report, struct fault *fault)
{
    if (!run_by_key(settling, sql_take_off, report, fault))
        return false;
    if (sqlite3_changes(settling->ledger->records) != 1)
        return fault_set(fault, "what case %lld counted as is not in the records any more",
                         (long long)settling->id);
    return run_by_key(settling, sql_sweep, report, fault) &&
           run_by_key(settling, sql_say_anew, report, fault);
}

/* All lines are forgotten before the first is taken off, so that what is left is other cases'. */
static bool take_away_malware(const struct settling *settling, struct fault *fault)
{
    CLEANUP(counted_clear) struct counted_list list = {0};
    if (!read_counted(settling, &list, fault))
        return false;
    if (list.count > 0 && !run(settling, sql_forget, fault))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (!take_off(settling, &list.items[i].report, fault))
            return false;
    return true;
}

static const char sql_lines[] =
    "SELECT line, accepted_on, detected_on, name, kind, detections, route FROM classed_malware"
    " WHERE casefile = ?1 ORDER BY line";
static const char sql_count[] =
    "INSERT INTO counted_malware (month, name, reporter, detected_on, detections, casefile, line)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

enum { LINES, COUNT, ADD, STATEMENTS = ADD + REPORT_STATEMENTS };

static bool add_line(const struct settling *settling, sqlite3_stmt **statements, struct fault *fault)
{
    sqlite3_stmt *row = statements[LINES], *count = statements[COUNT];
    const struct report report = {
        .reporter = settling->reporter,
        .accepted_on = sqlite3_column_int(row, 1),
        .detected_on = sqlite3_column_int(row, 2),
        .name = (const char *)sqlite3_column_text(row, 3),
        .name_length = (size_t)sqlite3_column_bytes(row, 3),
        .kind = (const char *)sqlite3_column_text(row, 4),
        .detections = sqlite3_column_int64(row, 5),
        .route = (const char *)sqlite3_column_text(row, 6),
    };
    enum report_added added = report_add(statements + ADD, &report, fault);
    if (added == REPORT_BAD)
        return fault_while(fault, "line %d", sqlite3_column_int(row, 0) + 1);
    if (added == REPORT_FAILED)
        return false;
    report_bind_key(count, &report);
    sqlite3_bind_int64(count, 5, report.detections);
    sqlite3_bind_int64(count, 6, settling->id);
    sqlite3_bind_int(count, 7, sqlite3_column_int(row, 0));
    return records_do(count, fault);
}

static bool add_lines(const struct settling *settling, sqlite3_stmt **statements, struct fault *fault)
{
    static const char *const sql[STATEMENTS] = {sql_lines, sql_count, REPORT_SQL_INSERT, REPORT_SQL_FIND,
                                                REPORT_SQL_MERGE};
    for (size_t i = 0; i < STATEMENTS; i++)
        if ((statements[i] = records_prepare(settling->ledger->records, sql[i], fault)) == NULL)
            return false;
    sqlite3_bind_int64(statements[LINES], 1, settling->id);
    bool row = true;
    while (row)
        if (!records_step(statements[LINES], &row, fault) || (row && !add_line(settling, statements, fault)))
            return false;
    return true;
}

static bool add_malware(const struct settling *settling, struct fault *fault)
{
    sqlite3_stmt *statements[STATEMENTS] = {NULL};
    bool well = add_lines(settling, statements, fault);
    for (size_t i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(statements[i]);
    return well;
}

bool classing_settle(struct ledger *ledger, int64_t id, struct fault *fault)
{
    struct settling settling = {.ledger = ledger, .id = id};
    if (!read_case(&settling, fault))
        return false;
    if (settling.erased) /* nobody knows any more whose it was: what it counts as stays */
        return true;
    if (!take_away_malware(&settling, fault) || !take_away_rows(&settling, fault))
        return false;
    return !settling.counts ||
           (add_malware(&settling, fault) && add_row(&settling, sql_add_access, sql_is_access, fault) &&
            add_row(&settling, sql_add_consultation, sql_is_consultation, fault));
}

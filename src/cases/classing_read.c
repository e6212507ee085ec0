/* How a case is classified, and which are not. */
#include "cases/classing.h"
#include "ledger/records.h"
#include <string.h>

static const char sql_malware[] =
    "SELECT accepted_on, detected_on, name, kind, detections, route FROM classed_malware WHERE casefile = ?1"
    " ORDER BY line";
static const char sql_access[] =
    "SELECT received_on, harm, category, cause FROM classed_access WHERE casefile = ?1";
static const char sql_consultation[] =
    "SELECT received_on, channel, topic, access, harm FROM classed_consultation WHERE casefile = ?1";
static const char sql_rsit[] = "SELECT rsit FROM casefile WHERE id = ?1";
static const char sql_missing[] =
    "SELECT kind, count(*) FROM casefile WHERE received_on >= ?1 AND received_on < ?2"
    " AND state NOT IN ('rejected', 'withdrawn') AND merged_into IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM classed_consultation WHERE casefile = casefile.id)" /* the most */
    " AND NOT EXISTS (SELECT 1 FROM classed_malware WHERE casefile = casefile.id)"
    " AND NOT EXISTS (SELECT 1 FROM classed_access WHERE casefile = casefile.id) GROUP BY kind";

static json_t *day_json(sqlite3_stmt *row, int column)
{
    char text[CALENDAR_DAY_SIZE];
    calendar_day_text(text, sqlite3_column_int(row, column));
    return json_string(text);
}

static const char *word(sqlite3_stmt *row, int column)
{
    return (const char *)sqlite3_column_text(row, column);
}

static void take_malware(json_t *classed, sqlite3_stmt *row)
{
    if (json_object_get(classed, "malware") == NULL)
        json_object_set_new(classed, "malware", json_array());
    json_array_append_new(json_object_get(classed, "malware"),
                          json_pack("{s:o, s:o, s:s, s:s, s:I, s:s}", "accepted_on", day_json(row, 0),
                                    "detected_on", day_json(row, 1), "name", word(row, 2), "kind",
                                    word(row, 3), "detections", (json_int_t)sqlite3_column_int64(row, 4),
                                    "route", word(row, 5)));
}

static void take_access(json_t *classed, sqlite3_stmt *row)
{
    json_object_set_new(classed, "access",
                        json_pack("{s:o, s:b, s:s, s:s}", "received_on", day_json(row, 0), "harm",
                                  sqlite3_column_int(row, 1), "category", word(row, 2), "cause",
                                  word(row, 3)));
}

static void take_consultation(json_t *classed, sqlite3_stmt *row)
{
    json_object_set_new(classed, "consultation",
                        json_pack("{s:o, s:s, s:s, s:b, s:b}", "received_on", day_json(row, 0), "channel",
                                  word(row, 1), "topic", word(row, 2), "access", sqlite3_column_int(row, 3),
                                  "harm", sqlite3_column_int(row, 4)));
}

/* RSIT's class is told of classified cases only. */
static void take_rsit(json_t *classed, sqlite3_stmt *row)
{
    if (json_object_size(classed) > 0)
        json_object_set_new(classed, "rsit", json_string(word(row, 0) == NULL ? "" : word(row, 0)));
}

static bool read_rows(struct ledger *ledger, const char *sql, int64_t id,
                      void (*take)(json_t *classed, sqlite3_stmt *row), json_t *classed, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    bool row = true;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    while (row) {
        if (!records_step(statement, &row, fault))
            return false;
        if (row)
            take(classed, statement);
    }
    return true;
}

json_t *classing_read(struct ledger *ledger, int64_t id, struct fault *fault)
{
    json_t *classed = json_object();
    if (read_rows(ledger, sql_malware, id, take_malware, classed, fault) &&
        read_rows(ledger, sql_access, id, take_access, classed, fault) &&
        read_rows(ledger, sql_consultation, id, take_consultation, classed, fault) &&
        read_rows(ledger, sql_rsit, id, take_rsit, classed, fault))
        return classed;
    json_decref(classed);
    return NULL;
}

bool classing_missing(struct ledger *ledger, int32_t month, uint64_t missing[CASE_KINDS], struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_missing, fault);
    uint64_t counts[CASE_KINDS] = {0};
    bool row = true;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, calendar_month_first(month));
    sqlite3_bind_int64(statement, 2, calendar_month_first(month + 1));
    while (row) {
        if (!records_step(statement, &row, fault))
            return false;
        for (int kind = 0; row && kind < CASE_KINDS; kind++)
            if (strcmp(word(statement, 0), case_kinds[kind]) == 0)
                counts[kind] = (uint64_t)sqlite3_column_int64(statement, 1);
    }
    memcpy(missing, counts, sizeof counts);
    return true;
}

/* What repair finds, into the manifest: each change in one transaction. */
#include "ledger/manifest_statement.h"
#include "ledger/records.h"

static const char sql_drop[] = "DELETE FROM sighting_file WHERE day = ?1 AND file = ?2";
static const char sql_lost[] = "UPDATE capture_day SET file = NULL WHERE day = ?1 AND file = ?2";
static const char sql_hold[] = "INSERT OR IGNORE INTO day_held (day, why) VALUES (?1, 'lost')";
static const char sql_unhold[] = "DELETE FROM day_held WHERE day = ?1";
static const char sql_due[] =
    "INSERT OR IGNORE INTO summary_due (day) SELECT ?1 WHERE ?1 NOT IN (SELECT day FROM"
    " day_held) AND ?1 IN (SELECT day FROM sighting_file)";
/* A day of which nothing is left has no summary. */
static const char sql_no_due[] =
    "DELETE FROM summary_due WHERE day = ?1 AND day NOT IN (SELECT day FROM sighting_file)";
static const char sql_no_summary[] = "DELETE FROM summary_file WHERE day = ?1 AND day NOT IN (SELECT day FROM"
                                     " sighting_file) AND day NOT IN (SELECT day FROM day_held)";
static const char sql_placed[] = "UPDATE sighting_file SET placed = 1 WHERE day = ?1 AND file = ?2";
static const char sql_rows[] =
    "UPDATE sighting_file SET rows = CAST(?3 AS INTEGER) WHERE day = ?1 AND file = ?2";
/* Where one capture alone lies in the file, it gave all of it. */
static const char sql_only[] =
    "UPDATE capture_day SET rows = CAST(?3 AS INTEGER) WHERE day = ?1 AND file = ?2 AND"
    " (SELECT count(*) FROM capture_day AS c WHERE c.day = ?1 AND c.file = ?2) = 1";
static const char sql_count_rows[] = "UPDATE intake SET rows = (SELECT ifnull(sum(rows), 0) FROM capture_day"
                                     " WHERE capture_day.intake = intake.id) WHERE id = ?1";

static bool settle_day(struct ledger *ledger, int32_t day, struct fault *fault)
{
    return manifest_of_day(ledger, sql_due, day, fault) && manifest_of_day(ledger, sql_no_due, day, fault) &&
           manifest_of_day(ledger, sql_no_summary, day, fault) && manifest_changed(ledger, fault);
}

bool manifest_lose(struct ledger *ledger, const struct manifest_file *file, bool summary_is_whole,
                   struct fault *fault)
{
    return manifest_begin(ledger, fault) &&
           manifest_end(ledger,
                        manifest_of_file(ledger, sql_drop, file, NULL, fault) &&
                            manifest_of_file(ledger, sql_lost, file, NULL, fault) &&
                            (!summary_is_whole || manifest_of_day(ledger, sql_hold, file->day, fault)) &&
                            settle_day(ledger, file->day, fault),
                        fault);
}

bool manifest_adopt(struct ledger *ledger, const struct manifest_file *file, struct fault *fault)
{
    return manifest_begin(ledger, fault) &&
           manifest_end(ledger,
                        manifest_add_file(ledger, file, fault) &&
                            manifest_of_file(ledger, sql_placed, file, NULL, fault) &&
                            settle_day(ledger, file->day, fault),
                        fault);
}

bool manifest_forget(struct ledger *ledger, const struct manifest_file *file, struct fault *fault)
{
    return manifest_begin(ledger, fault) &&
           manifest_end(ledger,
                        manifest_of_file(ledger, sql_lost, file, NULL, fault) &&
                            settle_day(ledger, file->day, fault),
                        fault);
}

bool manifest_unhold(struct ledger *ledger, int32_t day, struct fault *fault)
{
    return manifest_begin(ledger, fault) &&
           manifest_end(ledger,
                        manifest_of_day(ledger, sql_unhold, day, fault) && settle_day(ledger, day, fault),
                        fault);
}

bool manifest_set_rows(struct ledger *ledger, const struct manifest_file *file, uint64_t rows,
                       struct fault *fault)
{
    char text[32];
    snprintf(text, sizeof text, "%ju", (uintmax_t)rows);
    return manifest_begin(ledger, fault) &&
           manifest_end(ledger,
                        manifest_of_file(ledger, sql_rows, file, text, fault) &&
                            manifest_of_file(ledger, sql_only, file, text, fault),
                        fault);
}

bool manifest_count_rows(struct ledger *ledger, uint64_t intake, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *count = records_prepare(ledger->records, sql_count_rows, fault);
    if (count == NULL)
        return false;
    sqlite3_bind_int64(count, 1, (sqlite3_int64)intake);
    return records_do(count, fault);
}

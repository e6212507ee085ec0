/* The changes of the manifest, each in one transaction. */
#include "base/memory.h"
#include "ledger/intake.h"
#include "ledger/manifest_statement.h"
#include "ledger/records.h"

static const char sql_add_file[] =
    "INSERT INTO sighting_file (day, file, rows, placed, bytes, sum) VALUES (?1, ?2, ?3, 0, ?4, ?5)";
static const char sql_add_day[] = "INSERT INTO capture_day (day, intake, rows, file) VALUES (?1, ?2, ?3, ?4)";
/* A day whose summary tells more than the sightings that are left keeps it. */
static const char sql_make_due[] = "INSERT OR IGNORE INTO summary_due (day) SELECT ?1 WHERE ?1 NOT IN"
                                   " (SELECT day FROM day_held)";
static const char sql_number[] = "SELECT id FROM intake WHERE kind = ?1 AND content = ?2";
static const char sql_found[] = "UPDATE capture_day SET rows = ?3, file = ?4 WHERE day = ?1 AND intake = ?2";
static const char sql_not_found[] = "DELETE FROM capture_day WHERE day = ?1 AND intake = ?2 AND file IS NULL";
static const char sql_release[] = "DELETE FROM day_held WHERE day = ?1 AND NOT EXISTS"
                                  " (SELECT 1 FROM capture_day WHERE day = ?1 AND file IS NULL)";
static const char sql_count_rows[] = "UPDATE intake SET rows = (SELECT ifnull(sum(rows), 0) FROM capture_day"
                                     " WHERE capture_day.intake = intake.id) WHERE id = ?1";
static const char sql_now_in[] = "UPDATE capture_day SET file = ?3 WHERE day = ?1 AND file = ?2";
static const char sql_drop_file[] = "DELETE FROM sighting_file WHERE day = ?1 AND file = ?2";
static const char sql_gone[] = "INSERT INTO sighting_gone (day, file) VALUES (?1, ?2)";
static const char sql_changed[] = "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'changes'";
static const char sql_all_gone[] =
    "INSERT INTO sighting_gone (day, file) SELECT day, file FROM sighting_file WHERE day = ?1";
static const char sql_drop_all[] = "DELETE FROM sighting_file WHERE day = ?1";
static const char sql_nowhere[] = "UPDATE capture_day SET file = NULL WHERE day = ?1";
static const char sql_hold[] = "INSERT OR REPLACE INTO day_held (day, why) VALUES (?1, 'let go')";
static const char sql_placed[] = "UPDATE sighting_file SET placed = 1 WHERE placed = 0";
static const char sql_removed[] = "DELETE FROM sighting_gone";
static const char sql_not_due[] = "DELETE FROM summary_due WHERE day = ?1";
static const char sql_weigh[] = "INSERT OR REPLACE INTO summary_file (day, bytes, sum) VALUES (?1, ?2, ?3)";

bool manifest_begin(struct ledger *ledger, struct fault *fault)
{
    return records_run(ledger->records, "BEGIN IMMEDIATE", fault);
}

bool manifest_end(struct ledger *ledger, bool done, struct fault *fault)
{
    if (done && records_run(ledger->records, "COMMIT", fault))
        return true;
    struct fault ignored; /* SQLite may have rolled back already */
    records_run(ledger->records, "ROLLBACK", &ignored);
    return false;
}

bool manifest_of_day(struct ledger *ledger, const char *sql, int32_t day, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int(statement, 1, day);
    return records_do(statement, fault);
}

bool manifest_of_file(struct ledger *ledger, const char *sql, const struct manifest_file *file,
                      const char *other, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int(statement, 1, file->day);
    sqlite3_bind_text(statement, 2, file->content, -1, SQLITE_STATIC);
    if (other != NULL)
        sqlite3_bind_text(statement, 3, other, -1, SQLITE_STATIC);
    return records_do(statement, fault);
}

static void bind_imprint(sqlite3_stmt *statement, int at, const struct imprint *imprint)
{
    sqlite3_bind_int64(statement, at, (sqlite3_int64)imprint->bytes);
    sqlite3_bind_blob(statement, at + 1, imprint->sum.sum, sizeof imprint->sum.sum, SQLITE_STATIC);
}

bool manifest_add_file(struct ledger *ledger, const struct manifest_file *file, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *add = records_prepare(ledger->records, sql_add_file, fault);
    if (add == NULL)
        return false;
    sqlite3_bind_int(add, 1, file->day);
    sqlite3_bind_text(add, 2, file->content, -1, SQLITE_STATIC);
    sqlite3_bind_int64(add, 3, (sqlite3_int64)file->rows);
    if (file->sealed)
        bind_imprint(add, 4, &file->imprint);
    return records_do(add, fault);
}

bool manifest_changed(struct ledger *ledger, struct fault *fault)
{
    return records_run(ledger->records, sql_changed, fault);
}

/* ?1 day, ?2 intake, ?3 rows, ?4 file */
static bool set_day(struct ledger *ledger, const char *sql, const struct manifest_file *file,
                    sqlite3_int64 intake, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *set = records_prepare(ledger->records, sql, fault);
    if (set == NULL)
        return false;
    sqlite3_bind_int(set, 1, file->day);
    sqlite3_bind_int64(set, 2, intake);
    sqlite3_bind_int64(set, 3, (sqlite3_int64)file->rows);
    sqlite3_bind_text(set, 4, file->content, -1, SQLITE_STATIC);
    return records_do(set, fault);
}

static bool add_files(struct ledger *ledger, const struct manifest_files *files, struct fault *fault)
{
    sqlite3_int64 intake = sqlite3_last_insert_rowid(ledger->records);
    for (size_t i = 0; i < files->count; i++)
        if (!manifest_add_file(ledger, &files->items[i], fault) ||
            !set_day(ledger, sql_add_day, &files->items[i], intake, fault) ||
            !manifest_of_day(ledger, sql_make_due, files->items[i].day, fault))
            return false;
    return true;
}

static uint64_t rows_of(const struct manifest_files *files)
{
    uint64_t rows = 0;
    for (size_t i = 0; i < files->count; i++)
        rows += files->items[i].rows;
    return rows;
}

bool manifest_commit(struct ledger *ledger, struct content content, const char *name,
                     const struct manifest_files *files, struct fault *fault)
{
    return manifest_begin(ledger, fault) &&
           manifest_end(ledger,
                        intake_add(ledger, MANIFEST_KIND, content, name, rows_of(files), fault) &&
                            add_files(ledger, files, fault),
                        fault);
}

static bool number_of(struct ledger *ledger, struct content content, sqlite3_int64 *intake,
                      struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *find = records_prepare(ledger->records, sql_number, fault);
    bool row;
    if (find == NULL)
        return false;
    sqlite3_bind_text(find, 1, MANIFEST_KIND, -1, SQLITE_STATIC);
    sqlite3_bind_blob(find, 2, content.sum, sizeof content.sum, SQLITE_STATIC);
    if (!records_step(find, &row, fault))
        return false;
    *intake = row ? sqlite3_column_int64(find, 0) : 0;
    return row || fault_set(fault, "the ledger does not know the capture");
}

static bool of_capture(struct ledger *ledger, const char *sql, int32_t day, sqlite3_int64 intake,
                       struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int(statement, 1, day);
    sqlite3_bind_int64(statement, 2, intake);
    return records_do(statement, fault);
}

static bool count_rows(struct ledger *ledger, sqlite3_int64 intake, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *count = records_prepare(ledger->records, sql_count_rows, fault);
    if (count == NULL)
        return false;
    sqlite3_bind_int64(count, 1, intake);
    return records_do(count, fault);
}

/* The days are as if they had never been lost: what the capture does not hold any more (other points watch
 * now) is no longer missed, and a day where nothing is missed any more is summed from its sightings again. */
static bool mend(struct ledger *ledger, sqlite3_int64 intake, const struct manifest_days *days,
                 const struct manifest_files *files, struct fault *fault)
{
    for (size_t i = 0; i < files->count; i++)
        if (!manifest_add_file(ledger, &files->items[i], fault) ||
            !set_day(ledger, sql_found, &files->items[i], intake, fault))
            return false;
    for (size_t i = 0; i < days->count; i++)
        if (!of_capture(ledger, sql_not_found, days->items[i], intake, fault) ||
            !manifest_of_day(ledger, sql_release, days->items[i], fault) ||
            !manifest_of_day(ledger, sql_make_due, days->items[i], fault))
            return false;
    return count_rows(ledger, intake, fault) && manifest_changed(ledger, fault);
}

bool manifest_mend(struct ledger *ledger, struct content content, const struct manifest_days *days,
                   const struct manifest_files *files, struct fault *fault)
{
    sqlite3_int64 intake;
    return number_of(ledger, content, &intake, fault) && manifest_begin(ledger, fault) &&
           manifest_end(ledger, mend(ledger, intake, days, files, fault), fault);
}

static bool swap(struct ledger *ledger, const struct manifest_files *parts, const struct manifest_file *whole,
                 struct fault *fault)
{
    for (size_t i = 0; i < parts->count; i++) {
        const struct manifest_file *part = &parts->items[i];
        if (!manifest_of_file(ledger, sql_drop_file, part, NULL, fault) ||
            !manifest_of_file(ledger, sql_gone, part, NULL, fault) ||
            !manifest_of_file(ledger, sql_now_in, part, whole->content, fault))
            return false;
    }
    return manifest_add_file(ledger, whole, fault) && manifest_changed(ledger, fault);
}

bool manifest_swap(struct ledger *ledger, const struct manifest_files *parts,
                   const struct manifest_file *whole, struct fault *fault)
{
    return manifest_begin(ledger, fault) && manifest_end(ledger, swap(ledger, parts, whole, fault), fault);
}

static bool release(struct ledger *ledger, const struct manifest_days *days, struct fault *fault)
{
    static const char *const steps[] = {sql_all_gone, sql_drop_all, sql_nowhere, sql_hold};
    for (size_t i = 0; i < days->count; i++)
        for (size_t step = 0; step < sizeof steps / sizeof *steps; step++)
            if (!manifest_of_day(ledger, steps[step], days->items[i], fault))
                return false;
    return manifest_changed(ledger, fault);
}

bool manifest_release(struct ledger *ledger, const struct manifest_days *days, struct fault *fault)
{
    return manifest_begin(ledger, fault) && manifest_end(ledger, release(ledger, days, fault), fault);
}

static bool make_due(struct ledger *ledger, int32_t day, struct fault *fault)
{
    return manifest_of_day(ledger, sql_make_due, day, fault) && manifest_changed(ledger, fault);
}

bool manifest_make_due(struct ledger *ledger, int32_t day, struct fault *fault)
{
    return manifest_begin(ledger, fault) && manifest_end(ledger, make_due(ledger, day, fault), fault);
}

bool manifest_placed(struct ledger *ledger, struct fault *fault)
{
    return records_run(ledger->records, sql_placed, fault);
}

bool manifest_removed(struct ledger *ledger, struct fault *fault)
{
    return records_run(ledger->records, sql_removed, fault);
}

static bool weigh(struct ledger *ledger, int32_t day, const struct imprint *imprint, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_weigh, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int(statement, 1, day);
    bind_imprint(statement, 2, imprint);
    return records_do(statement, fault);
}

static bool summed(struct ledger *ledger, const struct manifest_summary *days, size_t count,
                   struct fault *fault)
{
    for (size_t i = 0; i < count; i++)
        if (!manifest_of_day(ledger, sql_not_due, days[i].day, fault) ||
            !weigh(ledger, days[i].day, &days[i].imprint, fault))
            return false;
    return true;
}

bool manifest_summed_days(struct ledger *ledger, const struct manifest_summary *days, size_t count,
                          struct fault *fault)
{
    return manifest_begin(ledger, fault) && manifest_end(ledger, summed(ledger, days, count, fault), fault);
}

bool manifest_summed(struct ledger *ledger, int32_t day, const struct imprint *imprint, struct fault *fault)
{
    return manifest_summed_days(ledger, &(struct manifest_summary){.day = day, .imprint = *imprint}, 1,
                                fault);
}

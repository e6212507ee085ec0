#include "ledger/manifest.h"
#include "base/memory.h"
#include "ledger/records.h"
#include <string.h>

/* A ledger of the first format is read as it lies; the first writer brings it up (migrate.c). */
static const char sql_is_current[] = "SELECT 1 FROM sqlite_schema WHERE name = 'day_held'";

static const char sql_all[] =
    "SELECT day, file, placed, rows, bytes, sum FROM sighting_file ORDER BY day, file";
static const char sql_all_1[] =
    "SELECT day, file, placed, rows, NULL, NULL FROM sighting_file ORDER BY day, file";
static const char sql_unplaced[] =
    "SELECT day, file, placed, rows, bytes, sum FROM sighting_file WHERE placed = 0 ORDER BY day, file";
static const char sql_gone[] = "SELECT day, file, 1, 0, NULL, NULL FROM sighting_gone ORDER BY day, file";

static const char sql_summaries[] =
    "SELECT day, day IN (SELECT day FROM summary_due), max(held), summary_file.bytes, summary_file.sum FROM"
    " (SELECT DISTINCT day, 0 AS held FROM sighting_file UNION ALL SELECT day, 1 FROM day_held)"
    " LEFT JOIN summary_file USING (day) GROUP BY day ORDER BY day";
static const char sql_summaries_1[] = "SELECT DISTINCT day, day IN (SELECT day FROM summary_due), 0, NULL, "
                                      "NULL FROM sighting_file ORDER BY day";

static const char sql_let_go[] = "SELECT day FROM day_held WHERE why = 'let go' ORDER BY day";
static const char sql_lost[] =
    "SELECT day FROM capture_day JOIN intake ON intake.id = capture_day.intake WHERE intake.kind = ?1 AND"
    " intake.content = ?2 AND file IS NULL AND day NOT IN (SELECT day FROM day_held WHERE why = 'let go')"
    " ORDER BY day";
/* Captures have rising numbers; `changes` counts all else that replaces or removes; between two of them files
 * only become placed, and days only stop being due. */
static const char sql_version[] =
    "SELECT (SELECT ifnull(max(id), 0) FROM intake),"
    " ifnull((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'changes'), 0),"
    " (SELECT count(*) FROM sighting_file WHERE placed = 0) + (SELECT count(*) FROM summary_due)";

void manifest_content_text(char out[MANIFEST_CONTENT_SIZE], struct content content)
{
    for (size_t i = 0; i < sizeof content.sum; i++) {
        out[2 * i] = "0123456789abcdef"[content.sum[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[content.sum[i] & 15];
    }
    out[MANIFEST_CONTENT_SIZE - 1] = '\0';
}

void manifest_files_clear(struct manifest_files *files)
{
    free(files->items);
    *files = (struct manifest_files){NULL, 0};
}

void manifest_days_clear(struct manifest_days *days)
{
    free(days->items);
    *days = (struct manifest_days){NULL, 0};
}

void manifest_summaries_clear(struct manifest_summaries *summaries)
{
    free(summaries->items);
    *summaries = (struct manifest_summaries){NULL, 0};
}

bool manifest_days_hold(const struct manifest_days *days, int32_t day)
{
    for (size_t i = 0; i < days->count && days->items[i] <= day; i++)
        if (days->items[i] == day)
            return true;
    return false;
}

bool manifest_is_current(const struct ledger *ledger, bool *current, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_is_current, fault);
    return statement != NULL && records_step(statement, current, fault);
}

static void *one_more(void *items, size_t count, size_t size)
{
    return (count & (count - 1)) == 0 ? memory_resize(items, 2 * count + 1, size) : items;
}

/* Two columns: bytes and sum. True where both are there. */
static bool imprint_of(sqlite3_stmt *statement, int column, struct imprint *imprint)
{
    if (sqlite3_column_bytes(statement, column + 1) != sizeof imprint->sum.sum)
        return false;
    imprint->bytes = (uint64_t)sqlite3_column_int64(statement, column);
    memcpy(imprint->sum.sum, sqlite3_column_blob(statement, column + 1), sizeof imprint->sum.sum);
    return true;
}

static bool file_of(sqlite3_stmt *statement, struct manifest_file *file, struct fault *fault)
{
    const char *content = (const char *)sqlite3_column_text(statement, 1);
    if (content == NULL || strlen(content) != MANIFEST_CONTENT_SIZE - 1 ||
        strspn(content, "0123456789abcdef") != MANIFEST_CONTENT_SIZE - 1)
        return fault_set(fault, "the ledger names no sightings '%s' (expected %d digits)",
                         content == NULL ? "" : content, MANIFEST_CONTENT_SIZE - 1);
    *file = (struct manifest_file){.day = sqlite3_column_int(statement, 0),
                                   .placed = sqlite3_column_int(statement, 2) != 0,
                                   .rows = (uint64_t)sqlite3_column_int64(statement, 3)};
    memcpy(file->content, content, sizeof file->content);
    file->sealed = imprint_of(statement, 4, &file->imprint);
    return true;
}

static bool load_files(const struct ledger *ledger, const char *sql, struct manifest_files *files,
                       struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    CLEANUP(manifest_files_clear) struct manifest_files loaded = {NULL, 0};
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    while (row) {
        loaded.items = one_more(loaded.items, loaded.count, sizeof *loaded.items);
        if (!file_of(statement, &loaded.items[loaded.count], fault))
            return false;
        loaded.count++;
        if (!records_step(statement, &row, fault))
            return false;
    }
    *files = loaded;
    loaded = (struct manifest_files){NULL, 0};
    return true;
}

bool manifest_all(const struct ledger *ledger, struct manifest_files *files, struct fault *fault)
{
    bool current;
    return manifest_is_current(ledger, &current, fault) &&
           load_files(ledger, current ? sql_all : sql_all_1, files, fault);
}

bool manifest_unplaced(const struct ledger *ledger, struct manifest_files *files, struct fault *fault)
{
    return load_files(ledger, sql_unplaced, files, fault);
}

bool manifest_gone(const struct ledger *ledger, struct manifest_files *files, struct fault *fault)
{
    return load_files(ledger, sql_gone, files, fault);
}

static bool load_days(sqlite3_stmt *statement, struct manifest_days *days, struct fault *fault)
{
    CLEANUP(manifest_days_clear) struct manifest_days loaded = {NULL, 0};
    bool row;
    if (!records_step(statement, &row, fault))
        return false;
    while (row) {
        loaded.items = one_more(loaded.items, loaded.count, sizeof *loaded.items);
        loaded.items[loaded.count++] = sqlite3_column_int(statement, 0);
        if (!records_step(statement, &row, fault))
            return false;
    }
    *days = loaded;
    loaded = (struct manifest_days){NULL, 0};
    return true;
}

bool manifest_let_go(const struct ledger *ledger, struct manifest_days *days, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_let_go, fault);
    return statement != NULL && load_days(statement, days, fault);
}

bool manifest_lost(const struct ledger *ledger, struct content content, struct manifest_days *days,
                   struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_lost, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, MANIFEST_KIND, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, content.sum, sizeof content.sum, SQLITE_STATIC);
    return load_days(statement, days, fault);
}

bool manifest_summaries(const struct ledger *ledger, struct manifest_summaries *summaries,
                        struct fault *fault)
{
    bool current, row;
    if (!manifest_is_current(ledger, &current, fault))
        return false;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement =
        records_prepare(ledger->records, current ? sql_summaries : sql_summaries_1, fault);
    CLEANUP(manifest_summaries_clear) struct manifest_summaries loaded = {NULL, 0};
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    while (row) {
        loaded.items = one_more(loaded.items, loaded.count, sizeof *loaded.items);
        struct manifest_summary *summary = &loaded.items[loaded.count++];
        *summary = (struct manifest_summary){.day = sqlite3_column_int(statement, 0),
                                             .due = sqlite3_column_int(statement, 1) != 0,
                                             .held = sqlite3_column_int(statement, 2) != 0};
        summary->sealed = imprint_of(statement, 3, &summary->imprint);
        if (!records_step(statement, &row, fault))
            return false;
    }
    *summaries = loaded;
    loaded = (struct manifest_summaries){NULL, 0};
    return true;
}

bool manifest_version(const struct ledger *ledger, struct manifest_version *version, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_version, fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    *version =
        (struct manifest_version){sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1),
                                  sqlite3_column_int64(statement, 2)};
    return true;
}

#include "ledger/manifest.h"
#include "base/memory.h"
#include "ledger/intake.h"
#include "ledger/records.h"
#include <string.h>

static const char sql_add[] =
    "INSERT INTO sighting_file (day, intake, file, rows, placed) VALUES (?1, ?2, ?3, ?4, 0)";
static const char sql_make_due[] = "INSERT OR IGNORE INTO summary_due (day) VALUES (?1)";
static const char sql_all[] = "SELECT day, file, placed, rows FROM sighting_file ORDER BY day, file";
static const char sql_unplaced[] =
    "SELECT day, file, placed, rows FROM sighting_file WHERE placed = 0 ORDER BY day, file";
static const char sql_placed[] = "UPDATE sighting_file SET placed = 1 WHERE placed = 0";
static const char sql_due[] = "SELECT day FROM summary_due ORDER BY day";
static const char sql_summed[] = "DELETE FROM summary_due WHERE day = ?1";

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

static uint64_t rows_of(const struct manifest_files *files)
{
    uint64_t rows = 0;
    for (size_t i = 0; i < files->count; i++)
        rows += files->items[i].rows;
    return rows;
}

static bool add_files(struct ledger *ledger, const struct manifest_files *files, struct fault *fault)
{
    sqlite3_int64 intake = sqlite3_last_insert_rowid(ledger->records);
    OWNED(sqlite3_finalize) sqlite3_stmt *add = records_prepare(ledger->records, sql_add, fault);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *due = add == NULL ? NULL : records_prepare(ledger->records, sql_make_due, fault);
    if (due == NULL)
        return false;
    for (size_t i = 0; i < files->count; i++) {
        const struct manifest_file *file = &files->items[i];
        sqlite3_bind_int(add, 1, file->day);
        sqlite3_bind_int64(add, 2, intake);
        sqlite3_bind_text(add, 3, file->content, -1, SQLITE_STATIC);
        sqlite3_bind_int64(add, 4, (sqlite3_int64)file->rows);
        sqlite3_bind_int(due, 1, file->day);
        if (!records_do(add, fault) || !records_do(due, fault))
            return false;
    }
    return true;
}

bool manifest_commit(struct ledger *ledger, struct content content, const char *name,
                     const struct manifest_files *files, struct fault *fault)
{
    if (!records_run(ledger->records, "BEGIN IMMEDIATE", fault))
        return false;
    if (intake_add(ledger, MANIFEST_KIND, content, name, rows_of(files), fault) &&
        add_files(ledger, files, fault) && records_run(ledger->records, "COMMIT", fault))
        return true;
    struct fault ignored; /* SQLite may have rolled back already */
    records_run(ledger->records, "ROLLBACK", &ignored);
    return false;
}

static bool load_files(const struct ledger *ledger, const char *sql, struct manifest_files *files,
                       struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    CLEANUP(manifest_files_clear) struct manifest_files loaded = {NULL, 0};
    size_t room = 0;
    bool row = statement != NULL;
    while (row) {
        if (!records_step(statement, &row, fault))
            return false;
        if (!row)
            break;
        if (loaded.count == room)
            loaded.items =
                memory_resize(loaded.items, room = room == 0 ? 64 : 2 * room, sizeof *loaded.items);
        struct manifest_file *file = &loaded.items[loaded.count];
        const char *content = (const char *)sqlite3_column_text(statement, 1);
        if (strlen(content) != MANIFEST_CONTENT_SIZE - 1)
            return fault_set(fault, "the ledger names no sightings '%s' (expected %d digits)", content,
                             MANIFEST_CONTENT_SIZE - 1);
        *file = (struct manifest_file){.day = sqlite3_column_int(statement, 0),
                                       .placed = sqlite3_column_int(statement, 2) != 0,
                                       .rows = (uint64_t)sqlite3_column_int64(statement, 3)};
        memcpy(file->content, content, sizeof file->content);
        loaded.count++;
    }
    if (statement == NULL)
        return false;
    *files = loaded;
    loaded = (struct manifest_files){NULL, 0};
    return true;
}

bool manifest_all(const struct ledger *ledger, struct manifest_files *files, struct fault *fault)
{
    return load_files(ledger, sql_all, files, fault);
}

bool manifest_unplaced(const struct ledger *ledger, struct manifest_files *files, struct fault *fault)
{
    return load_files(ledger, sql_unplaced, files, fault);
}

bool manifest_placed(struct ledger *ledger, struct fault *fault)
{
    return records_run(ledger->records, sql_placed, fault);
}

bool manifest_due(const struct ledger *ledger, struct manifest_days *days, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_due, fault);
    CLEANUP(manifest_days_clear) struct manifest_days loaded = {NULL, 0};
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    while (row) {
        if ((loaded.count & (loaded.count - 1)) == 0)
            loaded.items = memory_resize(loaded.items, 2 * loaded.count + 1, sizeof *loaded.items);
        loaded.items[loaded.count++] = sqlite3_column_int(statement, 0);
        if (!records_step(statement, &row, fault))
            return false;
    }
    *days = loaded;
    loaded = (struct manifest_days){NULL, 0};
    return true;
}

bool manifest_summed(struct ledger *ledger, int32_t day, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_summed, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int(statement, 1, day);
    return records_do(statement, fault);
}

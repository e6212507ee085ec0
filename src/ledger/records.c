#include "ledger/records.h"
#include "base/file.h"
#include "base/text.h"
#include <string.h>
#include <sys/stat.h>

enum { RECORDS_BUSY_MS = 30000, RECORDS_SETTLE_MS = 1000, RECORDS_PATH_MOST = 3 * 4096 + 64 };

bool records_fault(sqlite3 *records, struct fault *fault)
{
    const char *file = sqlite3_db_filename(records, "main");
    return fault_set(fault, "'%s': %s", file == NULL ? "desk.sqlite" : file, sqlite3_errmsg(records));
}

/* A path as SQLite's URI wants it: what would end the path or begin an escape is escaped. */
static void uri_add_path(struct text *uri, const char *path)
{
    text_add_string(uri, path[0] == '/' ? "file://" : "file:");
    for (; *path != '\0'; path++)
        if (strchr("%?# ", *path) != NULL)
            text_addf(uri, "%%%02X", (unsigned char)*path);
        else
            text_add_byte(uri, *path);
}

/* "What cannot be written cannot be cut short either": DEFENSIVE and an untrusted schema keep a tampered file
 * from running anything; foreign keys are off in SQLite unless asked for; what is deleted is overwritten. */
static bool settle(sqlite3 *records, enum records_for what, struct fault *fault)
{
    sqlite3_busy_timeout(records, RECORDS_BUSY_MS);
    sqlite3_extended_result_codes(records, 1);
    sqlite3_db_config(records, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(records, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (what == RECORDS_READ)
        return records_run(records, "PRAGMA query_only = ON; SELECT count(*) FROM sqlite_schema", fault);
    return records_run(records,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                       " PRAGMA cache_size = -65536; PRAGMA secure_delete = ON",
                       fault);
}

static sqlite3 *open_uri(const char *path, const char *query, enum records_for what, struct fault *fault)
{
    CLEANUP(text_clear) struct text uri;
    text_init(&uri, RECORDS_PATH_MOST);
    uri_add_path(&uri, path);
    text_add_string(&uri, query);
    if (!text_whole(&uri)) {
        fault_set(fault, "'%s': the path is too long", path);
        return NULL;
    }
    OWNED(records_free) sqlite3 *records = NULL;
    if (sqlite3_open_v2(uri.bytes, &records,
                        SQLITE_OPEN_URI |
                            (what == RECORDS_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                            (what == RECORDS_MAKE ? SQLITE_OPEN_CREATE : 0),
                        NULL) != SQLITE_OK) {
        fault_set(fault, "'%s': %s", path, records == NULL ? "out of memory" : sqlite3_errmsg(records));
        return NULL;
    }
    return settle(records, what, fault) ? HANDOVER(records) : NULL;
}

/* Nothing waits in the write-ahead log: the file alone is all there is. */
static bool log_is_empty(const char *path)
{
    CLEANUP(text_clear) struct text log;
    text_init(&log, RECORDS_PATH_MOST);
    text_addf(&log, "%s-wal", path);
    struct stat status;
    return text_whole(&log) && (stat(log.bytes, &status) != 0 || status.st_size == 0);
}

sqlite3 *records_open(const char *path, enum records_for what, struct fault *fault)
{
    sqlite3 *records = open_uri(path, "", what, fault);
    /* Reading in WAL mode needs a -shm file beside, which a read-only medium cannot take
     * (sqlite.org/wal.html, "Read-Only Databases"). Nobody can write there, so the file may be read as one
     * that never changes. */
    if (records == NULL && what == RECORDS_READ && file_exists(path) && log_is_empty(path))
        records = open_uri(path, "?immutable=1", what, fault);
    return records;
}

void records_free(sqlite3 *records)
{
    sqlite3_close_v2(records);
}

bool records_run(sqlite3 *records, const char *sql, struct fault *fault)
{
    return sqlite3_exec(records, sql, NULL, NULL, NULL) == SQLITE_OK || records_fault(records, fault);
}

void records_settle(sqlite3 *records)
{
    sqlite3_busy_timeout(records, RECORDS_SETTLE_MS);
    sqlite3_wal_checkpoint_v2(records, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(records, RECORDS_BUSY_MS);
}

sqlite3_stmt *records_prepare(sqlite3 *records, const char *sql, struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(records, sql, -1, &statement, NULL) != SQLITE_OK)
        records_fault(records, fault);
    return statement;
}

bool records_step(sqlite3_stmt *statement, bool *row, struct fault *fault)
{
    int result = sqlite3_step(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        records_fault(sqlite3_db_handle(statement), fault);
        sqlite3_reset(statement);
        return false;
    }
    if (result == SQLITE_DONE)
        sqlite3_reset(statement);
    *row = result == SQLITE_ROW;
    return true;
}

bool records_do(sqlite3_stmt *statement, struct fault *fault)
{
    bool row = true;
    while (row)
        if (!records_step(statement, &row, fault))
            return false;
    return true;
}

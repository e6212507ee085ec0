#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "cases/backup.h"
#include "cases/backup_parts.h"
#include "cases/change.h"
#include "cases/deeds.h"
#include "ledger/manifest.h"
#include "ledger/migrate.h"
#include "ledger/records.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* All of these become what the backup holds: emptied from the last to the first, filled from the first to the
 * last, for a table refers only to those before it. Signed in are those of now, and no more. */
#define TABLES(each)                                                                                         \
    each(malware_report) each(access_report) each(consultation) each(history) each(desk_key) each(staff)     \
        each(browser) each(casefile) each(told) each(attachment) each(classed_malware) each(classed_access)  \
            each(classed_consultation) each(counted_malware) each(virus_name) each(virus_alias)              \
                each(answer_template) each(deed) each(search_posting) each(search_batch)
#define EMPTY(table) "DELETE FROM main." #table,
#define FILL(table)  "INSERT INTO main." #table " SELECT * FROM kept." #table,
static const char *const sql_empty[] = {TABLES(EMPTY) "DELETE FROM main.attempt", "DELETE FROM main.session"};
static const char *const sql_fill[] = {
    TABLES(FILL)
    /* the place of a capture in the intake stays, for its sightings do */
    "DELETE FROM main.intake WHERE kind <> '" MANIFEST_KIND "';"
    "INSERT INTO main.intake (kind, content, name, taken_s, rows)"
    " SELECT kind, content, name, taken_s, rows FROM kept.intake WHERE kind <> '" MANIFEST_KIND "'",
    /* sightings know points by their names, so a point may come and none may go */
    "INSERT INTO main.point (name) SELECT name FROM kept.point"
    " WHERE name NOT IN (SELECT name FROM main.point) ORDER BY id;"
    "INSERT INTO main.point_watch (point, network, since, until)"
    " SELECT here.id, network, since, until FROM kept.point_watch AS watch"
    " JOIN kept.point AS there ON there.id = watch.point JOIN main.point AS here ON here.name = there.name"
    " WHERE here.id NOT IN (SELECT point FROM main.point_watch)",
};
/* Nothing was taken in, nobody works here, nothing is watched. */
static const char sql_fresh[] =
    "SELECT NOT (EXISTS (SELECT 1 FROM intake) OR EXISTS (SELECT 1 FROM point)"
    " OR EXISTS (SELECT 1 FROM desk_key) OR EXISTS (SELECT 1 FROM staff) OR EXISTS (SELECT 1 FROM casefile)"
    " OR EXISTS (SELECT 1 FROM deed) OR EXISTS (SELECT 1 FROM virus_name)"
    " OR EXISTS (SELECT 1 FROM answer_template))";
static const char sql_check[] = "PRAGMA integrity_check(1)";
static const char sql_format[] = "SELECT value FROM meta WHERE name = 'format'";
static const char sql_file[] = "SELECT content FROM backup_file WHERE name = ?1";
static const char sql_attach[] = "ATTACH ?1 AS kept";
static const char sql_differs[] =
    "SELECT here.name FROM main.sqlite_schema AS here LEFT JOIN kept.sqlite_schema AS there"
    " ON there.name = here.name AND there.type = 'table'"
    " WHERE here.type = 'table' AND here.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND here.sql IS NOT "
    "there.sql";
static const char sql_head[] = "SELECT lower(hex(hash)) FROM deed ORDER BY id DESC LIMIT 1";

struct restoring {
    struct ledger *ledger;
    const char *file;
    char path[PATH_MAX];
    struct ledger kept; /* the backup, as far as it is a ledger: records and key */
    struct text files[BACKUP_FILES];
    bool has[BACKUP_FILES];
    bool fresh; /* the ledger becomes the one that the backup is of */
};

static void restoring_clear(struct restoring *restoring)
{
    records_free(restoring->kept.records);
    explicit_bzero(restoring->kept.key, sizeof restoring->kept.key);
    for (size_t i = 0; i < BACKUP_FILES; i++) {
        explicit_bzero(restoring->files[i].bytes, restoring->files[i].length);
        text_clear(&restoring->files[i]);
    }
    ledger_free(restoring->ledger);
}

/* The first cell of a statement's first row as text; "" where there is none. */
static bool first_cell(sqlite3 *records, const char *sql, struct text *cell, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(records, sql, fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    text_empty(cell);
    const char *found = row ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    if (found != NULL)
        text_add_string(cell, found);
    return true;
}

static bool check_file(struct restoring *restoring, struct fault *fault)
{
    CLEANUP(text_clear) struct text cell;
    char expected[16];
    text_init(&cell, 4096);
    if (!first_cell(restoring->kept.records, sql_check, &cell, fault))
        return false;
    if (strcmp(cell.bytes, "ok") != 0)
        return fault_set(fault, "'%s' is damaged: %s", restoring->file, cell.bytes);
    if (!first_cell(restoring->kept.records, sql_format, &cell, fault))
        return fault_while(fault, "'%s' is no backup", restoring->file);
    snprintf(expected, sizeof expected, "%d", LEDGER_FORMAT);
    return strcmp(cell.bytes, expected) == 0 || fault_set(fault, "the format of '%s' is '%s' (expected %s)",
                                                          restoring->file, cell.bytes, expected);
}

static bool read_file(struct restoring *restoring, size_t at, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(restoring->kept.records, sql_file, fault);
    bool row;
    if (statement == NULL)
        return fault_while(fault, "'%s' is no backup", restoring->file);
    sqlite3_bind_text(statement, 1, backup_files[at], -1, SQLITE_STATIC);
    if (!records_step(statement, &row, fault))
        return false;
    restoring->has[at] = row;
    if (row)
        text_add(&restoring->files[at], sqlite3_column_blob(statement, 0),
                 (size_t)sqlite3_column_bytes(statement, 0));
    return true;
}

static bool read_files(struct restoring *restoring, struct fault *fault)
{
    const struct text *key = &restoring->files[BACKUP_REPORTER_KEY];
    for (size_t i = 0; i < BACKUP_FILES; i++)
        if (!read_file(restoring, i, fault))
            return false;
    if (key->length != sizeof restoring->kept.key || !restoring->has[BACKUP_CONF])
        return fault_set(fault, "'%s' is no backup of a ledger", restoring->file);
    memcpy(restoring->kept.key, key->bytes, key->length);
    return true;
}

/* Whether the ledger has the same file, or none; *same. */
static bool is_same(const struct restoring *restoring, size_t at, bool *same, struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(restoring->ledger, "%s", backup_files[at]);
    CLEANUP(text_clear) struct text own;
    text_init(&own, BACKUP_FILE_MOST);
    *same = !restoring->has[at] || (!file_exists(path) && errno == ENOENT);
    if (*same)
        return true;
    if (!file_read(path, &own, fault))
        return false;
    *same = own.length == restoring->files[at].length &&
            memcmp(own.bytes, restoring->files[at].bytes, own.length) == 0;
    explicit_bzero(own.bytes, own.length);
    return true;
}

static bool check_ledger(struct restoring *restoring, struct fault *fault)
{
    CLEANUP(text_clear) struct text cell;
    bool same_reporters, same_mailer;
    text_init(&cell, 64);
    if (!is_same(restoring, BACKUP_REPORTER_KEY, &same_reporters, fault) ||
        !is_same(restoring, BACKUP_MAILER_KEY, &same_mailer, fault) ||
        !first_cell(restoring->ledger->records, sql_fresh, &cell, fault))
        return false;
    restoring->fresh = strcmp(cell.bytes, "1") == 0;
    return restoring->fresh || (same_reporters && same_mailer) ||
           fault_set(fault,
                     "'%s' is a backup of another ledger than '%s' (expected the same reporter.key and "
                     "mailer.key, or a ledger just made by 'mimamori init')",
                     restoring->file, restoring->ledger->path);
}

static bool check_deeds(struct restoring *restoring, struct fault *fault)
{
    struct deeds_proof proof;
    if (!deeds_verify(&restoring->kept, NULL, &proof, fault))
        return false;
    return proof.found == DEEDS_WHOLE ||
           fault_set(fault,
                     "'%s': the record of deeds is broken at entry %lld (expected each to follow from "
                     "the one before)",
                     restoring->file, (long long)proof.broken_at);
}

static bool open_file(struct restoring *restoring, struct fault *fault)
{
    if (realpath(restoring->file, restoring->path) == NULL)
        return fault_errno(fault, "'%s': cannot open", restoring->file);
    restoring->kept.path = restoring->path;
    restoring->kept.lock = -1;
    restoring->kept.records = records_open(restoring->path, RECORDS_READ, fault);
    return restoring->kept.records != NULL;
}

static bool attach(struct restoring *restoring, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(restoring->ledger->records, sql_attach, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, restoring->path, -1, SQLITE_STATIC);
    return records_do(statement, fault);
}

/* SELECT * needs the same columns in the same order. */
static bool check_tables(struct restoring *restoring, struct fault *fault)
{
    CLEANUP(text_clear) struct text cell;
    text_init(&cell, 4096);
    if (!first_cell(restoring->ledger->records, sql_differs, &cell, fault))
        return false;
    return cell.length == 0 || fault_set(fault, "'%s': the table '%s' is not as this mimamori makes it",
                                         restoring->file, cell.bytes);
}

static bool replace(struct restoring *restoring, struct fault *fault)
{
    struct ledger *ledger = restoring->ledger;
    CLEANUP(text_clear) struct text head;
    text_init(&head, 256);
    if (!first_cell(ledger->records, sql_head, &head, fault))
        return false;
    for (size_t i = sizeof sql_empty / sizeof *sql_empty; i-- > 0;)
        if (!records_run(ledger->records, sql_empty[i], fault))
            return false;
    for (size_t i = 0; i < sizeof sql_fill / sizeof *sql_fill; i++)
        if (!records_run(ledger->records, sql_fill[i], fault))
            return false;
    memcpy(ledger->key, restoring->kept.key, sizeof ledger->key); /* the chain goes on with its own key */
    return deeds_add(ledger, 0, "backup.restored", 0, head.bytes, fault);
}

/* A ledger without anything may have any key: killed after this, it is as empty as before. A mailer.key comes
 * also where there is none. */
static bool place_files(struct restoring *restoring, struct fault *fault)
{
    sqlite3 *records = restoring->ledger->records;
    int flushed = sqlite3_db_cacheflush(records); /* a full disk shows here */
    if (flushed != SQLITE_OK)
        return fault_set(fault, "'%s': %s", sqlite3_db_filename(records, "main"), sqlite3_errstr(flushed));
    bool well = true;
    mode_t before = umask(077);
    for (size_t i = 0; well && i < BACKUP_FILES; i++) {
        OWNED_MEMORY char *path = ledger_path(restoring->ledger, "%s", backup_files[i]);
        if (restoring->has[i] && (restoring->fresh || (i == BACKUP_MAILER_KEY && !file_exists(path))))
            well = file_write(path, restoring->files[i].bytes, restoring->files[i].length, fault);
    }
    umask(before);
    return well;
}

static bool restore(struct restoring *restoring, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    return open_file(restoring, fault) && check_file(restoring, fault) && read_files(restoring, fault) &&
           check_ledger(restoring, fault) && check_deeds(restoring, fault) && attach(restoring, fault) &&
           change_begin(&change, restoring->ledger, fault) && check_tables(restoring, fault) &&
           replace(restoring, fault) && place_files(restoring, fault) && change_commit(&change, fault);
}

bool backup_restore(const char *ledger, const char *file, struct fault *fault)
{
    CLEANUP(restoring_clear)
    struct restoring restoring = {.ledger = ledger_open(ledger, LEDGER_WRITE, fault), .file = file};
    for (size_t i = 0; i < BACKUP_FILES; i++)
        text_init(&restoring.files[i], BACKUP_FILE_MOST);
    return restoring.ledger != NULL && restore(&restoring, fault);
}

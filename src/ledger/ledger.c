#include "ledger/ledger.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/workers.h"
#include "ledger/conf.h"
#include "ledger/lock.h"
#include "ledger/migrate.h"
#include "ledger/records.h"
#include "ledger/sightings.h"
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *ledger_path(const struct ledger *ledger, const char *format, ...)
{
    va_list arguments;
    char *inside, *path;
    va_start(arguments, format);
    if (vasprintf(&inside, format, arguments) < 0)
        abort(); /* out of memory */
    va_end(arguments);
    if (asprintf(&path, "%s/%s", ledger->path, inside) < 0)
        abort();
    free(inside);
    return path;
}

static bool read_conf(struct ledger *ledger, struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(ledger, "ledger.conf");
    struct stat status;
    if (stat(ledger->path, &status) != 0)
        return fault_errno(fault, "cannot open the ledger '%s'", ledger->path);
    if (!file_exists(path) && (errno == ENOENT || errno == ENOTDIR))
        return fault_set(fault, "'%s' is no ledger (expected a folder made by 'mimamori init')",
                         ledger->path);
    if (!conf_read(path, &ledger->settings, fault))
        return false;
    return zone_open(&ledger->zone, ledger->settings.zone, fault) || fault_while(fault, "%s", path);
}

static bool read_key(struct ledger *ledger, struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(ledger, "reporter.key");
    CLEANUP(text_clear) struct text key;
    text_init(&key, sizeof ledger->key + 1); /* one more, to see that it is too long */
    if (!file_read(path, &key, fault))
        return false;
    if (key.length != sizeof ledger->key)
        return fault_set(fault, "'%s' is %zu bytes long (expected %zu)", path, key.length,
                         sizeof ledger->key);
    memcpy(ledger->key, key.bytes, sizeof ledger->key);
    explicit_bzero(key.bytes, key.length);
    return true;
}

static bool read_format(const struct ledger *ledger, long *format, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement =
        records_prepare(ledger->records, "SELECT value FROM meta WHERE name = 'format'", fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    const char *found = row ? (const char *)sqlite3_column_text(statement, 0) : "missing";
    *format = strtol(found, NULL, 10);
    return (*format >= LEDGER_FORMAT_FIRST && *format <= LEDGER_FORMAT) ||
           fault_set(fault, "the format of '%s' is %s (expected %d: another mimamori made it)", ledger->path,
                     found, LEDGER_FORMAT);
}

static bool open_records(struct ledger *ledger, enum ledger_for what, struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(ledger, "desk.sqlite");
    long format;
    ledger->records = records_open(path, what == LEDGER_READ ? RECORDS_READ : RECORDS_WRITE, fault);
    if (ledger->records == NULL || !read_format(ledger, &format, fault))
        return false;
    if (what == LEDGER_SHARE && format != LEDGER_FORMAT)
        return fault_set(fault, "the format of '%s' is %ld (expected %d)", ledger->path, format,
                         LEDGER_FORMAT);
    /* The desk's processes may open no file outside of the ledger, and many small statements need none. */
    if (what == LEDGER_SHARE)
        return records_run(ledger->records, "PRAGMA temp_store = MEMORY", fault);
    return what == LEDGER_READ || format == LEDGER_FORMAT || migrate(ledger, format, fault);
}

static bool take_lock(struct ledger *ledger, struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(ledger, "ledger.lock");
    ledger->lock = lock_take(path, ledger->path, fault);
    return ledger->lock >= 0;
}

struct ledger *ledger_open(const char *path, enum ledger_for what, struct fault *fault)
{
    OWNED(ledger_free) struct ledger *ledger = memory_new(1, sizeof *ledger);
    ledger->path = memory_string(path);
    ledger->lock = -1;
    ledger->threads = workers_processors();
    if (!read_conf(ledger, fault) || !read_key(ledger, fault))
        return NULL;
    if (what != LEDGER_READ && what != LEDGER_SHARE && !take_lock(ledger, fault))
        return NULL;
    if (!open_records(ledger, what, fault) || (what == LEDGER_WRITE && !sightings_recover(ledger, fault)))
        return NULL;
    return HANDOVER(ledger);
}

void ledger_free(struct ledger *ledger)
{
    if (ledger == NULL)
        return;
    records_free(ledger->records);
    lock_release(ledger->lock); /* after the records: SQLite may still move its log into the file */
    conf_clear(&ledger->settings);
    explicit_bzero(ledger->key, sizeof ledger->key);
    free(ledger->path);
    free(ledger);
}

#include "ledger/summary.h"
#include "base/file.h"
#include "ledger/functions.h"
#include "ledger/manifest.h"
#include "ledger/views.h"

static const char summary_columns[] =
    "COPY (SELECT point, kind, protocol, port::USMALLINT AS port, country, accesses, sources FROM (";
static const char summary_order[] = ") ORDER BY point, kind, protocol, port, country NULLS LAST) TO ";
static const char summary_options[] = " (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION 'V2', "
                                      "DICTIONARY_SIZE_LIMIT 4096, COMPRESSION_LEVEL 1, USE_TMP_FILE false)";

static bool write_sums(struct engine *engine, const struct snapshot_files *files, const char *path,
                       struct fault *fault)
{
    CLEANUP(text_clear) struct text sql;
    text_init(&sql, VIEWS_SQL_MOST);
    text_add_string(&sql, summary_columns);
    views_add_sums(&sql, files);
    text_add_string(&sql, summary_order);
    engine_add_literal(&sql, path);
    text_add_string(&sql, summary_options);
    if (!text_whole(&sql))
        return fault_set(fault, "'%s': the day lies in too many files", path);
    return engine_run(engine, sql.bytes, fault) && file_sync(path, fault);
}

static bool make(struct ledger *ledger, struct engine *engine, const struct snapshot_files *files,
                 struct fault *fault)
{
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, files->items[0].day);
    OWNED_MEMORY char *path = ledger_path(ledger, "summary/day=%s.parquet", day);
    OWNED_MEMORY char *beside = ledger_path(ledger, "summary/.day=%s.parquet.new", day);
    if (!write_sums(engine, files, beside, fault)) {
        unlink(beside);
        return fault_while(fault, "cannot sum %s", day);
    }
    struct imprint imprint;
    return imprint_take(ledger, beside, &imprint, fault) && file_rename(beside, path, fault) &&
           manifest_summed(ledger, files->items[0].day, &imprint, fault);
}

static bool make_all(struct ledger *ledger, const struct snapshot *snapshot, struct fault *fault)
{
    CLEANUP(engine_close) struct engine engine = {NULL, NULL};
    OWNED_MEMORY char *spill = ledger_path(ledger, "spool/query-%ld", (long)getpid());
    if (!engine_open(&engine, "384MB", spill, fault) || !functions_register(&engine, snapshot, fault))
        return false;
    const struct snapshot_files *due = &snapshot->unsummed;
    for (size_t at = 0, same; at < due->count; at += same) {
        same = snapshot_same_day(due, at);
        if (!make(ledger, &engine, &(struct snapshot_files){&due->items[at], same}, fault))
            return false;
    }
    return true;
}

bool summary_make_due(struct ledger *ledger, struct fault *fault)
{
    CLEANUP(snapshot_clear) struct snapshot snapshot = {0};
    if (!snapshot_take(ledger, &snapshot, fault))
        return false;
    return snapshot.unsummed.count == 0 || make_all(ledger, &snapshot, fault);
}

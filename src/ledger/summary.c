#include "ledger/summary.h"
#include "base/file.h"
#include "ledger/functions.h"
#include "ledger/manifest.h"
#include "ledger/summing.h"

struct making {
    struct ledger *ledger;
    struct engine engine;
    struct points points;
};

static bool make(struct making *making, const struct snapshot_files *files, struct fault *fault)
{
    struct ledger *ledger = making->ledger;
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, files->items[0].day);
    OWNED_MEMORY char *path = ledger_path(ledger, "summary/day=%s.parquet", day);
    OWNED_MEMORY char *beside = ledger_path(ledger, "summary/.day=%s.parquet.new", day);
    if (!summing_write(&making->engine, &making->points, files, beside, fault)) {
        unlink(beside);
        return fault_while(fault, "cannot sum %s", day);
    }
    struct imprint imprint;
    return imprint_take(beside, &imprint, fault) && file_rename(beside, path, fault) &&
           manifest_summed(ledger, files->items[0].day, &imprint, fault);
}

static bool make_days(struct making *making, const struct snapshot *snapshot, struct fault *fault)
{
    const struct snapshot_files *due = &snapshot->unsummed;
    for (size_t at = 0, same; at < due->count; at += same) {
        same = snapshot_same_day(due, at);
        if (!make(making, &(struct snapshot_files){&due->items[at], same}, fault))
            return false;
    }
    return true;
}

static bool make_all(struct ledger *ledger, const struct snapshot *snapshot, struct fault *fault)
{
    struct making making = {.ledger = ledger};
    OWNED_MEMORY char *spill = ledger_path(ledger, "spool/query-%ld", (long)getpid());
    bool made = points_load(ledger, &making.points, fault) &&
                engine_open(&making.engine, "384MB", spill, fault) &&
                engine_use_threads(&making.engine, ledger->threads, fault) &&
                functions_register(&making.engine, snapshot, fault) && make_days(&making, snapshot, fault);
    engine_close(&making.engine);
    points_clear(&making.points);
    return made;
}

bool summary_make_due(struct ledger *ledger, struct fault *fault)
{
    CLEANUP(snapshot_clear) struct snapshot snapshot = {0};
    if (!snapshot_take(ledger, &snapshot, fault))
        return false;
    return snapshot.unsummed.count == 0 || make_all(ledger, &snapshot, fault);
}

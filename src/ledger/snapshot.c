#include "ledger/snapshot.h"
#include "base/memory.h"
#include "ledger/records.h"
#include "ledger/spool.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>

enum { SNAPSHOT_TRIES = 1000 };

enum opened { OPENED, OPENED_MOVED, OPENED_FAILED };

/* A ledger of some years holds a summary open for each day: more than the 1024 files a shell allows at first.
 */
static void allow_many_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static char *path_of(int folder, const char *inside)
{
    char *path = NULL;
    if (asprintf(&path, inside == NULL ? "/proc/self/fd/%d" : "/proc/self/fd/%d/%s", folder, inside) < 0)
        abort(); /* out of memory */
    return path;
}

static void add(struct snapshot_files *files, struct snapshot_file file)
{
    if ((files->count & (files->count - 1)) == 0)
        files->items = memory_resize(files->items, 2 * files->count + 1, sizeof *files->items);
    files->items[files->count++] = file;
}

/* A file that may be moved or replaced: held open. */
static enum opened hold(const char *path, int32_t day, struct snapshot_files *files, struct fault *fault)
{
    int held = open(path, O_RDONLY | O_CLOEXEC);
    if (held < 0 && errno == ENOENT)
        return OPENED_MOVED;
    if (held < 0) {
        fault_errno(fault, "cannot open '%s'", path);
        return OPENED_FAILED;
    }
    add(files, (struct snapshot_file){.day = day, .held = held, .path = path_of(held, NULL)});
    return OPENED;
}

static bool add_sightings(const struct ledger *ledger, struct snapshot *snapshot,
                          const struct manifest_file *file, struct fault *fault)
{
    OWNED_MEMORY char *spooled = spool_path(ledger, file);
    enum opened opened = file->placed ? OPENED_MOVED : hold(spooled, file->day, &snapshot->sightings, fault);
    if (opened != OPENED_MOVED)
        return opened == OPENED;
    OWNED_MEMORY char *placed = spool_placed_path(ledger, file);
    const char *inside = placed + strlen(ledger->path) + sizeof "/sightings/" - 1;
    add(&snapshot->sightings,
        (struct snapshot_file){.day = file->day, .held = -1, .path = path_of(snapshot->folder, inside)});
    return true;
}

static bool add_summary(const struct ledger *ledger, struct snapshot *snapshot, int32_t day,
                        struct fault *fault)
{
    char text[CALENDAR_DAY_SIZE];
    calendar_day_text(text, day);
    OWNED_MEMORY char *path = ledger_path(ledger, "summary/day=%s.parquet", text);
    /* A summary that somebody removed is summed anew from the sightings. */
    return hold(path, day, &snapshot->summaries, fault) != OPENED_FAILED;
}

static bool gather(const struct ledger *ledger, struct snapshot *snapshot, struct fault *fault)
{
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    CLEANUP(manifest_days_clear) struct manifest_days due = {NULL, 0};
    if (!manifest_all(ledger, &files, fault) || !manifest_due(ledger, &due, fault))
        return false;
    size_t next_due = 0;
    for (size_t i = 0; i < files.count; i++) {
        int32_t day = files.items[i].day;
        if (!add_sightings(ledger, snapshot, &files.items[i], fault))
            return false;
        if (i > 0 && files.items[i - 1].day == day)
            continue;
        while (next_due < due.count && due.items[next_due] < day)
            next_due++;
        if ((next_due == due.count || due.items[next_due] != day) &&
            !add_summary(ledger, snapshot, day, fault))
            return false;
    }
    return true;
}

static void borrow_unsummed(struct snapshot *snapshot)
{
    size_t summed = 0;
    for (size_t i = 0; i < snapshot->sightings.count; i++) {
        struct snapshot_file file = snapshot->sightings.items[i];
        while (summed < snapshot->summaries.count && snapshot->summaries.items[summed].day < file.day)
            summed++;
        if (summed == snapshot->summaries.count || snapshot->summaries.items[summed].day != file.day)
            add(&snapshot->unsummed, file);
    }
}

/* Differs after every commit that could move or replace a file: each capture taken in has a new number, its
 * files are placed, its days are due and then no longer due. (Not PRAGMA data_version: who may read a ledger
 * but not write beside it shares no -shm file, and SQLite counts each of his looks as a version.) */
struct version {
    int64_t intake, files, placed, due;
};

static bool version_of(const struct ledger *ledger, struct version *version, struct fault *fault)
{
    static const char sql[] =
        "SELECT (SELECT ifnull(max(id), 0) FROM intake), count(*), ifnull(sum(placed), 0),"
        " (SELECT count(*) FROM summary_due) FROM sighting_file";
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    *version = (struct version){sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1),
                                sqlite3_column_int64(statement, 2), sqlite3_column_int64(statement, 3)};
    return true;
}

static bool same(const struct version *a, const struct version *b)
{
    return a->intake == b->intake && a->files == b->files && a->placed == b->placed && a->due == b->due;
}

static bool take(const struct ledger *ledger, struct snapshot *snapshot, bool *still, struct fault *fault)
{
    struct version before, after;
    OWNED_MEMORY char *path = ledger_path(ledger, "sightings");
    snapshot->folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (snapshot->folder < 0)
        return fault_errno(fault, "cannot open '%s'", path);
    if (!version_of(ledger, &before, fault) || !gather(ledger, snapshot, fault) ||
        !version_of(ledger, &after, fault))
        return false;
    borrow_unsummed(snapshot);
    *still = same(&before, &after);
    return true;
}

/* A writer commits before it moves or replaces anything: where nothing was committed while we looked, what we
 * hold is of one moment. */
bool snapshot_take(const struct ledger *ledger, struct snapshot *snapshot, struct fault *fault)
{
    allow_many_files();
    for (int i = 0; i < SNAPSHOT_TRIES; i++) {
        CLEANUP(snapshot_clear) struct snapshot taken = {.folder = -1};
        bool still = false;
        if (!take(ledger, &taken, &still, fault))
            return false;
        if (still) {
            *snapshot = taken;
            taken = (struct snapshot){.folder = -1};
            return true;
        }
    }
    return fault_set(fault, "'%s' does not hold still to be read", ledger->path);
}

static void files_clear(struct snapshot_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        if (files->items[i].held >= 0)
            close(files->items[i].held);
        free(files->items[i].path);
    }
    free(files->items);
    *files = (struct snapshot_files){NULL, 0};
}

void snapshot_clear(struct snapshot *snapshot)
{
    free(snapshot->unsummed.items);
    snapshot->unsummed = (struct snapshot_files){NULL, 0};
    files_clear(&snapshot->sightings);
    files_clear(&snapshot->summaries);
    if (snapshot->folder >= 0)
        close(snapshot->folder);
    snapshot->folder = -1;
}

size_t snapshot_same_day(const struct snapshot_files *files, size_t at)
{
    size_t end = at;
    while (end < files->count && files->items[end].day == files->items[at].day)
        end++;
    return end - at;
}

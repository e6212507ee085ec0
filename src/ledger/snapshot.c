#include "ledger/snapshot.h"
#include "base/memory.h"
#include "ledger/spool.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>

enum { SNAPSHOT_TRIES = 1000 };

enum opened { OPENED, OPENED_NONE, OPENED_FAILED };

/* A ledger of some years holds two files open for each day: more than the 1024 a shell allows at first. */
static void allow_many_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static char *path_of(int held)
{
    char *path = NULL;
    if (asprintf(&path, "/proc/self/fd/%d", held) < 0)
        abort(); /* out of memory */
    return path;
}

static void add(struct snapshot_files *files, struct snapshot_file file)
{
    if ((files->count & (files->count - 1)) == 0)
        files->items = memory_resize(files->items, 2 * files->count + 1, sizeof *files->items);
    files->items[files->count++] = file;
}

static enum opened hold(const char *path, int32_t day, struct snapshot_files *files, struct fault *fault)
{
    int held = open(path, O_RDONLY | O_CLOEXEC);
    if (held < 0 && errno == ENOENT)
        return OPENED_NONE;
    if (held < 0) {
        fault_errno(fault, "cannot open '%s'", path);
        return OPENED_FAILED;
    }
    add(files, (struct snapshot_file){.day = day, .held = held, .path = path_of(held)});
    return OPENED;
}

/* A file that should be there and is not is a fault only where the ledger stood still meanwhile. */
static bool missing(struct snapshot *snapshot, const char *path)
{
    if (snapshot->missing == NULL)
        snapshot->missing = memory_string(path);
    return true;
}

static bool add_sightings(const struct ledger *ledger, struct snapshot *snapshot,
                          const struct manifest_file *file, struct fault *fault)
{
    OWNED_MEMORY char *spooled = spool_path(ledger, file);
    OWNED_MEMORY char *placed = spool_placed_path(ledger, file);
    enum opened opened = file->placed ? OPENED_NONE : hold(spooled, file->day, &snapshot->sightings, fault);
    if (opened == OPENED_NONE)
        opened = hold(placed, file->day, &snapshot->sightings, fault);
    return opened == OPENED_NONE ? missing(snapshot, placed) : opened == OPENED;
}

static bool add_summary(const struct ledger *ledger, struct snapshot *snapshot,
                        const struct manifest_summary *summary, struct fault *fault)
{
    char text[CALENDAR_DAY_SIZE];
    calendar_day_text(text, summary->day);
    OWNED_MEMORY char *path = ledger_path(ledger, "summary/day=%s.parquet", text);
    enum opened opened = hold(path, summary->day, &snapshot->summaries, fault);
    /* A summary that somebody removed is summed anew from the sightings, where these are all there. */
    return opened == OPENED_NONE && summary->held ? missing(snapshot, path) : opened != OPENED_FAILED;
}

static bool gather(const struct ledger *ledger, struct snapshot *snapshot, struct fault *fault)
{
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    CLEANUP(manifest_summaries_clear) struct manifest_summaries summaries = {NULL, 0};
    if (!manifest_all(ledger, &files, fault) || !manifest_summaries(ledger, &summaries, fault))
        return false;
    for (size_t i = 0; i < files.count; i++)
        if (!add_sightings(ledger, snapshot, &files.items[i], fault))
            return false;
    for (size_t i = 0; i < summaries.count; i++)
        if (!summaries.items[i].due && !add_summary(ledger, snapshot, &summaries.items[i], fault))
            return false;
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

static bool take(const struct ledger *ledger, struct snapshot *snapshot, bool *still, struct fault *fault)
{
    struct manifest_version before, after;
    if (!manifest_version(ledger, &before, fault) || !gather(ledger, snapshot, fault) ||
        !manifest_version(ledger, &after, fault))
        return false;
    borrow_unsummed(snapshot);
    *still =
        before.intake == after.intake && before.changes == after.changes && before.pending == after.pending;
    return true;
}

/* A writer commits before it moves, replaces or removes anything: where nothing was committed while we
 * looked, what we hold is of one moment. */
bool snapshot_take(const struct ledger *ledger, struct snapshot *snapshot, struct fault *fault)
{
    allow_many_files();
    for (int i = 0; i < SNAPSHOT_TRIES; i++) {
        CLEANUP(snapshot_clear) struct snapshot taken = {0};
        bool still = false;
        if (!take(ledger, &taken, &still, fault))
            return false;
        if (still && taken.missing != NULL)
            return fault_set(fault, "'%s' is missing ('mimamori ledger check' tells more)", taken.missing);
        if (still) {
            *snapshot = taken;
            taken = (struct snapshot){0};
            return true;
        }
    }
    return fault_set(fault, "'%s' does not hold still to be read", ledger->path);
}

static void files_clear(struct snapshot_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
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
    free(snapshot->missing);
    snapshot->missing = NULL;
}

size_t snapshot_same_day(const struct snapshot_files *files, size_t at)
{
    size_t end = at;
    while (end < files->count && files->items[end].day == files->items[at].day)
        end++;
    return end - at;
}

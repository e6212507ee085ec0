/* One moment of the manifest, with the files of it held open and all that lies in the ledger's folders
 * listed. */
#include "base/memory.h"
#include "ledger/examine.h"
#include "ledger/spool.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>

enum { MOMENT_TRIES = 1000 };

static void held_clear(struct examine_held *held, size_t count)
{
    for (size_t i = 0; held != NULL && i < count; i++)
        if (held[i].descriptor >= 0)
            close(held[i].descriptor);
    free(held);
}

void examine_moment_clear(struct examine_moment *moment)
{
    held_clear(moment->held, moment->files.count);
    held_clear(moment->held_summaries, moment->summaries.count);
    manifest_files_clear(&moment->files);
    manifest_files_clear(&moment->gone);
    manifest_summaries_clear(&moment->summaries);
    for (size_t i = 0; i < moment->listed_count; i++)
        free(moment->listed[i]);
    free(moment->listed);
    *moment = (struct examine_moment){0};
}

static struct examine_held hold(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    return (struct examine_held){.descriptor = descriptor, .failed = descriptor < 0 ? errno : 0};
}

static void hold_all(const struct ledger *ledger, struct examine_moment *moment)
{
    moment->held = memory_new(moment->files.count + 1, sizeof *moment->held);
    moment->held_summaries = memory_new(moment->summaries.count + 1, sizeof *moment->held_summaries);
    for (size_t i = 0; i < moment->files.count; i++) {
        OWNED_MEMORY char *placed = spool_placed_path(ledger, &moment->files.items[i]);
        OWNED_MEMORY char *spooled = spool_path(ledger, &moment->files.items[i]);
        moment->held[i] = hold(placed);
        if (moment->held[i].failed == ENOENT && !moment->files.items[i].placed)
            moment->held[i] = hold(spooled);
    }
    for (size_t i = 0; i < moment->summaries.count; i++) {
        char day[CALENDAR_DAY_SIZE];
        calendar_day_text(day, moment->summaries.items[i].day);
        OWNED_MEMORY char *path = ledger_path(ledger, "summary/day=%s.parquet", day);
        moment->held_summaries[i] = hold(path);
    }
}

static void list_one(struct examine_moment *moment, char *inside)
{
    if ((moment->listed_count & (moment->listed_count - 1)) == 0)
        moment->listed = memory_resize(moment->listed, 2 * moment->listed_count + 1, sizeof *moment->listed);
    moment->listed[moment->listed_count++] = inside;
}

/* What lies in a folder of the ledger, with what lies in its folders where these are gone `into`. */
static bool list(const struct ledger *ledger, struct examine_moment *moment, const char *folder, bool into,
                 struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(ledger, "%s", folder);
    CLEANUP(cleanup_folder) DIR *open = opendir(path);
    if (open == NULL)
        return errno == ENOENT || errno == ENOTDIR || fault_errno(fault, "cannot open '%s'", path);
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *inside;
        if (asprintf(&inside, "%s/%s", folder, entry->d_name) < 0)
            abort(); /* out of memory */
        bool deeper = into && entry->d_type == DT_DIR && strncmp(entry->d_name, "day=", 4) == 0;
        bool listed = !deeper || list(ledger, moment, inside, false, fault);
        if (deeper)
            free(inside);
        else
            list_one(moment, inside);
        if (!listed)
            return false;
    }
    return true;
}

/* Nobody writes: whoever does, holds the lock from before his first file to after his last. */
static bool nobody_writes(const struct ledger *ledger)
{
    OWNED_MEMORY char *path = ledger_path(ledger, "ledger.lock");
    CLEANUP(cleanup_descriptor) int lock = open(path, O_RDONLY | O_CLOEXEC);
    if (ledger->lock >= 0)
        return true; /* we do */
    return lock >= 0 ? flock(lock, LOCK_SH | LOCK_NB) == 0 : errno == ENOENT;
}

/* Files that are gone are asked for before the listing: they are named until they are removed. */
static bool take(const struct ledger *ledger, struct examine_moment *moment, bool *still, struct fault *fault)
{
    struct manifest_version before, after;
    bool nobodys = nobody_writes(ledger);
    if (!manifest_version(ledger, &before, fault) || !manifest_all(ledger, &moment->files, fault) ||
        !manifest_summaries(ledger, &moment->summaries, fault) ||
        !manifest_gone(ledger, &moment->gone, fault))
        return false;
    hold_all(ledger, moment);
    if (!list(ledger, moment, "sightings", true, fault) || !list(ledger, moment, "summary", false, fault) ||
        !list(ledger, moment, "spool", false, fault) || !manifest_version(ledger, &after, fault))
        return false;
    *still =
        before.intake == after.intake && before.changes == after.changes && before.pending == after.pending;
    moment->spool_is_nobodys = nobodys && nobody_writes(ledger);
    return true;
}

bool examine_moment_take(const struct ledger *ledger, struct examine_moment *moment, struct fault *fault)
{
    for (int i = 0; i < MOMENT_TRIES; i++) {
        CLEANUP(examine_moment_clear) struct examine_moment taken = {0};
        bool still = false;
        if (!take(ledger, &taken, &still, fault))
            return false;
        if (still) {
            *moment = taken;
            taken = (struct examine_moment){0};
            return true;
        }
    }
    return fault_set(fault, "'%s' does not hold still to be checked", ledger->path);
}

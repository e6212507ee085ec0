#include "ledger/spool.h"
#include "base/file.h"
#include "base/memory.h"
#include "ledger/adopt.h"
#include "ledger/daily.h"
#include <errno.h>
#include <signal.h>
#include <string.h>

char *spool_path(const struct ledger *ledger, const struct manifest_file *file)
{
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, file->day);
    return ledger_path(ledger, "spool/%s/day=%s.parquet", file->content, day);
}

char *spool_placed_path(const struct ledger *ledger, const struct manifest_file *file)
{
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, file->day);
    return ledger_path(ledger, "sightings/day=%s/%s.parquet", day, file->content);
}

char *spool_sums_path(const struct ledger *ledger, const struct manifest_file *file)
{
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, file->day);
    return ledger_path(ledger, "spool/%s/summary=%s.parquet", file->content, day);
}

/* A stream on its way into the spool. */
struct writing {
    const struct ledger *ledger;
    struct daily *daily;
    bool whole;                  /* it is all there is of its days, ... */
    struct manifest_files there; /* ... or there may be more of them: what counts now */
};

static int compare_days(const void *a_, const void *b_)
{
    const struct manifest_file *a = a_, *b = b_;
    return a->day < b->day ? -1 : a->day > b->day;
}

/* Sums are worth making only of a day that has nothing else. */
static bool is_alone(const struct writing *writing, const struct manifest_file *file)
{
    const struct manifest_files *there = &writing->there;
    return writing->whole || there->count == 0 ||
           bsearch(file, there->items, there->count, sizeof *there->items, compare_days) == NULL;
}

static bool write_day(const struct writing *writing, struct manifest_file *file, struct fault *fault)
{
    OWNED_MEMORY char *path = spool_path(writing->ledger, file);
    OWNED_MEMORY char *sums_path = is_alone(writing, file) ? spool_sums_path(writing->ledger, file) : NULL;
    if (!daily_write(writing->daily, path, sums_path, &file->rows, fault) ||
        !imprint_take(path, &file->imprint, fault))
        return false;
    file->sealed = true;
    return true;
}

static bool write_days(const struct writing *writing, const char *content, struct manifest_files *files,
                       struct fault *fault)
{
    size_t room = 0;
    int32_t day;
    while (daily_day(writing->daily, &day)) {
        if (files->count == room)
            files->items =
                memory_resize(files->items, room = room == 0 ? 32 : 2 * room, sizeof *files->items);
        struct manifest_file *file = &files->items[files->count++];
        *file = (struct manifest_file){.day = day};
        memcpy(file->content, content, sizeof file->content);
        if (!write_day(writing, file, fault))
            return false;
    }
    return true;
}

static bool write_folder(const struct writing *writing, const char *content, struct manifest_files *files,
                         struct fault *fault)
{
    OWNED_MEMORY char *folder = ledger_path(writing->ledger, "spool/%s", content);
    OWNED_MEMORY char *spool = ledger_path(writing->ledger, "spool");
    return file_remove_tree(folder, fault) && file_make_folder(folder, fault) &&
           write_days(writing, content, files, fault) && file_sync(folder, fault) && file_sync(spool, fault);
}

static bool write_all(const struct writing *writing, struct content content, struct manifest_files *files,
                      struct fault *fault)
{
    char name[MANIFEST_CONTENT_SIZE];
    manifest_content_text(name, content);
    CLEANUP(manifest_files_clear) struct manifest_files written = {NULL, 0};
    if (!write_folder(writing, name, &written, fault)) {
        spool_remove(writing->ledger, content);
        return false;
    }
    *files = written;
    written = (struct manifest_files){NULL, 0};
    return true;
}

bool spool_write(const struct ledger *ledger, const struct points *points, struct content content,
                 struct sightings_in in, struct manifest_files *files, struct fault *fault)
{
    OWNED(daily_free) struct daily *daily = daily_new(points, in, ledger->threads);
    struct writing writing = {.ledger = ledger, .daily = daily};
    bool written = manifest_all(ledger, &writing.there, fault) && write_all(&writing, content, files, fault);
    manifest_files_clear(&writing.there);
    return written;
}

bool spool_write_whole(const struct ledger *ledger, const struct points *points, struct content content,
                       struct sightings_in in, struct manifest_files *files, struct fault *fault)
{
    OWNED(daily_free) struct daily *daily = daily_new(points, in, ledger->threads);
    struct writing writing = {.ledger = ledger, .daily = daily, .whole = true};
    return write_all(&writing, content, files, fault);
}

void spool_remove(const struct ledger *ledger, struct content content)
{
    struct fault ignored; /* the next writer sweeps */
    char name[MANIFEST_CONTENT_SIZE];
    manifest_content_text(name, content);
    OWNED_MEMORY char *folder = ledger_path(ledger, "spool/%s", name);
    file_remove_tree(folder, &ignored);
}

static bool place(const struct ledger *ledger, const struct manifest_file *file, struct fault *fault)
{
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, file->day);
    OWNED_MEMORY char *from = spool_path(ledger, file);
    OWNED_MEMORY char *to = spool_placed_path(ledger, file);
    OWNED_MEMORY char *folder = ledger_path(ledger, "sightings/day=%s", day);
    if (!file_exists(from) && file_exists(to))
        return true; /* killed between the move and the manifest */
    /* Its old place is not synced: whoever finds it there too removes it. */
    return file_make_folder(folder, fault) &&
           (rename(from, to) == 0 || fault_errno(fault, "'%s': cannot rename to '%s'", from, to)) &&
           file_sync(folder, fault);
}

bool spool_place(struct ledger *ledger, struct fault *fault)
{
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    if (!manifest_unplaced(ledger, &files, fault))
        return false;
    if (files.count == 0)
        return adopt_sums(ledger, fault);
    for (size_t i = 0; i < files.count; i++)
        if (!place(ledger, &files.items[i], fault))
            return false;
    OWNED_MEMORY char *sightings = ledger_path(ledger, "sightings");
    return file_sync(sightings, fault) && manifest_placed(ledger, fault) && adopt_sums(ledger, fault);
}

/* The folder of a day that has no sightings any more goes with its last file. */
static bool remove_one(const struct ledger *ledger, const struct manifest_file *file, struct fault *fault)
{
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, file->day);
    OWNED_MEMORY char *path = spool_placed_path(ledger, file);
    OWNED_MEMORY char *folder = ledger_path(ledger, "sightings/day=%s", day);
    if (unlink(path) != 0 && errno != ENOENT)
        return fault_errno(fault, "cannot remove '%s'", path);
    return rmdir(folder) == 0 || errno == ENOENT || errno == ENOTEMPTY || errno == EEXIST ||
           fault_errno(fault, "cannot remove '%s'", folder);
}

/* Nothing is synced: where a removal is lost with the power, a file lies there that nobody counts. */
bool spool_remove_gone(struct ledger *ledger, struct fault *fault)
{
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    if (!manifest_gone(ledger, &files, fault))
        return false;
    for (size_t i = 0; i < files.count; i++)
        if (!remove_one(ledger, &files.items[i], fault))
            return false;
    return files.count == 0 || manifest_removed(ledger, fault);
}

/* A reader's folder is named by its process; see tables.c. */
static bool is_in_use(const char *name)
{
    long process = strncmp(name, "query-", 6) == 0 ? strtol(name + 6, NULL, 10) : 0;
    return process > 0 && (kill((pid_t)process, 0) == 0 || errno == EPERM);
}

bool spool_sweep(struct ledger *ledger, struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(ledger, "spool");
    CLEANUP(cleanup_folder) DIR *folder = opendir(path);
    if (folder == NULL)
        return errno == ENOENT || fault_errno(fault, "cannot open '%s'", path);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        OWNED_MEMORY char *inside = ledger_path(ledger, "spool/%s", entry->d_name);
        if (entry->d_name[0] != '.' && !is_in_use(entry->d_name) && !file_remove_tree(inside, fault))
            return false;
    }
    return true;
}

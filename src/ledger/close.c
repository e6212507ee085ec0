#include "ledger/close.h"
#include "base/file.h"
#include "base/memory.h"
#include "ledger/merge.h"
#include "ledger/spool.h"
#include <string.h>
#include <time.h>

/* What is still to be merged of a day, and the passes that were made of it. */
struct parts {
    struct reading_file *items;
    size_t count;
    struct content *passes;
    size_t pass_count;
};

static void parts_init(struct parts *parts, const struct ledger *ledger, const struct manifest_files *files)
{
    parts->items = memory_new(files->count + 1, sizeof *parts->items);
    parts->passes = memory_new(files->count + 1, sizeof *parts->passes);
    parts->count = files->count;
    parts->pass_count = 0;
    for (size_t i = 0; i < files->count; i++)
        parts->items[i] =
            (struct reading_file){spool_placed_path(ledger, &files->items[i]), files->items[i].day};
}

static void parts_clear(struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        free(parts->items[i].path);
    free(parts->items);
    free(parts->passes);
}

/* The same parts always make the same whole of the same name, which is no part's. */
static struct content name_of(const struct ledger *ledger, const struct reading_file *parts, size_t count)
{
    OWNED(content_sum_free) struct content_sum *sum = content_sum_new(ledger);
    for (size_t i = 0; i < count; i++)
        content_sum_add(sum, parts[i].path, strlen(parts[i].path) + 1);
    return content_sum_value(sum);
}

static bool merge_into(const struct ledger *ledger, const struct points *points,
                       const struct reading_file *parts, size_t count, struct manifest_file *whole,
                       struct fault *fault)
{
    struct content name = name_of(ledger, parts, count);
    CLEANUP(manifest_files_clear) struct manifest_files written = {NULL, 0};
    OWNED(merge_free) struct merge *merge = merge_open(points, parts, count, fault);
    if (merge == NULL || !spool_write_whole(ledger, points, name, merge_stream(merge), &written, fault))
        return false;
    if (!merge_whole(merge, fault) || written.count != 1) {
        spool_remove(ledger, name);
        return false;
    }
    *whole = written.items[0];
    return true;
}

/* The first MERGE_FILES_MOST parts become one, the last. */
static bool pass(const struct ledger *ledger, const struct points *points, struct parts *parts,
                 struct fault *fault)
{
    struct manifest_file made;
    if (!merge_into(ledger, points, parts->items, MERGE_FILES_MOST, &made, fault))
        return false;
    parts->passes[parts->pass_count++] = name_of(ledger, parts->items, MERGE_FILES_MOST);
    for (size_t i = 0; i < MERGE_FILES_MOST; i++)
        free(parts->items[i].path);
    parts->count -= MERGE_FILES_MOST;
    memmove(parts->items, parts->items + MERGE_FILES_MOST, parts->count * sizeof *parts->items);
    parts->items[parts->count++] = (struct reading_file){spool_path(ledger, &made), made.day};
    return true;
}

static bool write_whole(const struct ledger *ledger, const struct points *points, struct parts *parts,
                        struct manifest_file *whole, struct fault *fault)
{
    bool done = true;
    while (done && parts->count > MERGE_FILES_MOST)
        done = pass(ledger, points, parts, fault);
    done = done && merge_into(ledger, points, parts->items, parts->count, whole, fault);
    for (size_t i = 0; i < parts->pass_count; i++)
        spool_remove(ledger, parts->passes[i]);
    return done;
}

static bool close_day(struct ledger *ledger, const struct points *points, const struct manifest_files *files,
                      struct fault *fault)
{
    struct manifest_file whole;
    CLEANUP(parts_clear) struct parts parts;
    parts_init(&parts, ledger, files);
    if (!write_whole(ledger, points, &parts, &whole, fault))
        return false;
    OWNED_MEMORY char *folder = ledger_path(ledger, "spool/%s", whole.content);
    struct fault ignored;
    if (!manifest_swap(ledger, files, &whole, fault)) {
        file_remove_tree(folder, &ignored);
        return false;
    }
    if (!spool_place(ledger, fault) || !spool_remove_gone(ledger, fault))
        return false; /* the next writer goes on */
    file_remove_tree(folder, &ignored);
    return true;
}

static size_t same_day(const struct manifest_files *files, size_t at)
{
    size_t end = at;
    while (end < files->count && files->items[end].day == files->items[at].day)
        end++;
    return end - at;
}

static bool close_all(struct ledger *ledger, const struct manifest_files *files, struct fault *fault)
{
    int32_t today = zone_day(&ledger->zone, (int64_t)time(NULL));
    struct fault later;
    bool done = true;
    struct points points;
    if (!points_load(ledger, &points, fault))
        return false;
    for (size_t at = 0, same; at < files->count; at += same) {
        same = same_day(files, at);
        const struct manifest_files day = {&files->items[at], same};
        if (same > 1 && day.items[0].day < today && !close_day(ledger, &points, &day, done ? fault : &later))
            done = false;
    }
    points_clear(&points);
    return done;
}

bool close_days(struct ledger *ledger, struct fault *fault)
{
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    return manifest_all(ledger, &files, fault) && close_all(ledger, &files, fault);
}

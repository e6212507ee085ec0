/* take: count a capture, know it by its content, store it. */
#include "observe/take.h"
#include "base/progress.h"
#include "base/workers.h"
#include "observe/count.h"
#include <unistd.h>

bool take_begin(struct take *take, struct ledger *ledger, struct fault *fault)
{
    *take = (struct take){.ledger = ledger};
    if (!points_load(ledger, &take->points, fault))
        return false;
    if (take->points.watch_count == 0)
        return fault_set(fault, "no observation point (expected 'mimamori point add NAME CIDR' before)");
    take->map = point_map_new(&take->points);
    take->asked = asked_new();
    take->threads = workers_processors();
    take->memory_bytes = (size_t)sysconf(_SC_PHYS_PAGES) * (size_t)sysconf(_SC_PAGESIZE) / 2;
    return true;
}

void take_clear(struct take *take)
{
    asked_free(take->asked);
    point_map_free(take->map);
    points_clear(&take->points);
    origin_free(take->origin);
    *take = (struct take){0};
}

struct outgoing {
    struct fold *fold;
    struct origin *origin;
};

static size_t next_rows(void *context, struct sighting *rows, size_t most)
{
    struct outgoing *outgoing = context;
    size_t count = fold_next(outgoing->fold, rows, most);
    origin_fill(outgoing->origin, rows, count);
    return count;
}

struct watching {
    struct content_sum *sum;
    const struct source *source;
    struct progress progress;
};

static void see_bytes(void *context, const void *bytes, size_t length)
{
    struct watching *watching = context;
    content_sum_add(watching->sum, bytes, length);
    if (watching->source->raw_read != NULL)
        progress_tell(&watching->progress, *watching->source->raw_read);
}

/* To the end of the file, also where its packets ended before: its content is all of it. */
static bool read_whole(struct take *take, struct capture *capture, struct account_file *file,
                       struct fold *fold, struct content *content, struct fault *fault)
{
    OWNED(content_sum_free) struct content_sum *sum = content_sum_new(take->ledger);
    struct source *source = capture_source(capture);
    struct watching watching = {.sum = sum, .source = source};
    struct count count = {take->map, &take->ledger->zone, take->asked, fold, take->threads};
    progress_begin(&watching.progress, file->name, source->raw_size);
    source_watch(source, see_bytes, &watching);
    bool read = count_packets(&count, capture, file, fault);
    if (read) {
        source_drain(source);
        *content = content_sum_value(sum);
    }
    progress_end(&watching.progress);
    return read;
}

bool take_capture(struct take *take, struct capture *capture, struct account_file *file, struct fault *fault)
{
    OWNED(fold_free) struct fold *fold = fold_new(take->threads);
    OWNED_MEMORY char *folder = ledger_path(take->ledger, "spool");
    struct content content;
    fold_bound(fold, take->memory_bytes, folder, &take->points);
    if (!read_whole(take, capture, file, fold, &content, fault))
        return false;
    if (!count_end(&file->account, fold, fault))
        return false;
    struct outgoing outgoing = {fold, take->origin};
    struct sightings_taken taken;
    if (!sightings_take(take->ledger, &take->points, content, file->name,
                        (struct sightings_in){next_rows, &outgoing}, &taken, fault))
        return fault_while(fault, "'%s'", file->name);
    file->known = taken.stored == SIGHTINGS_KNOWN;
    account_leave(&file->account, &taken.left);
    return true;
}

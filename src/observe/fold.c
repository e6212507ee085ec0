/* fold: days, beginning and end. */
#include "observe/fold_parts.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum {
    WAITING = 64 << 20, /* bytes of packets that wait: the more there are, the more are counted at once */
    TAKEN_AT_ONCE = 4096,
};

struct fold *fold_new(unsigned threads)
{
    struct fold *fold = memory_new(1, sizeof *fold);
    fold->threads = threads;
    pthread_mutex_init(&fold->lock, NULL);
    fold_chunks_init(&fold->chunks, WAITING);
    fold->disk.most = SIZE_MAX;
    for (size_t i = 0; i < FOLD_PARTITIONS; i++)
        pthread_mutex_init(&fold->partitions[i].lock, NULL);
    if (getrandom(&fold->seed, sizeof fold->seed, 0) < 0)
        fold->seed = (uint64_t)(uintptr_t)fold;
    return fold;
}

static void day_free(struct fold_day *day)
{
    for (int version = 0; version < FOLD_VERSIONS; version++)
        for (int i = 0; i < FOLD_PARTITIONS; i++)
            fold_table_clear(&day->tables[version][i]);
    free(day);
}

void fold_free(struct fold *fold)
{
    if (fold == NULL)
        return;
    for (size_t i = 0; i < fold->day_count; i++)
        day_free(fold->days[i]);
    for (int version = 0; version < FOLD_VERSIONS; version++)
        free(fold->runs[version].rows);
    for (size_t i = 0; i < FOLD_PARTITIONS; i++) {
        pthread_mutex_destroy(&fold->partitions[i].lock);
        fold_sources_clear(&fold->partitions[i].sources);
        free(fold->partitions[i].aside);
        free(fold->ranks[i]);
    }
    fold_inlets_free(fold);
    fold_chunks_clear(&fold->chunks);
    fold_disk_clear(&fold->disk);
    pthread_mutex_destroy(&fold->chunks.lock);
    pthread_mutex_destroy(&fold->lock);
    free(fold->sources);
    free(fold);
}

static struct fold_day *day_new(const struct fold *fold, int32_t day, int64_t begins_s)
{
    struct fold_day *made = memory_new(1, sizeof *made);
    made->day = day;
    made->base_s = begins_s - 86400;
    for (int version = 0; version < FOLD_VERSIONS; version++)
        for (int i = 0; i < FOLD_PARTITIONS; i++)
            made->tables[version][i].seed = fold->seed;
    return made;
}

size_t fold_day(struct fold *fold, int32_t day, int64_t begins_s)
{
    pthread_mutex_lock(&fold->lock);
    size_t at = 0;
    while (at < fold->day_count && fold->days[at]->day != day)
        at++;
    if (at == fold->day_count && at < FOLD_DAYS_MOST)
        fold->days[fold->day_count++] = day_new(fold, day, begins_s);
    pthread_mutex_unlock(&fold->lock);
    return at;
}

bool fold_add(struct fold *fold, const struct fold_seen *seen)
{
    if (fold->own == NULL)
        fold->own = fold_inlet(fold);
    if (!fold_put(fold->own, seen))
        return false;
    if (++fold->own_put % TAKEN_AT_ONCE == 0)
        fold_take(fold->own);
    return true;
}

static int by_day(const void *a, const void *b, void *context)
{
    const struct fold *fold = context;
    int32_t x = fold->days[*(const uint16_t *)a]->day, y = fold->days[*(const uint16_t *)b]->day;
    return x < y ? -1 : x > y;
}

void fold_settle(struct fold *fold)
{
    struct fold_sources *sources[FOLD_PARTITIONS];
    if (fold->own != NULL)
        fold_take(fold->own);
    fold_inlets_empty(fold);
    fold_count_all(fold);
    for (size_t i = 0; i < FOLD_PARTITIONS; i++) {
        sources[i] = &fold->partitions[i].sources;
        for (int kind = 0; kind < 2; kind++)
            fold->sightings[kind] += fold->partitions[i].sightings[kind];
    }
    fold->sources = fold_sources_rank(sources, fold->ranks, FOLD_PARTITIONS);
    for (size_t i = 0; i < fold->day_count; i++)
        fold->order[i] = (uint16_t)i;
    if (fold->day_count > 0)
        qsort_r(fold->order, fold->day_count, sizeof *fold->order, by_day, fold);
}

void fold_renew(struct fold *fold)
{
    for (size_t i = 0; i < FOLD_PARTITIONS; i++) {
        fold->partitions[i].aside_count = 0;
        memset(fold->partitions[i].sightings, 0, sizeof fold->partitions[i].sightings);
    }
    free(fold->sources);
    fold->sources = NULL;
    fold->sightings[0] = fold->sightings[1] = 0;
    fold->day_out = 0;
    atomic_store(&fold->bytes, 0);
}

bool fold_end(struct fold *fold, struct fault *fault)
{
    if (fold->disk.runs != NULL && !fold_disk_end(fold, fault))
        return false;
    if (fold->disk.runs == NULL)
        fold_settle(fold);
    fold_inlets_free(fold);
    fold_chunks_clear(&fold->chunks);
    return true;
}

uint64_t fold_sightings(const struct fold *fold, enum sighting_kind kind)
{
    return fold->sightings[kind];
}

uint64_t fold_accesses(const struct fold *fold, enum sighting_kind kind)
{
    return fold->accesses[kind];
}

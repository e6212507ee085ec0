/* fold_wait: words that wait to be counted, and when they are: the fullest partition's first, so that as many
 * as can be are counted while its table is in the cache. */
#include "observe/fold_parts.h"
#include "base/memory.h"
#include "base/workers.h"

static void put_aside(void *context, const struct fold_word *word, struct fold_row row)
{
    struct fold_partition *partition = context;
    partition->aside = memory_resize(partition->aside, partition->aside_count + 1, sizeof *partition->aside);
    partition->aside[partition->aside_count++] = (struct fold_aside){row, word->day, (uint8_t)word->version};
}

/* Counts a chunk, as many words at once as are of one day. */
static void count_chunk(struct fold *fold, size_t number, const struct fold_chunk *chunk)
{
    struct fold_partition *partition = &fold->partitions[number];
    struct fold_full full = {put_aside, partition};
    for (uint32_t at = 0, same; at < chunk->count; at += same) {
        const struct fold_word *first = &chunk->words[at];
        for (same = 1; at + same < chunk->count && first[same].day == first->day; same++)
            ;
        struct fold_table *table = &fold->days[first->day]->tables[first->version][number];
        size_t before = fold_table_bytes(table);
        fold_table_count(table, first, same, &full, partition->sightings);
        if (fold_table_bytes(table) != before)
            atomic_fetch_add(&fold->bytes, fold_table_bytes(table) - before);
    }
}

/* Where many packets wait, about half of them will be new: making room for them at once spares moving them
 * often. */
static void expect(struct fold *fold, size_t number, enum fold_version version,
                   const struct fold_chunk *first)
{
    uint32_t same = 0;
    for (const struct fold_chunk *chunk = first; chunk != NULL; chunk = chunk->next)
        same += chunk->words[0].day == first->words[0].day ? chunk->count : 0;
    if (same <= FOLD_CHUNK_WORDS * 4)
        return;
    struct fold_table *table = &fold->days[first->words[0].day]->tables[version][number];
    size_t before = fold_table_bytes(table);
    fold_table_expect(table, same / 2);
    atomic_fetch_add(&fold->bytes, fold_table_bytes(table) - before);
}

static void count_waiting(struct fold *fold, size_t number)
{
    struct fold_partition *partition = &fold->partitions[number];
    pthread_mutex_lock(&partition->lock);
    atomic_store_explicit(&partition->waiting_count, 0, memory_order_relaxed);
    for (enum fold_version version = 0; version < FOLD_VERSIONS; version++) {
        struct fold_chunk *first = partition->waiting[version];
        expect(fold, number, version, first);
        partition->waiting[version] = NULL;
        for (const struct fold_chunk *chunk = first; chunk != NULL; chunk = chunk->next)
            count_chunk(fold, number, chunk);
        fold_chunks_give(&fold->chunks, first);
    }
    pthread_mutex_unlock(&partition->lock);
}

/* FOLD_PARTITIONS where nothing waits. */
static size_t find_fullest(struct fold *fold)
{
    size_t fullest = FOLD_PARTITIONS;
    unsigned most = 0;
    for (size_t i = 0; i < FOLD_PARTITIONS; i++) {
        unsigned count = atomic_load_explicit(&fold->partitions[i].waiting_count, memory_order_relaxed);
        if (count > most) {
            most = count;
            fullest = i;
        }
    }
    return fullest;
}

struct fold_chunk *fold_chunk_new(struct fold *fold)
{
    struct fold_chunk *chunk;
    bool force = false;
    while ((chunk = fold_chunks_take(&fold->chunks, force)) == NULL) {
        size_t fullest = find_fullest(fold);
        force = fullest == FOLD_PARTITIONS;
        if (!force)
            count_waiting(fold, fullest);
    }
    return chunk;
}

void fold_wait(struct fold *fold, size_t number, enum fold_version version, struct fold_chunk *chunk)
{
    struct fold_partition *partition = &fold->partitions[number];
    if (chunk == NULL)
        return;
    pthread_mutex_lock(&partition->lock);
    chunk->next = partition->waiting[version];
    partition->waiting[version] = chunk;
    pthread_mutex_unlock(&partition->lock);
    atomic_fetch_add_explicit(&partition->waiting_count, 1, memory_order_relaxed);
}

struct counting {
    struct fold *fold;
    atomic_uint turn;
};

static void count_turns(void *context, unsigned worker)
{
    struct counting *counting = context;
    (void)worker;
    for (unsigned turn; (turn = atomic_fetch_add(&counting->turn, 1)) < FOLD_PARTITIONS;)
        count_waiting(counting->fold, turn);
}

void fold_count_all(struct fold *fold)
{
    struct counting counting = {.fold = fold};
    workers_run(fold->threads, count_turns, &counting);
}

/* fold_inlet: packets become words, and words are scattered into the chunks of partitions.
 *
 * What is put may still be dropped. So the chunks that fill up are kept back until all is taken, and where
 * each partition stood then is remembered. */
#include "observe/fold_inlet.h"
#include "base/memory.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { WIDE_AT_ONCE = 1 << 14 };

struct fold_full_chunk {
    struct fold_chunk *chunk;
    uint32_t partition;
    bool whole; /* all of it was put since */
};

struct fold_inlet *fold_inlet(struct fold *fold)
{
    struct fold_inlet *inlet = memory_new(1, sizeof *inlet);
    inlet->fold = fold;
    inlet->spread = (uint32_t)fold->seed | 1;
    pthread_mutex_lock(&fold->lock);
    inlet->next = fold->inlets;
    fold->inlets = inlet;
    pthread_mutex_unlock(&fold->lock);
    return inlet;
}

void fold_inlets_free(struct fold *fold)
{
    while (fold->inlets != NULL) {
        struct fold_inlet *inlet = fold->inlets;
        fold->inlets = inlet->next;
        free(inlet->full);
        free(inlet->wide);
        free(inlet);
    }
    fold->own = NULL;
}

bool fold_inlet_day(struct fold_inlet *inlet, int32_t day, int64_t begins_s, struct fold_known_day *known)
{
    size_t index = fold_day(inlet->fold, day, begins_s);
    if (index == FOLD_DAYS_MOST)
        return false;
    *known = (struct fold_known_day){day, true, (uint16_t)index, inlet->fold->days[index]->base_s};
    return true;
}

static bool is_full(const struct fold_word *next)
{
    return (uintptr_t)next % sizeof(struct fold_chunk) == 0; /* of no chunk, too */
}

/* The chunk that is being filled, full or not, with its count; NULL: there is none. */
static struct fold_chunk *close_chunk(struct fold_word *next)
{
    if (next == NULL)
        return NULL;
    struct fold_chunk *chunk = fold_chunk_of(next - 1);
    chunk->count = (uint32_t)(next - chunk->words);
    return chunk;
}

struct fold_word *fold_inlet_turn(struct fold_inlet *inlet, size_t partition)
{
    struct fold_chunk *chunk = close_chunk(inlet->filling[FOLD_IPV4][partition]);
    if (chunk != NULL) {
        if (inlet->full_count == inlet->full_capacity) {
            inlet->full_capacity = inlet->full_capacity == 0 ? 256 : inlet->full_capacity * 2;
            inlet->full = memory_resize(inlet->full, inlet->full_capacity, sizeof *inlet->full);
        }
        struct fold_word *taken = inlet->taken[partition];
        bool whole = taken == NULL || fold_chunk_of(taken - 1) != chunk;
        inlet->full[inlet->full_count++] = (struct fold_full_chunk){chunk, (uint32_t)partition, whole};
    }
    return fold_chunk_new(inlet->fold)->words;
}

static void put_wide(struct fold_inlet *inlet, struct address source, struct fold_word word)
{
    if (inlet->wide_count == inlet->wide_capacity) {
        inlet->wide_capacity = inlet->wide_capacity == 0 ? 256 : inlet->wide_capacity * 2;
        inlet->wide = memory_resize(inlet->wide, inlet->wide_capacity, sizeof *inlet->wide);
    }
    inlet->wide[inlet->wide_count++] = (struct fold_wide){source, word};
    inlet->put[word.key >> FOLD_KIND_SHIFT & 1]++;
}

bool fold_put(struct fold_inlet *inlet, const struct fold_seen *seen)
{
    const struct fold_known_day *day = fold_inlet_known(inlet, seen->day, seen->day_begins_s);
    if (day == NULL)
        return false;
    int64_t time = seen->time_s - day->base_s;
    assert(time >= 0 && time <= FOLD_TIME_MASK);
    uint64_t key = fold_inlet_key(seen->point, seen->kind, seen->protocol, seen->port);
    if (address_is_ipv4(seen->source))
        fold_inlet_scatter(inlet, key | address_ipv4(seen->source), (uint32_t)time, day->index);
    else
        put_wide(inlet, seen->source, (struct fold_word){key, (uint32_t)time, day->index, FOLD_IPV6});
    return true;
}

void fold_drop(struct fold_inlet *inlet)
{
    /* What a partition is filling is new where it is not the one it was filling then. */
    for (size_t i = 0; i < FOLD_PARTITIONS; i++) {
        struct fold_chunk *filling = close_chunk(inlet->filling[FOLD_IPV4][i]);
        struct fold_chunk *then = close_chunk(inlet->taken[i]);
        if (filling != NULL && filling != then)
            fold_chunks_give(&inlet->fold->chunks, filling);
    }
    for (size_t i = 0; i < inlet->full_count; i++)
        if (inlet->full[i].whole)
            fold_chunks_give(&inlet->fold->chunks, inlet->full[i].chunk);
    memcpy(inlet->filling[FOLD_IPV4], inlet->taken, sizeof inlet->taken);
    memset(inlet->put, 0, sizeof inlet->put);
    inlet->full_count = 0;
    inlet->wide_count = inlet->wide_taken;
}

static size_t partition_of(const struct fold *fold, struct address source)
{
    uint64_t hash = (source.high ^ source.high >> 31 ^ fold->seed) * UINT64_C(0x9e3779b97f4a7c15);
    return (hash ^ source.low) * (fold->seed | 1) >> (64 - FOLD_PARTITION_BITS);
}

/* Some IPv6 packets of one partition: their sources get numbers within it. */
static void take_wide(struct fold_inlet *inlet, size_t number, const struct fold_wide *const *wide,
                      size_t count)
{
    struct fold_partition *partition = &inlet->fold->partitions[number];
    struct fold_word **next = &inlet->filling[FOLD_IPV6][number];
    for (size_t i = 0; i < count; i++) {
        struct fold_word word = wide[i]->word;
        pthread_mutex_lock(&partition->lock);
        word.key |= fold_sources_number(&partition->sources, wide[i]->source);
        pthread_mutex_unlock(&partition->lock);
        if (is_full(*next)) {
            fold_wait(inlet->fold, number, FOLD_IPV6, close_chunk(*next));
            *next = fold_chunk_new(inlet->fold)->words;
        }
        *(*next)++ = word;
    }
}

/* All that were taken, partition by partition: the memory of sources is touched a part at a time. */
static void take_all_wide(struct fold_inlet *inlet)
{
    size_t ends[FOLD_PARTITIONS] = {0}, count = inlet->wide_taken;
    if (count == 0)
        return;
    OWNED_MEMORY const struct fold_wide **sorted = memory_resize(NULL, count, sizeof *sorted);
    OWNED_MEMORY uint8_t *partitions = memory_resize(NULL, count, 1);
    for (size_t i = 0; i < count; i++)
        ends[partitions[i] = (uint8_t)partition_of(inlet->fold, inlet->wide[i].source)]++;
    for (size_t i = 1; i < FOLD_PARTITIONS; i++)
        ends[i] += ends[i - 1];
    for (size_t i = count; i-- > 0;)
        sorted[--ends[partitions[i]]] = &inlet->wide[i];
    for (size_t i = 0; i < FOLD_PARTITIONS; i++)
        take_wide(inlet, i, sorted + ends[i], (i + 1 < FOLD_PARTITIONS ? ends[i + 1] : count) - ends[i]);
    inlet->wide_count = inlet->wide_taken = 0;
}
_Static_assert(FOLD_PARTITIONS == 256, "a partition has its number in a byte");

void fold_take(struct fold_inlet *inlet)
{
    for (size_t i = 0; i < inlet->full_count; i++)
        fold_wait(inlet->fold, inlet->full[i].partition, FOLD_IPV4, inlet->full[i].chunk);
    memcpy(inlet->taken, inlet->filling[FOLD_IPV4], sizeof inlet->taken);
    for (int kind = 0; kind < 2; kind++) {
        inlet->accesses[kind] += inlet->put[kind];
        inlet->put[kind] = 0;
    }
    inlet->full_count = 0;
    inlet->wide_taken = inlet->wide_count;
    if (inlet->wide_taken >= WIDE_AT_ONCE)
        take_all_wide(inlet);
}

void fold_inlets_empty(struct fold *fold)
{
    for (struct fold_inlet *inlet = fold->inlets; inlet != NULL; inlet = inlet->next) {
        fold_drop(inlet);
        take_all_wide(inlet);
        for (enum fold_version version = 0; version < FOLD_VERSIONS; version++)
            for (size_t i = 0; i < FOLD_PARTITIONS; i++)
                fold_wait(fold, i, version, close_chunk(HANDOVER(inlet->filling[version][i])));
        memset(inlet->taken, 0, sizeof inlet->taken);
        for (int kind = 0; kind < 2; kind++) {
            fold->accesses[kind] += inlet->accesses[kind];
            inlet->accesses[kind] = 0;
        }
    }
}

/* fold_inlet: packets become words, words are scattered into partitions, full buffers are counted. */
#include "observe/fold_parts.h"
#include "base/memory.h"
#include <assert.h>
#include <stdlib.h>

enum { BUFFERED = 512, BUFFERED_IPV6 = 64, AHEAD = 16, KNOWN_DAYS = 16 };

/* An IPv6 packet, until its source has a number. */
struct word_ipv6 {
    struct address source;
    struct fold_word word;
};

/* What has been put and not yet taken. */
struct batch {
    struct fold_word *words;
    struct address *sources; /* of IPv6 words: the low half of a key is an index */
    size_t count, capacity, source_count, source_capacity;
};

struct fold_inlet {
    struct fold *fold;
    struct fold_inlet *next;
    struct known_day {
        int32_t day;
        bool known;
        uint32_t index;
        int64_t base_s;
    } days[KNOWN_DAYS]; /* by their number: captures may mix them */
    struct batch batch;
    uint64_t accesses[2];
    uint32_t buffered[FOLD_PARTITIONS], buffered_ipv6[FOLD_PARTITIONS];
    struct fold_word (*words)[BUFFERED];
    struct word_ipv6 (*words_ipv6)[BUFFERED_IPV6];
};

struct fold_inlet *fold_inlet(struct fold *fold)
{
    struct fold_inlet *inlet = memory_new(1, sizeof *inlet);
    inlet->fold = fold;
    inlet->words = memory_resize(NULL, FOLD_PARTITIONS, sizeof *inlet->words);
    inlet->words_ipv6 = memory_resize(NULL, FOLD_PARTITIONS, sizeof *inlet->words_ipv6);
    pthread_mutex_lock(&fold->lock);
    inlet->next = fold->inlets;
    fold->inlets = inlet;
    pthread_mutex_unlock(&fold->lock);
    return inlet;
}

struct fold_inlet *fold_inlet_next(struct fold_inlet *inlet)
{
    return inlet->next;
}

void fold_inlet_free_all(struct fold_inlet *inlet)
{
    while (inlet != NULL) {
        struct fold_inlet *next = inlet->next;
        free(inlet->batch.words);
        free(inlet->batch.sources);
        free(inlet->words);
        free(inlet->words_ipv6);
        free(inlet);
        inlet = next;
    }
}

static bool look_up_day(struct fold_inlet *inlet, const struct fold_seen *seen, struct known_day *known)
{
    size_t index = fold_day(inlet->fold, seen->day, seen->day_begins_s);
    if (index == FOLD_DAYS_MOST)
        return false;
    *known = (struct known_day){seen->day, true, (uint32_t)index, inlet->fold->days[index]->base_s};
    return true;
}

static uint32_t put_source(struct batch *batch, struct address source)
{
    if (batch->source_count == batch->source_capacity) {
        batch->source_capacity = batch->source_capacity == 0 ? 256 : batch->source_capacity * 2;
        batch->sources = memory_resize(batch->sources, batch->source_capacity, sizeof *batch->sources);
    }
    batch->sources[batch->source_count] = source;
    return (uint32_t)batch->source_count++;
}

bool fold_put(struct fold_inlet *inlet, const struct fold_seen *seen)
{
    struct known_day *day = &inlet->days[(uint32_t)seen->day % KNOWN_DAYS];
    if (__builtin_expect(day->day != seen->day || !day->known, 0) && !look_up_day(inlet, seen, day))
        return false;
    int64_t time = seen->time_s - day->base_s;
    assert(time >= 0 && time < 1 << FOLD_TIME_BITS);
    struct batch *batch = &inlet->batch;
    if (__builtin_expect(batch->count == batch->capacity, 0)) {
        batch->capacity = batch->capacity == 0 ? 1024 : batch->capacity * 2;
        batch->words = memory_resize(batch->words, batch->capacity, sizeof *batch->words);
    }
    bool ipv4 = address_is_ipv4(seen->source);
    uint32_t source = ipv4 ? address_ipv4(seen->source) : put_source(batch, seen->source);
    uint64_t class = (uint64_t)seen->kind * FOLD_CLASSES_A_KIND + seen->protocol;
    batch->words[batch->count++] = (struct fold_word){
        .key = (uint64_t)seen->point << 52 | class << 48 | (uint64_t)seen->port << 32 | source,
        .time = (uint32_t)time,
        .day = day->index,
        .version = ipv4 ? FOLD_IPV4 : FOLD_IPV6,
    };
    return true;
}

void fold_drop(struct fold_inlet *inlet)
{
    inlet->batch.count = inlet->batch.source_count = 0;
}

static enum sighting_kind kind_of(uint64_t key)
{
    return key >> 51 & 1;
}

static struct fold_table *table_of(const struct fold *fold, const struct fold_word *word, size_t partition)
{
    return &fold->days[word->day]->tables[word->version][partition];
}

static void put_aside(struct fold_partition *partition, const struct fold_word *word, struct fold_row row)
{
    partition->aside = memory_resize(partition->aside, partition->aside_count + 1, sizeof *partition->aside);
    partition->aside[partition->aside_count++] =
        (struct fold_aside){row, (uint16_t)word->day, (uint8_t)word->version};
}

/* Counts words in their tables. The partition is locked. */
static void count_words(struct fold *fold, size_t partition, const struct fold_word *words, uint32_t count)
{
    uint32_t hashes[BUFFERED];
    for (uint32_t i = 0; i < count; i++)
        hashes[i] = fold_hash(fold->seed, words[i].key);
    for (uint32_t i = 0; i < count; i++) {
        const struct fold_word *word = &words[i];
        if (i + AHEAD < count)
            fold_table_prefetch(table_of(fold, word + AHEAD, partition), hashes[i + AHEAD]);
        struct fold_row full;
        enum fold_added added;
        while ((added = fold_table_add(table_of(fold, word, partition), word->key, hashes[i], word->time,
                                       &full)) == FOLD_FULL)
            put_aside(&fold->partitions[partition], word, full);
        fold->partitions[partition].sightings[kind_of(word->key)] += added == FOLD_NEW;
    }
}

static void count_buffer(struct fold_inlet *inlet, size_t partition)
{
    struct fold *fold = inlet->fold;
    pthread_mutex_lock(&fold->partitions[partition].lock);
    count_words(fold, partition, inlet->words[partition], inlet->buffered[partition]);
    pthread_mutex_unlock(&fold->partitions[partition].lock);
    inlet->buffered[partition] = 0;
}

/* The same after each source got its number within the partition. */
static void count_buffer_ipv6(struct fold_inlet *inlet, size_t partition)
{
    struct fold *fold = inlet->fold;
    struct fold_word words[BUFFERED_IPV6];
    uint32_t count = inlet->buffered_ipv6[partition];
    pthread_mutex_lock(&fold->partitions[partition].lock);
    for (uint32_t i = 0; i < count; i++) {
        const struct word_ipv6 *wide = &inlet->words_ipv6[partition][i];
        words[i] = wide->word;
        words[i].key |= fold_sources_number(&fold->partitions[partition].sources, wide->source);
    }
    count_words(fold, partition, words, count);
    pthread_mutex_unlock(&fold->partitions[partition].lock);
    inlet->buffered_ipv6[partition] = 0;
}

static void scatter_ipv6(struct fold_inlet *inlet, struct fold_word word)
{
    struct address source = inlet->batch.sources[(uint32_t)word.key];
    uint64_t hash = (source.high ^ source.high >> 31 ^ inlet->fold->seed) * UINT64_C(0x9e3779b97f4a7c15);
    size_t partition = (hash ^ source.low) * (inlet->fold->seed | 1) >> (64 - FOLD_PARTITION_BITS);
    word.key &= ~UINT64_C(0xffffffff);
    inlet->words_ipv6[partition][inlet->buffered_ipv6[partition]++] = (struct word_ipv6){source, word};
    if (inlet->buffered_ipv6[partition] == BUFFERED_IPV6)
        count_buffer_ipv6(inlet, partition);
}

void fold_take(struct fold_inlet *inlet)
{
    uint32_t spread = (uint32_t)inlet->fold->seed | 1;
    for (size_t i = 0; i < inlet->batch.count; i++) {
        struct fold_word word = inlet->batch.words[i];
        inlet->accesses[kind_of(word.key)]++;
        if (__builtin_expect(word.version == FOLD_IPV6, 0)) {
            scatter_ipv6(inlet, word);
            continue;
        }
        size_t partition = (uint32_t)word.key * spread >> (32 - FOLD_PARTITION_BITS);
        inlet->words[partition][inlet->buffered[partition]++] = word;
        if (inlet->buffered[partition] == BUFFERED)
            count_buffer(inlet, partition);
    }
    fold_drop(inlet);
}

void fold_inlet_end(struct fold_inlet *inlet)
{
    for (size_t i = 0; i < FOLD_PARTITIONS; i++) {
        count_buffer(inlet, i);
        count_buffer_ipv6(inlet, i);
    }
    for (int kind = 0; kind < 2; kind++) {
        inlet->fold->accesses[kind] += inlet->accesses[kind];
        inlet->accesses[kind] = 0;
    }
}

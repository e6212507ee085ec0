/* fold_table: linear probing, at most three quarters full, half as large again each time. A slot is found by
 * multiplying the hash into the capacity, which then need not be a power of two: less memory lies idle. */
#include "observe/fold_table.h"
#include "base/memory.h"
#include <stdlib.h>

enum {
    TABLE_LEAST = 16,
    AHEAD = 16 /* packets between asking for a row's memory and touching it */
};

void fold_table_clear(struct fold_table *table)
{
    free(table->rows);
    table->rows = NULL;
    table->used = table->capacity = 0;
}

void fold_table_release(struct fold_table *table)
{
    memory_forget(table->rows, table->capacity * sizeof *table->rows);
    fold_table_clear(table);
}

/* The same for all tables of one seed. */
static inline uint32_t hash_of(const struct fold_table *table, uint64_t key)
{
    uint64_t hash = (key ^ table->seed) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)((hash ^ hash >> 29) * UINT64_C(0xbf58476d1ce4e5b9) >> 32);
}

static inline struct fold_row *slot_of(const struct fold_table *table, uint32_t hash)
{
    return table->rows + ((uint64_t)hash * table->capacity >> 32);
}

/* The key's row, or the free slot where it would be. */
static inline struct fold_row *find(const struct fold_table *table, uint64_t key, uint32_t hash)
{
    const struct fold_row *end = table->rows + table->capacity;
    struct fold_row *row = slot_of(table, hash);
    while (row->tally != 0 && row->key != key)
        if (++row == end)
            row = table->rows;
    return row;
}

/* For a key that is not there. */
static inline struct fold_row *find_free(const struct fold_table *table, uint32_t hash)
{
    const struct fold_row *end = table->rows + table->capacity;
    struct fold_row *row = slot_of(table, hash);
    while (row->tally != 0)
        if (++row == end)
            row = table->rows;
    return row;
}

/* Slots are in the order of hashes, so that the rows go from one end of the old memory to the other, and of
 * the new. */
static void grow_to(struct fold_table *table, uint32_t capacity)
{
    struct fold_table larger = {.used = table->used, .capacity = capacity, .seed = table->seed};
    larger.rows = memory_new(larger.capacity, sizeof *larger.rows);
    for (uint32_t i = 0; i < table->capacity; i++)
        if (table->rows[i].tally != 0)
            *find_free(&larger, hash_of(table, table->rows[i].key)) = table->rows[i];
    fold_table_clear(table);
    *table = larger;
}

void fold_table_expect(struct fold_table *table, uint32_t rows)
{
    uint64_t needed = ((uint64_t)table->used + rows) * 4 / 3;
    if (needed > table->capacity + table->capacity / 2)
        grow_to(table, needed < UINT32_MAX ? (uint32_t)needed : UINT32_MAX);
}

/* One packet more of a key that is there. */
static inline void add(struct fold_row *row, const struct fold_word *word, const struct fold_full *full)
{
    uint64_t time = word->time, tally = row->tally;
    if (__builtin_expect(tally >> FOLD_COUNT_SHIFT == FOLD_COUNT_MOST, 0)) {
        full->put(full->context, word, *row);
        tally &= (UINT64_C(1) << FOLD_COUNT_SHIFT) - 1;
    }
    uint64_t first = tally >> FOLD_TIME_BITS & FOLD_TIME_MASK, last = tally & FOLD_TIME_MASK;
    tally += UINT64_C(1) << FOLD_COUNT_SHIFT;
    tally += time > last ? time - last : 0;
    tally -= time < first ? (first - time) << FOLD_TIME_BITS : 0;
    row->tally = tally;
}

static inline void count_one(struct fold_table *table, const struct fold_word *word, uint32_t hash,
                             const struct fold_full *full, uint64_t fresh[2])
{
    struct fold_row *row = find(table, word->key, hash);
    if (row->tally != 0) {
        add(row, word, full);
        return;
    }
    uint64_t time = word->time;
    row->key = word->key;
    row->tally = UINT64_C(1) << FOLD_COUNT_SHIFT | time << FOLD_TIME_BITS | time;
    fresh[word->key >> FOLD_KIND_SHIFT & 1]++;
    table->used++;
}

void fold_table_count(struct fold_table *table, const struct fold_word *words, uint32_t count,
                      const struct fold_full *full, uint64_t fresh[2])
{
    uint32_t hashes[AHEAD];
    for (uint32_t i = 0; i < count + AHEAD; i++) {
        if (__builtin_expect((uint64_t)table->used * 4 >= (uint64_t)table->capacity * 3, 0))
            grow_to(table, table->capacity == 0 ? TABLE_LEAST : table->capacity + table->capacity / 2);
        if (i >= AHEAD)
            count_one(table, &words[i - AHEAD], hashes[i % AHEAD], full, fresh);
        if (i < count) {
            hashes[i % AHEAD] = hash_of(table, words[i].key);
            __builtin_prefetch(slot_of(table, hashes[i % AHEAD]), 1);
        }
    }
}

struct fold_row *fold_table_empty(struct fold_table *table, struct fold_row *out)
{
    for (uint32_t i = 0; i < table->capacity; i++)
        if (table->rows[i].tally != 0)
            *out++ = table->rows[i];
    fold_table_clear(table);
    return out;
}

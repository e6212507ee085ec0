/* fold_table: rows of one key each, counted: an open-addressing table that fits the cache.
 *
 * A row is two words. The key holds point, class (kind and protocol), port and source, highest first, so that
 * the order of keys is the order of sightings within a day. The tally holds how often, first and last, the
 * two in seconds of the day. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FOLD_TIME_BITS =
        18, /* three days: a civil day, with a margin before and behind for a clock that is changed */
    FOLD_COUNT_BITS = 64 - 2 * FOLD_TIME_BITS,
    FOLD_COUNT_MOST = (1 << FOLD_COUNT_BITS) - 1,
};

struct fold_row {
    uint64_t key;
    uint64_t count : FOLD_COUNT_BITS,
                     first : FOLD_TIME_BITS,
                             last : FOLD_TIME_BITS; /* count 0: a free slot */
};

struct fold_table {
    struct fold_row *rows;
    uint32_t used, capacity;
    uint64_t seed; /* strangers choose the keys: they shall not choose where they lie */
};

/* Of a key; the same for all tables of one seed. */
static inline uint32_t fold_hash(uint64_t seed, uint64_t key)
{
    uint64_t hash = (key ^ seed) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)((hash ^ hash >> 29) * UINT64_C(0xbf58476d1ce4e5b9) >> 32);
}

enum fold_added {
    FOLD_ADDED,
    FOLD_NEW,
    FOLD_FULL /* the count is at its most: *row is to be put aside, and added again */
};
enum fold_added fold_table_add(struct fold_table *table, uint64_t key, uint32_t hash, uint32_t time,
                               struct fold_row *row);
void fold_table_prefetch(const struct fold_table *table, uint32_t hash);
/* Appends the rows to `out`, which has room for `used`, and frees the table. */
void fold_table_clear(struct fold_table *table);
struct fold_row *fold_table_empty(struct fold_table *table, struct fold_row *out);

/* In place, by key. */
void fold_sort(struct fold_row *rows, size_t count);

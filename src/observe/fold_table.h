/* fold_table: rows of one key each, counted: an open-addressing table that fits the cache.
 *
 * A row is two words. The key holds point 12 bits | class (kind, protocol) 4 | port 16 | source 32, so that
 * the order of keys is the order of sightings within a day. The tally holds how often, first and last, the
 * two in seconds of the day. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FOLD_TIME_BITS =
        18, /* three days: a civil day, with a margin before and behind for a clock that is changed */
    FOLD_TIME_MASK = (1 << FOLD_TIME_BITS) - 1,
    FOLD_COUNT_SHIFT = 2 * FOLD_TIME_BITS,
    FOLD_COUNT_MOST = (1 << (64 - FOLD_COUNT_SHIFT)) - 1,
    FOLD_KIND_SHIFT = 51,
};

/* A packet: its key, and when it came. The source of an IPv6 packet is a number. */
struct fold_word {
    uint64_t key;
    uint32_t time;
    uint16_t day; /* index of the fold's days */
    uint16_t version;
};

struct fold_row {
    uint64_t key;
    uint64_t tally; /* count | first | last; 0: a free slot */
};
static inline uint32_t fold_row_count(struct fold_row row)
{
    return (uint32_t)(row.tally >> FOLD_COUNT_SHIFT);
}
static inline uint32_t fold_row_first(struct fold_row row)
{
    return (uint32_t)(row.tally >> FOLD_TIME_BITS) & FOLD_TIME_MASK;
}
static inline uint32_t fold_row_last(struct fold_row row)
{
    return (uint32_t)row.tally & FOLD_TIME_MASK;
}

struct fold_table {
    struct fold_row *rows;
    uint32_t used, capacity;
    uint64_t seed; /* strangers choose the keys: they shall not choose where they lie */
};

/* Where a row goes whose count is at its most: it is counted from 1 again. */
struct fold_full {
    void (*put)(void *context, const struct fold_word *word, struct fold_row row);
    void *context;
};
/* Makes room for that many more rows, if they are that many. */
void fold_table_expect(struct fold_table *table, uint32_t rows);
/* Counts packets of one day and version; `fresh` grows by the rows that are new, by kind. */
void fold_table_count(struct fold_table *table, const struct fold_word *words, uint32_t count,
                      const struct fold_full *full, uint64_t fresh[2]);
static inline size_t fold_table_bytes(const struct fold_table *table)
{
    return table->capacity * sizeof *table->rows;
}
void fold_table_clear(struct fold_table *table);
/* The same, and its memory goes back to the system. */
void fold_table_release(struct fold_table *table);
/* Appends the rows to `out`, which has room for `used`, and frees the table. */
struct fold_row *fold_table_empty(struct fold_table *table, struct fold_row *out);

/* In place, by key. */
void fold_sort(struct fold_row *rows, size_t count);

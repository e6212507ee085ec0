/* fold_gather: the tables of a day become one sorted array, by several threads.
 *
 * A sample of the keys says where to cut the order into ranges of about the same size. Every table then
 * scatters its rows into the ranges (counted first, so that each row has its place), and every range is
 * sorted by itself, where it fits the cache. */
#include "observe/fold_parts.h"
#include "base/memory.h"
#include "base/workers.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { RANGES = 256, SAMPLES = RANGES * 32, WORTH_CUTTING = 1 << 14, AT_ONCE = 8 };

struct gather {
    struct fold_table *tables;        /* of FOLD_PARTITIONS */
    uint32_t *const *ranks;           /* NULL: IPv4 */
    uint64_t firsts[RANGES];          /* of each range the least key; [0] is 0 */
    uint8_t *ranges[FOLD_PARTITIONS]; /* of a table's rows, each */
    size_t (*places)[RANGES];         /* of partitions: how many rows of each range, then where they go */
    size_t ends[RANGES];              /* of ranges */
    struct fold_row *rows;
    atomic_uint turn; /* the next table or range that nobody has taken */
};

static bool next_of(struct gather *gather, unsigned most, unsigned *turn)
{
    *turn = atomic_fetch_add(&gather->turn, 1);
    return *turn < most;
}

/* IPv6 sources get their number in the order of addresses. */
static void rank_table(struct fold_table *table, const uint32_t *rank)
{
    for (uint32_t i = 0; i < table->capacity; i++)
        if (table->rows[i].tally != 0)
            table->rows[i].key =
                (table->rows[i].key & ~UINT64_C(0xffffffff)) | rank[(uint32_t)table->rows[i].key];
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The first rows of every table: they lie in the order of a hash, so that any of them will do. */
static void choose_ranges(struct gather *gather)
{
    uint64_t samples[SAMPLES];
    size_t sampled = 0;
    for (size_t part = 0; part < FOLD_PARTITIONS; part++) {
        const struct fold_table *table = &gather->tables[part];
        size_t most = sampled + SAMPLES / FOLD_PARTITIONS;
        for (uint32_t i = 0; i < table->capacity && sampled < most; i++)
            if (table->rows[i].tally != 0)
                samples[sampled++] = table->rows[i].key;
    }
    qsort(samples, sampled, sizeof *samples, by_key);
    gather->firsts[0] = 0;
    for (size_t range = 1; range < RANGES; range++)
        gather->firsts[range] = samples[range * sampled / RANGES];
}

/* The last range that begins at or before each key; several at once, since a search is waiting most of the
 * time. */
static void find_ranges(const struct gather *gather, const struct fold_row *rows, uint8_t ranges[AT_ONCE])
{
    unsigned at[AT_ONCE] = {0};
    for (unsigned half = RANGES / 2; half > 0; half /= 2)
        for (unsigned i = 0; i < AT_ONCE; i++)
            at[i] += gather->firsts[at[i] + half] <= rows[i].key ? half : 0;
    for (unsigned i = 0; i < AT_ONCE; i++)
        ranges[i] = (uint8_t)at[i];
}
_Static_assert(RANGES == 256, "a range has its number in a byte");

/* Moves a table's rows to its front, so that they are read in whole eights. */
static void close_ranks(struct fold_table *table)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < table->capacity; i++)
        if (table->rows[i].tally != 0)
            table->rows[count++] = table->rows[i];
}

static void count_table(struct gather *gather, unsigned part)
{
    struct fold_table *table = &gather->tables[part];
    size_t *counts = gather->places[part];
    if (gather->ranks != NULL)
        rank_table(table, gather->ranks[part]);
    close_ranks(table);
    memset(counts, 0, sizeof *gather->places);
    gather->ranges[part] = memory_resize(NULL, table->used + AT_ONCE, 1);
    for (uint32_t i = 0; i < table->used; i += AT_ONCE)
        find_ranges(gather, table->rows + i, gather->ranges[part] + i);
    for (uint32_t i = 0; i < table->used; i++)
        counts[gather->ranges[part][i]]++;
}

static void scatter_table(struct gather *gather, unsigned part)
{
    struct fold_table *table = &gather->tables[part];
    OWNED_MEMORY uint8_t *ranges = gather->ranges[part];
    size_t *places = gather->places[part];
    for (uint32_t i = 0; i < table->used; i++)
        gather->rows[places[ranges[i]]++] = table->rows[i];
    fold_table_release(table); /* for the rows */
}

static void count_tables(void *context, unsigned worker)
{
    (void)worker;
    for (unsigned part; next_of(context, FOLD_PARTITIONS, &part);)
        count_table(context, part);
}

static void scatter_tables(void *context, unsigned worker)
{
    (void)worker;
    for (unsigned part; next_of(context, FOLD_PARTITIONS, &part);)
        scatter_table(context, part);
}

static void sort_ranges(void *context, unsigned worker)
{
    struct gather *gather = context;
    (void)worker;
    for (unsigned range; next_of(gather, RANGES, &range);) {
        size_t first = range == 0 ? 0 : gather->ends[range - 1];
        fold_sort(gather->rows + first, gather->ends[range] - first);
    }
}

static void run(struct gather *gather, unsigned threads, void (*work)(void *context, unsigned worker))
{
    atomic_store(&gather->turn, 0);
    workers_run(threads, work, gather);
}

/* From how many rows of each range a table has to where they go. */
static size_t place(struct gather *gather)
{
    size_t at = 0;
    for (size_t range = 0; range < RANGES; range++) {
        for (size_t part = 0; part < FOLD_PARTITIONS; part++) {
            size_t count = gather->places[part][range];
            gather->places[part][range] = at;
            at += count;
        }
        gather->ends[range] = at;
    }
    return at;
}

/* A small day is not worth threads. */
static struct fold_row *sort_few(struct gather *gather, size_t count)
{
    struct fold_row *rows = memory_resize(NULL, count, sizeof *rows), *end = rows;
    for (size_t part = 0; part < FOLD_PARTITIONS; part++) {
        if (gather->ranks != NULL)
            rank_table(&gather->tables[part], gather->ranks[part]);
        end = fold_table_empty(&gather->tables[part], end);
    }
    fold_sort(rows, count);
    return rows;
}

static struct fold_row *sort_many(struct gather *gather, unsigned threads)
{
    OWNED_MEMORY size_t(*places)[RANGES] = memory_resize(NULL, FOLD_PARTITIONS, sizeof *places);
    gather->places = places;
    choose_ranges(gather);
    run(gather, threads, count_tables);
    gather->rows = memory_resize(NULL, place(gather), sizeof *gather->rows);
    run(gather, threads, scatter_tables);
    run(gather, threads, sort_ranges);
    return gather->rows;
}

/* Rows that were put aside come behind the same key's row, or before it: their order does not matter. */
static struct fold_run with_aside(struct fold *fold, size_t day, enum fold_version version,
                                  struct fold_run run)
{
    size_t before = run.count;
    for (size_t part = 0; part < FOLD_PARTITIONS; part++)
        for (size_t i = 0; i < fold->partitions[part].aside_count; i++) {
            struct fold_aside aside = fold->partitions[part].aside[i];
            if (aside.day != day || aside.version != version)
                continue;
            if (version == FOLD_IPV6)
                aside.row.key =
                    (aside.row.key & ~UINT64_C(0xffffffff)) | fold->ranks[part][(uint32_t)aside.row.key];
            run.rows = memory_resize(run.rows, run.count + 1, sizeof *run.rows);
            run.rows[run.count++] = aside.row;
        }
    if (run.count != before)
        fold_sort(run.rows, run.count);
    return run;
}

struct fold_run fold_gather(struct fold *fold, size_t day, enum fold_version version)
{
    struct gather gather = {.tables = fold->days[day]->tables[version]};
    size_t count = 0;
    for (size_t part = 0; part < FOLD_PARTITIONS; part++)
        count += gather.tables[part].used;
    gather.ranks = version == FOLD_IPV6 ? fold->ranks : NULL;
    struct fold_run run = {.count = count};
    run.rows = count < WORTH_CUTTING ? sort_few(&gather, count) : sort_many(&gather, fold->threads);
    return with_aside(fold, day, version, run);
}

/* fold: each packet is one word of 64 bits, scattered by a hash of its source into partitions. A partition
 * collects what comes in a small buffer and counts it in one go, in a table of its own that fits the cache:
 * random memory is touched once a buffer, not once a packet. All that one source did lies in one partition,
 * so that partitions can be counted by different threads, and whatever is said about sources can be said
 * partition by partition.
 *
 * The day is not in the key: each day has its own tables, made when they are first needed. */
#include "observe/fold.h"
#include "observe/fold_source.h"
#include "observe/fold_table.h"
#include "base/memory.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { PARTITIONS = 16, BUFFERED = 256, AHEAD = 24, VERSIONS = 2, IPV4 = 0, IPV6 = 1 };
enum { CLASSES_A_KIND = 8 };

struct pending {
    uint64_t key;
    uint32_t hash;
    uint32_t time : FOLD_TIME_BITS, day : 12 /* index of days */, version : 1;
};
_Static_assert(FOLD_DAYS_MOST <= 1 << 12, "a day has its number in 12 bits");
struct fold_day {
    int32_t day;
    int64_t base_s; /* what the rows' times count from: the day before began about then */
    struct fold_table tables[VERSIONS][PARTITIONS];
    struct fold_row *aside; /* rows whose count was full, of both versions */
    uint8_t *aside_version;
    size_t aside_count;
};

/* The rows of one day and version, sorted. */
struct run {
    struct fold_row *rows;
    size_t at, count;
};

struct fold {
    uint64_t seed;
    struct pending (*buffers)[BUFFERED]; /* of partitions */
    uint32_t buffered[PARTITIONS];
    struct fold_day **days; /* in the order they came; after fold_end() in their own */
    size_t day_count, recent;
    struct fold_sources sources;
    uint64_t sightings[2];
    uint64_t accesses[2];
    uint32_t *rank; /* of IPv6 sources */
    size_t day_out; /* the day that is given out */
    bool day_open;  /* `runs` hold it */
    struct run runs[VERSIONS];
};

static uint64_t key_of(const struct fold_seen *seen, uint32_t source)
{
    uint64_t class = (uint64_t)seen->kind * CLASSES_A_KIND + seen->protocol;
    return (uint64_t)seen->point << 52 | class << 48 | (uint64_t)seen->port << 32 | source;
}

struct fold *fold_new(void)
{
    struct fold *fold = memory_new(1, sizeof *fold);
    fold->buffers = memory_resize(NULL, PARTITIONS, sizeof *fold->buffers);
    if (getrandom(&fold->seed, sizeof fold->seed, 0) < 0)
        fold->seed = (uint64_t)(uintptr_t)fold;
    return fold;
}

static void day_free(struct fold_day *day)
{
    for (int version = 0; version < VERSIONS; version++)
        for (int i = 0; i < PARTITIONS; i++)
            fold_table_clear(&day->tables[version][i]);
    free(day->aside);
    free(day->aside_version);
    free(day);
}

void fold_free(struct fold *fold)
{
    if (fold == NULL)
        return;
    for (size_t i = 0; i < fold->day_count; i++)
        day_free(fold->days[i]);
    for (int version = 0; version < VERSIONS; version++)
        free(fold->runs[version].rows);
    fold_sources_clear(&fold->sources);
    free(fold->buffers);
    free(fold->days);
    free(fold->rank);
    free(fold);
}

static struct fold_day *day_new(const struct fold *fold, int32_t day, int64_t begins_s)
{
    struct fold_day *made = memory_new(1, sizeof *made);
    made->day = day;
    made->base_s = begins_s - 86400;
    for (int version = 0; version < VERSIONS; version++)
        for (int i = 0; i < PARTITIONS; i++)
            made->tables[version][i].seed = fold->seed;
    return made;
}

/* Index of a day, made where it is new; FOLD_DAYS_MOST where there is no room. */
static size_t find_day(struct fold *fold, int32_t day, int64_t begins_s)
{
    if (fold->recent < fold->day_count && fold->days[fold->recent]->day == day)
        return fold->recent;
    size_t at = 0;
    while (at < fold->day_count && fold->days[at]->day != day)
        at++;
    if (at == FOLD_DAYS_MOST)
        return at;
    if (at == fold->day_count) {
        fold->days = memory_resize(fold->days, fold->day_count + 1, sizeof *fold->days);
        fold->days[fold->day_count++] = day_new(fold, day, begins_s);
    }
    return fold->recent = at;
}

static void put_aside(struct fold_day *day, int version, struct fold_row row)
{
    day->aside = memory_resize(day->aside, day->aside_count + 1, sizeof *day->aside);
    day->aside_version = memory_resize(day->aside_version, day->aside_count + 1, 1);
    day->aside[day->aside_count] = row;
    day->aside_version[day->aside_count++] = (uint8_t)version;
}

static struct fold_table *table_of(struct fold *fold, const struct pending *pending, size_t partition)
{
    return &fold->days[pending->day]->tables[pending->version][partition];
}

static void count_buffer(struct fold *fold, size_t partition)
{
    const struct pending *buffer = fold->buffers[partition];
    uint32_t count = fold->buffered[partition];
    for (uint32_t i = 0; i < count; i++) {
        const struct pending *pending = &buffer[i];
        if (i + AHEAD < count)
            fold_table_prefetch(table_of(fold, pending + AHEAD, partition), pending[AHEAD].hash);
        struct fold_row full;
        enum fold_added added = fold_table_add(table_of(fold, pending, partition), pending->key,
                                               pending->hash, pending->time, &full);
        if (added == FOLD_NEW)
            fold->sightings[pending->key >> 51 & 1]++;
        while (added == FOLD_FULL) {
            put_aside(fold->days[pending->day], pending->version, full);
            added = fold_table_add(table_of(fold, pending, partition), pending->key, pending->hash,
                                   pending->time, &full);
        }
    }
    fold->buffered[partition] = 0;
}

bool fold_add(struct fold *fold, const struct fold_seen *seen)
{
    size_t day = find_day(fold, seen->day, seen->day_begins_s);
    if (day == FOLD_DAYS_MOST)
        return false;
    int version = address_is_ipv4(seen->source) ? IPV4 : IPV6;
    uint32_t source =
        version == IPV4 ? address_ipv4(seen->source) : fold_sources_number(&fold->sources, seen->source);
    int64_t time = seen->time_s - fold->days[day]->base_s;
    assert(time >= 0 && time < 1 << FOLD_TIME_BITS);
    size_t partition = source * UINT32_C(0x9e3779b1) >> 28;
    uint64_t key = key_of(seen, source);
    fold->buffers[partition][fold->buffered[partition]++] =
        (struct pending){key, fold_hash(fold->seed, key), (uint32_t)time, (uint32_t)day, (uint32_t)version};
    fold->accesses[seen->kind]++;
    if (fold->buffered[partition] == BUFFERED)
        count_buffer(fold, partition);
    return true;
}

static int by_day(const void *a, const void *b)
{
    const struct fold_day *x = *(struct fold_day *const *)a, *y = *(struct fold_day *const *)b;
    return x->day < y->day ? -1 : x->day > y->day;
}

void fold_end(struct fold *fold)
{
    for (size_t i = 0; i < PARTITIONS; i++)
        count_buffer(fold, i);
    if (fold->day_count > 0)
        qsort(fold->days, fold->day_count, sizeof *fold->days, by_day);
    fold->rank = fold_sources_rank(&fold->sources);
}

uint64_t fold_sightings(const struct fold *fold, enum sighting_kind kind)
{
    return fold->sightings[kind];
}

uint64_t fold_accesses(const struct fold *fold, enum sighting_kind kind)
{
    return fold->accesses[kind];
}

/* Takes the day's tables apart into one sorted run. */
static struct run make_run(struct fold_day *day, int version, const uint32_t *rank)
{
    size_t count = day->aside_count;
    for (int i = 0; i < PARTITIONS; i++)
        count += day->tables[version][i].used;
    struct run run = {.rows = memory_new(count + 1, sizeof *run.rows)};
    struct fold_row *end = run.rows;
    for (int i = 0; i < PARTITIONS; i++)
        end = fold_table_empty(&day->tables[version][i], end);
    for (size_t i = 0; i < day->aside_count; i++)
        if (day->aside_version[i] == version)
            *end++ = day->aside[i];
    run.count = (size_t)(end - run.rows);
    if (version == IPV6)
        for (size_t i = 0; i < run.count; i++)
            run.rows[i].key = (run.rows[i].key & ~UINT64_C(0xffffffff)) | rank[run.rows[i].key & 0xffffffff];
    fold_sort(run.rows, run.count);
    return run;
}

static bool open_day(struct fold *fold)
{
    for (int version = 0; version < VERSIONS; version++) {
        free(fold->runs[version].rows);
        fold->runs[version] = (struct run){0};
    }
    fold->day_open = fold->day_out < fold->day_count;
    for (int version = 0; version < VERSIONS && fold->day_open; version++)
        fold->runs[version] = make_run(fold->days[fold->day_out], version, fold->rank);
    return fold->day_open;
}

static struct address source_of(const struct fold *fold, int version, uint64_t key)
{
    uint32_t source = (uint32_t)key;
    return version == IPV4 ? address_from_ipv4(source) : fold->sources.addresses[source];
}

/* Which version's next row comes first; VERSIONS where the day has no more. Sources decide only between equal
 * ports. */
static int choose(const struct fold *fold)
{
    const struct run *four = &fold->runs[IPV4], *six = &fold->runs[IPV6];
    if (six->at == six->count)
        return four->at == four->count ? VERSIONS : IPV4;
    if (four->at == four->count)
        return IPV6;
    uint64_t a = four->rows[four->at].key, b = six->rows[six->at].key;
    if (a >> 32 != b >> 32)
        return a >> 32 < b >> 32 ? IPV4 : IPV6;
    return address_compare(source_of(fold, IPV4, a), source_of(fold, IPV6, b)) < 0 ? IPV4 : IPV6;
}

/* One sighting off the run: its row, and any that were put aside when its count was full. */
static struct sighting take_row(struct fold *fold, int version)
{
    const struct fold_day *day = fold->days[fold->day_out];
    struct run *run = &fold->runs[version];
    struct fold_row row = run->rows[run->at++];
    uint64_t accesses = row.count, key = row.key;
    while (run->at < run->count && run->rows[run->at].key == key) {
        struct fold_row more = run->rows[run->at++];
        accesses += more.count;
        row.first = more.first < row.first ? more.first : row.first;
        row.last = more.last > row.last ? more.last : row.last;
    }
    uint8_t class = key >> 48 & 0xf;
    return (struct sighting){
        .source = source_of(fold, version, key),
        .accesses = accesses,
        .first_s = day->base_s + row.first,
        .last_s = day->base_s + row.last,
        .day = day->day,
        .point = (uint16_t)(key >> 52),
        .port = (uint16_t)(key >> 32),
        .kind = class / CLASSES_A_KIND,
        .protocol = class % CLASSES_A_KIND,
    };
}

size_t fold_next(struct fold *fold, struct sighting *rows, size_t most)
{
    size_t count = 0;
    while (count < most) {
        if (!fold->day_open && !open_day(fold))
            break;
        int version = choose(fold);
        if (version == VERSIONS) {
            fold->day_open = false;
            fold->day_out++;
        } else {
            rows[count++] = take_row(fold, version);
        }
    }
    return count;
}

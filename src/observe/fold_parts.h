/* fold_parts: what the fold is made of, for its own files only.
 *
 * A packet is a word of 64 bits, and when it came. Words are scattered by a hash of their source into
 * partitions, where they wait in chunks until memory for chunks runs out; then the fullest partition's words
 * are counted in one go, in a table of its own that fits the cache. So the memory of a table is fetched once
 * for many packets, two threads hardly ever meet, and all that one source did lies in one partition.
 *
 * The day is not in the key: each day has its own tables, made when they are first needed. */
#pragma once
#include "observe/fold.h"
#include "observe/fold_chunk.h"
#include "observe/fold_source.h"
#include "observe/fold_table.h"
#include <pthread.h>

enum { FOLD_PARTITION_BITS = 8, FOLD_PARTITIONS = 1 << FOLD_PARTITION_BITS };
enum fold_version { FOLD_IPV4, FOLD_IPV6, FOLD_VERSIONS };
enum { FOLD_CLASSES_A_KIND = 8 };

struct fold_day {
    int32_t day;
    int64_t base_s; /* what the rows' times count from: the day before began about then */
    struct fold_table tables[FOLD_VERSIONS][FOLD_PARTITIONS];
};

/* Rows whose count was full, of any day: few, if any. */
struct fold_aside {
    struct fold_row row;
    uint16_t day;
    uint8_t version;
};

struct fold_partition {
    pthread_mutex_t lock; /* for all of it, and the tables of its number */
    struct fold_chunk *waiting[FOLD_VERSIONS];
    atomic_uint waiting_count;
    struct fold_sources sources;
    struct fold_aside *aside;
    size_t aside_count;
    uint64_t sightings[2];
};

/* The rows of one day and version, sorted. */
struct fold_run {
    struct fold_row *rows;
    size_t at, count;
};

/* Rows that were put aside where memory was full (fold_aside.c). */
struct fold_disk {
    size_t most; /* bytes of tables; SIZE_MAX: no bound */
    char *folder;
    const struct points *points;
    struct runs *runs; /* NULL: nothing was put aside */
    struct runs_reader *reader;
    struct sightings_in in; /* after fold_end(): all rows */
};

struct fold {
    uint64_t seed; /* strangers choose the keys: they shall not choose where they lie */
    unsigned threads;
    pthread_mutex_t lock; /* for the lists below */
    struct fold_day *days[FOLD_DAYS_MOST];
    size_t day_count;
    struct fold_inlet *inlets;
    struct fold_inlet *own; /* for fold_add(), */
    uint64_t own_put;       /* which has put so many */
    struct fold_chunks chunks;
    struct fold_disk disk;
    atomic_size_t bytes; /* of tables */
    struct fold_partition partitions[FOLD_PARTITIONS];
    uint64_t sightings[2], accesses[2]; /* after fold_end() */
    struct address *sources;            /* IPv6, in order; after fold_end() */
    uint32_t *ranks[FOLD_PARTITIONS];   /* of a partition's IPv6 sources */
    uint16_t order[FOLD_DAYS_MOST];     /* of days */
    size_t day_out;                     /* the day that is given out, by `order` */
    bool day_open;                      /* `runs` hold it */
    struct fold_run runs[FOLD_VERSIONS];
};

/* Of a day, made where it is new; FOLD_DAYS_MOST where there is no room. */
size_t fold_day(struct fold *fold, int32_t day, int64_t begins_s);

/* An empty chunk; where there is none, words that wait are counted first. */
struct fold_chunk *fold_chunk_new(struct fold *fold);
/* Words of one version that wait to be counted; NULL is fine. */
void fold_wait(struct fold *fold, size_t partition, enum fold_version version, struct fold_chunk *chunk);
/* Counts all words that wait. */
void fold_count_all(struct fold *fold);

/* What the inlets have taken waits to be counted; what they counted is added to the fold. */
void fold_inlets_empty(struct fold *fold);
void fold_inlets_free(struct fold *fold);

/* All that was taken is in tables, and rows can be given out by fold_rows(). */
void fold_settle(struct fold *fold);
/* As fold_next(), of the rows in memory. */
size_t fold_rows(struct fold *fold, struct sighting *rows, size_t most);
/* After all rows were given out: as it was before the first packet, but for the days and the accesses. */
void fold_renew(struct fold *fold);
/* At the end: the last rows are put aside too, and all are given out together. */
bool fold_disk_end(struct fold *fold, struct fault *fault);
void fold_disk_clear(struct fold_disk *disk);

/* A day's rows of one version, sorted; its tables are free afterwards. */
struct fold_run fold_gather(struct fold *fold, size_t day, enum fold_version version);

/* fold_parts: what the fold is made of, for its own files only.
 *
 * A packet is one word of 64 bits and when it came. Words are scattered by a hash of their source into
 * partitions; a partition collects what comes from one thread in a small buffer and counts it in one go, in a
 * table of its own: random memory is touched for a whole buffer at once, with the next touches asked for
 * ahead, and two threads hardly ever meet. All that one source did lies in one partition.
 *
 * The day is not in the word: each day has its own tables, made when they are first needed. */
#pragma once
#include "observe/fold.h"
#include "observe/fold_source.h"
#include "observe/fold_table.h"
#include <pthread.h>

enum { FOLD_PARTITION_BITS = 6, FOLD_PARTITIONS = 1 << FOLD_PARTITION_BITS };
enum fold_version { FOLD_IPV4, FOLD_IPV6, FOLD_VERSIONS };
enum { FOLD_CLASSES_A_KIND = 8 };

/* A packet: its key, point 12 bits | class 4 | port 16 | IPv4 source 32, and when. Of an IPv6 packet the low
 * half of the key says where its source is kept. */
struct fold_word {
    uint64_t key;
    uint32_t time : FOLD_TIME_BITS, day : 12 /* index of days */, version : 1;
};
_Static_assert(FOLD_DAYS_MOST <= 1 << 12, "a day has its number in 12 bits");

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

struct fold {
    uint64_t seed; /* strangers choose the keys: they shall not choose where they lie */
    unsigned threads;
    pthread_mutex_t lock; /* for the lists below */
    struct fold_day *days[FOLD_DAYS_MOST];
    size_t day_count;
    struct fold_inlet *inlets;
    struct fold_inlet *own; /* for fold_add() */
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
/* What the inlet still holds is counted; what it counted is added to the fold. */
void fold_inlet_end(struct fold_inlet *inlet);
void fold_inlet_free_all(struct fold_inlet *inlet);
struct fold_inlet *fold_inlet_next(struct fold_inlet *inlet);

/* A day's rows of one version, sorted; its tables are free afterwards. */
struct fold_run fold_gather(struct fold *fold, size_t day, enum fold_version version);

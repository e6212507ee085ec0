/* fold: packets in, sightings out: one row for each distinct (day, point, kind, protocol, port, source), with
 * how often and when. Memory grows with sightings, never with packets; many days in one capture are as
 * welcome as one busy day.
 *
 *     one thread:    fold_add(...) for each packet
 *     many threads:  each its own fold_inlet(); fold_put(...) for each packet; fold_take() now and then
 *     then:          fold_end(); fold_next() until it returns 0
 *
 * Neither the order of packets nor the number of threads changes what comes out. */
#pragma once
#include "ledger/sightings.h"

struct fold;
/* `threads`: how many there may be when rows are sorted. */
struct fold *fold_new(unsigned threads);
void fold_free(struct fold *fold);
OWNED_TYPE(fold_free, struct fold)

enum { FOLD_DAYS_MOST = 4096 }; /* of one capture */

struct fold_seen {
    struct address source;
    int64_t time_s, day_begins_s;
    int32_t day;
    uint16_t point, port;
    uint8_t kind, protocol;
};

/* One thread's way in. */
struct fold_inlet;
struct fold_inlet *fold_inlet(struct fold *fold); /* the fold's own; may be asked for by any thread */
/* Puts a packet beside those to be counted. False: the capture has more days than FOLD_DAYS_MOST. */
bool fold_put(struct fold_inlet *inlet, const struct fold_seen *seen);
/* What was put since the last fold_take() is counted, or dropped. */
void fold_take(struct fold_inlet *inlet);
void fold_drop(struct fold_inlet *inlet);

/* Both at once, for whoever has but one thread. */
bool fold_add(struct fold *fold, const struct fold_seen *seen);

/* Bounds memory to about `most` bytes: what is beyond is put aside, in an unlinked file in `folder`, with the
 * points' names. Before the first packet. */
void fold_bound(struct fold *fold, size_t most, const char *folder, const struct points *points);
/* True where more is used than there may be. */
bool fold_over(const struct fold *fold);
/* Puts aside all rows so far. All that was put must be taken or dropped, and no thread may put or take
 * meanwhile. */
bool fold_put_aside(struct fold *fold, struct fault *fault);

/* No more packets will come. Cannot fail where nothing was put aside. */
bool fold_end(struct fold *fold, struct fault *fault);
/* After fold_end(): up to `most` rows in the order of sighting_compare(), each once, without countries; 0 at
 * the end. */
size_t fold_next(struct fold *fold, struct sighting *rows, size_t most);
/* After fold_end(): how many rows of a kind there are, and the sum of their accesses. */
uint64_t fold_sightings(const struct fold *fold, enum sighting_kind kind);
uint64_t fold_accesses(const struct fold *fold, enum sighting_kind kind);

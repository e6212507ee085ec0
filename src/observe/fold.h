/* fold: packets in, sightings out: one row for each distinct (day, point, kind, protocol, port, source), with
 * how often and when. Memory grows with sightings, never with packets; many days in one capture are as
 * welcome as one busy day.
 *
 *     fold_add(...) for each packet; fold_end(); fold_next() until it returns 0 */
#pragma once
#include "ledger/sightings.h"

struct fold;
struct fold *fold_new(void);
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
/* False: the capture has more days than FOLD_DAYS_MOST; nothing was counted. */
bool fold_add(struct fold *fold, const struct fold_seen *seen);

/* No more packets will come. */
void fold_end(struct fold *fold);
/* After fold_end(): up to `most` rows in the order of sighting_compare(), each once, without countries; 0 at
 * the end. */
size_t fold_next(struct fold *fold, struct sighting *rows, size_t most);
/* After fold_end(): how many rows of a kind there are, and the sum of their accesses. */
uint64_t fold_sightings(const struct fold *fold, enum sighting_kind kind);
uint64_t fold_accesses(const struct fold *fold, enum sighting_kind kind);

/* take: one capture from its first packet to its place in the ledger. */
#pragma once
#include "ledger/sightings.h"
#include "observe/account.h"
#include "observe/origin.h"

/* What lasts from file to file of one run: the memory of what points sent goes on (rotated captures). */
struct take {
    struct ledger *ledger;
    struct points points;
    struct point_map *map;
    unsigned threads;    /* at least 1 */
    size_t memory_bytes; /* that counting may use, about; no result hangs on either */
    struct asked *asked;
    struct origin *origin;
};
bool take_begin(struct take *take, struct ledger *ledger, struct fault *fault);
void take_clear(struct take *take);

/* Reads a capture to its end or its break, and stores it unless its content is known. `file->name` is given,
 * the rest is filled. False: nothing of it was stored. */
bool take_capture(struct take *take, struct capture *capture, struct account_file *file, struct fault *fault);

/* reading: one Parquet file of sightings, row by row in the order they lie; a file that is out of order, or
 * holds what no sighting can be, is a fault that names it. */
#pragma once
#include "ledger/engine.h"
#include "ledger/sightings.h"

struct reading_file {
    char *path;
    int32_t day;
    const char *name; /* for messages; NULL: the path */
};

struct reading;
/* `engine` and `points` must outlive it. NULL on a fault. */
struct reading *reading_open(const struct engine *engine, const struct points *points,
                             struct reading_file file, struct fault *fault);
void reading_free(struct reading *reading);
OWNED_TYPE(reading_free, struct reading)

/* The next sighting, good until the one after it is asked for; *sighting is NULL at the end. */
bool reading_next(struct reading *reading, const struct sighting **sighting, struct fault *fault);

/* parquet: writes a stream of sightings as Parquet files, one a day, in the order they come (sightings.h
 * tells the columns). */
#pragma once
#include "base/cleanup.h"
#include "ledger/sightings.h"

struct parquet;
/* `points` must outlive it. NULL on a fault. */
struct parquet *parquet_new(const struct points *points, struct sightings_in in, struct fault *fault);
void parquet_free(struct parquet *parquet);
OWNED_TYPE(parquet_free, struct parquet)

/* The day of the next sighting; false after the last one. */
bool parquet_day(struct parquet *parquet, int32_t *day);
/* Writes all sightings of that day to `path` (not synced) and says how many. */
bool parquet_write(struct parquet *parquet, const char *path, uint64_t *rows, struct fault *fault);

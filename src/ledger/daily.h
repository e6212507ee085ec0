/* daily: a sorted stream of sightings as one Parquet file a day and, where wanted, the same day's sums beside
 * (sightings.h tells the columns). The bytes hang on the rows alone, not on how many threads there are. */
#pragma once
#include "base/cleanup.h"
#include "ledger/sightings.h"

struct daily;
/* `points` must outlive it. */
struct daily *daily_new(const struct points *points, struct sightings_in in, unsigned threads);
void daily_free(struct daily *daily);
OWNED_TYPE(daily_free, struct daily)

/* The day of the next sighting; false after the last one. */
bool daily_day(struct daily *daily, int32_t *day);
/* Writes all sightings of that day to `path`, and their sums to `sums_path` (NULL: nobody wants them), both
 * synced, and says how many sightings. */
bool daily_write(struct daily *daily, const char *path, const char *sums_path, uint64_t *rows,
                 struct fault *fault);

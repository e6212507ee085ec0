/* merge: files of sightings of one day as one stream, sorted, each key once. It holds a small part of each
 * file at a time, however long they are. */
#pragma once
#include "ledger/reading.h"

enum { MERGE_FILES_MOST = 32 };

struct merge;
/* At most MERGE_FILES_MOST files. `points` must outlive it. NULL on a fault. */
struct merge *merge_open(const struct points *points, const struct reading_file *files, size_t count,
                         struct fault *fault);
void merge_free(struct merge *merge);
OWNED_TYPE(merge_free, struct merge)

/* The stream. A fault ends it: whoever read it to the end asks merge_whole(). */
struct sightings_in merge_stream(struct merge *merge);
bool merge_whole(const struct merge *merge, struct fault *fault);
/* Both of the same key: accesses add, first is the least, last the most, the country the least that is known.
 */
void merge_add(struct sighting *into, const struct sighting *sighting);

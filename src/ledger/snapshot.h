/* snapshot: the Parquet files that hold at one moment, by names that stay good while a writer moves and
 * replaces them.
 *
 * Each is held open and named /proc/self/fd/N, which leads to the very file that was opened, also once it
 * was moved, replaced or removed; and a ledger may have any name, one with `*` too. */
#pragma once
#include "ledger/manifest.h"

struct snapshot_file {
    int32_t day;
    int held;
    char *path;
};
struct snapshot_files {
    struct snapshot_file *items; /* by day */
    size_t count;
};
struct snapshot {
    struct snapshot_files sightings;
    struct snapshot_files summaries; /* of days whose summary is up to date */
    struct snapshot_files unsummed;  /* the sightings of the other days: borrowed from `sightings` */
    char *missing;                   /* NULL once taken */
};

bool snapshot_take(const struct ledger *ledger, struct snapshot *snapshot, struct fault *fault);
void snapshot_clear(struct snapshot *snapshot);
/* How many of `files`, from `at`, are of one day. */
size_t snapshot_same_day(const struct snapshot_files *files, size_t at);

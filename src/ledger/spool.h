/* spool: where the files of a capture lie until all of it is known to be whole, and how they get to their
 * place.
 *
 *     spool_write       spool/CONTENT/day=DAY.parquet, synced     killed after it: spool_sweep removes them
 *                       and summary=DAY.parquet, where it is all there is of the day
 *     manifest_commit                                             killed after it: spool_place goes on
 *     spool_place       sightings/day=DAY/CONTENT.parquet, synced
 *                       and summary/day=DAY.parquet (adopt.h) */
#pragma once
#include "ledger/manifest.h"
#include "ledger/sightings.h"

/* What a capture holds, in `files`, for manifest_commit(). Where it fails nothing is left behind. */
bool spool_write(const struct ledger *ledger, const struct points *points, struct content content,
                 struct sightings_in in, struct manifest_files *files, struct fault *fault);
/* The same of a stream that is to count instead of all that counts of its days now: with its sums. */
bool spool_write_whole(const struct ledger *ledger, const struct points *points, struct content content,
                       struct sightings_in in, struct manifest_files *files, struct fault *fault);
void spool_remove(const struct ledger *ledger, struct content content);
/* Moves what is committed to its place, and says so in the manifest. */
bool spool_place(struct ledger *ledger, struct fault *fault);
/* Removes the files that count no more. Who reads them holds them open. */
bool spool_remove_gone(struct ledger *ledger, struct fault *fault);
/* Removes what is not committed, and what readers that were killed left. After spool_place(). */
bool spool_sweep(struct ledger *ledger, struct fault *fault);

/* Inside the ledger; in memory the caller frees. */
char *spool_path(const struct ledger *ledger, const struct manifest_file *file); /* while it is spooled */
char *spool_sums_path(const struct ledger *ledger, const struct manifest_file *file);   /* its sums, beside */
char *spool_placed_path(const struct ledger *ledger, const struct manifest_file *file); /* in its place */

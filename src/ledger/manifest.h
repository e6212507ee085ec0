/* manifest: which sightings count, as desk.sqlite says it. One transaction takes a capture in, makes one file
 * of the many of a day, or lets a day go: before it all is as it was, after it all is done, wherever the
 * files still lie.
 *
 *     sighting_file   the files that count           capture_day     what each capture gave to a day, and the
 *     sighting_gone   files that count no more and                   file it lies in now (NULL: it is lost)
 *                     must still be removed          day_held        days whose summary stays as it is
 *     summary_due     days to be summed anew         summary_file    what the summaries weigh */
#pragma once
#include "ledger/imprint.h"

/* What captures are called in the intake. */
#define MANIFEST_KIND "capture"

enum { MANIFEST_CONTENT_SIZE = 2 * sizeof(struct content) + 1 };
void manifest_content_text(char out[MANIFEST_CONTENT_SIZE], struct content content);

/* One day of one capture, or of many. In spool/CONTENT/day=DAY.parquet until it is placed, then in
 * sightings/day=DAY/CONTENT.parquet. */
struct manifest_file {
    char content[MANIFEST_CONTENT_SIZE];
    int32_t day;
    bool placed;
    bool sealed; /* its imprint is known; files of a ledger from before have none */
    uint64_t rows;
    struct imprint imprint;
};
/* In memory the caller frees. */
struct manifest_files {
    struct manifest_file *items;
    size_t count;
};
struct manifest_days {
    int32_t *items;
    size_t count;
};
/* A day that has a summary, or should have one. */
struct manifest_summary {
    int32_t day;
    bool due;  /* it must be made anew */
    bool held; /* it tells more than the sightings that are left */
    bool sealed;
    struct imprint imprint;
};
struct manifest_summaries {
    struct manifest_summary *items;
    size_t count;
};

/* False: the ledger is of the first format, and nobody has written since. */
bool manifest_is_current(const struct ledger *ledger, bool *current, struct fault *fault);
bool manifest_all(const struct ledger *ledger, struct manifest_files *files,
                  struct fault *fault); /* by day, then content */
bool manifest_unplaced(const struct ledger *ledger, struct manifest_files *files, struct fault *fault);
bool manifest_gone(const struct ledger *ledger, struct manifest_files *files, struct fault *fault);
bool manifest_summaries(const struct ledger *ledger, struct manifest_summaries *summaries,
                        struct fault *fault); /* by day */
bool manifest_let_go(const struct ledger *ledger, struct manifest_days *days,
                     struct fault *fault); /* by day */
/* The days of a capture that was taken in whose sightings are lost since: by day. */
bool manifest_lost(const struct ledger *ledger, struct content content, struct manifest_days *days,
                   struct fault *fault);
/* Differs after every change that could move, replace or remove a file. (Not PRAGMA data_version: who may
 * read a ledger but not write beside it shares no -shm file, and SQLite counts each of his looks as a
 * version.) */
struct manifest_version {
    int64_t intake, changes, pending;
};
bool manifest_version(const struct ledger *ledger, struct manifest_version *version, struct fault *fault);

/* The commit point of a capture that was not known before. */
bool manifest_commit(struct ledger *ledger, struct content content, const char *name,
                     const struct manifest_files *files, struct fault *fault);
/* A known capture whose lost days are here again: `days` all of them, `files` those that hold sightings. */
bool manifest_mend(struct ledger *ledger, struct content content, const struct manifest_days *days,
                   const struct manifest_files *files, struct fault *fault);
/* `whole` counts instead of `parts`, all of one day. */
bool manifest_swap(struct ledger *ledger, const struct manifest_files *parts,
                   const struct manifest_file *whole, struct fault *fault);
/* The summary of a day must be made anew, unless it tells more than the sightings that are left. */
bool manifest_make_due(struct ledger *ledger, int32_t day, struct fault *fault);
/* The sightings of these days count no more; their summaries stay as they are. */
bool manifest_release(struct ledger *ledger, const struct manifest_days *days, struct fault *fault);
bool manifest_placed(struct ledger *ledger, struct fault *fault);  /* all of them are */
bool manifest_removed(struct ledger *ledger, struct fault *fault); /* all that were gone */
bool manifest_summed(struct ledger *ledger, int32_t day, const struct imprint *imprint, struct fault *fault);
/* The same of many days at once: of each its day and its imprint. */
bool manifest_summed_days(struct ledger *ledger, const struct manifest_summary *days, size_t count,
                          struct fault *fault);

/* What repair.c finds, into the manifest (manifest_mend.c). A file that is lost counts no more, and its
 * captures may be observed again; where the day's summary is whole (`summary_is_whole`) it stays until then.
 */
bool manifest_lose(struct ledger *ledger, const struct manifest_file *file, bool summary_is_whole,
                   struct fault *fault);
/* A file that counted and is not named any more counts again. */
bool manifest_adopt(struct ledger *ledger, const struct manifest_file *file, struct fault *fault);
/* The captures that lay in such a file, which is not there, may be observed again. */
bool manifest_forget(struct ledger *ledger, const struct manifest_file *file, struct fault *fault);
/* The summary of a held day is lost too. */
bool manifest_unhold(struct ledger *ledger, int32_t day, struct fault *fault);
bool manifest_set_rows(struct ledger *ledger, const struct manifest_file *file, uint64_t rows,
                       struct fault *fault);
bool manifest_count_rows(struct ledger *ledger, uint64_t intake, struct fault *fault);

void manifest_files_clear(struct manifest_files *files);
void manifest_days_clear(struct manifest_days *days);
void manifest_summaries_clear(struct manifest_summaries *summaries);
bool manifest_days_hold(const struct manifest_days *days, int32_t day);

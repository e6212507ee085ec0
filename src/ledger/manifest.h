/* manifest: which sightings count, as desk.sqlite says it (intake, sighting_file, summary_due). One
 * transaction takes a capture in: before it nothing of it counts, after it everything does, wherever its
 * files still lie. */
#pragma once
#include "ledger/content.h"

/* What captures are called in the intake. */
#define MANIFEST_KIND "capture"

enum { MANIFEST_CONTENT_SIZE = 2 * sizeof(struct content) + 1 };
void manifest_content_text(char out[MANIFEST_CONTENT_SIZE], struct content content);

/* One day of one capture. In spool/CONTENT/day=DAY.parquet until it is placed, then in
 * sightings/day=DAY/CONTENT.parquet. */
struct manifest_file {
    char content[MANIFEST_CONTENT_SIZE];
    int32_t day;
    bool placed;
    uint64_t rows;
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

/* The commit point. */
bool manifest_commit(struct ledger *ledger, struct content content, const char *name,
                     const struct manifest_files *files, struct fault *fault);
bool manifest_all(const struct ledger *ledger, struct manifest_files *files,
                  struct fault *fault); /* by day, then content */
bool manifest_unplaced(const struct ledger *ledger, struct manifest_files *files, struct fault *fault);
bool manifest_placed(struct ledger *ledger, struct fault *fault); /* all of them are */
bool manifest_due(const struct ledger *ledger, struct manifest_days *days,
                  struct fault *fault); /* ascending */
bool manifest_summed(struct ledger *ledger, int32_t day, struct fault *fault);
void manifest_files_clear(struct manifest_files *files);
void manifest_days_clear(struct manifest_days *days);

/* examine: looks at all that a ledger keeps of captures, and says of each thing that is wrong what it is.
 *
 * It takes no lock and waits for nobody: it looks at one moment of the manifest, whose files it holds open,
 * as every reader does (snapshot.h). What lies in spool/ is a writer's own while there is one; it is judged
 * only while nobody holds the lock. */
#pragma once
#include "base/progress.h"
#include "ledger/manifest.h"

enum examine_id {
    EXAMINE_RECORDS,         /* desk.sqlite itself */
    EXAMINE_MISSING,         /* a file of sightings that counts is not there */
    EXAMINE_UNREADABLE,      /* a file cannot be opened or read: nobody knows what it holds */
    EXAMINE_DAMAGED,         /* its bytes, or what they say, cannot be what was written */
    EXAMINE_UNFIT,           /* as it was written, but not of this ledger's zone or points */
    EXAMINE_ROWS,            /* the manifest counts other rows than it holds */
    EXAMINE_UNCLAIMED,       /* no capture gave it */
    EXAMINE_UNLISTED,        /* a capture lies in it, the manifest does not name it */
    EXAMINE_SUMMARY_MISSING, /* these can be made anew ... */
    EXAMINE_SUMMARY_DAMAGED,
    EXAMINE_SUMMARY_DIFFERS,
    EXAMINE_SUMMARY_LOST, /* ... and this cannot: its sightings are no more */
    EXAMINE_STRAY,        /* a file that nothing speaks of */
    EXAMINE_LOST,         /* sightings that a capture gave are lost */
    EXAMINE_CAPTURE,      /* what the intake says of a capture does not add up */
};

struct examine_finding {
    enum examine_id id;
    struct manifest_file file; /* day and content, where it is about such a file; day for a summary */
    uint64_t number;           /* rows it holds; the intake's number of a capture */
    char *subject;             /* a path inside the ledger, or a capture's name */
    char *seen, *expected;
};
struct examination {
    struct examine_finding *findings;
    size_t count;
    uint64_t files, days, sightings; /* looked at */
};
bool examine(struct ledger *ledger, struct examination *examination, struct fault *fault);
void examination_clear(struct examination *examination);
const char *examine_name(enum examine_id id); /* "damaged" */

/* Adds one; `seen` is a format, `expected` may be NULL. */
void examine_add(struct examination *examination, struct examine_finding finding, const char *subject,
                 const char *expected, const char *seen, ...) __attribute__((format(printf, 5, 6)));

/* A moment of the manifest and the files of it. */
struct examine_held {
    int descriptor; /* -1: */
    int failed;     /* errno of opening it */
    bool bad;       /* a finding is about it */
};
struct examine_moment {
    struct manifest_files files;
    struct examine_held *held; /* one for each file */
    struct manifest_summaries summaries;
    struct examine_held *held_summaries;
    struct manifest_files gone;
    char **listed; /* paths inside the ledger of what lies in sightings/, summary/ and spool/ */
    size_t listed_count;
    bool spool_is_nobodys;
};
/* The parts, in the order they are looked at. */
bool examine_records(const struct ledger *ledger, struct examination *examination, struct fault *fault);
bool examine_counts(const struct ledger *ledger, struct examination *examination, struct fault *fault);
bool examine_files(struct ledger *ledger, struct examine_moment *moment, struct examination *examination,
                   struct progress *progress, struct fault *fault);
void examine_summaries(const struct examine_moment *moment, struct examination *examination);
void examine_strays(const struct examine_moment *moment, struct examination *examination);
bool examine_captures(const struct ledger *ledger, struct examination *examination, struct fault *fault);

bool examine_moment_take(const struct ledger *ledger, struct examine_moment *moment, struct fault *fault);
void examine_moment_clear(struct examine_moment *moment);

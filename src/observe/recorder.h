/* recorder: the watcher's second thread: what was folded in the last seconds becomes a run of the journal, on
 * the disk. Sorting and syncing take their time there, and the capture goes on.
 *
 * A disk that is full or fails makes it wait and try again; the capture then goes on in memory. */
#pragma once
#include "observe/account.h"
#include "observe/fold.h"
#include "observe/watch.h"

struct recorder_settings {
    int folder; /* of journals */
    const char *interface, *zone;
    struct watch *watch; /* is shown every row; NULL: nobody watches */
};

/* What was seen since the last one. */
struct recorder_work {
    struct fold *fold; /* is freed by the recorder */
    struct points points;
    bool retire;            /* the points are nobody's after it, and are freed */
    struct account account; /* of the whole run up to here, for `watch` */
    uint64_t packets;       /* in the fold */
    bool finish;            /* the journal: it goes to the keeper */
};

struct recorder_state {
    bool idle;         /* recorder_give() may be called */
    bool stuck;        /* cannot write, for the reason in `why`; it tries again every second */
    uint64_t bytes;    /* of the journal that is open */
    uint64_t runs;     /* in it */
    uint64_t written;  /* runs, of all journals */
    uint64_t finished; /* journals */
    struct fault why;
};

struct recorder;
/* Begins the thread. */
struct recorder *recorder_new(const struct recorder_settings *settings, struct fault *fault);
/* Only where it is idle. */
void recorder_give(struct recorder *recorder, const struct recorder_work *work);
void recorder_look(struct recorder *recorder, struct recorder_state *state);
int recorder_descriptor(const struct recorder *recorder); /* readable where recorder_look() may have news */
/* Waits for the last work. Where the disk does not take it within some seconds it is given up: returns how
 * many packets were lost so. */
uint64_t recorder_end(struct recorder *recorder, int patience_s);

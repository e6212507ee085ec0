/* watcher: the process that reads the interface, until it is told to stop. It is confined before it reads the
 * first packet: no ledger, no files but its journals, no network but the one socket.
 *
 *     watcher        reads, judges, folds
 *       recorder       every few seconds: a run of the journal, synced
 *       tell         twice a second the screen, or every minute a line
 *     keeper         (another process) finished journals to sightings */
#pragma once
#include "observe/account.h"
#include "observe/keeper.h"
#include "observe/live.h"

struct watcher_settings {
    struct live_settings live;
    struct keeper_settings keeper;
    int checkpoint_s, store_s;
    uint64_t memory_bytes; /* with a disk that takes nothing, the capture goes on up to here */
    bool screen;           /* else, every `every_s` seconds, a line of JSON; 0: none */
    int every_s;
};

struct watcher_end {
    struct account account;
    struct live_counts counts;
    uint64_t lost;     /* packets that could not be kept: no room on the disk, and no memory */
    uint64_t journals; /* stored */
    bool gone;         /* the interface was removed */
    bool left;         /* a journal was left for the next one to store, or something was lost */
};
/* False: nothing was begun. */
bool watcher_run(const struct watcher_settings *settings, struct watcher_end *end, struct fault *fault);

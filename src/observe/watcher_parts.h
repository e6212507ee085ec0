/* watcher_parts: what the watcher knows, and what its files say to each other; for watcher*.c only. */
#pragma once
#include "base/notify.h"
#include "observe/journal.h"
#include "observe/recorder.h"
#include "observe/tell.h"
#include "observe/watcher.h"

enum {
    WATCHER_AT_ONCE = 1 << 16, /* packets between two looks at the clock */
    WATCHER_TICK_MS = 250,
    WATCHER_NOTES_MOST = 64,
};

struct watcher {
    const struct watcher_settings *settings;
    struct watcher_end *end;
    struct keeper keeper;
    struct keeper_ledger ledger;
    struct live *live;
    struct recorder *recorder;
    struct recorder_state recorder_state;
    struct watch *watch;
    struct tell *tell;
    struct notify notify;
    struct origin *origin;
    int signals, journals, memory; /* descriptors */

    struct points points;
    struct point_map *map;
    struct zone zone;
    struct days days;
    struct asked *asked;
    struct fold *fold;
    uint64_t folded; /* packets in it */
    bool full;       /* no more memory for it */

    int64_t checkpoint_ms, store_ms, tick_ms, dog_ms, status_ms, retry_ms; /* when it is time */
    int32_t day;
    bool stop, down;
    bool finish;        /* the journal, with the next checkpoint */
    uint64_t asked_for; /* finished journals that the keeper knows of */
    unsigned waiting;   /* answers to come */
    bool own_journals;  /* what the keeper stores is ours */
    bool have_next;     /* points to change to */
    struct points next;
    char note[160], kept_from[160];  /* said last; why the keeper could not store */
    char *notes[WATCHER_NOTES_MOST]; /* said while the screen was drawn */
    size_t note_count;
};

/* On the screen while there is one, and again when it is gone. */
void watcher_say(struct watcher *watcher, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* watcher_see.c: packets into the fold, and the fold to the recorder. */
void watcher_see(void *context, const struct capture_record *record);
void watcher_set_points(struct watcher *watcher, struct points points); /* takes them over */
void watcher_hand_over(struct watcher *watcher);

/* watcher_hear.c: what recorder and keeper say. */
void watcher_look(struct watcher *watcher);
bool watcher_hear(struct watcher *watcher); /* false: the keeper has ended */

/* watcher_loop.c: until it is told to stop. */
int watcher_signals(struct watcher *watcher); /* how many that tell it to stop */
void watcher_tick(struct watcher *watcher, int64_t now);
bool watcher_loop(struct watcher *watcher, struct fault *fault);

/* watcher_end.c: what is left to do then. */
void watcher_end_screen(struct watcher *watcher);
void watcher_finish(struct watcher *watcher);

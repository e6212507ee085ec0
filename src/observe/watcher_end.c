#include "base/command.h"
#include "base/clock.h"
#include "observe/watcher_parts.h"
#include <poll.h>
#include <stdlib.h>

enum {
    DRAIN_MS = 400,  /* the ring hands over its last block within 100 ms */
    PATIENCE_S = 10, /* with a disk that takes nothing */
};

/* What is in the ring still; no more comes in. */
static void drain(struct watcher *watcher)
{
    int count;
    struct fault ignored;
    live_shut(watcher->live);
    int64_t until = clock_steady_ms() + DRAIN_MS;
    while (clock_steady_ms() < until) {
        struct pollfd polled = {.fd = live_descriptor(watcher->live), .events = POLLIN};
        poll(&polled, 1, 50);
        if (live_read(watcher->live, WATCHER_AT_ONCE, watcher_see, watcher, &count, &ignored) != LIVE_READ)
            return;
        if (count > 0)
            until = clock_steady_ms() + DRAIN_MS;
    }
}

/* The last fold and journal. */
static void finish_writing(struct watcher *watcher)
{
    int64_t until = clock_steady_ms() + PATIENCE_S * 1000;
    for (;;) {
        struct pollfd polled = {.fd = recorder_descriptor(watcher->recorder), .events = POLLIN};
        watcher_look(watcher);
        if (watcher->recorder_state.idle || (watcher->recorder_state.stuck && clock_steady_ms() >= until))
            break;
        poll(&polled, 1, WATCHER_TICK_MS);
        watcher_tick(watcher, clock_steady_ms());
    }
    watcher->finish = true;
    uint64_t folded = watcher->folded;
    bool given = watcher->recorder_state.idle;
    if (given)
        watcher_hand_over(watcher);
    watcher->end->lost += recorder_end(watcher->recorder, PATIENCE_S) + (given ? 0 : folded);
    watcher->recorder = NULL;
}

/* Until all is stored, or somebody has no patience. */
static void finish_storing(struct watcher *watcher)
{
    watcher->waiting++;
    keeper_ask_store(&watcher->keeper);
    while (watcher->waiting > 0) {
        struct pollfd polled[] = {{.fd = watcher->signals, .events = POLLIN},
                                  {.fd = watcher->keeper.socket, .events = POLLIN}};
        poll(polled, 2, WATCHER_TICK_MS * 4);
        notify_tell(&watcher->notify, "EXTEND_TIMEOUT_USEC=30000000\nWATCHDOG=1");
        if (polled[0].revents != 0 && watcher_signals(watcher) > 0) {
            keeper_leave(&watcher->keeper);
            watcher->end->left = true;
            watcher_say(watcher,
                        "what was seen lies in '%s/" JOURNAL_FOLDER
                        "', and the next 'observe --interface' stores it",
                        watcher->settings->keeper.ledger);
            return;
        }
        if (polled[1].revents != 0 && !watcher_hear(watcher))
            break;
    }
    watcher->end->left |= watcher->kept_from[0] != '\0';
    watcher->end->left |= !keeper_end(&watcher->keeper);
}

void watcher_end_screen(struct watcher *watcher)
{
    if (watcher->tell != NULL)
        tell_end(watcher->tell);
    watcher->tell = NULL;
    for (size_t i = 0; i < watcher->note_count; i++) {
        command_say("%s", watcher->notes[i]);
        free(watcher->notes[i]);
    }
    watcher->note_count = 0;
}

void watcher_finish(struct watcher *watcher)
{
    notify_tell(&watcher->notify, "STOPPING=1\nSTATUS=storing what was seen");
    drain(watcher);
    live_counts(watcher->live, &watcher->end->counts);
    finish_writing(watcher);
    watcher_end_screen(watcher);
    finish_storing(watcher);
    watcher->end->left |= watcher->end->lost > 0;
}

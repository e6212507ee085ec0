#include "observe/watcher_parts.h"
#include "base/clock.h"
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum { STATUS_MS = 10000 };

/* How many signals that tell it to stop have come; a SIGHUP has the points read again. */
int watcher_signals(struct watcher *watcher)
{
    struct signalfd_siginfo signal;
    int stops = 0;
    while (read(watcher->signals, &signal, sizeof signal) == sizeof signal) {
        if (signal.ssi_signo != SIGHUP) {
            stops++;
            continue;
        }
        watcher->waiting++;
        keeper_ask_points(&watcher->keeper);
    }
    return stops;
}

/* Resident pages that are the process's own, not the ring's. */
static uint64_t memory_used(const struct watcher *watcher)
{
    char line[128] = "";
    unsigned long long size, resident, shared;
    if (pread(watcher->memory, line, sizeof line - 1, 0) <= 0 ||
        sscanf(line, "%llu %llu %llu", &size, &resident, &shared) != 3)
        return 0;
    return (resident - shared) * 4096;
}

/* Where the disk takes nothing: what was seen before is kept, what comes now is counted as lost. */
static void look_at_memory(struct watcher *watcher)
{
    bool full = watcher->recorder_state.stuck && memory_used(watcher) > watcher->settings->memory_bytes;
    if (full && !watcher->full)
        watcher_say(
            watcher,
            "no room on the disk and none in memory: packets that should be counted are lost from now on");
    watcher->full |= full;
}

static void tell_status(struct watcher *watcher, const struct live_counts *counts)
{
    const struct account *account = &watcher->end->account;
    notify_tell(&watcher->notify, "STATUS=%llu packets, %llu accesses, %llu backscatter, %llu dropped%s",
                (unsigned long long)account->packets, (unsigned long long)account->verdicts[VERDICT_ACCESS],
                (unsigned long long)account->verdicts[VERDICT_BACKSCATTER],
                (unsigned long long)counts->dropped,
                watcher->recorder_state.stuck ? "; the disk takes nothing"
                : watcher->down               ? "; the interface is down"
                                              : "");
}

/* A few times a second: what others want to know of us. */
void watcher_tick(struct watcher *watcher, int64_t now)
{
    struct live_counts *counts = &watcher->end->counts;
    live_counts(watcher->live, counts);
    watcher_look(watcher);
    look_at_memory(watcher);
    if (watcher->watch != NULL) {
        struct watch_now shown = {.time_s = (int64_t)time(NULL),
                                  .packets = watcher->end->account.packets,
                                  .dropped = counts->dropped,
                                  .dropped_interface = counts->dropped_interface};
        snprintf(shown.note, sizeof shown.note, "%s", watcher->note);
        watch_now(watcher->watch, &shown);
    }
    if (watcher->notify.watchdog_us > 0 && now >= watcher->dog_ms) {
        notify_tell(&watcher->notify, "WATCHDOG=1");
        watcher->dog_ms = now + watcher->notify.watchdog_us / 3000;
    }
    if (now >= watcher->status_ms) {
        tell_status(watcher, counts);
        watcher->status_ms = now + STATUS_MS;
    }
}

/* The journal is finished every so often, and when a day has ended, so that its packets are in the ledger
 * soon after midnight. What day a packet belongs to is told by its own time. */
static void look_at_clock(struct watcher *watcher, int64_t now)
{
    int32_t day = zone_day(&watcher->zone, (int64_t)time(NULL));
    if (day != watcher->day || now >= watcher->store_ms) {
        watcher->finish = watcher->recorder_state.bytes > 0 || watcher->folded > 0;
        watcher->store_ms = now + (int64_t)watcher->settings->store_s * 1000;
        if (day != watcher->day && watcher->watch != NULL && watcher->settings->screen)
            watch_anew(watcher->watch);
        watcher->day = day;
    }
    if (watcher->kept_from[0] != '\0' && watcher->waiting == 0 && now >= watcher->retry_ms) {
        watcher->waiting++;
        keeper_ask_store(&watcher->keeper);
    }
    if (now >= watcher->checkpoint_ms) {
        watcher_hand_over(watcher);
        watcher->checkpoint_ms = now + (int64_t)watcher->settings->checkpoint_s * 1000;
    }
}

static int least_ms(int64_t a, int64_t b, int64_t now)
{
    int64_t next = a < b ? a : b;
    return next <= now ? 0 : next - now < WATCHER_TICK_MS ? (int)(next - now) : WATCHER_TICK_MS;
}

/* One breath: waits for packets or news, reads what there is. False on a fault. */
static bool breathe(struct watcher *watcher, struct fault *fault)
{
    int count;
    struct pollfd polled[] = {{.fd = live_descriptor(watcher->live), .events = POLLIN},
                              {.fd = watcher->signals, .events = POLLIN},
                              {.fd = watcher->keeper.socket, .events = POLLIN},
                              {.fd = recorder_descriptor(watcher->recorder), .events = POLLIN}};
    poll(polled, sizeof polled / sizeof *polled,
         least_ms(watcher->tick_ms, watcher->checkpoint_ms, clock_steady_ms()));
    if (polled[1].revents != 0 && watcher_signals(watcher) > 0)
        watcher->stop = true;
    if (polled[2].revents != 0 && !watcher_hear(watcher))
        return fault_set(fault, "the process that keeps what was seen has ended");
    if (polled[3].revents != 0)
        watcher_look(watcher);
    switch (live_read(watcher->live, WATCHER_AT_ONCE, watcher_see, watcher, &count, fault)) {
    case LIVE_READ:
        if (count > 0 && watcher->down) {
            watcher_say(watcher, "interface '%s' is up again", watcher->settings->live.interface);
            watcher->down = false;
        }
        return true;
    case LIVE_DOWN:
        if (!watcher->down)
            watcher_say(watcher, "interface '%s' is down: waiting for it", watcher->settings->live.interface);
        watcher->down = true;
        return true;
    case LIVE_GONE:
        watcher_say(watcher, "interface '%s' was removed", watcher->settings->live.interface);
        watcher->stop = watcher->end->gone = true;
        return true;
    case LIVE_FAILED:
        break;
    }
    return false;
}

bool watcher_loop(struct watcher *watcher, struct fault *fault)
{
    int64_t now = clock_steady_ms();
    watcher->day = zone_day(&watcher->zone, (int64_t)time(NULL));
    watcher->checkpoint_ms = now + (int64_t)watcher->settings->checkpoint_s * 1000;
    watcher->store_ms = now + (int64_t)watcher->settings->store_s * 1000;
    notify_tell(&watcher->notify, "READY=1");
    while (!watcher->stop) {
        if (!breathe(watcher, fault))
            return false;
        now = clock_steady_ms();
        if (now >= watcher->tick_ms) {
            watcher_tick(watcher, now);
            watcher->tick_ms = now + WATCHER_TICK_MS;
        }
        look_at_clock(watcher, now);
    }
    return true;
}

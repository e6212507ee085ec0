#include "observe/watcher.h"
#include "base/command.h"
#include "base/confine.h"
#include "base/memory.h"
#include "base/notify.h"
#include "observe/journal.h"
#include "observe/link.h"
#include "observe/recorder.h"
#include "observe/tell.h"
#include "observe/watcher_confine.h"
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>

enum {
    AT_ONCE = 1 << 16, /* packets between two looks at the clock */
    TICK_MS = 250,
    STATUS_MS = 10000,
    RETRY_MS = 60000, /* a keeper that could not store */
    DRAIN_MS = 400,   /* the ring hands over its last block within 100 ms */
    PATIENCE_S = 10,  /* with a disk that takes nothing, at the end */
    RUNS_ENOUGH = RUNS_MOST - 16,
    NOTES_MOST = 64,
};
#define JOURNAL_BYTES_ENOUGH (UINT64_C(512) << 20)

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
    char note[160], kept_from[160]; /* said last; why the keeper could not store */
    char *notes[NOTES_MOST];        /* said while the screen was drawn */
    size_t note_count;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* On the screen while there is one, and again when it is gone. */
static void say(struct watcher *watcher, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(struct watcher *watcher, const char *format, ...)
{
    struct fault sentence;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence.text, sizeof sentence.text, format, arguments);
    va_end(arguments);
    snprintf(watcher->note, sizeof watcher->note, "%.*s", (int)sizeof watcher->note - 1, sentence.text);
    if (watcher->tell == NULL || !watcher->settings->screen)
        command_say("%s", sentence.text);
    else if (watcher->note_count < NOTES_MOST)
        watcher->notes[watcher->note_count++] = memory_string(sentence.text);
}

static void see(void *context, const struct capture_record *record)
{
    struct watcher *watcher = context;
    struct unasked unasked = {watcher->map, &watcher->days, watcher->asked, false};
    struct packet packet;
    struct unasked_at at;
    link_decode(record, &packet);
    enum verdict verdict = unasked_judge(&unasked, &packet, &at);
    struct account *account = &watcher->end->account;
    if (verdict == VERDICT_ACCESS || verdict == VERDICT_BACKSCATTER) {
        struct fold_seen seen = {
            .source = packet.source,
            .time_s = unasked_seconds(packet.time_ns),
            .day_begins_s = at.day_begins_s,
            .day = at.day,
            .point = (uint16_t)at.point,
            .port = at.port,
            .kind = verdict == VERDICT_ACCESS ? SIGHTING_CONTACT : SIGHTING_BACKSCATTER,
            .protocol = packet.protocol,
        };
        if (watcher->full || !fold_add(watcher->fold, &seen)) {
            watcher->end->lost++;
            return;
        }
        watcher->folded++;
    }
    account->packets++;
    account->verdicts[verdict]++;
}

static void say_filtered(struct watcher *watcher, enum live_filtered filtered)
{
    switch (filtered) {
    case LIVE_FILTERED:
        break;
    case LIVE_FILTERED_WIDER:
        say(watcher, "there are more networks than a kernel filter can hold: it lets some others through");
        break;
    case LIVE_NOT_FILTERED:
        say(watcher, "interface '%s' cannot be filtered by the kernel: all of its packets are read",
            watcher->settings->live.interface);
    }
}

/* Takes them over. */
static void set_points(struct watcher *watcher, struct points points)
{
    point_map_free(watcher->map);
    watcher->points = points;
    watcher->map = point_map_new(&watcher->points);
    say_filtered(watcher, live_filter(watcher->live, &watcher->points));
}

/* What was folded goes to the recorder, where it is idle; the capture goes on with another fold. Rows have
 * the numbers of their points, so other points begin with another journal. */
static void hand_over(struct watcher *watcher)
{
    recorder_look(watcher->recorder, &watcher->recorder_state);
    bool finish = watcher->finish || watcher->have_next;
    if (!watcher->recorder_state.idle || (watcher->folded == 0 && !finish))
        return;
    struct recorder_work work = {.fold = watcher->fold,
                                 .points = watcher->points,
                                 .retire = watcher->have_next,
                                 .account = watcher->end->account,
                                 .packets = watcher->folded,
                                 .finish = finish};
    if (watcher->have_next)
        set_points(watcher, watcher->next);
    watcher->have_next = watcher->finish = watcher->full = false;
    watcher->fold = fold_new(1);
    watcher->folded = 0;
    recorder_give(watcher->recorder, &work);
}

static void look_at_recorder(struct watcher *watcher)
{
    bool was_stuck = watcher->recorder_state.stuck;
    struct recorder_state *state = &watcher->recorder_state;
    recorder_look(watcher->recorder, state);
    if (state->stuck && !was_stuck)
        say(watcher, "%s: what is seen is kept in memory until it can be written", state->why.text);
    if (was_stuck && !state->stuck)
        say(watcher, "what was seen is written again");
    if (state->finished > watcher->asked_for && watcher->waiting == 0) {
        watcher->asked_for = state->finished;
        watcher->waiting++;
        keeper_ask_store(&watcher->keeper);
    }
    if (state->bytes > JOURNAL_BYTES_ENOUGH || state->runs > RUNS_ENOUGH)
        watcher->finish = true;
}

static void take_stored(struct watcher *watcher, const struct keeper_said *said)
{
    if (watcher->own_journals) { /* the first answer is about those that others left */
        watcher->end->account.sources += said->sources;
        watcher->end->account.backscatter_sources += said->backscatter_sources;
        watcher->end->journals += said->journals;
    }
    watcher->own_journals = true;
    watcher->kept_from[0] = '\0';
    if (said->cut > 0)
        say(watcher, "%llu bytes of a journal were not whole: a watcher was killed while it wrote them",
            (unsigned long long)said->cut);
    if (said->left > 0)
        say(watcher, "%llu packets are of days whose sightings the ledger has let go of: left out",
            (unsigned long long)said->left);
}

/* It tries again; the same reason is told once. */
static void take_fault(struct watcher *watcher, const struct fault *fault)
{
    watcher->retry_ms = now_ms() + RETRY_MS;
    if (strncmp(watcher->kept_from, fault->text, sizeof watcher->kept_from - 1) == 0)
        return;
    snprintf(watcher->kept_from, sizeof watcher->kept_from, "%.*s", (int)sizeof watcher->kept_from - 1,
             fault->text);
    say(watcher, "%s: what was seen stays in the journal until it can be stored", fault->text);
}

static void take_points(struct watcher *watcher, struct points points)
{
    if (points.watch_count == 0) {
        say(watcher, "there is no observation point any more: those before are watched on");
        points_clear(&points);
        return;
    }
    if (watcher->have_next)
        points_clear(&watcher->next);
    watcher->next = points;
    watcher->have_next = true;
    watcher->checkpoint_ms = now_ms();
}

/* False: it has ended. */
static bool hear_keeper(struct watcher *watcher)
{
    struct fault fault;
    struct keeper_said said = {0};
    enum keeper_answer answer = keeper_hear(&watcher->keeper, &said, &fault);
    watcher->waiting -= answer != KEEPER_NOTHING && watcher->waiting > 0;
    switch (answer) {
    case KEEPER_NOTHING:
        break;
    case KEEPER_STORED:
        take_stored(watcher, &said);
        break;
    case KEEPER_FAULT:
        take_fault(watcher, &fault);
        break;
    case KEEPER_POINTS:
        take_points(watcher, said.points);
        break;
    case KEEPER_ENDED:
        return false;
    }
    return true;
}

/* How many signals that tell it to stop have come; a SIGHUP has the points read again. */
static int take_signals(struct watcher *watcher)
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
        say(watcher,
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
static void tick(struct watcher *watcher, int64_t now)
{
    struct live_counts *counts = &watcher->end->counts;
    live_counts(watcher->live, counts);
    look_at_recorder(watcher);
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
        hand_over(watcher);
        watcher->checkpoint_ms = now + (int64_t)watcher->settings->checkpoint_s * 1000;
    }
}

static int least_ms(int64_t a, int64_t b, int64_t now)
{
    int64_t next = a < b ? a : b;
    return next <= now ? 0 : next - now < TICK_MS ? (int)(next - now) : TICK_MS;
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
         least_ms(watcher->tick_ms, watcher->checkpoint_ms, now_ms()));
    if (polled[1].revents != 0 && take_signals(watcher) > 0)
        watcher->stop = true;
    if (polled[2].revents != 0 && !hear_keeper(watcher))
        return fault_set(fault, "the process that keeps what was seen has ended");
    if (polled[3].revents != 0)
        look_at_recorder(watcher);
    switch (live_read(watcher->live, AT_ONCE, see, watcher, &count, fault)) {
    case LIVE_READ:
        if (count > 0 && watcher->down) {
            say(watcher, "interface '%s' is up again", watcher->settings->live.interface);
            watcher->down = false;
        }
        return true;
    case LIVE_DOWN:
        if (!watcher->down)
            say(watcher, "interface '%s' is down: waiting for it", watcher->settings->live.interface);
        watcher->down = true;
        return true;
    case LIVE_GONE:
        say(watcher, "interface '%s' was removed", watcher->settings->live.interface);
        watcher->stop = watcher->end->gone = true;
        return true;
    case LIVE_FAILED:
        break;
    }
    return false;
}

static bool loop(struct watcher *watcher, struct fault *fault)
{
    int64_t now = now_ms();
    watcher->day = zone_day(&watcher->zone, (int64_t)time(NULL));
    watcher->checkpoint_ms = now + (int64_t)watcher->settings->checkpoint_s * 1000;
    watcher->store_ms = now + (int64_t)watcher->settings->store_s * 1000;
    notify_tell(&watcher->notify, "READY=1");
    while (!watcher->stop) {
        if (!breathe(watcher, fault))
            return false;
        now = now_ms();
        if (now >= watcher->tick_ms) {
            tick(watcher, now);
            watcher->tick_ms = now + TICK_MS;
        }
        look_at_clock(watcher, now);
    }
    return true;
}

/* What is in the ring still; no more comes in. */
static void drain(struct watcher *watcher)
{
    int count;
    struct fault ignored;
    live_shut(watcher->live);
    int64_t until = now_ms() + DRAIN_MS;
    while (now_ms() < until) {
        struct pollfd polled = {.fd = live_descriptor(watcher->live), .events = POLLIN};
        poll(&polled, 1, 50);
        if (live_read(watcher->live, AT_ONCE, see, watcher, &count, &ignored) != LIVE_READ)
            return;
        if (count > 0)
            until = now_ms() + DRAIN_MS;
    }
}

/* The last fold and journal. */
static void finish_writing(struct watcher *watcher)
{
    int64_t until = now_ms() + PATIENCE_S * 1000;
    for (;;) {
        struct pollfd polled = {.fd = recorder_descriptor(watcher->recorder), .events = POLLIN};
        look_at_recorder(watcher);
        if (watcher->recorder_state.idle || (watcher->recorder_state.stuck && now_ms() >= until))
            break;
        poll(&polled, 1, TICK_MS);
        tick(watcher, now_ms());
    }
    watcher->finish = true;
    uint64_t folded = watcher->folded;
    bool given = watcher->recorder_state.idle;
    if (given)
        hand_over(watcher);
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
        poll(polled, 2, TICK_MS * 4);
        notify_tell(&watcher->notify, "EXTEND_TIMEOUT_USEC=30000000\nWATCHDOG=1");
        if (polled[0].revents != 0 && take_signals(watcher) > 0) {
            keeper_leave(&watcher->keeper);
            watcher->end->left = true;
            say(watcher,
                "what was seen lies in '%s/" JOURNAL_FOLDER "', and the next 'observe --interface' stores it",
                watcher->settings->keeper.ledger);
            return;
        }
        if (polled[1].revents != 0 && !hear_keeper(watcher))
            break;
    }
    watcher->end->left |= watcher->kept_from[0] != '\0';
    watcher->end->left |= !keeper_end(&watcher->keeper);
}

static void end_screen(struct watcher *watcher)
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

static void finish(struct watcher *watcher)
{
    notify_tell(&watcher->notify, "STOPPING=1\nSTATUS=storing what was seen");
    drain(watcher);
    live_counts(watcher->live, &watcher->end->counts);
    finish_writing(watcher);
    end_screen(watcher);
    finish_storing(watcher);
    watcher->end->left |= watcher->end->lost > 0;
}

/* Blocked before the threads begin, so that none of them gets them. */
static bool hold_signals(struct watcher *watcher, struct fault *fault)
{
    static const int held[] = {SIGINT, SIGTERM, SIGHUP};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        sigaddset(&set, held[i]);
    signal(SIGPIPE, SIG_IGN); /* a reader of lines may go; the capture stays */
    watcher->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return (watcher->signals >= 0 && sigprocmask(SIG_BLOCK, &set, NULL) == 0) ||
           fault_errno(fault, "cannot wait for signals");
}

static bool open_all(struct watcher *watcher, struct fault *fault)
{
    const struct watcher_settings *settings = watcher->settings;
    struct fault no_countries;
    if (watcher->ledger.points.watch_count == 0)
        return fault_set(fault, "no observation point (expected 'mimamori point add NAME CIDR' before)");
    if (!zone_open(&watcher->zone, watcher->ledger.zone, fault))
        return false;
    watcher->live = live_open(&settings->live, fault);
    if (watcher->live == NULL || !hold_signals(watcher, fault))
        return false;
    notify_open(&watcher->notify);
    watcher->memory = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (settings->screen && watcher->ledger.country_database[0] != '\0')
        watcher->origin = origin_open(watcher->ledger.country_database, &no_countries);
    days_init(&watcher->days, &watcher->zone);
    watcher->asked = asked_new();
    watcher->fold = fold_new(1);
    return true;
}

static bool begin_threads(struct watcher *watcher, struct fault *fault)
{
    const struct watcher_settings *settings = watcher->settings;
    struct watch_settings watch = {settings->live.interface, watcher->origin, getenv("NO_COLOR") == NULL};
    if (settings->screen || settings->every_s > 0)
        watcher->watch = watch_new(&watch, &watcher->ledger.points);
    struct recorder_settings recorder = {watcher->journals, settings->live.interface, watcher->ledger.zone,
                                         watcher->watch};
    watcher->recorder = recorder_new(&recorder, fault);
    if (watcher->recorder == NULL)
        return false;
    if (watcher->watch == NULL)
        return true;
    struct tell_settings tell = {watcher->watch, settings->screen ? 0 : settings->every_s};
    watcher->tell = tell_new(&tell, fault);
    return watcher->tell != NULL;
}

static bool confine(struct watcher *watcher, struct fault *fault)
{
    bool enforced;
    const struct watcher_settings *settings = watcher->settings;
    if (!confine_user(settings->keeper.user, settings->keeper.ledger, fault))
        return false;
    watcher->journals = journal_folder(settings->keeper.ledger, fault);
    char *path;
    if (watcher->journals < 0)
        return false;
    if (asprintf(&path, "%s/" JOURNAL_FOLDER, settings->keeper.ledger) < 0)
        abort(); /* out of memory */
    OWNED_MEMORY char *owned = path;
    return watcher_confine_files(owned, &enforced, fault) && begin_threads(watcher, fault) &&
           watcher_confine_calls(live_descriptor(watcher->live), watcher->keeper.process, fault);
}

static void clear(struct watcher *watcher)
{
    end_screen(watcher);
    if (watcher->recorder != NULL)
        recorder_end(watcher->recorder, 0);
    keeper_end(&watcher->keeper);
    watch_free(watcher->watch);
    origin_free(watcher->origin);
    fold_free(watcher->fold);
    asked_free(watcher->asked);
    point_map_free(watcher->map);
    live_free(watcher->live);
    points_clear(&watcher->points);
    if (watcher->have_next)
        points_clear(&watcher->next);
    notify_close(&watcher->notify);
    const int descriptors[] = {watcher->signals, watcher->journals, watcher->memory};
    for (size_t i = 0; i < sizeof descriptors / sizeof *descriptors; i++)
        if (descriptors[i] >= 0)
            close(descriptors[i]);
}

bool watcher_run(const struct watcher_settings *settings, struct watcher_end *end, struct fault *fault)
{
    OWNED_MEMORY struct watcher *watcher = memory_new(1, sizeof *watcher);
    *watcher = (struct watcher){.settings = settings,
                                .end = end,
                                .signals = -1,
                                .journals = -1,
                                .memory = -1,
                                .notify = {.socket = -1}};
    *end = (struct watcher_end){0};
    /* A fold is made anew every few seconds: its memory stays with the process. */
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    if (!keeper_begin(&watcher->keeper, &settings->keeper, &watcher->ledger, fault))
        return false;
    bool begun = open_all(watcher, fault) && confine(watcher, fault);
    if (begun) {
        set_points(watcher, watcher->ledger.points);
        watcher->waiting++;
        keeper_ask_store(&watcher->keeper); /* what a killed one left */
        bool whole = loop(watcher, fault);
        finish(watcher);
        if (!whole) {
            say(watcher, "%s", fault->text);
            end->left = true;
        }
    } else {
        points_clear(&watcher->ledger.points);
    }
    clear(watcher);
    return begun;
}

#include "base/command.h"
#include "base/confine.h"
#include "base/memory.h"
#include "observe/watcher_confine.h"
#include "observe/watcher_parts.h"
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

void watcher_say(struct watcher *watcher, const char *format, ...)
{
    struct fault sentence;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence.text, sizeof sentence.text, format, arguments);
    va_end(arguments);
    snprintf(watcher->note, sizeof watcher->note, "%.*s", (int)sizeof watcher->note - 1, sentence.text);
    if (watcher->tell == NULL || !watcher->settings->screen)
        command_say("%s", sentence.text);
    else if (watcher->note_count < WATCHER_NOTES_MOST)
        watcher->notes[watcher->note_count++] = memory_string(sentence.text);
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
    watcher_end_screen(watcher);
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
        watcher_set_points(watcher, watcher->ledger.points);
        watcher->waiting++;
        keeper_ask_store(&watcher->keeper); /* what a killed one left */
        bool whole = watcher_loop(watcher, fault);
        watcher_finish(watcher);
        if (!whole) {
            watcher_say(watcher, "%s", fault->text);
            end->left = true;
        }
    } else {
        points_clear(&watcher->ledger.points);
    }
    clear(watcher);
    return begun;
}

#include "observe/recorder.h"
#include "base/memory.h"
#include "observe/journal.h"
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>

struct recorder {
    struct recorder_settings settings;
    pthread_t thread;
    int news;
    pthread_mutex_t lock; /* for all below but `journal` */
    pthread_cond_t changed;
    struct recorder_state state;
    struct recorder_work work; /* `fold` is NULL where there is none */
    bool end, give_up;
    uint64_t lost;
    struct runs *journal; /* the thread's own */
};

static void tell_news(const struct recorder *recorder)
{
    uint64_t one = 1;
    if (write(recorder->news, &one, sizeof one) < 0)
        return; /* there is news already */
}

/* Rows on their way to the journal. */
struct passing {
    struct fold *fold;
    struct watch *watch;
};

static size_t next_rows(void *context, struct sighting *rows, size_t most)
{
    struct passing *passing = context;
    size_t count = fold_next(passing->fold, rows, most);
    if (passing->watch != NULL)
        watch_rows(passing->watch, rows, count);
    return count;
}

static bool write_run(struct recorder *recorder, struct passing *passing, const struct points *points,
                      struct fault *fault)
{
    if (recorder->journal == NULL)
        recorder->journal = journal_begin(recorder->settings.folder, recorder->settings.interface,
                                          recorder->settings.zone, points, fault);
    return recorder->journal != NULL &&
           runs_add(recorder->journal, (struct sightings_in){next_rows, passing}, fault) &&
           runs_sync(recorder->journal, fault);
}

/* Waits a second, or until it is told to give up, which it then says. */
static bool wait_stuck(struct recorder *recorder, const struct fault *why)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec++;
    pthread_mutex_lock(&recorder->lock);
    bool news = !recorder->state.stuck || strcmp(recorder->state.why.text, why->text) != 0;
    recorder->state.stuck = true;
    recorder->state.why = *why;
    if (news)
        tell_news(recorder);
    while (!recorder->give_up && pthread_cond_timedwait(&recorder->changed, &recorder->lock, &until) == 0)
        ;
    bool give_up = recorder->give_up;
    pthread_mutex_unlock(&recorder->lock);
    return give_up;
}

/* False: given up. */
static bool write_work(struct recorder *recorder, const struct recorder_work *work)
{
    struct fault why;
    struct passing passing = {work->fold, recorder->settings.watch};
    fold_end(work->fold, &why); /* nothing was put aside: it cannot fail */
    if (recorder->settings.watch != NULL)
        watch_points(recorder->settings.watch, &work->points);
    while (!write_run(recorder, &passing, &work->points, &why))
        if (wait_stuck(recorder, &why))
            return false;
    if (recorder->settings.watch != NULL)
        watch_account(recorder->settings.watch, &work->account);
    return true;
}

static void finish_journal(struct recorder *recorder)
{
    runs_free(recorder->journal);
    recorder->journal = NULL;
}

static void do_work(struct recorder *recorder, struct recorder_work *work)
{
    bool written = work->packets == 0 || write_work(recorder, work);
    bool finished = work->finish && recorder->journal != NULL;
    if (finished)
        finish_journal(recorder);
    pthread_mutex_lock(&recorder->lock);
    recorder->state.idle = true;
    recorder->state.stuck = false;
    recorder->state.written += written && work->packets > 0;
    recorder->state.finished += finished;
    recorder->state.bytes = recorder->journal == NULL ? 0 : runs_bytes(recorder->journal);
    recorder->state.runs = recorder->journal == NULL ? 0 : runs_count(recorder->journal);
    recorder->lost += written ? 0 : work->packets;
    pthread_mutex_unlock(&recorder->lock);
    fold_free(work->fold);
    if (work->retire)
        points_clear(&work->points);
    tell_news(recorder);
}

static void *run(void *context)
{
    struct recorder *recorder = context;
    for (;;) {
        pthread_mutex_lock(&recorder->lock);
        while (recorder->work.fold == NULL && !recorder->end)
            pthread_cond_wait(&recorder->changed, &recorder->lock);
        struct recorder_work work = recorder->work;
        recorder->work.fold = NULL;
        pthread_mutex_unlock(&recorder->lock);
        if (work.fold == NULL)
            break;
        do_work(recorder, &work);
    }
    finish_journal(recorder);
    return NULL;
}

struct recorder *recorder_new(const struct recorder_settings *settings, struct fault *fault)
{
    struct recorder *recorder = memory_new(1, sizeof *recorder);
    pthread_condattr_t monotonic;
    recorder->settings = *settings;
    recorder->state.idle = true;
    pthread_mutex_init(&recorder->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&recorder->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    recorder->news = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int failed = recorder->news < 0 ? errno : pthread_create(&recorder->thread, NULL, run, recorder);
    if (failed == 0)
        return recorder;
    errno = failed;
    fault_errno(fault, "cannot begin a thread");
    free(recorder);
    return NULL;
}

void recorder_give(struct recorder *recorder, const struct recorder_work *work)
{
    pthread_mutex_lock(&recorder->lock);
    recorder->work = *work;
    recorder->state.idle = false;
    pthread_cond_signal(&recorder->changed);
    pthread_mutex_unlock(&recorder->lock);
}

void recorder_look(struct recorder *recorder, struct recorder_state *state)
{
    uint64_t ignored;
    if (read(recorder->news, &ignored, sizeof ignored) < 0)
        ignored = 0; /* no news */
    pthread_mutex_lock(&recorder->lock);
    *state = recorder->state;
    pthread_mutex_unlock(&recorder->lock);
}

int recorder_descriptor(const struct recorder *recorder)
{
    return recorder->news;
}

uint64_t recorder_end(struct recorder *recorder, int patience_s)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += patience_s;
    pthread_mutex_lock(&recorder->lock);
    recorder->end = true;
    pthread_cond_signal(&recorder->changed);
    pthread_mutex_unlock(&recorder->lock);
    struct timespec step = {.tv_nsec = 50000000};
    struct recorder_state state;
    struct timespec now;
    do {
        recorder_look(recorder, &state);
        clock_gettime(CLOCK_MONOTONIC, &now);
        /* Slow is not stuck: only a disk that does not take it runs out of patience. */
    } while (!state.idle && (!state.stuck || now.tv_sec < until.tv_sec) && nanosleep(&step, NULL) == 0);
    pthread_mutex_lock(&recorder->lock);
    recorder->give_up = true;
    pthread_cond_signal(&recorder->changed);
    pthread_mutex_unlock(&recorder->lock);
    pthread_join(recorder->thread, NULL);
    uint64_t lost = recorder->lost;
    close(recorder->news);
    pthread_mutex_destroy(&recorder->lock);
    pthread_cond_destroy(&recorder->changed);
    free(recorder);
    return lost;
}

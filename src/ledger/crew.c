#include "ledger/crew.h"
#include "base/memory.h"
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>

struct worker {
    struct crew *crew;
    pthread_t thread;
    unsigned number;
};

struct crew {
    void (*work)(void *job, unsigned worker);
    void **spare;
    size_t spare_count;
    void **given; /* a ring: taken <= begun <= end, counted from the start of time */
    bool *done;
    size_t count, taken, begun, end;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool closing;
    struct worker *workers; /* [0] is whoever calls */
    unsigned threads;
};

/* One job, if there is one to begin; the lock is held before and after. */
static bool work_once(struct crew *crew, unsigned number)
{
    if (crew->begun == crew->end)
        return false;
    size_t at = crew->begun++ % crew->count;
    pthread_mutex_unlock(&crew->lock);
    crew->work(crew->given[at], number);
    pthread_mutex_lock(&crew->lock);
    crew->done[at] = true;
    pthread_cond_broadcast(&crew->changed);
    return true;
}

static void *run(void *worker_)
{
    struct worker *worker = worker_;
    struct crew *crew = worker->crew;
    pthread_mutex_lock(&crew->lock);
    while (!crew->closing)
        if (!work_once(crew, worker->number))
            pthread_cond_wait(&crew->changed, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

/* Fewer threads than asked for do the same more slowly. Signals are for the thread that has a loop to leave.
 */
static void hire(struct crew *crew, unsigned threads)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (crew->threads = 1; crew->threads < threads; crew->threads++) {
        struct worker *worker = &crew->workers[crew->threads];
        *worker = (struct worker){.crew = crew, .number = crew->threads};
        if (pthread_create(&worker->thread, NULL, run, worker) != 0)
            break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct crew *crew_new(unsigned threads, void (*work)(void *job, unsigned worker), void *const *jobs,
                      size_t count)
{
    struct crew *crew = memory_new(1, sizeof *crew);
    crew->work = work;
    crew->spare = memory_new(count, sizeof *crew->spare);
    crew->given = memory_new(count, sizeof *crew->given);
    crew->done = memory_new(count, sizeof *crew->done);
    crew->count = count;
    for (size_t i = 0; i < count; i++)
        crew->spare[crew->spare_count++] = jobs[i];
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->changed, NULL);
    crew->workers = memory_new(threads, sizeof *crew->workers);
    hire(crew, threads);
    return crew;
}

void crew_free(struct crew *crew)
{
    if (crew == NULL)
        return;
    pthread_mutex_lock(&crew->lock);
    crew->closing = true;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
    for (unsigned i = 1; i < crew->threads; i++)
        pthread_join(crew->workers[i].thread, NULL);
    pthread_mutex_destroy(&crew->lock);
    pthread_cond_destroy(&crew->changed);
    free(crew->workers);
    free(crew->done);
    free(crew->given);
    free(crew->spare);
    free(crew);
}

void *crew_spare(struct crew *crew)
{
    return crew->spare_count == 0 ? NULL : crew->spare[--crew->spare_count];
}

void crew_give(struct crew *crew, void *job)
{
    pthread_mutex_lock(&crew->lock);
    crew->given[crew->end % crew->count] = job;
    crew->done[crew->end % crew->count] = false;
    crew->end++;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
}

void *crew_take(struct crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    bool any = crew->taken < crew->end;
    size_t at = crew->taken % crew->count;
    while (any && !crew->done[at])
        if (!work_once(crew, 0))
            pthread_cond_wait(&crew->changed, &crew->lock);
    crew->taken += any;
    pthread_mutex_unlock(&crew->lock);
    return any ? crew->given[at] : NULL;
}

void crew_return(struct crew *crew, void *job)
{
    crew->spare[crew->spare_count++] = job;
}

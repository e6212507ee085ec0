#include "base/workers.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

struct worker {
    void (*work)(void *context, unsigned worker);
    void *context;
    unsigned number;
    pthread_t thread;
    bool started;
};

static void *start(void *context)
{
    const struct worker *worker = context;
    worker->work(worker->context, worker->number);
    return NULL;
}

void workers_run(unsigned count, void (*work)(void *context, unsigned worker), void *context)
{
    OWNED_MEMORY struct worker *workers = memory_new(count, sizeof *workers);
    for (unsigned i = 1; i < count; i++) {
        workers[i] = (struct worker){.work = work, .context = context, .number = i};
        workers[i].started = pthread_create(&workers[i].thread, NULL, start, &workers[i]) == 0;
    }
    work(context, 0);
    for (unsigned i = 1; i < count; i++)
        if (workers[i].started)
            pthread_join(workers[i].thread, NULL);
        else
            work(context, i);
}

unsigned workers_processors(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < 1 ? 1 : (unsigned)count;
}

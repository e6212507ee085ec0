/* source_ahead: a ring of blocks. One thread fills them in turn, the reader empties them in turn; each waits
 * for the other where there is nothing to do. */
#include "observe/source_ahead.h"
#include "base/memory.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 4 };

struct block {
    unsigned char *bytes;
    size_t at, end;
};

struct ahead {
    struct source_from inner;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct block blocks[BLOCKS];
    unsigned filled, emptied; /* how many, since the start */
    bool ended, stop;
    const char *why; /* it ended */
};

/* Waits for a block that may be filled; false: nobody reads any more. */
static bool wait_for_room(struct ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    while (ahead->filled - ahead->emptied == BLOCKS && !ahead->stop)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    bool go_on = !ahead->stop;
    pthread_mutex_unlock(&ahead->lock);
    return go_on;
}

static void *fill(void *state)
{
    struct ahead *ahead = state;
    bool ended = false;
    while (!ended && wait_for_room(ahead)) {
        struct block *block = &ahead->blocks[ahead->filled % BLOCKS];
        const char *why = NULL;
        ptrdiff_t got = ahead->inner.read(ahead->inner.state, block->bytes, SOURCE_BLOCK, &why);
        ended = got <= 0;
        pthread_mutex_lock(&ahead->lock);
        block->at = 0;
        block->end = ended ? 0 : (size_t)got;
        ahead->filled += !ended;
        ahead->ended = ended;
        ahead->why = got < 0 ? why : NULL;
        pthread_cond_signal(&ahead->changed);
        pthread_mutex_unlock(&ahead->lock);
    }
    return NULL;
}

static ptrdiff_t ahead_read(void *state, unsigned char *out, size_t room, const char **why)
{
    struct ahead *ahead = state;
    pthread_mutex_lock(&ahead->lock);
    while (ahead->filled == ahead->emptied && !ahead->ended)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    bool ended = ahead->filled == ahead->emptied;
    pthread_mutex_unlock(&ahead->lock);
    if (ended && ahead->why != NULL)
        *why = ahead->why;
    if (ended)
        return ahead->why == NULL ? 0 : -1;
    struct block *block = &ahead->blocks[ahead->emptied % BLOCKS];
    size_t left = block->end - block->at, count = left < room ? left : room;
    memcpy(out, block->bytes + block->at, count);
    block->at += count;
    if (block->at == block->end) {
        pthread_mutex_lock(&ahead->lock);
        ahead->emptied++;
        pthread_cond_signal(&ahead->changed);
        pthread_mutex_unlock(&ahead->lock);
    }
    return (ptrdiff_t)count;
}

static void clear(struct ahead *ahead)
{
    pthread_mutex_destroy(&ahead->lock);
    pthread_cond_destroy(&ahead->changed);
    for (size_t i = 0; i < BLOCKS; i++)
        free(ahead->blocks[i].bytes);
    free(ahead);
}

static void ahead_free(void *state)
{
    struct ahead *ahead = state;
    pthread_mutex_lock(&ahead->lock);
    ahead->stop = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    pthread_join(ahead->thread, NULL);
    ahead->inner.free(ahead->inner.state);
    clear(ahead);
}

struct source_from source_ahead(struct source_from inner)
{
    struct ahead *ahead = memory_new(1, sizeof *ahead);
    ahead->inner = inner;
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    for (size_t i = 0; i < BLOCKS; i++)
        ahead->blocks[i].bytes = memory_resize(NULL, SOURCE_BLOCK, 1);
    if (pthread_create(&ahead->thread, NULL, fill, ahead) == 0)
        return (struct source_from){ahead_read, ahead_free, ahead};
    clear(ahead);
    return inner;
}

#include "observe/fold_chunk.h"
#include "base/memory.h"
#include <stdlib.h>
#include <sys/mman.h>

enum { SLAB = 2 << 20, SLAB_CHUNKS = SLAB / sizeof(struct fold_chunk) - 1 };

/* Chunks are made by the slab, in a page of 2 MiB where the kernel has one: first touches are dear. */
struct fold_slab {
    struct fold_chunk chunks[SLAB_CHUNKS];
    struct fold_slab *next;
};
_Static_assert(sizeof(struct fold_chunk) == 4096 && sizeof(struct fold_slab) <= SLAB, "chunks fill a page");

void fold_chunks_init(struct fold_chunks *chunks, size_t most_bytes)
{
    *chunks = (struct fold_chunks){.most = most_bytes / sizeof(struct fold_chunk)};
    pthread_mutex_init(&chunks->lock, NULL);
}

void fold_chunks_clear(struct fold_chunks *chunks)
{
    while (chunks->slabs != NULL) {
        struct fold_slab *slab = chunks->slabs;
        chunks->slabs = slab->next;
        free(slab);
    }
    chunks->free = NULL;
    chunks->made = 0;
}

static void make(struct fold_chunks *chunks)
{
    struct fold_slab *slab = aligned_alloc(SLAB, SLAB);
    if (slab == NULL)
        abort(); /* out of memory, as memory_new() does */
    madvise(slab, SLAB, MADV_HUGEPAGE);
    slab->next = chunks->slabs;
    chunks->slabs = slab;
    chunks->made += SLAB_CHUNKS;
    for (size_t i = 0; i < SLAB_CHUNKS; i++) {
        slab->chunks[i].next = chunks->free;
        chunks->free = &slab->chunks[i];
    }
}

struct fold_chunk *fold_chunks_take(struct fold_chunks *chunks, bool force)
{
    pthread_mutex_lock(&chunks->lock);
    if (chunks->free == NULL && (force || chunks->made < chunks->most))
        make(chunks);
    struct fold_chunk *chunk = chunks->free;
    if (chunk != NULL)
        chunks->free = chunk->next;
    pthread_mutex_unlock(&chunks->lock);
    if (chunk != NULL) {
        chunk->next = NULL;
        chunk->count = 0;
    }
    return chunk;
}

void fold_chunks_give(struct fold_chunks *chunks, struct fold_chunk *first)
{
    if (first == NULL)
        return;
    struct fold_chunk *last = first;
    while (last->next != NULL)
        last = last->next;
    pthread_mutex_lock(&chunks->lock);
    last->next = chunks->free;
    chunks->free = first;
    pthread_mutex_unlock(&chunks->lock);
}

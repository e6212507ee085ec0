/* fold_chunk: memory for words that wait to be counted, made once and used again and again. */
#pragma once
#include "observe/fold_table.h"
#include <pthread.h>
#include <stdatomic.h>

enum { FOLD_CHUNK_WORDS = 255 }; /* 4 KiB with the rest */

struct fold_chunk {
    struct fold_chunk *next;
    uint32_t count;
    struct fold_word words[FOLD_CHUNK_WORDS];
};

struct fold_slab;
struct fold_chunks {
    pthread_mutex_t lock;
    struct fold_chunk *free;
    struct fold_slab *slabs;
    size_t made, most;
};
void fold_chunks_init(struct fold_chunks *chunks, size_t most_bytes);
void fold_chunks_clear(struct fold_chunks *chunks);

/* The chunk that a word lies in: chunks begin at multiples of their size. */
static inline struct fold_chunk *fold_chunk_of(struct fold_word *word)
{
    return (struct fold_chunk *)((uintptr_t)word & ~(uintptr_t)(sizeof(struct fold_chunk) - 1));
}

/* NULL where as many are in use as there may be. `force`: there may be one more. */
struct fold_chunk *fold_chunks_take(struct fold_chunks *chunks, bool force);
/* A list of them. */
void fold_chunks_give(struct fold_chunks *chunks, struct fold_chunk *first);

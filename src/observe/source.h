/* source: the bytes of a capture, one after another, whatever they lie in: a file, standard input, .gz .zst
 * .lz4, memory.
 *
 * Bytes are read in blocks of 256 KiB with read(2), which is as fast as mapping, works on pipes and on
 * growing files, and cannot fault; a block is still in the cache when its packets are decoded. A capture's
 * reader peeks at the next bytes and skips what it has seen; a record never lies in two pieces.
 *
 *     while ((header = source_peek(source, 16)) != NULL) { ...; source_skip(source, 16); } */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SOURCE_BLOCK = 1 << 20, SOURCE_PEEK_MOST = 17 << 20 };

/* Where a source's bytes come from: `read` gives up to `room` bytes, 0 at the end; -1 after writing *why, one
 * clause. */
struct source_from {
    ptrdiff_t (*read)(void *state, unsigned char *out, size_t room, const char **why);
    void (*free)(void *state);
    void *state;
};

struct source {
    const unsigned char *at, *end; /* what is read and not yet taken */
    unsigned char *block;
    size_t capacity;
    uint64_t taken; /* bytes before `block`, since the start */
    bool at_end;
    bool hold, held;        /* no block is read while held back; one was wanted */
    const char *why_failed; /* NULL: it did not */
    struct source_from from;
    const atomic_ullong *raw_read; /* bytes read of the file as it lies, packed or not; NULL: not known */
    uint64_t raw_size;             /* 0: not known */
    void (*see)(void *context, const void *bytes, size_t length);
    void *see_context;
};

/* A file by its path, "-" for standard input; compressed ones are known by their first bytes, not by their
 * names. */
struct source *source_open(const char *path, struct fault *fault);
struct source *source_over(const void *bytes, size_t length); /* memory, which must stay */
struct source *source_new(struct source_from from);           /* owns `from` */
void source_free(struct source *source);
OWNED_TYPE(source_free, struct source)

/* Calls `see` with each run of (decompressed) bytes, those already read first: for whoever wants the
 * content's sum. */
void source_watch(struct source *source, void (*see)(void *context, const void *bytes, size_t length),
                  void *context);
/* Reads to the end, so that the watcher has seen all of it. */
void source_drain(struct source *source);

/* What source_swap() exchanges: memory that is read into. */
struct source_block {
    unsigned char *bytes;
    size_t capacity;
};
struct source_block source_block_new(void); /* the caller frees `bytes` */

/* Goes on in another block, where what is left is copied to; the old block, and all pointers into it, are the
 * caller's from now on. */
void source_swap(struct source *source, struct source_block *block);

/* While held back, a peek beyond what is read gives NULL and sets `held`: the bytes peeked at so far stay. */
static inline void source_hold(struct source *source, bool hold)
{
    source->hold = hold;
    source->held = false;
}

/* The slow half of source_peek(). */
const unsigned char *source_fill(struct source *source, size_t count);

/* The next `count` bytes (at most SOURCE_PEEK_MOST), NULL where fewer are left. Good until the next peek that
 * reads a block. */
static inline const unsigned char *source_peek(struct source *source, size_t count)
{
    if (__builtin_expect((size_t)(source->end - source->at) >= count, 1))
        return source->at;
    return source_fill(source, count);
}
/* Takes bytes that were peeked at. */
static inline void source_skip(struct source *source, size_t count)
{
    source->at += count;
}
/* Where the next byte lies, from the start of the (decompressed) capture. */
static inline uint64_t source_offset(const struct source *source)
{
    return source->taken + (uint64_t)(source->at - source->block);
}
/* True where nothing is left. */
static inline bool source_ended(struct source *source)
{
    return source_peek(source, 1) == NULL;
}

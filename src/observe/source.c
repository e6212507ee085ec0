/* source: the block that is read into, and peeking across its edges. */
#include "observe/source.h"
#include "base/memory.h"
#include <assert.h>
#include <string.h>

struct source_block source_block_new(void)
{
    enum { CAPACITY = SOURCE_BLOCK + SOURCE_BLOCK / 4 };
    return (struct source_block){memory_resize(NULL, CAPACITY, 1),
                                 CAPACITY}; /* not touched before it is read into */
}

struct source *source_new(struct source_from from)
{
    struct source *source = memory_new(1, sizeof *source);
    source->from = from;
    struct source_block block = source_block_new();
    source->block = block.bytes;
    source->capacity = block.capacity;
    source->at = source->end = source->block;
    return source;
}

void source_free(struct source *source)
{
    if (source == NULL)
        return;
    if (source->from.free != NULL)
        source->from.free(source->from.state);
    free(source->block);
    free(source);
}

void source_watch(struct source *source, void (*see)(void *context, const void *bytes, size_t length),
                  void *context)
{
    assert(source->taken == 0);
    source->see = see;
    source->see_context = context;
    if (source->end > source->block)
        see(context, source->block, (size_t)(source->end - source->block));
}

/* Moves what is left to the block's start and makes room for `count` bytes from there. */
static void make_room(struct source *source, size_t count)
{
    size_t left = (size_t)(source->end - source->at);
    source->taken += (uint64_t)(source->at - source->block);
    memmove(source->block, source->at, left);
    if (count + SOURCE_BLOCK > source->capacity) {
        source->capacity = count + SOURCE_BLOCK;
        source->block = memory_resize(source->block, source->capacity, 1);
    }
    source->at = source->block;
    source->end = source->block + left;
}

void source_swap(struct source *source, struct source_block *block)
{
    size_t left = (size_t)(source->end - source->at);
    if (block->capacity < left) {
        block->capacity = left + SOURCE_BLOCK;
        block->bytes = memory_resize(block->bytes, block->capacity, 1);
    }
    struct source_block old = {source->block, source->capacity};
    memcpy(block->bytes, source->at, left);
    source->taken = source_offset(source);
    source->block = block->bytes;
    source->capacity = block->capacity;
    source->at = source->block;
    source->end = source->block + left;
    *block = old;
}

/* One more block behind `end`. */
static void read_block(struct source *source)
{
    unsigned char *out = source->block + (source->end - source->block);
    const char *why = NULL;
    ptrdiff_t got = source->from.read(source->from.state, out, SOURCE_BLOCK, &why);
    if (got <= 0) {
        source->at_end = true;
        source->why_failed = got < 0 ? why : NULL;
        return;
    }
    source->end += got;
    if (source->see != NULL)
        source->see(source->see_context, out, (size_t)got);
}

const unsigned char *source_fill(struct source *source, size_t count)
{
    assert(count <= SOURCE_PEEK_MOST);
    if (source->hold && !source->at_end) {
        source->held = true;
        return NULL;
    }
    while ((size_t)(source->end - source->at) < count && !source->at_end) {
        if (source->block + source->capacity - source->end < SOURCE_BLOCK)
            make_room(source, count);
        read_block(source);
    }
    return (size_t)(source->end - source->at) < count ? NULL : source->at;
}

void source_drain(struct source *source)
{
    do
        source->at = source->end;
    while (source_fill(source, 1) != NULL);
}

struct memory_state {
    const unsigned char *at, *end;
};

static ptrdiff_t memory_read(void *state, unsigned char *out, size_t room, const char **why)
{
    (void)why;
    struct memory_state *memory = state;
    size_t left = (size_t)(memory->end - memory->at);
    size_t count = left < room ? left : room;
    if (count > 0)
        memcpy(out, memory->at, count);
    memory->at += count;
    return (ptrdiff_t)count;
}

struct source *source_over(const void *bytes, size_t length)
{
    struct memory_state *state = memory_new(1, sizeof *state);
    state->at = bytes;
    state->end = state->at + length;
    return source_new((struct source_from){memory_read, free, state});
}

#include "base/arena.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 64 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    max_align_t bytes[];
};

void arena_init(struct arena *arena)
{
    arena->blocks = NULL;
}

void arena_clear(struct arena *arena)
{
    while (arena->blocks != NULL) {
        struct arena_block *block = arena->blocks;
        arena->blocks = block->next;
        free(block);
    }
}

static struct arena_block *block_new(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct arena_block))
        abort(); /* no caller's limit lets this through */
    struct arena_block *block = memory_new(1, sizeof *block + size);
    block->size = size;
    return block;
}

static void *take(struct arena *arena, size_t bytes)
{
    /* A large thing gets a block of its own behind the open one, so that the open one's rest is not lost. */
    if (bytes > BLOCK_BYTES / 4 && arena->blocks != NULL) {
        struct arena_block *own = block_new(bytes);
        own->used = bytes;
        own->next = arena->blocks->next;
        arena->blocks->next = own;
        return own->bytes;
    }
    if (arena->blocks == NULL || arena->blocks->size - arena->blocks->used < bytes) {
        struct arena_block *block = block_new(bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES);
        block->next = arena->blocks;
        arena->blocks = block;
    }
    void *taken = (char *)arena->blocks->bytes + arena->blocks->used;
    arena->blocks->used += bytes;
    return taken;
}

void *arena_new(struct arena *arena, size_t count, size_t size)
{
    enum { ALIGN = _Alignof(max_align_t) };
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - ALIGN)
        abort(); /* as above */
    return take(arena, (bytes + ALIGN - 1) / ALIGN * ALIGN);
}

char *arena_string(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = arena_new(arena, length + 1, 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

/* arena: many small things that die together. Everything returned stays valid until arena_clear(). */
#pragma once
#include <stddef.h>

struct arena_block;
struct arena {
    struct arena_block *blocks;
};

void arena_init(struct arena *arena);
void arena_clear(struct arena *arena);
void *arena_new(struct arena *arena, size_t count, size_t size);           /* zeroed, aligned for any type */
char *arena_string(struct arena *arena, const char *bytes, size_t length); /* NUL-ended copy */

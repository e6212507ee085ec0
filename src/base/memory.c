#include "base/memory.h"

#include <limits.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void (*memory_short)(void);

static void *whole(void *pointer)
{
    if (pointer == NULL) {
        if (memory_short != NULL)
            memory_short();
        /* The one place of the library that speaks: there is nobody left to carry a fault to. */
        fputs("mimamori: out of memory\n", stderr);
        abort();
    }
    return pointer;
}

void *memory_new(size_t count, size_t size)
{
    return whole(calloc(count > 0 ? count : 1, size > 0 ? size : 1));
}

void *memory_resize(void *pointer, size_t count, size_t size)
{
    return whole(reallocarray(pointer, count > 0 ? count : 1, size > 0 ? size : 1));
}

char *memory_string(const char *string)
{
    return whole(strdup(string));
}

void memory_keep(void)
{
    enum { MAPPED_FROM = 32 << 20, GROW_BY = 32 << 20 }; /* the most that glibc takes for the first */
    mallopt(M_MMAP_THRESHOLD, MAPPED_FROM);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    mallopt(M_TOP_PAD, GROW_BY);
    mallopt(M_ARENA_MAX, 1); /* what one thread frees another may need */
}

void memory_forget(void *pointer, size_t size)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), first = (uintptr_t)pointer, end = first + size;
    first = (first + page - 1) / page * page;
    end = end / page * page;
    if (first < end)
        madvise((void *)first, end - first, MADV_DONTNEED);
}

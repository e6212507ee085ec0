#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *whole(void *pointer)
{
    if (pointer == NULL) {
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

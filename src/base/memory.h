/* memory: allocation that never returns NULL. Running out aborts with one line; every size that input drives
 * has a limit checked before it comes here. */
#pragma once
#include <stddef.h>

void *memory_new(size_t count, size_t size);                   /* zeroed */
void *memory_resize(void *pointer, size_t count, size_t size); /* like reallocarray; new bytes undefined */
char *memory_string(const char *string);                       /* copy */

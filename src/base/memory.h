/* memory: allocation that never returns NULL. Running out aborts with one line; every size that input drives
 * has a limit checked before it comes here. */
#pragma once
#include <stddef.h>

void *memory_new(size_t count, size_t size);                   /* zeroed */
void *memory_resize(void *pointer, size_t count, size_t size); /* like reallocarray; new bytes undefined */
char *memory_string(const char *string);                       /* copy */

/* What happens in place of that, where there is somebody who can be told (a process apart). It must not
 * return. */
extern void (*memory_short)(void);

/* For a program that takes and gives back much memory again and again: what is freed is kept for what comes,
 * since the first touch of memory is dear (measured: 3 microseconds a page on a virtual machine). Before any
 * thread. */
void memory_keep(void);
/* The whole pages in these bytes go back to the system now; they read as 0 afterwards. */
void memory_forget(void *pointer, size_t size);

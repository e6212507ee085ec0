/* workers: the same work done by several threads at once. */
#pragma once

/* Calls `work(context, 0)` to `work(context, count - 1)`, each in a thread of its own, and comes back when
 * all are done. The caller is one of the threads, so that a count of 1 starts none; where the system gives
 * fewer threads, the caller does their part after its own. */
void workers_run(unsigned count, void (*work)(void *context, unsigned worker), void *context);

/* The processors that this process may use, at least 1. */
unsigned workers_processors(void);

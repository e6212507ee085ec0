/* crew: jobs done by several threads and taken back in the order they were given, so that the result does not
 * depend on how many there are. Who waits for a job helps; a crew of one thread is the caller alone.
 *
 *     job = crew_spare(); fill it; crew_give(job)        where there is no spare one: take one first
 *     job = crew_take(); use it; crew_return(job)        the oldest that was given, done */
#pragma once
#include "base/cleanup.h"
#include <stddef.h>

struct crew;
/* `threads` is 1 or more. `work` does one job, as the worker of this number, less than `threads`. `jobs`
 * belong to the caller. */
struct crew *crew_new(unsigned threads, void (*work)(void *job, unsigned worker), void *const *jobs,
                      size_t count);
void crew_free(struct crew *crew); /* jobs that were not begun are not done */
OWNED_TYPE(crew_free, struct crew)

void *crew_spare(struct crew *crew); /* NULL: none */
void crew_give(struct crew *crew, void *job);
void *crew_take(struct crew *crew); /* waits; NULL: none was given */
void crew_return(struct crew *crew, void *job);

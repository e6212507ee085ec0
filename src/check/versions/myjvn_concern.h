/* myjvn_concern: what of a machine the MyJVN API is asked for: programs by their names, and details of what
 * concerns one of them. Only what is installed by its maker's own setup: what a distribution ships it also
 * mends, under numbers of its own. */
#pragma once
#include "base/arena.h"
#include "check/versions/feed_advisory.h"
#include "check/versions/machine.h"

enum { MYJVN_DETAILS_MOST = 1000 };

/* The names of those programs, as notes call them, each once, in order. The caller frees the array; `arena`
 * holds the names. */
const char **myjvn_programs(const struct machine *machine, struct arena *arena, size_t *count);
/* The ids of the advisories that name one of them, each once, in order. The caller frees the array; the
 * strings are the advisories'. */
const char **myjvn_concerned(const struct machine *machine, const struct advisories *advisories,
                             size_t *count);

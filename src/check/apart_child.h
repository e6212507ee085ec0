/* apart_child: what apart.h and apart_program.h have in common: a child that is limited, and heard until it
 * ends. */
#pragma once
#include "check/apart.h"
#include <sys/types.h>

/* In the child: nothing to read, nobody to chatter to (a sanitizer is heard), no more privileges, no more
 * than `space` bytes of address space, and an end together with `parent`. */
bool apart_child_begin(const struct apart_limits *limits, pid_t parent, size_t space, struct fault *fault);
/* In the parent: all that comes through `pipe`, up to said's limit, until it is closed or time is up; then
 * the child is gone, whatever it was at. False where it did not end by itself with 0. */
bool apart_child_hear(const struct apart_limits *limits, pid_t child, int pipe, struct text *said,
                      struct fault *fault);
enum { APART_EXIT_MEMORY = 77, APART_EXIT_ABSENT = 127 };

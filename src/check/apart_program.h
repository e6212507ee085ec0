/* apart_program: another program run on strangers' bytes, with limits (apart.h), a clean environment, no
 * network and nothing to read; what it prints is the answer. */
#pragma once
#include "check/apart.h"

struct apart_command {
    const char *const *words; /* the program (sought in the system's folders, or a path), its words, NULL */
    const char *change;       /* the one folder that it may change; NULL: none */
};
/* limits.memory is all the address space it may have. False too where it ended otherwise than with 0; the
 * sentence says so without naming the program: "is not installed here". */
bool apart_program(struct apart_limits limits, const struct apart_command *command, struct text *answer,
                   struct fault *fault);

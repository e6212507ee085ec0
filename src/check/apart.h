/* apart: work on what strangers wrote, in a process of its own that can change nothing, reach nobody and has
 * so much memory and time. Whatever breaks there (a library's crash, a loop, memory eaten up) is one sentence
 * here. */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

struct apart_limits {
    size_t memory;   /* bytes of address space beyond what the process has already */
    unsigned time_s; /* of processor, and three times that of waiting */
    size_t answer;   /* bytes it may say at most */
};
#define APART_ORDINARY ((struct apart_limits){1u << 30, 60, 64u << 20})

/* Calls work(context, answer, fault) in the process apart; its answer comes back in `answer` (which the
 * caller has born with a limit of limits.answer or more), its fault in `fault`. The work may read files, make
 * memory and compute: no more. False too where it was ended or broke: "took longer than 60 s", "needed more
 * than 1024 MiB", "broke off (signal 11)". Begin with fault_while(fault, "%s", file) what it was at. */
bool apart_run(struct apart_limits limits,
               bool (*work)(void *context, struct text *answer, struct fault *fault), void *context,
               struct text *answer, struct fault *fault);

/* breach_list: hashes in hex, one a line in order, in a file of any size: found by guessing where they stand,
 * since hashes are spread evenly, and then by halving. A block of 2 KiB a read; 40 GB take three reads
 * mostly, and never more than 35. */
#pragma once
#include "base/fault.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BREACH_DIGITS = 40, BREACH_RANGE_DIGITS = 5 };

struct breach_list {
    int descriptor;
    const char *path; /* for faults */
    size_t digits;    /* of each line: BREACH_DIGITS, in a range's file the last 35 of them */
    uint64_t size;
    uint64_t reads; /* that were made so far */
};

/* Takes over `descriptor`; a fault where it is no ordinary file, or empty. `path` stays. */
bool breach_list_open(struct breach_list *list, int descriptor, struct fault *fault);
void breach_list_close(struct breach_list *list);

/* The first lines, the last, and some between: are they hashes, and in order? */
bool breach_list_check(struct breach_list *list, struct fault *fault);

/* `digits`: as many small ones as a line has. *times 0: not there. */
bool breach_list_find(struct breach_list *list, const char *digits, uint64_t *times, struct fault *fault);

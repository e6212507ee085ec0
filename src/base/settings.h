/* settings: a file of `name = value` lines, `#` comments, read by a table. */
#pragma once
#include "base/fault.h"
#include <stdbool.h>
#include <stddef.h>

struct setting {
    const char *name;
    /* Takes the value or refuses it: return false after fault_set() with what was expected (no file and
     * line). */
    bool (*take)(void *target, const char *value, struct fault *fault);
    bool repeats; /* may be given more than once: take is called for each */
};

/* Reads `path` by a table that ends with {0}. An unknown name, a second value for a name (unless it repeats)
 * and a refused value are faults with PATH:LINE. A missing file is a fault unless `optional`. */
bool settings_read(const char *path, bool optional, const struct setting *table, void *target,
                   struct fault *fault);

/* dictionary: each distinct number its place, in the order they first came; for columns of few distinct
 * values. */
#pragma once
#include "base/cleanup.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DICTIONARY_MOST = 4096 };

struct dictionary {
    uint64_t values[DICTIONARY_MOST];
    size_t count;
    uint16_t places[4 * DICTIONARY_MOST]; /* a place and one, by the number's hash; 0: none */
    uint16_t held[DICTIONARY_MOST];       /* where in `places` each lies */
};

void dictionary_empty(struct dictionary *dictionary); /* was all zero, or used before */
/* False: there are more than DICTIONARY_MOST. */
bool dictionary_add(struct dictionary *dictionary, const uint64_t *values, size_t count, uint16_t *places);

/* fold_source: IPv6 sources by number, so that the rest of the fold has one kind of key for both versions. */
#pragma once
#include "base/address.h"
#include <stddef.h>

struct fold_sources {
    struct address *addresses; /* by number */
    uint32_t *slots;           /* number + 1, 0: free */
    size_t count, capacity;    /* of slots; a power of two */
};
void fold_sources_clear(struct fold_sources *sources);
uint32_t fold_sources_number(struct fold_sources *sources, struct address address);

/* The addresses of all `parts` in order, each once (no two parts have the same); ranks[part][number] says
 * where each is. Frees the parts. The caller frees what is returned and the ranks. */
struct address *fold_sources_rank(struct fold_sources *const *parts, uint32_t **ranks, size_t count);

/* feed_index: overviews and details found by the names that they give to products. */
#pragma once
#include "check/versions/feed_advisory.h"
#include "check/versions/feed_name.h"

struct feed_entry {
    const char *key; /* feed_name_key() of a name */
    const struct advisory *advisory;
    const struct affected *affected;
};
struct feed_index {
    struct arena arena;
    struct feed_entry *entries; /* by key */
    size_t count, capacity;
};
/* An overview whose details are there too is left out. */
void feed_index_make(struct feed_index *index, const struct advisories *advisories);
void feed_index_clear(struct feed_index *index);

/* What concerns a product: entries by the advisories' ids, each pair of advisory and affected once. The
 * caller frees it. */
struct feed_entry *feed_index_find(const struct feed_index *index, const struct feed_name *name,
                                   size_t *count);

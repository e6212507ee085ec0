/* range_meaning: what a sentence on versions demands, as parts of which a version must meet one. */
#pragma once
#include "check/versions/order.h"
#include "check/versions/range_words.h"
#include <stdbool.h>
#include <stddef.h>

/* What one part of a sentence demands, all of it together. */
struct range_part {
    char exact[RANGE_VERSION_SIZE], branch[RANGE_VERSION_SIZE];
    char lower[RANGE_VERSION_SIZE], upper[RANGE_VERSION_SIZE]; /* "": none */
    enum range_kind lower_kind, upper_kind;
    bool upper_branch; /* `upper` is a branch: all of it is meant too, or none of it */
    bool all;
};
enum { RANGE_PARTS_MOST = 64 };
struct range_meaning {
    struct range_part parts[RANGE_PARTS_MOST];
    size_t count;
    bool strange; /* not all of it was understood */
};

void range_understand(const char *sentence, enum order_rule rule, struct range_meaning *meaning);

/* candidate: the ports with enough accesses this month to be told of, each with its days and countries. */
#pragma once
#include "tally/month.h"

enum {
    CANDIDATE_LEAST = 100,        /* accesses this month */
    CANDIDATE_LEAST_ONE_IN = 200, /* and this share of all accesses: so there are never more than this many */
    CANDIDATE_DAYS_MOST = 31,
};

struct candidate {
    const struct month_port *port;
    uint32_t rank, rank_before; /* among all ports; rank_before is asked for the top ten only, else 0 */
    uint64_t *daily;            /* accesses, days of this month */
    struct figures_notable_country *countries; /* in the order of their names */
    size_t country_count;
};
struct candidates {
    struct candidate items[CANDIDATE_LEAST_ONE_IN]; /* most accesses first */
    size_t count;
    uint64_t day_total[CANDIDATE_DAYS_MOST]; /* what reached all of them */
};

/* Sets month->candidates. */
bool candidate_of_month(struct month *month, struct fault *fault);

/* retain: lets go of the sightings of old days, as ledger.conf says (keep-sightings, keep-sightings-size).
 * Their summaries stay, and with them every figure of a bulletin; what is lost is which sources they were. */
#pragma once
#include "ledger/ledger.h"
#include <stddef.h>

enum retain_why { RETAIN_AGE, RETAIN_SIZE };
struct retain_day {
    int32_t day;
    enum retain_why why;
    uint64_t sightings, bytes;
};
/* What would be let go, oldest first, and what there is in all. */
struct retain_plan {
    struct retain_day *days;
    size_t count;
    uint64_t sightings, bytes;
    size_t all_days;
    uint64_t all_bytes;
};
/* Days that are not over stay. */
bool retain_plan(struct ledger *ledger, struct retain_plan *plan, struct fault *fault);
void retain_plan_clear(struct retain_plan *plan);
/* Lets go of these days, in one transaction, once their summaries are seen to be whole. */
bool retain_apply(struct ledger *ledger, const struct retain_plan *plan, struct fault *fault);

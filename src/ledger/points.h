/* points: the observation points, which addresses are theirs, and on which days they watch (both included).
 */
#pragma once
#include "base/address.h"
#include "ledger/ledger.h"

/* One block of one point over some days. A point may have many; two of them never overlap in address and day.
 */
struct point_watch {
    uint16_t point; /* index into names */
    struct network network;
    int32_t since, until; /* INT32_MIN and INT32_MAX where open */
};
struct points {
    char **names; /* sorted by name */
    size_t count;
    struct point_watch *watches; /* sorted by network, then since */
    size_t watch_count;
};
enum { POINTS_MOST = 4096, POINT_NAME_MOST = 64 };

bool points_load(const struct ledger *ledger, struct points *points, struct fault *fault);
void points_clear(struct points *points);
bool points_add(struct ledger *ledger, const char *name, const struct network *networks, size_t count,
                int32_t since, int32_t until, struct fault *fault);
/* From the day after `until` on, the point watches no more. A fault where there is no such point, or where
 * one of its watches begins later. */
bool points_end(struct ledger *ledger, const char *name, int32_t until, struct fault *fault);
/* Days watched, point by point, in [first, last]: how many point-days, and how many points had at least one.
 */
void points_days(const struct points *points, int32_t first, int32_t last, uint64_t *point_days,
                 uint64_t *points_watching);

/* days: the civil day of an instant, fast also where packets of several days come mixed. */
#pragma once
#include "base/calendar.h"

struct day {
    int64_t begins_s, ends_s; /* half-open */
    int32_t day;
};

enum { DAYS_KEPT = 1024 };

struct days {
    struct zone *zone;
    struct day recent;
    struct day kept[DAYS_KEPT]; /* by the hour: packets that are late fall into few of them */
};
void days_init(struct days *days, struct zone *zone);
const struct day *days_find(struct days *days, int64_t epoch_s);

/* Good until the next one is asked for. */
static inline const struct day *days_of(struct days *days, int64_t epoch_s)
{
    if (__builtin_expect(epoch_s >= days->recent.begins_s && epoch_s < days->recent.ends_s, 1))
        return &days->recent;
    return days_find(days, epoch_s);
}

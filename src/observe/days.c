/* days: asking the zone for another day costs some hundred calls of localtime(3), so answers are kept. */
#include "observe/days.h"
#include <string.h>

void days_init(struct days *days, struct zone *zone)
{
    memset(days, 0, sizeof *days); /* a day from 0 to 0 holds no instant */
    days->zone = zone;
}

const struct day *days_find(struct days *days, int64_t epoch_s)
{
    struct day *kept = &days->kept[(uint64_t)epoch_s / 3600 % DAYS_KEPT];
    if (epoch_s < kept->begins_s || epoch_s >= kept->ends_s) {
        int32_t day = zone_day(days->zone, epoch_s);
        *kept = (struct day){days->zone->begins_s, days->zone->ends_s, day};
    }
    days->recent = *kept;
    return &days->recent;
}

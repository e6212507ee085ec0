#include "base/calendar.h"
#include "base/cleanup.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAY_S = 86400, LOOK_BACK_S = 3 * 3600, MINUTE_S = 60 };

/* What localtime_r(3) is asked about: years 1 to 9999, so that a broken timestamp has a day too. */
#define LEAST_S (-62135510400LL)
#define MOST_S  253402214399LL

/* A file of the tz database (RFC 8536), and none outside its folder. */
static bool is_zone(const char *name)
{
    const char *folder = getenv("TZDIR");
    char path[4096], magic[4];
    if (name[0] == '\0' || name[0] == '/' || name[0] == ':' || strstr(name, "..") != NULL)
        return false;
    int length = snprintf(path, sizeof path, "%s/%s", folder != NULL ? folder : "/usr/share/zoneinfo", name);
    if (length < 0 || (size_t)length >= sizeof path)
        return false;
    CLEANUP(cleanup_descriptor) int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    return file >= 0 && read(file, magic, sizeof magic) == (ssize_t)sizeof magic &&
           memcmp(magic, "TZif", 4) == 0;
}

bool zone_open(struct zone *zone, const char *name, struct fault *fault)
{
    if (strlen(name) >= sizeof zone->name || !is_zone(name))
        return fault_set(fault, "'%s' is no time zone (expected a name of the tz database, as Asia/Tokyo)",
                         name);
    if (setenv("TZ", name, 1) != 0)
        return fault_errno(fault, "'%s': cannot set the time zone", name);
    tzset();
    *zone = (struct zone){.day = 0};
    memcpy(zone->name, name, strlen(name) + 1);
    return true;
}

/* The date that a clock in the zone shows. */
static int32_t clock_day(int64_t epoch_s)
{
    time_t instant = (time_t)epoch_s;
    struct tm civil = {0};
    if (localtime_r(&instant, &civil) == NULL)
        return (int32_t)(epoch_s / DAY_S);
    return calendar_day(civil.tm_year + 1900, civil.tm_mon + 1, civil.tm_mday);
}

/* The second in (before, after] at which the clock's date reaches `day`; it has not at `before`, it has at
 * `after`. */
static int64_t bisect(int64_t before, int64_t after, int32_t day)
{
    while (after - before > 1) {
        int64_t middle = before + (after - before) / 2;
        if (clock_day(middle) >= day)
            after = middle;
        else
            before = middle;
    }
    return after;
}

/* Midnight may not exist (clocks put forward at 00:00), and may come twice (clocks put back at 00:01, as St.
 * John's did): a day begins when the clock first shows its date. */
int64_t zone_day_begins_s(const struct zone *zone, int32_t day)
{
    (void)zone; /* its rules are the process's, by tzset(3) */
    int64_t guess = (int64_t)day * DAY_S;
    int64_t begins = bisect(guess - 2 * DAY_S, guess + 2 * DAY_S, day);
    for (int64_t at = begins - LOOK_BACK_S; at < begins; at += MINUTE_S) {
        if (clock_day(at) >= day)
            return bisect(at - MINUTE_S, at, day);
    }
    return begins;
}

int32_t zone_day(struct zone *zone, int64_t epoch_s)
{
    if (epoch_s >= zone->begins_s && epoch_s < zone->ends_s)
        return zone->day;
    int64_t instant = epoch_s < LEAST_S ? LEAST_S : epoch_s > MOST_S ? MOST_S : epoch_s;
    int32_t day = clock_day(instant);
    /* Where the clock was put back over midnight it shows the day before once more: the day that began stays.
     */
    if (zone_day_begins_s(zone, day + 1) <= instant)
        day++;
    zone->day = day;
    zone->begins_s = zone_day_begins_s(zone, day);
    zone->ends_s = zone_day_begins_s(zone, day + 1);
    return day;
}

/* calendar: civil days and months, and the zone that decides where a day begins.
 *
 * A day is the number of days since 1970-01-01, a month is year * 12 + (month - 1): both count up by one.
 * Intervals are half-open: an instant at 00:00:00 belongs to the day that begins. */
#pragma once
#include "base/fault.h"
#include <stdbool.h>
#include <stdint.h>

struct calendar_date {
    int year, month, day; /* month and day from 1 */
};

int32_t calendar_day(int year, int month, int day); /* any existing date of the Gregorian calendar */
struct calendar_date calendar_date(int32_t day);
int calendar_weekday(int32_t day); /* 0 Sunday ... 6 Saturday */

int32_t calendar_month(int32_t day);         /* the month a day lies in */
int32_t calendar_month_first(int32_t month); /* its first day */
int calendar_month_length(int32_t month);    /* 28 to 31 */
int calendar_month_year(int32_t month);
int calendar_month_number(int32_t month); /* 1 to 12 */

/* Strict "2011-11-08" and "2011-11"; years 1000 to 9999. False leaves the value alone. */
bool calendar_parse_day(const char *string, int32_t *day);
bool calendar_parse_month(const char *string, int32_t *month);
#define CALENDAR_DAY_SIZE   16
#define CALENDAR_MONTH_SIZE 16
void calendar_day_text(char out[CALENDAR_DAY_SIZE], int32_t day);       /* 2011-11-08 */
void calendar_month_text(char out[CALENDAR_MONTH_SIZE], int32_t month); /* 2011-11 */

/* A time zone of the tz database. One zone a process: it is set with tzset(3). */
struct zone {
    char name[64];
    int32_t day; /* the day asked for last, and its seconds: [begins_s, ends_s) */
    int64_t begins_s, ends_s;
};
bool zone_open(struct zone *zone, const char *name, struct fault *fault); /* false: no such zone */
int32_t zone_day(struct zone *zone, int64_t epoch_s);                     /* fast within one day */
int64_t zone_day_begins_s(const struct zone *zone,
                          int32_t day); /* first second of the day, also where midnight does not exist */

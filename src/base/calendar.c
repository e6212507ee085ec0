#include "base/calendar.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    YEAR_MONTHS = 12,
    CYCLE_YEARS = 400,   /* the Gregorian calendar repeats */
    CYCLE_DAYS = 146097, /* 400 * 365 + 97 leap days */
    EPOCH_DAYS = 719528, /* from 0000-01-01 to 1970-01-01 */
};

/* Days of the year before a month begins, in a common year. */
static const int days_before[YEAR_MONTHS + 1] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int before_month(int year, int month)
{
    return days_before[month - 1] + (month > 2 && is_leap(year) ? 1 : 0);
}

/* Days from 0000-01-01 to the first of January of a year of the cycle, 0 to 400. */
static int before_year(int year)
{
    /* year 0 is itself a leap year, hence the round-up */
    return year * 365 + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
}

static int floor_divide(int value, int by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

int32_t calendar_day(int year, int month, int day)
{
    int cycle = floor_divide(year, CYCLE_YEARS);
    int rest = year - cycle * CYCLE_YEARS;
    return cycle * CYCLE_DAYS + before_year(rest) + before_month(rest, month) + day - 1 - EPOCH_DAYS;
}

struct calendar_date calendar_date(int32_t day)
{
    int since = day + EPOCH_DAYS;
    int cycle = floor_divide(since, CYCLE_DAYS);
    int rest = since - cycle * CYCLE_DAYS;
    int year = rest / 366; /* at most one too small */
    while (before_year(year + 1) <= rest)
        year++;
    rest -= before_year(year);
    int month = 1;
    while (month < YEAR_MONTHS && before_month(year, month + 1) <= rest)
        month++;
    return (struct calendar_date){year + cycle * CYCLE_YEARS, month, rest - before_month(year, month) + 1};
}

int calendar_weekday(int32_t day)
{
    int weekday = (day % 7 + 4) % 7; /* 1970-01-01 was a Thursday */
    return weekday < 0 ? weekday + 7 : weekday;
}

int32_t calendar_month(int32_t day)
{
    struct calendar_date date = calendar_date(day);
    return date.year * YEAR_MONTHS + date.month - 1;
}

int32_t calendar_month_first(int32_t month)
{
    return calendar_day(calendar_month_year(month), calendar_month_number(month), 1);
}

int calendar_month_length(int32_t month)
{
    return calendar_month_first(month + 1) - calendar_month_first(month);
}

int calendar_month_year(int32_t month)
{
    return floor_divide(month, YEAR_MONTHS);
}

int calendar_month_number(int32_t month)
{
    return month - floor_divide(month, YEAR_MONTHS) * YEAR_MONTHS + 1;
}

/* "0000-00-00" where a 0 stands for any digit; false where `string` is not exactly of that form. */
static bool has_form(const char *string, const char *form)
{
    size_t length = strlen(form);
    if (strlen(string) != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        bool digit = string[i] >= '0' && string[i] <= '9';
        if (form[i] == '0' ? !digit : string[i] != form[i])
            return false;
    }
    return true;
}

static int digits(const char *at, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++)
        value = value * 10 + at[i] - '0';
    return value;
}

bool calendar_parse_month(const char *string, int32_t *month)
{
    if (!has_form(string, "0000-00"))
        return false;
    int year = digits(string, 4), number = digits(string + 5, 2);
    if (year < 1000 || number < 1 || number > YEAR_MONTHS)
        return false;
    *month = year * YEAR_MONTHS + number - 1;
    return true;
}

bool calendar_parse_day(const char *string, int32_t *day)
{
    char month_part[8] = "";
    int32_t month;
    if (!has_form(string, "0000-00-00"))
        return false;
    memcpy(month_part, string, 7);
    if (!calendar_parse_month(month_part, &month))
        return false;
    int number = digits(string + 8, 2);
    if (number < 1 || number > calendar_month_length(month))
        return false;
    *day = calendar_month_first(month) + number - 1;
    return true;
}

void calendar_day_text(char out[CALENDAR_DAY_SIZE], int32_t day)
{
    struct calendar_date date = calendar_date(day);
    snprintf(out, CALENDAR_DAY_SIZE, "%04d-%02d-%02d", date.year, date.month, date.day);
}

void calendar_month_text(char out[CALENDAR_MONTH_SIZE], int32_t month)
{
    snprintf(out, CALENDAR_MONTH_SIZE, "%04d-%02d", calendar_month_year(month), calendar_month_number(month));
}

#include "desk/day.h"
#include "base/calendar.h"
#include <stdio.h>
#include <string.h>

/* The year before an era's first. Its last year may run on in print after its end (平成32年), so no end is
 * checked. */
static const struct era {
    const char *name;
    int before;
} eras[] = {
    {"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"R", 2018}, {"H", 1988},
    {"S", 1925},    {"r", 2018},    {"h", 1988},    {"s", 1925}, {"㋿", 2018},
};

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " ");
}

/* One to `most` digits. NULL: none. */
static const char *take_digits(const char *at, size_t most, int *value)
{
    size_t length = strspn(at, "0123456789");
    if (length == 0 || length > most)
        return NULL;
    *value = 0;
    for (size_t i = 0; i < length; i++)
        *value = *value * 10 + (at[i] - '0');
    return skip_blanks(at + length);
}

/* What stands between the parts: a mark, or the word of the part before. */
static const char *take_between(const char *at, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(at, word, length) == 0)
        return skip_blanks(at + length);
    return *at != '\0' && strchr("-/.", *at) != NULL ? skip_blanks(at + 1) : NULL;
}

static const char *take_year(const char *at, int *year)
{
    for (size_t i = 0; i < sizeof eras / sizeof eras[0]; i++) {
        size_t length = strlen(eras[i].name);
        if (strncmp(at, eras[i].name, length) != 0)
            continue;
        at = skip_blanks(at + length);
        if (strncmp(at, "元", strlen("元")) == 0) {
            *year = eras[i].before + 1;
            return skip_blanks(at + strlen("元"));
        }
        at = take_digits(at, 2, year);
        *year += eras[i].before;
        return at;
    }
    return take_digits(at, 4, year);
}

static bool exists(int year, int month, int number, int32_t *day)
{
    if (year < 1000 || year > 9999 || month < 1 || month > 12 || number < 1)
        return false;
    int32_t first = calendar_day(year, month, 1);
    if (number > calendar_month_length(calendar_month(first)))
        return false;
    *day = first + number - 1;
    return true;
}

bool day_parse(const char *string, int32_t *day)
{
    int year = 0, month = 0, number = 0;
    const char *at = skip_blanks(string);
    if (strlen(at) == 8 && strspn(at, "0123456789") == 8 &&
        sscanf(at, "%4d%2d%2d", &year, &month, &number) == 3)
        return exists(year, month, number, day);
    at = take_year(at, &year);
    at = at != NULL ? take_between(at, "年") : NULL;
    at = at != NULL ? take_digits(at, 2, &month) : NULL;
    at = at != NULL ? take_between(at, "月") : NULL;
    at = at != NULL ? take_digits(at, 2, &number) : NULL;
    if (at != NULL && strncmp(at, "日", strlen("日")) == 0)
        at = skip_blanks(at + strlen("日"));
    return at != NULL && *at == '\0' && exists(year, month, number, day);
}

/* order_general: the versions that no package system rules. */
#include "base/calendar.h"
#include "check/versions/order_parts.h"
#include <stdint.h>
#include <string.h>
#include <strings.h>

static struct order_part all_of(const char *string)
{
    return (struct order_part){string, string + strlen(string)};
}

static int compare_bytes(struct order_part a, struct order_part b)
{
    size_t a_length = (size_t)(a.end - a.at), b_length = (size_t)(b.end - b.at);
    int order = strncasecmp(a.at, b.at, a_length < b_length ? a_length : b_length);
    return order != 0 ? order_sign(order) : (a_length > b_length) - (a_length < b_length);
}

/* "10.0.19045.1", and as resources of programs write it: "10, 0, 19045, 1". What stands behind a part's
 * number
 * ("1.2b") counts last. */
static struct order_part windows_part(struct order_part *rest, struct order_part *behind)
{
    while (rest->at < rest->end && *rest->at == ' ')
        rest->at++;
    struct order_part number = order_take_number(rest);
    *behind = (struct order_part){rest->at, rest->at};
    while (behind->end < rest->end && *behind->end != '.' && *behind->end != ',')
        behind->end++;
    rest->at = behind->end < rest->end ? behind->end + 1 : rest->end;
    return number;
}

int order_windows(const char *a, const char *b)
{
    struct order_part x = all_of(a), y = all_of(b), x_behind, y_behind;
    while (x.at < x.end || y.at < y.end) {
        int order = order_compare_numbers(windows_part(&x, &x_behind), windows_part(&y, &y_behind));
        if (order == 0)
            order = compare_bytes(x_behind, y_behind);
        if (order != 0)
            return order;
    }
    return 0;
}

bool order_windows_valid(const char *version)
{
    struct order_part rest = all_of(version), behind;
    bool valid = rest.at < rest.end && order_is_digit(rest.end[-1]);
    while (valid && rest.at < rest.end) {
        const char *begin = rest.at + strspn(rest.at, " ");
        valid = order_is_digit(*begin);
        windows_part(&rest, &behind);
        valid = valid && behind.at == behind.end;
    }
    return valid;
}

static bool date_number(const char **at, size_t least, size_t most, int *value)
{
    size_t length = 0;
    *value = 0;
    for (; length < most && order_is_digit(**at); length++, ++*at)
        *value = *value * 10 + (**at - '0');
    return length >= least;
}

static bool date_day(const char *at, int32_t *day)
{
    int year, month, number;
    if (!date_number(&at, 4, 4, &year))
        return false;
    char between = *at == '-' || *at == '/' || *at == '.' ? *at : '\0';
    size_t least = between == '\0' ? 2 : 1, step = between == '\0' ? 0 : 1;
    at += step;
    if (!date_number(&at, least, 2, &month) || (between != '\0' && *at != between))
        return false;
    at += step;
    if (!date_number(&at, least, 2, &number) || *at != '\0' || year < 1000 || month < 1 || month > 12)
        return false;
    if (number < 1 || number > calendar_month_length(year * 12 + month - 1))
        return false;
    *day = calendar_day(year, month, number);
    return true;
}

/* What is no date comes before all that are. */
int order_date(const char *a, const char *b)
{
    int32_t x = INT32_MIN, y = INT32_MIN;
    bool is_x = date_day(a, &x), is_y = date_day(b, &y);
    if (!is_x && !is_y)
        return order_sign(strcmp(a, b));
    return (x > y) - (x < y);
}

bool order_date_valid(const char *version)
{
    int32_t day;
    return date_day(version, &day);
}

/* The words that stand before a version's number is reached, earliest first. */
static int early(struct order_part word)
{
    static const char *const words[] = {"nightly", "snapshot", "dev",     "alpha",
                                        "beta",    "pre",      "preview", "rc"};
    enum { WORDS = sizeof words / sizeof *words };
    for (int i = 0; i < WORDS; i++)
        if (compare_bytes(word, all_of(words[i])) == 0)
            return i - WORDS;
    return 0;
}

static bool in_word(char c)
{
    return order_is_letter(c) || (unsigned char)c >= 0x80;
}

/* The next number before the next word; none is 0. */
static struct order_part general_number(struct order_part *rest)
{
    while (rest->at < rest->end && !order_is_digit(*rest->at) && !in_word(*rest->at))
        rest->at++;
    return order_take_number(rest);
}

static struct order_part general_word(struct order_part *rest)
{
    struct order_part word = {rest->at, rest->at};
    while (word.end < rest->end && in_word(*word.end))
        word.end++;
    rest->at = word.end;
    return word;
}

static bool at_number(struct order_part *rest)
{
    while (rest->at < rest->end && !order_is_digit(*rest->at) && !in_word(*rest->at))
        rest->at++;
    return rest->at < rest->end && order_is_digit(*rest->at);
}

/* "v1.2", "Version 1.2": not a word of the version. */
static struct order_part without_title(const char *version)
{
    static const char *const titles[] = {"v", "ver", "version", "release"};
    struct order_part all = all_of(version), rest = all;
    bool at_once = !at_number(&rest);
    struct order_part word = general_word(&rest);
    for (size_t i = 0; at_once && i < sizeof titles / sizeof *titles; i++)
        if (compare_bytes(word, all_of(titles[i])) == 0 && at_number(&rest))
            return rest;
    return all;
}

/* Numbers by value, as many as there are ("1.0" is "1.0.0"); then the word behind them, then again. */
int order_general(const char *a, const char *b)
{
    struct order_part x = without_title(a), y = without_title(b);
    while (x.at < x.end || y.at < y.end) {
        int order = 0;
        while (order == 0 && ((int)at_number(&x) | (int)at_number(&y)))
            order = order_compare_numbers(general_number(&x), general_number(&y));
        struct order_part x_word = general_word(&x), y_word = general_word(&y);
        if (order == 0)
            order = order_sign(early(x_word) - early(y_word));
        if (order == 0)
            order = compare_bytes(x_word, y_word);
        if (order != 0)
            return order;
    }
    return 0;
}

bool order_general_valid(const char *version)
{
    return strpbrk(version, "0123456789") != NULL;
}

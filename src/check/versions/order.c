#include "check/versions/order.h"
#include "check/versions/order_parts.h"
#include <limits.h>
#include <string.h>

static const struct {
    int (*compare)(const char *a, const char *b);
    bool (*valid)(const char *version);
} rules[] = {
    [ORDER_DPKG] = {order_dpkg, order_dpkg_valid},          [ORDER_RPM] = {order_rpm, order_rpm_valid},
    [ORDER_WINDOWS] = {order_windows, order_windows_valid}, [ORDER_DATE] = {order_date, order_date_valid},
    [ORDER_GENERAL] = {order_general, order_general_valid},
};

int order_compare(enum order_rule rule, const char *a, const char *b)
{
    return rules[rule].compare(a, b);
}

bool order_valid(enum order_rule rule, const char *version)
{
    return rules[rule].valid(version);
}

struct order_part order_take_number(struct order_part *part)
{
    struct order_part number = {part->at, part->at};
    while (number.end < part->end && order_is_digit(*number.end))
        number.end++;
    part->at = number.end;
    while (number.at < number.end && *number.at == '0')
        number.at++;
    return number;
}

int order_compare_numbers(struct order_part a, struct order_part b)
{
    size_t a_length = (size_t)(a.end - a.at), b_length = (size_t)(b.end - b.at);
    if (a_length != b_length)
        return a_length < b_length ? -1 : 1;
    return order_sign(memcmp(a.at, b.at, a_length));
}

/* Both systems write [epoch:]version[-release]. */
struct whole {
    struct order_part epoch, version, release;
    bool has_epoch, has_release;
};

static struct whole take_apart(const char *string)
{
    const char *end = string + strlen(string);
    struct whole whole = {.epoch = {string, end}, .version = {string, end}, .release = {end, end}};
    struct order_part rest = whole.epoch;
    order_take_number(&rest);
    whole.has_epoch = rest.at > string && rest.at < end && *rest.at == ':';
    whole.epoch.end = whole.has_epoch ? rest.at : string;
    if (whole.has_epoch)
        whole.version.at = rest.at + 1;
    const char *dash = memrchr(whole.version.at, '-', (size_t)(end - whole.version.at));
    whole.has_release = dash != NULL;
    if (dash != NULL) {
        whole.version.end = dash;
        whole.release.at = dash + 1;
    }
    return whole;
}

/* deb-version(7): letters sort before all that is no letter, a tilde before all, even the end. */
static int dpkg_weight(struct order_part part)
{
    if (part.at == part.end || order_is_digit(*part.at))
        return 0;
    if (*part.at == '~')
        return -1;
    return order_is_letter(*part.at) ? (unsigned char)*part.at : (unsigned char)*part.at + UCHAR_MAX;
}

/* By turns a run that is no digits, and a number. */
static int dpkg_part(struct order_part a, struct order_part b)
{
    while (a.at < a.end || b.at < b.end) {
        for (;;) {
            int a_weight = dpkg_weight(a), b_weight = dpkg_weight(b);
            if (a_weight != b_weight)
                return order_sign(a_weight - b_weight);
            if (a_weight == 0)
                break;
            a.at++;
            b.at++;
        }
        int order = order_compare_numbers(order_take_number(&a), order_take_number(&b));
        if (order != 0)
            return order;
    }
    return 0;
}

int order_dpkg(const char *a, const char *b)
{
    struct whole x = take_apart(a), y = take_apart(b);
    int order = order_compare_numbers(order_take_number(&x.epoch), order_take_number(&y.epoch));
    if (order == 0)
        order = dpkg_part(x.version, y.version);
    return order != 0 ? order : dpkg_part(x.release, y.release);
}

static bool made_of(struct order_part part, const char *signs)
{
    for (const char *at = part.at; at < part.end; at++)
        if (!order_is_digit(*at) && !order_is_letter(*at) && strchr(signs, *at) == NULL)
            return false;
    return part.at < part.end;
}

static bool epoch_valid(const struct whole *whole)
{
    static const char most[] = "2147483647";
    struct order_part epoch = whole->epoch;
    return order_compare_numbers(order_take_number(&epoch),
                                 (struct order_part){most, most + sizeof most - 1}) <= 0;
}

bool order_dpkg_valid(const char *version)
{
    struct whole whole = take_apart(version);
    return epoch_valid(&whole) && made_of(whole.version, whole.has_epoch ? ".+-~:" : ".+-~") &&
           order_is_digit(*whole.version.at) && (!whole.has_release || made_of(whole.release, ".+~"));
}

static bool rpm_counts(char c)
{
    return order_is_digit(c) || order_is_letter(c) || c == '~' || c == '^';
}

static char rpm_next(struct order_part *part)
{
    while (part->at < part->end && !rpm_counts(*part->at))
        part->at++;
    return part->at < part->end ? *part->at : '\0';
}

/* rpm-version(7): runs of digits or letters, whatever parts them; a number is newer than letters. */
static int rpm_run(struct order_part *a, struct order_part *b)
{
    if (order_is_digit(*a->at) != order_is_digit(*b->at))
        return order_is_digit(*a->at) ? 1 : -1;
    if (order_is_digit(*a->at))
        return order_compare_numbers(order_take_number(a), order_take_number(b));
    struct order_part x = *a, y = *b;
    while (a->at < a->end && order_is_letter(*a->at))
        a->at++;
    while (b->at < b->end && order_is_letter(*b->at))
        b->at++;
    size_t x_length = (size_t)(a->at - x.at), y_length = (size_t)(b->at - y.at);
    int order = memcmp(x.at, y.at, x_length < y_length ? x_length : y_length);
    return order != 0 ? order_sign(order) : (x_length > y_length) - (x_length < y_length);
}

/* Where one of the two is a sign: '~' is before all, even the end; '^' is behind the end, and before all
 * else. */
static int rpm_sign(char a, char b)
{
    static const char ranks[] = {'~', '\0', '^'};
    const char *a_rank = memchr(ranks, a, sizeof ranks), *b_rank = memchr(ranks, b, sizeof ranks);
    const char *last = ranks + sizeof ranks;
    return order_sign((int)((a_rank == NULL ? last : a_rank) - (b_rank == NULL ? last : b_rank)));
}

static int rpm_part(struct order_part a, struct order_part b)
{
    for (;;) {
        char x = rpm_next(&a), y = rpm_next(&b);
        int order = rpm_sign(x, y);
        if (order != 0 || x == '\0')
            return order;
        if (x == '~' || x == '^') {
            a.at++;
            b.at++;
            continue;
        }
        order = rpm_run(&a, &b);
        if (order != 0)
            return order;
    }
}

/* Any release is more than none. */
int order_rpm(const char *a, const char *b)
{
    struct whole x = take_apart(a), y = take_apart(b);
    int order = order_compare_numbers(order_take_number(&x.epoch), order_take_number(&y.epoch));
    if (order == 0)
        order = rpm_part(x.version, y.version);
    if (order == 0)
        order = x.has_release - y.has_release;
    return order != 0 ? order : rpm_part(x.release, y.release);
}

bool order_rpm_valid(const char *version)
{
    struct whole whole = take_apart(version);
    return epoch_valid(&whole) && made_of(whole.version, "._+~^") &&
           (!whole.has_release || made_of(whole.release, "._+~^"));
}

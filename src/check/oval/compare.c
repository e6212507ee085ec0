#include "check/oval/compare.h"

#include "check/versions/order.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static enum oval_result holds(bool condition)
{
    return condition ? OVAL_TRUE : OVAL_FALSE;
}

static enum oval_result wrong(const char *sentence, const char **why)
{
    if (why != NULL)
        *why = sentence;
    return OVAL_ERROR;
}

/* `order`: the value against what is wanted. */
static enum oval_result by_order(enum oval_operation operation, int order, const char **why)
{
    switch (operation) {
    case OVAL_EQUALS:
        return holds(order == 0);
    case OVAL_NOT_EQUAL:
        return holds(order != 0);
    case OVAL_GREATER:
        return holds(order > 0);
    case OVAL_LESS:
        return holds(order < 0);
    case OVAL_GREATER_OR_EQUAL:
        return holds(order >= 0);
    case OVAL_LESS_OR_EQUAL:
        return holds(order <= 0);
    default:
        return wrong("the operation does not go with the datatype", why);
    }
}

static enum oval_result match(const char *pattern, const char *value, struct patterns *patterns,
                              const char **why)
{
    struct pattern_subject subject = {.bytes = value, .length = strlen(value)};
    switch (pattern_match(patterns, pattern, &subject, NULL, NULL, why)) {
    case PATTERN_MATCHES:
        return OVAL_TRUE;
    case PATTERN_DIFFERS:
        return OVAL_FALSE;
    case PATTERN_FAILS:
        break;
    }
    return OVAL_ERROR;
}

static enum oval_result compare_strings(const struct comparison *wanted, const char *value,
                                        struct patterns *patterns, const char **why)
{
    switch (wanted->operation) {
    case OVAL_EQUALS:
    case OVAL_NOT_EQUAL:
        return by_order(wanted->operation, strcmp(value, wanted->wanted), why);
    case OVAL_SAME_LETTERS:
        return holds(strcasecmp(value, wanted->wanted) == 0);
    case OVAL_OTHER_LETTERS:
        return holds(strcasecmp(value, wanted->wanted) != 0);
    case OVAL_PATTERN:
        return match(wanted->wanted, value, patterns, why);
    default:
        return wrong("the operation does not go with strings", why);
    }
}

/* An integer of any length, taken apart. */
struct integer {
    bool negative;
    const char *digits; /* without leading zeros */
    size_t length;      /* 0: it is 0 */
};

static bool integer_read(const char *string, struct integer *integer)
{
    bool negative = *string == '-';
    string += *string == '-' || *string == '+';
    size_t length = strspn(string, "0123456789");
    if (length == 0 || string[length] != '\0')
        return false;
    size_t zeros = strspn(string, "0");
    *integer = (struct integer){negative && zeros < length, string + zeros, length - zeros};
    return true;
}

static int integer_order(struct integer a, struct integer b)
{
    if (a.negative != b.negative)
        return a.negative ? -1 : 1;
    int order = a.length != b.length ? (a.length < b.length ? -1 : 1) : memcmp(a.digits, b.digits, a.length);
    return a.negative ? -order : order;
}

static enum oval_result compare_bits(enum oval_operation operation, const char *wanted, const char *value,
                                     const char **why)
{
    errno = 0;
    long long mask = strtoll(wanted, NULL, 10), bits = strtoll(value, NULL, 10);
    if (errno != 0)
        return wrong("a number has more than 64 bits", why);
    return holds(operation == OVAL_BITWISE_AND ? (bits & mask) == mask : (bits | mask) == mask);
}

static enum oval_result compare_integers(const struct comparison *wanted, const char *value, const char **why)
{
    struct integer left, right;
    if (!integer_read(value, &left) || !integer_read(wanted->wanted, &right))
        return wrong("a value is no whole number", why);
    if (wanted->operation == OVAL_BITWISE_AND || wanted->operation == OVAL_BITWISE_OR)
        return compare_bits(wanted->operation, wanted->wanted, value, why);
    return by_order(wanted->operation, integer_order(left, right), why);
}

/* XML Schema's float: no hexadecimal, INF and NaN so written. */
static bool float_read(const char *string, double *number)
{
    char *end = NULL;
    const char *sign = string + (*string == '-' || *string == '+');
    bool word = strcmp(sign, "INF") == 0 || strcmp(string, "NaN") == 0;
    if (!word && (string[strspn(string, "+-.0123456789eE")] != '\0' || *string == '\0'))
        return false;
    *number = strtod(string, &end);
    return *end == '\0';
}

static enum oval_result compare_floats(const struct comparison *wanted, const char *value, const char **why)
{
    double left, right;
    if (!float_read(value, &left) || !float_read(wanted->wanted, &right))
        return wrong("a value is no number", why);
    if (isnan(left) || isnan(right))
        return holds(wanted->operation == OVAL_NOT_EQUAL); /* IEEE 754: it is in no order to anything */
    return by_order(wanted->operation, left < right ? -1 : left > right, why);
}

static int boolean_read(const char *string)
{
    if (strcmp(string, "true") == 0 || strcmp(string, "1") == 0)
        return 1;
    return strcmp(string, "false") == 0 || strcmp(string, "0") == 0 ? 0 : -1;
}

static enum oval_result compare_booleans(const struct comparison *wanted, const char *value, const char **why)
{
    int left = boolean_read(value), right = boolean_read(wanted->wanted);
    if (left < 0 || right < 0)
        return wrong("a value is neither true nor false", why);
    if (wanted->operation != OVAL_EQUALS && wanted->operation != OVAL_NOT_EQUAL)
        return wrong("the operation does not go with booleans", why);
    return holds((left == right) == (wanted->operation == OVAL_EQUALS));
}

/* Takes one number and the character behind it off `string`. */
static struct integer next_number(const char **string)
{
    *string += strspn(*string, "0");
    struct integer number = {false, *string, strspn(*string, "0123456789")};
    *string += number.length;
    *string += **string != '\0';
    return number;
}

int compare_versions(const char *a, const char *b)
{
    int order = 0;
    while (order == 0 && (*a != '\0' || *b != '\0'))
        order = integer_order(next_number(&a), next_number(&b));
    return order;
}

static enum oval_result compare_version(const struct comparison *wanted, const char *value, const char **why)
{
    if (!isdigit((unsigned char)*value) || !isdigit((unsigned char)*wanted->wanted))
        return wrong("a value is no version", why);
    return by_order(wanted->operation, compare_versions(value, wanted->wanted), why);
}

/* What rpm prints where there is no epoch is the epoch 0 (linux-definitions-schema, rpminfo_state). */
static const char *past_no_epoch(const char *evr)
{
    return strncmp(evr, "(none):", 7) == 0 ? evr + 7 : evr;
}

static enum oval_result compare_packages(const struct comparison *wanted, const char *value, const char **why)
{
    enum order_rule rule = wanted->datatype == OVAL_EVR ? ORDER_RPM : ORDER_DPKG;
    const char *left = past_no_epoch(value), *right = past_no_epoch(wanted->wanted);
    if (!order_valid(rule, left) || !order_valid(rule, right))
        return wrong("a value is no version of a package", why);
    return by_order(wanted->operation, order_compare(rule, left, right), why);
}

static enum oval_result compare_binary(const struct comparison *wanted, const char *value, const char **why)
{
    static const char hex[] = "0123456789abcdefABCDEF";
    if (value[strspn(value, hex)] != '\0' || wanted->wanted[strspn(wanted->wanted, hex)] != '\0')
        return wrong("a value is not hexadecimal", why);
    if (wanted->operation != OVAL_EQUALS && wanted->operation != OVAL_NOT_EQUAL)
        return wrong("the operation does not go with binary values", why);
    return by_order(wanted->operation, strcasecmp(value, wanted->wanted), why);
}

enum oval_result compare_value(const struct comparison *wanted, const char *value, struct patterns *patterns,
                               const char **why)
{
    switch (wanted->datatype) {
    case OVAL_STRING:
        return compare_strings(wanted, value, patterns, why);
    case OVAL_INT:
        return compare_integers(wanted, value, why);
    case OVAL_FLOAT:
        return compare_floats(wanted, value, why);
    case OVAL_BOOLEAN:
        return compare_booleans(wanted, value, why);
    case OVAL_VERSION:
        return compare_version(wanted, value, why);
    case OVAL_EVR:
    case OVAL_DEBIAN_EVR:
        return compare_packages(wanted, value, why);
    case OVAL_BINARY:
        return compare_binary(wanted, value, why);
    case OVAL_OTHER:
        break;
    }
    wrong("the datatype is none that this evaluator knows", why);
    return OVAL_UNKNOWN;
}

/* order_parts: what the rules of order are made of; only order*.c need it. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* A run of a version's bytes, not ended by a NUL. */
struct order_part {
    const char *at, *end;
};

/* Whatever the locale is: a version's letters and digits are ASCII. */
static inline bool order_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool order_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline int order_sign(int difference)
{
    return (difference > 0) - (difference < 0);
}
/* Takes the digits in front; how long a number is does not matter: it is compared as it is written, without
 * its leading zeros. */
struct order_part order_take_number(struct order_part *part);
int order_compare_numbers(struct order_part a, struct order_part b);

/* Each rule: compare and validity. */
int order_dpkg(const char *a, const char *b);
bool order_dpkg_valid(const char *version);
int order_rpm(const char *a, const char *b);
bool order_rpm_valid(const char *version);
int order_windows(const char *a, const char *b);
bool order_windows_valid(const char *version);
int order_date(const char *a, const char *b);
bool order_date_valid(const char *version);
int order_general(const char *a, const char *b);
bool order_general_valid(const char *version);

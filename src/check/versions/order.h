/* order: which of two versions is newer, by each ecosystem's own rule. Any string may be given: what the rule
 * calls no version has a place all the same (order_valid() tells), so that sorting is total. */
#pragma once
#include <stdbool.h>

enum order_rule {
    ORDER_DPKG,    /* deb-version(7): epoch, upstream, revision; '~' before everything, even the end */
    ORDER_RPM,     /* rpm-version(7): [epoch:]version[-release], '~' before, '^' behind */
    ORDER_WINDOWS, /* numbers parted by dots, as many as there are; what is missing is 0 */
    ORDER_DATE,    /* 2026-11-23, 2026/11/23, 20261123 */
    ORDER_GENERAL  /* what no system rules: numbers by value, letters behind ("1.0.2k"), alpha, beta and rc
                      before */
};

/* Below 0, 0, above 0. */
int order_compare(enum order_rule rule, const char *a, const char *b);
bool order_valid(enum order_rule rule, const char *version);

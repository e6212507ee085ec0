/* truth: what several results are together, by OVAL's tables (oval-common-schema: OperatorEnumeration,
 * CheckEnumeration, ExistenceEnumeration). */
#pragma once
#include "check/oval/item.h"

/* How many of each result, and why the first of each is what it is. */
struct truth {
    size_t counts[OVAL_NOT_APPLICABLE + 1];
    const struct oval_why *whys[OVAL_NOT_APPLICABLE + 1];
};
void truth_add(struct truth *truth, enum oval_result result, const struct oval_why *why);

/* Of nothing at all: not evaluated. */
enum oval_result truth_operator(const struct truth *truth, enum oval_operator operator);
enum oval_result truth_check(const struct truth *truth, enum oval_check check);
enum oval_result truth_negated(enum oval_result result);

/* `counts` of things by enum item_status. */
struct truth_there {
    size_t counts[ITEM_NOT_COLLECTED + 1];
};
enum oval_result truth_existence(const struct truth_there *there, enum oval_existence existence);

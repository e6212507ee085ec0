/* set: collections made of other collections, and what filters leave of them. */
#pragma once
#include "check/oval/evaluate.h"

void set_collect(struct judging *judging, const struct oval_set *set, struct oval_collection *found);
/* Takes out what the filters do not let through. */
void set_filter(struct judging *judging, const struct oval_filter *filters, struct oval_collection *found);

/* The flag of two collections together. */
enum collection_flag set_flag(const struct oval_set *set, enum collection_flag first,
                              enum collection_flag second);

struct oval_collection *collect_new(struct judging *judging); /* collect.c */

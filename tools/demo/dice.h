/* dice: numbers that look random and are the same in every run, and ways to share out an exact total. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

/* Each purpose has its own dice, so that a change in one part of the demo leaves the others as they were. */
struct dice dice_for(const char *purpose, int month);
uint64_t dice_next(struct dice *dice);
uint32_t dice_below(struct dice *dice, uint32_t count);          /* 0 ... count - 1; count at least 1 */
bool dice_chance(struct dice *dice, uint32_t part, uint32_t of); /* true in `part` of `of` throws */
size_t dice_pick(struct dice *dice, const uint32_t *weights, size_t count);
void dice_shuffle(struct dice *dice, uint32_t *items, size_t count);

/* total = sum of parts, each part near total * weight / sum of weights (nothing left over). */
void share_by_weight(uint64_t total, const uint32_t *weights, size_t count, uint32_t *parts);
/* total = sum of parts, each at least 1, the rest thrown: most parts small, a few large. */
void share_by_dice(uint64_t total, size_t count, uint32_t *parts, struct dice *dice);
/* total = sum of parts, each between 1 and most[i], near total * most[i] / sum of most. */
void share_within(uint64_t total, const uint32_t *most, size_t count, uint32_t *parts);

/* A set of 64-bit sums of what was made already. */
struct once {
    uint64_t *slots;
    size_t capacity, count;
};
void once_init(struct once *once);
void once_clear(struct once *once);
bool once_add(struct once *once, uint64_t sum); /* false: it is there already */
uint64_t once_mix(uint64_t sum, uint64_t value);

#include "demo/dice.h"
#include "base/memory.h"
#include <stdio.h>
#include <stdlib.h>

/* The finaliser of splitmix64: every bit of the state reaches every bit of the result. */
static uint64_t scramble(uint64_t value)
{
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

struct dice dice_for(const char *purpose, int month)
{
    struct dice dice = {UINT64_C(201111051120585) + (uint64_t)month};
    for (; *purpose != '\0'; purpose++)
        dice.state = scramble(dice.state + (unsigned char)*purpose);
    return dice;
}

uint64_t dice_next(struct dice *dice)
{
    dice->state += UINT64_C(0x9e3779b97f4a7c15);
    return scramble(dice->state);
}

uint32_t dice_below(struct dice *dice, uint32_t count)
{
    return (uint32_t)((dice_next(dice) >> 32) * count >> 32);
}

bool dice_chance(struct dice *dice, uint32_t part, uint32_t of)
{
    return dice_below(dice, of) < part;
}

size_t dice_pick(struct dice *dice, const uint32_t *weights, size_t count)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += weights[i];
    uint32_t throw = dice_below(dice, sum);
    size_t chosen = 0;
    while (throw >= weights[chosen])
        throw -= weights[chosen++];
    return chosen;
}

void dice_shuffle(struct dice *dice, uint32_t *items, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = dice_below(dice, (uint32_t)i);
        uint32_t item = items[i - 1];
        items[i - 1] = items[other];
        items[other] = item;
    }
}

void share_by_weight(uint64_t total, const uint32_t *weights, size_t count, uint32_t *parts)
{
    uint64_t sum = 0, before = 0, given = 0;
    for (size_t i = 0; i < count; i++)
        sum += weights[i];
    /* cutting the running total, not each part, leaves nothing over */
    for (size_t i = 0; i < count; i++) {
        before += weights[i];
        uint64_t upto = total * before / sum;
        parts[i] = (uint32_t)(upto - given);
        given = upto;
    }
}

void share_by_dice(uint64_t total, size_t count, uint32_t *parts, struct dice *dice)
{
    if (total < count || count == 0) {
        fprintf(stderr, "make-demo: cannot share %llu among %zu\n", (unsigned long long)total, count);
        exit(2);
    }
    for (size_t i = 0; i < count; i++)
        parts[i] = 1;
    for (uint64_t left = total - count; left > 0; left--) {
        uint64_t at = dice_below(dice, (uint32_t)count);
        if (dice_chance(dice, 3, 10))
            at = at * at / count; /* the first ones are the busy ones */
        parts[at]++;
    }
}

void share_within(uint64_t total, const uint32_t *most, size_t count, uint32_t *parts)
{
    uint64_t sum = 0, given = 0;
    for (size_t i = 0; i < count; i++)
        sum += most[i];
    for (size_t i = 0; i < count; i++) {
        parts[i] = (uint32_t)(total * most[i] / sum);
        if (parts[i] == 0)
            parts[i] = 1;
        given += parts[i];
    }
    for (size_t i = 0; given != total; i = (i + 1) % count) {
        if (given < total && parts[i] < most[i]) {
            parts[i]++;
            given++;
        } else if (given > total && parts[i] > 1) {
            parts[i]--;
            given--;
        }
    }
}

void once_init(struct once *once)
{
    once->capacity = 1 << 18;
    once->count = 0;
    once->slots = memory_new(once->capacity, sizeof *once->slots);
}

void once_clear(struct once *once)
{
    free(once->slots);
    once->slots = NULL;
}

bool once_add(struct once *once, uint64_t sum)
{
    if (sum == 0)
        sum = 1; /* 0 marks a free slot */
    if (once->count * 2 > once->capacity) {
        fprintf(stderr, "make-demo: too many keys\n");
        exit(2);
    }
    size_t at = sum & (once->capacity - 1);
    for (; once->slots[at] != 0; at = (at + 1) & (once->capacity - 1)) {
        if (once->slots[at] == sum)
            return false;
    }
    once->slots[at] = sum;
    once->count++;
    return true;
}

uint64_t once_mix(uint64_t sum, uint64_t value)
{
    return scramble(sum + UINT64_C(0x9e3779b97f4a7c15) + value);
}

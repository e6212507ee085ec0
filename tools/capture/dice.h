/* dice: random numbers that are the same on every machine, and draws by Zipf's law. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

void dice_seed(uint64_t seed);
uint64_t dice_next(void);
uint32_t dice_below(uint64_t limit); /* at most 2^32 */
bool dice_chance(uint64_t in_thousand);
/* A number that looks like no other's, and is always the same for this one. */
uint64_t dice_scramble(uint64_t value);

/* Rank k, from 0, comes as often as 1 / (k + 1) ^ exponent. */
struct zipf {
    uint32_t count;
    uint32_t *other;
    uint32_t *keep; /* chance of staying, of 2^32 */
};
struct zipf zipf_new(uint32_t count, double exponent);
void zipf_clear(struct zipf *zipf);
uint32_t zipf_rank(const struct zipf *zipf, uint64_t random); /* any 64 random bits */

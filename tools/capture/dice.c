/* dice: xorshift64*, which is fast; Walker's alias method: one random number a draw, however many ranks. */
#include "dice.h"
#include <math.h>
#include <stdlib.h>

static uint64_t state = 1;

void dice_seed(uint64_t seed)
{
    state = dice_scramble(seed + 1) | 1;
}

uint64_t dice_next(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * UINT64_C(0x2545f4914f6cdd1d);
}

uint32_t dice_below(uint64_t limit)
{
    return (uint32_t)((dice_next() >> 32) * limit >> 32);
}

bool dice_chance(uint64_t in_thousand)
{
    return dice_below(1000) < in_thousand;
}

uint64_t dice_scramble(uint64_t value)
{
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

static void *new_array(size_t count, size_t size)
{
    void *array = calloc(count, size);
    if (array == NULL)
        abort();
    return array;
}

/* Ranks that weigh less than their share are filled up from one that weighs more. */
static void pair_up(struct zipf *zipf, double *weight)
{
    uint32_t *small = new_array(zipf->count, sizeof *small), *large = new_array(zipf->count, sizeof *large);
    uint32_t small_count = 0, large_count = 0;
    for (uint32_t i = 0; i < zipf->count; i++) {
        zipf->keep[i] = UINT32_MAX;
        if (weight[i] < 1)
            small[small_count++] = i;
        else
            large[large_count++] = i;
    }
    while (small_count > 0 && large_count > 0) {
        uint32_t low = small[--small_count], high = large[large_count - 1];
        zipf->other[low] = high;
        zipf->keep[low] = (uint32_t)(weight[low] * 4294967295.0);
        weight[high] -= 1 - weight[low];
        if (weight[high] < 1) {
            small[small_count++] = high;
            large_count--;
        }
    }
    free(small);
    free(large);
}

struct zipf zipf_new(uint32_t count, double exponent)
{
    struct zipf zipf = {count, new_array(count, sizeof(uint32_t)), new_array(count, sizeof(uint32_t))};
    double *weight = new_array(count, sizeof *weight), sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += weight[i] = pow(i + 1, -exponent);
    for (uint32_t i = 0; i < count; i++)
        weight[i] *= count / sum;
    pair_up(&zipf, weight);
    free(weight);
    return zipf;
}

void zipf_clear(struct zipf *zipf)
{
    free(zipf->other);
    free(zipf->keep);
}

uint32_t zipf_rank(const struct zipf *zipf, uint64_t random)
{
    uint32_t rank = (uint32_t)((random >> 32) * zipf->count >> 32);
    return (uint32_t)random <= zipf->keep[rank] ? rank : zipf->other[rank];
}

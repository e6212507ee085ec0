/* content: by what a file is known: the 128-bit XXH3 sum of its bytes, seeded by the ledger's key (a sum as
 * fast as the reading, and one that nobody outside can aim at). The name does not matter. */
#pragma once
#include "ledger/ledger.h"
#include <stddef.h>

struct content {
    unsigned char sum[16];
};
struct content_sum;
struct content_sum *content_sum_new(const struct ledger *ledger);
void content_sum_free(struct content_sum *sum);
OWNED_TYPE(content_sum_free, struct content_sum)
void content_sum_add(struct content_sum *sum, const void *bytes, size_t length);
struct content content_sum_value(const struct content_sum *sum);

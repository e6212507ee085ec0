/* imprint: how long a file of the ledger is, and the content sum of its bytes, so that a byte that changed on
 * the disk is found also where the file can still be read. */
#pragma once
#include "ledger/content.h"

struct imprint {
    uint64_t bytes;
    struct content sum;
};
bool imprint_take(const struct ledger *ledger, const char *path, struct imprint *imprint,
                  struct fault *fault);
bool imprint_equal(const struct imprint *a, const struct imprint *b);

/* imprint: how long a file of the ledger is, and the sum (XXH3, 128 bits) of its bytes, so that a byte that
 * changed on the disk is found also where the file can still be read. It has no key: what it finds is
 * accidents, and it must hold after another key was put into the ledger too. */
#pragma once
#include "ledger/content.h"

struct imprint {
    uint64_t bytes;
    struct content sum;
};
bool imprint_take(const char *path, struct imprint *imprint, struct fault *fault);
bool imprint_equal(const struct imprint *a, const struct imprint *b);

/* reuse: which services share a password, or nearly one. */
#pragma once
#include "base/fault.h"
#include <stdbool.h>
#include <stddef.h>

enum { KIN_SHOWN = 3 };

/* The other services that share with this one; two addresses of one registered name are one service. */
struct kin {
    size_t count;
    const char *shown[KIN_SHOWN];
};

struct looked;
/* The very same password: sets each one's `same`. */
void reuse_same(struct looked *looked, size_t count);
/* Nearly the same: alike once digits and signs at the ends, capitals, digits for letters, kana for romaji,
 * the service's own name or a year within are set aside. Sets each one's `near`, after reuse_same(); what is
 * reused is not told again. */
bool reuse_near(struct looked *looked, size_t count, struct fault *fault);

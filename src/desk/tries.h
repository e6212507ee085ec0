/* tries: how often a source has typed a receipt that is nobody's. A receipt has 128 bits, so nobody guesses
 * one; this only keeps a machine from trying without end. In memory, for a short while, of sources that were
 * wrong only; what is kept of a source is a keyed hash of its network. Any thread. */
#pragma once
#include "base/address.h"
#include "base/cleanup.h"
#include <stdbool.h>
#include <stdint.h>

enum { TRIES_MOST = 20, TRIES_FORGET_S = 900 };

struct tries;
struct tries *tries_new(void);
void tries_free(struct tries *tries);
OWNED_TYPE(tries_free, struct tries)

/* `tries` may be NULL: nothing is limited. Whether this source may try now: fewer than TRIES_MOST wrong ones
 * in the last TRIES_FORGET_S. */
bool tries_may(struct tries *tries, const struct address *source, int64_t now_s);
void tries_wrong(struct tries *tries, const struct address *source, int64_t now_s);

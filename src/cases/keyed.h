/* keyed: hashes that only the holder of the ledger's key can make, one kind for each purpose. */
#pragma once
#include "ledger/ledger.h"
#include <stddef.h>

/* BLAKE2b (RFC 7693), keyed by the ledger's key, personal to `purpose` (at most 16 characters): what is a
 * hash for one purpose says nothing for another. */
struct keyed_bytes {
    unsigned char *bytes;
    size_t length; /* 16 to 64 */
};
void keyed_hash(const struct ledger *ledger, const char *purpose, const void *bytes, size_t length,
                struct keyed_bytes out);

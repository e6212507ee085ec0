/* seal: personal data at rest. Each case has a key of its own, and all that was told in it is encrypted with
 * that key (XChaCha20-Poly1305). The key is wrapped in libsodium's sealed boxes: once for the desk, whose
 * secret key only the staff can unlock, and once for the receipt, which only the reporter has. Who takes in a
 * case forgets its key, and can read nothing back. Forgetting both wraps erases the person; the counts stay.
 */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

struct seal_public {
    unsigned char bytes[32];
}; /* X25519 */
struct seal_pair {
    struct seal_public public;
    unsigned char secret[32];
};
struct seal_key {
    unsigned char bytes[32];
}; /* of one case; wipe with sodium_memzero() after use */
enum { SEAL_WRAPPED = 32 + 48 };
struct seal_wrapped {
    unsigned char bytes[SEAL_WRAPPED];
};

void seal_pair_make(struct seal_pair *pair);
/* The pair whose secret comes from `seed` by key derivation: the same seed, the same pair. */
void seal_pair_from(const unsigned char seed[32], struct seal_pair *pair);
void seal_key_make(struct seal_key *key);
void seal_wrap(const struct seal_key *key, const struct seal_public *to, struct seal_wrapped *wrapped);
bool seal_unwrap(const struct seal_wrapped *wrapped, const struct seal_pair *pair,
                 struct seal_key *key); /* false: not for this pair */

/* `about` says what these bytes are ("told", "name", "attachment") and of which case they are (its `once`, 16
 * bytes): bytes moved to another place do not open. Adds nonce, bytes and tag to `sealed`. */
struct seal_about {
    const char *what;
    const unsigned char *once;
};
void seal_close(const struct seal_key *key, struct seal_about about, const char *bytes, size_t length,
                struct text *sealed);
bool seal_open(const struct seal_key *key, struct seal_about about, const void *sealed, size_t length,
               struct text *plain); /* false: damaged, or not of this key */

/* For anybody: sealed to a public key (mail waiting to be sent). */
void seal_to(const struct seal_public *to, const char *bytes, size_t length, struct text *sealed);
bool seal_from(const struct seal_pair *pair, const void *sealed, size_t length, struct text *plain);

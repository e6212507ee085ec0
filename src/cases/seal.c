#include "cases/seal.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    SEAL_NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    SEAL_TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    SEAL_ONCE = 16,
    SEAL_PLACE_MOST = 64,
};
_Static_assert(SEAL_WRAPPED == sizeof(struct seal_key) + crypto_box_SEALBYTES, "a sealed box of a key");
_Static_assert(sizeof(struct seal_key) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the cipher's key");

void seal_pair_make(struct seal_pair *pair)
{
    crypto_box_keypair(pair->public.bytes, pair->secret);
}

void seal_pair_from(const unsigned char seed[32], struct seal_pair *pair)
{
    crypto_box_seed_keypair(pair->public.bytes, pair->secret, seed);
}

void seal_key_make(struct seal_key *key)
{
    crypto_aead_xchacha20poly1305_ietf_keygen(key->bytes);
}

void seal_wrap(const struct seal_key *key, const struct seal_public *to, struct seal_wrapped *wrapped)
{
    /* it fails only for a public key of small order, which no pair of ours has: then nothing opens it */
    if (crypto_box_seal(wrapped->bytes, key->bytes, sizeof key->bytes, to->bytes) != 0)
        memset(wrapped, 0, sizeof *wrapped);
}

bool seal_unwrap(const struct seal_wrapped *wrapped, const struct seal_pair *pair, struct seal_key *key)
{
    struct seal_key opened;
    if (crypto_box_seal_open(opened.bytes, wrapped->bytes, sizeof wrapped->bytes, pair->public.bytes,
                             pair->secret) != 0)
        return false;
    *key = opened;
    sodium_memzero(&opened, sizeof opened);
    return true;
}

/* The place, as the cipher checks it: what and whose. */
struct place {
    unsigned char bytes[SEAL_PLACE_MOST];
    size_t length;
};

static struct place place_of(struct seal_about about)
{
    struct place place = {.length = strnlen(about.what, SEAL_PLACE_MOST - SEAL_ONCE - 1)};
    memcpy(place.bytes, about.what, place.length);
    place.length++; /* a NUL between the two */
    memcpy(place.bytes + place.length, about.once, SEAL_ONCE);
    place.length += SEAL_ONCE;
    return place;
}

void seal_close(const struct seal_key *key, struct seal_about about, const char *bytes, size_t length,
                struct text *sealed)
{
    unsigned char nonce[SEAL_NONCE];
    const struct place place = place_of(about);
    OWNED_MEMORY unsigned char *closed = memory_new(length + SEAL_TAG, 1);
    randombytes_buf(nonce, sizeof nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(closed, NULL, (const unsigned char *)bytes, length,
                                               place.bytes, place.length, NULL, nonce, key->bytes);
    text_add(sealed, (const char *)nonce, sizeof nonce);
    text_add(sealed, (const char *)closed, length + SEAL_TAG);
}

/* What was opened goes to `plain` and is wiped here. */
static bool hand_over(bool opened, unsigned char *bytes, size_t length, struct text *plain)
{
    if (opened)
        text_add(plain, (const char *)bytes, length);
    sodium_memzero(bytes, length);
    return opened && text_whole(plain);
}

bool seal_open(const struct seal_key *key, struct seal_about about, const void *sealed, size_t length,
               struct text *plain)
{
    const struct place place = place_of(about);
    const unsigned char *nonce = sealed;
    if (sealed == NULL || length < SEAL_NONCE + SEAL_TAG)
        return false;
    size_t inside = length - SEAL_NONCE - SEAL_TAG;
    OWNED_MEMORY unsigned char *opened = memory_new(inside + 1, 1);
    int result = crypto_aead_xchacha20poly1305_ietf_decrypt(opened, NULL, NULL, nonce + SEAL_NONCE,
                                                            length - SEAL_NONCE, place.bytes, place.length,
                                                            nonce, key->bytes);
    return hand_over(result == 0, opened, inside, plain);
}

void seal_to(const struct seal_public *to, const char *bytes, size_t length, struct text *sealed)
{
    OWNED_MEMORY unsigned char *closed = memory_new(length + crypto_box_SEALBYTES, 1);
    if (crypto_box_seal(closed, (const unsigned char *)bytes, length, to->bytes) != 0)
        memset(closed, 0, length + crypto_box_SEALBYTES); /* as seal_wrap() */
    text_add(sealed, (const char *)closed, length + crypto_box_SEALBYTES);
}

bool seal_from(const struct seal_pair *pair, const void *sealed, size_t length, struct text *plain)
{
    if (sealed == NULL || length < crypto_box_SEALBYTES)
        return false;
    size_t inside = length - crypto_box_SEALBYTES;
    OWNED_MEMORY unsigned char *opened = memory_new(inside + 1, 1);
    int result = crypto_box_seal_open(opened, sealed, length, pair->public.bytes, pair->secret);
    return hand_over(result == 0, opened, inside, plain);
}

#include "ledger/content.h"
#include "base/memory.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { CONTENT_SECRET_BLOCKS = 3, CONTENT_SECRET_BLOCK = 64 }; /* 192 bytes, XXH3's own secret size */

struct content_sum {
    XXH3_state_t *state;
    unsigned char secret[CONTENT_SECRET_BLOCKS * CONTENT_SECRET_BLOCK]; /* the state points to it */
};

/* XXH3 with a secret of 192 bytes, each a keyed hash of the block's number, so that the secret tells nothing
 * of the key. */
static void make_secret(const struct ledger *ledger, struct content_sum *sum)
{
    for (unsigned char block = 0; block < CONTENT_SECRET_BLOCKS; block++) {
        unsigned char label[] = {'c', 'o', 'n', 't', 'e', 'n', 't', block};
        crypto_generichash(sum->secret + block * CONTENT_SECRET_BLOCK, CONTENT_SECRET_BLOCK, label,
                           sizeof label, ledger->key, sizeof ledger->key);
    }
}

struct content_sum *content_sum_new(const struct ledger *ledger)
{
    struct content_sum *sum = memory_new(1, sizeof *sum);
    sum->state = XXH3_createState();
    if (sum->state == NULL)
        abort(); /* out of memory */
    make_secret(ledger, sum);
    XXH3_128bits_reset_withSecret(sum->state, sum->secret, sizeof sum->secret);
    return sum;
}

void content_sum_free(struct content_sum *sum)
{
    if (sum == NULL)
        return;
    XXH3_freeState(sum->state);
    explicit_bzero(sum->secret, sizeof sum->secret);
    free(sum);
}

void content_sum_add(struct content_sum *sum, const void *bytes, size_t length)
{
    XXH3_128bits_update(sum->state, bytes, length);
}

struct content content_sum_value(const struct content_sum *sum)
{
    struct content content;
    XXH128_canonical_t canonical; /* the same bytes on every machine */
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(sum->state));
    memcpy(content.sum, canonical.digest, sizeof content.sum);
    return content;
}

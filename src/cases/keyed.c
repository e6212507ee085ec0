#include "cases/keyed.h"
#include <sodium.h>
#include <string.h>

void keyed_hash(const struct ledger *ledger, const char *purpose, const void *bytes, size_t length,
                struct keyed_bytes out)
{
    unsigned char personal[crypto_generichash_blake2b_PERSONALBYTES] = {0};
    memcpy(personal, purpose, strnlen(purpose, sizeof personal));
    crypto_generichash_blake2b_salt_personal(out.bytes, out.length, bytes, length, ledger->key,
                                             sizeof ledger->key, NULL, personal);
}

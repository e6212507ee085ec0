#include "ledger/pseudonym.h"
#include <sodium.h>

struct pseudonym pseudonym_of(const struct ledger *ledger, const char *reporter, size_t length)
{
    struct pseudonym pseudonym; /* BLAKE2b, keyed (RFC 7693) */
    crypto_generichash(pseudonym.bytes, sizeof pseudonym.bytes, (const unsigned char *)reporter, length,
                       ledger->key, sizeof ledger->key);
    return pseudonym;
}

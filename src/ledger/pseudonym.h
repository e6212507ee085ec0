/* pseudonym: what is kept of a reporter. The same reporter has the same pseudonym in one ledger, and another
 * in any other; nobody without reporter.key can tell whose it is, not even by trying names. */
#pragma once
#include "ledger/ledger.h"
#include <stddef.h>

struct pseudonym {
    unsigned char bytes[16];
};
struct pseudonym pseudonym_of(const struct ledger *ledger, const char *reporter, size_t length);

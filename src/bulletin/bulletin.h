/* bulletin: one month of a ledger, in one language, as a folder. */
#pragma once
#include "base/fault.h"
#include "ledger/ledger.h"
#include "tally/figures.h"
#include <stdbool.h>

struct bulletin_order {
    const char *language; /* words_open() has chosen it */
    const char
        *out; /* NULL: ledger/bulletins/YYYY-MM, with .LANG behind for another language than the ledger's */
};

/* Writes the bulletin of figures already tallied. `path` (PATH_MAX bytes) tells where it stands. */
bool bulletin_write(const struct ledger *ledger, const struct figures *figures, struct bulletin_order order,
                    char *path, struct fault *fault);

/* account_live: the account of a live interface: what was read adds up as a file's does; beside it, what
 * never came to be read. */
#pragma once
#include "observe/account.h"

struct account_live {
    const char *interface;
    uint64_t arrived;                    /* what the kernel let through: read, lost or dropped by it */
    uint64_t dropped, dropped_interface; /* by the kernel, by the interface: not among packets read */
    uint64_t lost;                       /* read, and then there was no room to keep them: not in `sum` */
    uint64_t journals;                   /* each counts its sources by itself */
};
void account_live_text(const struct account *sum, const struct account_live *live, struct text *out);
void account_live_json(const struct account *sum, const struct account_live *live, bool one_line,
                       struct text *out);

/* myjvn_status: the <status:Status> that ends every answer of the MyJVN API (status_3.3.xsd): whether it was
 * answered, and which part of how much this is. */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>
#include <stdint.h>

struct myjvn_status {
    bool there;                      /* the document has one */
    uint64_t total, returned, first; /* totalRes, totalResRet, firstRes */
};
/* A status that tells an error (retCd other than 0) is a fault with its words, tamed. */
bool myjvn_status_read(const char *name, const struct text *bytes, struct myjvn_status *status,
                       struct fault *fault);

/* Paging: what has been had so far, and what one more answer makes of it. */
struct myjvn_pages {
    uint64_t total, had; /* total: as the first answer promised */
    unsigned asked;
};
enum myjvn_page {
    MYJVN_MORE,
    MYJVN_ALL,
    MYJVN_CHANGED /* the total is another one than before: to be read again from the beginning */
};
/* `entries` is what the answer truly holds. A fault where the figures cannot be true: another first entry
 * than asked for, more entries than promised, none while more are promised. */
bool myjvn_pages_next(struct myjvn_pages *pages, const struct myjvn_status *status, uint64_t entries,
                      enum myjvn_page *page, struct fault *fault);

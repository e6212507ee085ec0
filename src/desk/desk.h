/* desk: what lives as long as one of the desk's processes and is shared by its threads. Nothing in it changes
 * once it is made; the taker looks after itself. */
#pragma once
#include "cases/taker.h"

enum serve_which { SERVE_PUBLIC, SERVE_STAFF };
struct desk {
    char *path; /* of the ledger */
    enum serve_which which;
    struct taker *taker;
    struct tries *tries;      /* desk/tries.h; looks after itself, too */
    const struct page *pages; /* desk/pages.c; tests have their own */
};

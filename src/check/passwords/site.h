/* site: where one logs in, as an address says it. */
#pragma once
#include "base/arena.h"
#include <stdbool.h>

struct site {
    const char *host; /* small letters, without "www.", port and final dot: "login.example.jp"; "" where the
                         address tells none */
    const char *own;  /* its part that somebody has registered: "example.jp"; all of it where there is none */
    bool insecure;    /* http:// to a host of the Internet */
};

/* Strings are `arena`'s. An app's address (android://...@jp.example.shop/) is that of who made it:
 * "shop.example.jp". */
struct site site_of(const char *address, struct arena *arena);

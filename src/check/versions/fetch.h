/* fetch: what lies at an address, fetched over http or https, and kept with the day it was fetched on. The
 * only place where a check goes to the network.
 *
 * One request at a time, at most one a day for the same address: what was fetched today already is taken from
 * where it is kept. An older copy makes the request conditional (ETag, Last-Modified), and stands in where
 * fetching fails. Redirects are few and never lead from https to http; certificates are checked; nothing is
 * sent but the request. */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/text.h"
#include "check/versions/fetch_address.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FETCH_REQUESTS_MOST = 400, FETCH_REDIRECTS_MOST = 5, FETCH_BYTES_MOST = 256 << 20 };

struct fetched {
    struct text bytes;
    int32_t day; /* on which its server last said that this is it */
    bool fresh;  /* fetched now, and not kept yet */
    char etag[256], modified[64];
};
void fetched_init(struct fetched *fetched);
void fetched_clear(struct fetched *fetched);

/* What a person should know of it afterwards. */
struct fetch_account {
    unsigned requests;
    unsigned stale;   /* answers that are kept copies because fetching failed */
    int32_t oldest;   /* the oldest of them */
    struct fault why; /* why the first of them could not be fetched */
    bool unkept;      /* something could not be kept */
    struct fault unkept_why;
};

struct fetch;
/* `today` as base/calendar.h counts days. */
struct fetch *fetch_new(int32_t today, struct fault *fault);
void fetch_free(struct fetch *fetch);
OWNED_TYPE(fetch_free, struct fetch)
const struct fetch_account *fetch_account(const struct fetch *fetch);

/* False where there is neither an answer nor a kept copy. Once three requests have failed nothing more is
 * asked for: what follows is what was kept. */
bool fetch_get(struct fetch *fetch, const char *address, struct fetched *fetched, struct fault *fault);
/* The answer could not be understood (`why`): what was kept instead, or false. */
bool fetch_fall_back(struct fetch *fetch, const char *address, struct fetched *fetched,
                     const struct fault *why);
/* It was understood: kept from now on. */
void fetch_keep(struct fetch *fetch, const char *address, const struct fetched *fetched);

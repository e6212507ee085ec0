/* feed_fetch: what lies at an address, among the feeds, and what a person should know of how it came. */
#pragma once
#include "check/versions/feed.h"
#include "check/versions/feed_add.h"
#include "check/versions/fetch.h"

/* Where the answer cannot be understood, what was kept is gone by. `as` is what findings call it, and whether
 * it is an answer (feed_add.h); its day comes from here. */
bool feed_fetch(struct feeds *feeds, struct fetch *fetch, const char *address, struct feed_origin as,
                struct fault *fault);
/* After the last one: one sentence where copies were gone by, one where nothing could be kept. */
void feed_fetch_say(const struct fetch *fetch, const char *where, struct findings *findings);

/* Unpacks what was fetched, which may be packed by itself (.bz2 .xz .gz). */
bool feed_fetch_unpack(const char *address, const struct text *packed, struct text *bytes,
                       struct fault *fault);
/* Forgets the feeds from `count` on. */
void feeds_cut(struct feeds *feeds, size_t count);

/* feed_add: one document more among the feeds, by what it is. */
#pragma once
#include "check/versions/feed.h"

enum { FEEDS_MOST = 4096, FEED_BYTES_MOST = 256 << 20 };
static const uint64_t FEEDS_BYTES_MOST = 1ull << 30; /* all of them together */

struct feed_origin {
    const char *name;
    int32_t today;
    int32_t day;   /* of the file, or that it was fetched on; INT32_MIN: not known */
    bool answered; /* `day` is when it was asked for: what the answer holds was right then, however long
                      ago it was written */
};
/* Takes over `bytes`, also where it is a fault. An answer of the MyJVN API gives a feed for each document in
 * it. */
bool feed_add(struct feeds *feeds, const struct feed_origin *origin, struct text *bytes, struct fault *fault);

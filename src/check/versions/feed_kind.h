/* feed_kind: what a document is, by its root element, and when it was written, by its own word. */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include "check/versions/feed.h"

struct feed_seen {
    enum feed_kind kind;
    int32_t written_day; /* INT32_MIN: it does not say */
};
/* Reads no further than it must. */
bool feed_kind_see(const char *name, const struct text *bytes, struct feed_seen *seen, struct fault *fault);

/* The day of "2011-11-08T14:30+09:00" and of "2011-11-08", as it is written there. */
bool feed_kind_day(const char *date, int32_t *day);

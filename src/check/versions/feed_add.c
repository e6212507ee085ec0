#include "check/versions/feed_add.h"
#include "base/memory.h"
#include "check/versions/feed_kind.h"
#include "check/versions/feed_result.h"
#include "check/versions/myjvn_status.h"
#include <stdlib.h>

/* A day that is yet to come is no age to go by: the feed, or this machine's clock, is wrong. */
static int32_t age_of(const struct feed_origin *origin, const struct feed_seen *seen)
{
    int32_t day = seen->written_day != INT32_MIN && !origin->answered ? seen->written_day : origin->day;
    if (day == INT32_MIN || day > origin->today + 1)
        return FINDING_NO_AGE;
    return day > origin->today ? 0 : origin->today - day;
}

static uint64_t bytes_of(const struct feeds *feeds)
{
    uint64_t all = 0;
    for (size_t i = 0; i < feeds->count; i++)
        all += feeds->items[i].bytes.length;
    return all;
}

static bool add_document(struct feeds *feeds, const struct feed_origin *origin, const struct feed_seen *seen,
                         struct text *bytes, struct fault *fault)
{
    if (feeds->count == FEEDS_MOST || bytes_of(feeds) + bytes->length > FEEDS_BYTES_MOST)
        return fault_set(fault, "%s: is too much (expected at most %d feeds of %llu bytes)", origin->name,
                         FEEDS_MOST, (unsigned long long)FEEDS_BYTES_MOST);
    feeds->items = memory_resize(feeds->items, feeds->count + 1, sizeof *feeds->items);
    feeds->items[feeds->count++] =
        (struct feed){seen->kind, memory_string(origin->name), *bytes, age_of(origin, seen)};
    *bytes = (struct text){.limit = bytes->limit};
    text_init(bytes, bytes->limit);
    return true;
}

struct inside {
    struct feeds *feeds;
    struct feed_origin origin;
};

static bool take_document(void *context, struct text *document, struct fault *fault)
{
    struct inside *inside = context;
    return feed_add(inside->feeds, &inside->origin, document, fault);
}

/* What an answer holds was asked for on the answer's day. */
static bool add_answer(struct feeds *feeds, const struct feed_origin *origin, const struct text *bytes,
                       struct fault *fault)
{
    struct inside inside = {feeds, *origin};
    size_t before = feeds->count;
    inside.origin.answered = true;
    struct feed_result_taker taker = {take_document, &inside};
    if (!feed_result_split(origin->name, bytes, FEED_BYTES_MOST, &taker, fault))
        return false;
    if (feeds->count == before)
        return fault_set(fault,
                         "%s: is an answer of the MyJVN API with nothing to judge by (expected OVAL "
                         "definitions or a benchmark in it)",
                         origin->name);
    return true;
}

bool feed_add(struct feeds *feeds, const struct feed_origin *origin, struct text *bytes, struct fault *fault)
{
    CLEANUP(text_clear) struct text owned = *bytes;
    struct feed_seen seen;
    struct myjvn_status status;
    text_init(bytes, bytes->limit);
    if (!feed_kind_see(origin->name, &owned, &seen, fault))
        return false;
    bool answer = seen.kind == FEED_MYJVN || seen.kind == FEED_JVNRSS || seen.kind == FEED_VULDEF;
    if (answer && !myjvn_status_read(origin->name, &owned, &status, fault))
        return false;
    if (seen.kind == FEED_MYJVN)
        return add_answer(feeds, origin, &owned, fault);
    return add_document(feeds, origin, &seen, &owned, fault);
}

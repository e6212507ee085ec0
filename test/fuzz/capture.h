/* capture: what the targets for whole files share: a file is counted, and counted again as it drips in byte
 * by byte, by two threads; both accounts add up and are the same. */
#pragma once
#include "base/memory.h"
#include "fuzz.h"
#include "observe/count.h"
#include <string.h>

struct drip {
    const uint8_t *at, *end;
};

static ptrdiff_t drip_read(void *state, unsigned char *out, size_t room, const char **why)
{
    struct drip *drip = state;
    (void)why;
    MUST(room > 0);
    if (drip->at == drip->end)
        return 0;
    *out = *drip->at++;
    return 1;
}

static struct source *drip_source(const uint8_t *bytes, size_t length)
{
    struct drip *drip = memory_new(1, sizeof *drip);
    *drip = (struct drip){bytes, bytes + length};
    return source_new((struct source_from){drip_read, free, drip});
}

/* One point that has half of all addresses, so that packets come, go, answer and pass by. */
static struct point_map *half_of_all(void)
{
    static struct point_watch watches[2] = {{.since = INT32_MIN, .until = INT32_MAX},
                                            {.since = INT32_MIN, .until = INT32_MAX}};
    struct points points = {.watches = watches, .watch_count = 2};
    MUST(network_parse("128.0.0.0/1", &watches[0].network) &&
         network_parse("2001::/16", &watches[1].network));
    return point_map_new(&points);
}

/* False where it is no capture, or is refused. */
static bool count(struct source *source, unsigned threads, struct account_file *file, uint64_t *rows)
{
    static struct point_map *map;
    static struct zone zone;
    struct fault fault;
    if (map == NULL) {
        map = half_of_all();
        MUST(zone_open(&zone, "Asia/Tokyo", &fault));
    }
    OWNED(capture_free) struct capture *capture = capture_new(source, "fuzz", &fault);
    if (capture == NULL)
        return false;
    OWNED(asked_free) struct asked *asked = asked_new();
    OWNED(fold_free) struct fold *fold = fold_new(threads);
    struct count counting = {map, &zone, asked, fold, threads};
    if (!count_packets(&counting, capture, file, &fault))
        return false;
    MUST(count_end(&file->account, fold, &fault));
    struct sighting row, before;
    for (*rows = 0; fold_next(fold, &row, 1) == 1; ++*rows, before = row) {
        MUST(row.accesses > 0 && row.first_s <= row.last_s);
        MUST(*rows == 0 || sighting_compare(&before, &row) < 0);
    }
    MUST(*rows == file->account.sources + file->account.backscatter_sources);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct account_file whole = {.name = "fuzz"}, dripped = {.name = "fuzz"};
    uint64_t whole_rows = 0, dripped_rows = 0;
    bool counted = count(source_over(bytes, length), 1, &whole, &whole_rows);
    if (length > 1 << 16)
        return 0; /* a byte at a time takes too long */
    MUST(counted == count(drip_source(bytes, length), 2, &dripped, &dripped_rows));
    MUST(whole_rows == dripped_rows && whole.broken == dripped.broken);
    MUST(memcmp(&whole.account, &dripped.account, sizeof whole.account) == 0);
    return 0;
}

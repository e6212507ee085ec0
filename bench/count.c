/* count: what counting alone costs: a capture's packets judged and folded into sightings, so that accesses
 * and distinct sources are known; nothing is sorted, and there is no ledger.
 *
 *     count THREADS FILE POINT...       # a point: addresses or CIDR blocks, with commas between */
#include "base/memory.h"
#include "base/number.h"
#include "observe/count.h"
#include <stdio.h>
#include <string.h>

static bool add_block(struct points *points, uint16_t point, const char *block, struct fault *fault)
{
    points->watches = memory_resize(points->watches, points->watch_count + 1, sizeof *points->watches);
    struct point_watch *watch = &points->watches[points->watch_count++];
    *watch = (struct point_watch){.point = point, .since = INT32_MIN, .until = INT32_MAX};
    if (!network_parse(block, &watch->network))
        return fault_set(fault, "'%s' is no address and no block (expected 192.0.2.0/24)", block);
    return true;
}

static bool take_points(struct points *points, int count, char **words, struct fault *fault)
{
    points->names = words;
    points->count = (size_t)count;
    for (int i = 0; i < count; i++)
        for (char *rest = words[i], *block; (block = strsep(&rest, ",")) != NULL;)
            if (!add_block(points, (uint16_t)i, block, fault))
                return false;
    return true;
}

static bool count_file(const char *name, const struct points *points, unsigned threads, struct fault *fault)
{
    struct zone zone;
    if (!zone_open(&zone, "UTC", fault))
        return false;
    struct source *source = source_open(name, fault);
    OWNED(capture_free) struct capture *capture = source == NULL ? NULL : capture_new(source, name, fault);
    if (capture == NULL)
        return false;
    OWNED(point_map_free) struct point_map *map = point_map_new(points);
    OWNED(asked_free) struct asked *asked = asked_new();
    OWNED(fold_free) struct fold *fold = fold_new(threads);
    struct count count = {map, &zone, asked, fold, threads};
    struct account_file file = {.name = name};
    if (!count_packets(&count, capture, &file, fault) || !count_end(&file.account, fold, fault))
        return false;
    printf("%llu packets, %llu sightings\n", (unsigned long long)file.account.packets,
           (unsigned long long)(file.account.sources + file.account.backscatter_sources));
    return true;
}

int main(int argc, char **argv)
{
    memory_keep();
    struct fault fault = {"usage: count THREADS FILE POINT..."};
    struct points points = {0};
    uint64_t threads = 0;
    bool counted = argc > 3 && number_parse(argv[1], strlen(argv[1]), 256, &threads) && threads > 0 &&
                   take_points(&points, argc - 3, argv + 3, &fault) &&
                   count_file(argv[2], &points, (unsigned)threads, &fault);
    free(points.watches);
    if (!counted)
        fprintf(stderr, "count: %s\n", fault.text);
    return counted ? 0 : 2;
}

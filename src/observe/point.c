/* point: IPv4 by a table of its top 16 bits, with two small tables of 8 bits below where a block is longer;
 * IPv6, which has few blocks, by binary search.
 *
 * A place is the number of a watch, from 1. Blocks are painted shortest prefix first: CIDR blocks nest or are
 * disjoint, so every cell of a block holds the same place before it is painted, and that one is remembered as
 * the watch's `under`. Following `under` therefore visits all watches that hold an address, and their days
 * tell which of them counts. */
#include "observe/point.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

static int by_prefix(const void *a, const void *b)
{
    const struct point_watch *x = *(const struct point_watch *const *)a,
                             *y = *(const struct point_watch *const *)b;
    if (x->network.prefix != y->network.prefix)
        return x->network.prefix < y->network.prefix ? -1 : 1;
    return address_compare(x->network.first, y->network.first);
}

/* The table below a cell; made of what the cell held, where there is none yet. */
static uint32_t open_below(struct point_map *map, uint32_t cell)
{
    if (cell & POINT_BELOW)
        return cell & ~POINT_BELOW;
    if (map->below_count == map->below_capacity) {
        map->below_capacity = map->below_capacity == 0 ? 16 : map->below_capacity * 2;
        map->below = memory_resize(map->below, map->below_capacity, sizeof *map->below);
    }
    for (int i = 0; i < 256; i++)
        map->below[map->below_count][i] = cell;
    return map->below_count++;
}

/* Paints `count` cells; returns what was there. */
static uint32_t paint(uint32_t *cells, uint32_t count, uint32_t place)
{
    uint32_t under = cells[0];
    for (uint32_t i = 0; i < count; i++)
        cells[i] = place;
    return under;
}

static uint32_t paint_ipv4(struct point_map *map, uint32_t first, int prefix, uint32_t place)
{
    if (prefix <= 16)
        return paint(&map->top[first >> 16], UINT32_C(1) << (16 - prefix), place);
    uint32_t middle = open_below(map, map->top[first >> 16]);
    map->top[first >> 16] = POINT_BELOW | middle;
    uint32_t at = first >> 8 & 0xff;
    if (prefix <= 24)
        return paint(&map->below[middle][at], UINT32_C(1) << (24 - prefix), place);
    uint32_t last = open_below(map, map->below[middle][at]);
    map->below[middle][at] = POINT_BELOW | last;
    return paint(&map->below[last][first & 0xff], UINT32_C(1) << (32 - prefix), place);
}

static int by_first(const void *a, const void *b)
{
    return address_compare(((const struct point_range *)a)->first, ((const struct point_range *)b)->first);
}

/* The address after a block's last; false where there is none. */
static bool address_after(struct network network, struct address *after)
{
    *after = network_last(network);
    after->low++;
    if (after->low == 0)
        after->high++;
    return after->low != 0 || after->high != 0;
}

/* Every IPv6 block begins a range and ends one; from the least address on. */
static void make_ranges(struct point_map *map, const struct points *points)
{
    map->ranges = memory_new(points->watch_count * 2 + 1, sizeof *map->ranges);
    size_t count = 1;
    for (size_t i = 0; i < points->watch_count; i++) {
        struct network network = points->watches[i].network;
        if (address_is_ipv4(network.first) && network.prefix >= 96)
            continue;
        map->ranges[count++].first = network.first;
        if (address_after(network, &map->ranges[count].first))
            count++;
    }
    qsort(map->ranges, count, sizeof *map->ranges, by_first);
    for (size_t i = 0; i < count; i++)
        if (map->range_count == 0 || by_first(&map->ranges[map->range_count - 1], &map->ranges[i]) != 0)
            map->ranges[map->range_count++] = map->ranges[i];
}

static size_t find_range(const struct point_map *map, struct address address)
{
    size_t low = 0, high = map->range_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (address_compare(map->ranges[middle].first, address) <= 0)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static uint32_t paint_ipv6(struct point_map *map, struct network network, uint32_t place)
{
    size_t at = find_range(map, network.first);
    uint32_t under = map->ranges[at].place;
    for (; at < map->range_count && network_holds(network, map->ranges[at].first); at++)
        map->ranges[at].place = place;
    return under;
}

static void paint_all(struct point_map *map, const struct points *points)
{
    OWNED_MEMORY const struct point_watch **order = memory_new(points->watch_count + 1, sizeof *order);
    for (size_t i = 0; i < points->watch_count; i++)
        order[i] = &points->watches[i];
    qsort(order, points->watch_count, sizeof *order, by_prefix);
    for (uint32_t i = 0; i < points->watch_count; i++) {
        const struct point_watch *watch = order[i];
        uint32_t place = i + 1;
        struct network network = watch->network;
        uint32_t under = address_is_ipv4(network.first) && network.prefix >= 96
                             ? paint_ipv4(map, address_ipv4(network.first), network.prefix - 96, place)
                             : paint_ipv6(map, network, place);
        map->watches[place] = (struct point_watcher){watch->since, watch->until, under, watch->point};
    }
}

struct point_map *point_map_new(const struct points *points)
{
    struct point_map *map = memory_new(1, sizeof *map);
    map->watches = memory_new(points->watch_count + 1, sizeof *map->watches);
    make_ranges(map, points);
    paint_all(map, points);
    for (size_t i = 0; i < 65536; i++)
        map->watched[i >> 6] |= (uint64_t)(map->top[i] != 0) << (i & 63);
    return map;
}

void point_map_free(struct point_map *map)
{
    if (map == NULL)
        return;
    free(map->below);
    free(map->ranges);
    free(map->watches);
    free(map);
}

uint32_t point_place(const struct point_map *map, struct address address)
{
    if (address_is_ipv4(address))
        return point_place_ipv4(map, address_ipv4(address));
    return map->ranges[find_range(map, address)].place;
}

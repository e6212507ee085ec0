/* point: which observation point an address belongs to on a day; fast, for every packet asks twice. */
#pragma once
#include "ledger/points.h"

enum { POINT_NONE = -1 };

struct point_map;
struct point_map *point_map_new(const struct points *points); /* `points` must stay */
void point_map_free(struct point_map *map);
OWNED_TYPE(point_map_free, struct point_map)

/* The blocks an address lies in, on whichever days they watch: 0 where it is nobody's. */
uint32_t point_place(const struct point_map *map, struct address address);
static inline uint32_t point_place_ipv4(const struct point_map *map, uint32_t address);
/* Of a place: the point that watches on that day, or POINT_NONE. */
static inline int point_on_day(const struct point_map *map, uint32_t place, int32_t day);

/* What follows is here so that the two become part of the loop that calls them. */

#define POINT_BELOW                                                                                          \
    UINT32_C(0x80000000) /* of a cell: the rest is the number of a table of 256 cells below                  \
                          */

struct point_range { /* of IPv6 addresses: from `first` up to the next range's first */
    struct address first;
    uint32_t place;
};

struct point_watcher {
    int32_t since, until;
    uint32_t under;
    int point;
};

struct point_map {
    uint64_t
        watched[1024]; /* of each block of 16 bits one bit, which fits the cache: is any of it a point's? */
    uint32_t top[65536];
    uint32_t (*below)[256];
    uint32_t below_count, below_capacity;
    struct point_range *ranges;
    size_t range_count;
    struct point_watcher *watches; /* by place; [0] is nobody */
};

static inline uint32_t point_place_ipv4(const struct point_map *map, uint32_t address)
{
    if (!(map->watched[address >> 22] >> (address >> 16 & 63) & 1))
        return 0;
    uint32_t cell = map->top[address >> 16];
    if (cell & POINT_BELOW)
        cell = map->below[cell & ~POINT_BELOW][address >> 8 & 0xff];
    if (cell & POINT_BELOW)
        cell = map->below[cell & ~POINT_BELOW][address & 0xff];
    return cell;
}

static inline int point_on_day(const struct point_map *map, uint32_t place, int32_t day)
{
    for (; place != 0; place = map->watches[place].under) {
        const struct point_watcher *watch = &map->watches[place];
        if (watch->since <= day && day <= watch->until)
            return watch->point;
    }
    return POINT_NONE;
}

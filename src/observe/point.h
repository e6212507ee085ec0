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
uint32_t point_place_ipv4(const struct point_map *map, uint32_t address);
/* Of a place: the point that watches on that day, or POINT_NONE. */
int point_on_day(const struct point_map *map, uint32_t place, int32_t day);

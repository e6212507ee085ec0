/* points: the ten observation points of the demo, on documentation addresses (RFC 5737, RFC 3849). */
#pragma once
#include "base/address.h"
#include "demo/dice.h"

struct demo_point {
    const char *name;
    const char *networks[2]; /* as `mimamori point add` takes them; NULL: no second */
    uint32_t ipv4;           /* the first address, and how many lie beside it */
    uint32_t ipv4_count;
    uint64_t ipv6_high; /* 0: has no IPv6 */
    bool ipv6_block;    /* any address of that /64; else ::5 alone */
};
extern const struct demo_point demo_points[];

struct address point_ipv4(size_t point, struct dice *dice);
struct address point_ipv6(size_t point, struct dice *dice); /* only where it has one */
/* Writes FOLDER/points.txt: a name and its networks a line. */
void points_write(const char *folder);

#include "demo/points.h"
#include "demo/published.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct demo_point demo_points[DEMO_POINTS] = {
    {"sapporo", {"192.0.2.10", NULL}, 0xc000020a, 1, 0, false},
    {"sendai", {"192.0.2.20", NULL}, 0xc0000214, 1, 0, false},
    {"tokyo-1", {"192.0.2.64/28", "2001:db8:100::/64"}, 0xc0000240, 16, UINT64_C(0x20010db801000000), true},
    {"tokyo-2", {"198.51.100.7", NULL}, 0xc6336407, 1, 0, false},
    {"yokohama", {"198.51.100.33", NULL}, 0xc6336421, 1, 0, false},
    {"nagoya", {"198.51.100.128/30", "2001:db8:200::/64"}, 0xc6336480, 4, UINT64_C(0x20010db802000000), true},
    {"osaka", {"203.0.113.5", NULL}, 0xcb007105, 1, 0, false},
    {"hiroshima", {"203.0.113.66", NULL}, 0xcb007142, 1, 0, false},
    {"fukuoka", {"203.0.113.130", "2001:db8:300::5"}, 0xcb007182, 1, UINT64_C(0x20010db803000000), false},
    {"naha", {"203.0.113.200", NULL}, 0xcb0071c8, 1, 0, false},
};

struct address point_ipv4(size_t point, struct dice *dice)
{
    const struct demo_point *at = &demo_points[point];
    /* of a block neither the first nor the last, which may be a subnet's own */
    uint32_t beside = at->ipv4_count == 1 ? 0 : 1 + dice_below(dice, at->ipv4_count - 2);
    return address_from_ipv4(at->ipv4 + beside);
}

struct address point_ipv6(size_t point, struct dice *dice)
{
    const struct demo_point *at = &demo_points[point];
    return (struct address){at->ipv6_high, at->ipv6_block ? dice_next(dice) | 1 : 5};
}

void points_write(const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/points.txt", folder);
    FILE *file = fopen(path, "w");
    for (size_t i = 0; file != NULL && i < DEMO_POINTS; i++) {
        const struct demo_point *point = &demo_points[i];
        fprintf(file, "%s %s%s%s\n", point->name, point->networks[0], point->networks[1] == NULL ? "" : " ",
                point->networks[1] == NULL ? "" : point->networks[1]);
    }
    if (file == NULL || fclose(file) != 0) {
        fprintf(stderr, "make-demo: cannot write '%s': %s\n", path, strerror(errno));
        exit(2);
    }
}

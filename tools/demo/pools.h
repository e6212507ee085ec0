/* pools: source addresses by country, chosen by looking thrown addresses up in the country database. */
#pragma once
#include "base/address.h"
#include "demo/dice.h"
#include <stddef.h>

enum { POOLS_MOST = 24 };

struct pool {
    const char *country; /* "ZZ": addresses that have none */
    struct address *ipv4, *ipv6;
    size_t ipv4_count, ipv6_count;
};
struct pools {
    struct pool pools[POOLS_MOST];
    size_t count;
};

void pools_make(struct pools *pools, const char *database); /* exits where there is no such database */
void pools_clear(struct pools *pools);
/* An address as most scanners come, or as those of 8909/tcp do (from China and the United States mainly). */
struct address pools_pick(const struct pools *pools, struct dice *dice, bool proxy_hunters, bool ipv6);
/* One of a few servers in Japan that points ask; they never come as a source of their own. */
struct address pools_server(const struct pools *pools, struct dice *dice, bool ipv6);

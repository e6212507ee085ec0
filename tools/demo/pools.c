#include "demo/pools.h"
#include "base/memory.h"
#include <arpa/inet.h>
#include <maxminddb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THROWS_IPV4 = 300000, THROWS_IPV6 = 40000, POOL_MOST = 6000, SERVERS = 8 };

/* How often each country is met: by most scanners, and by those who look for open proxies on 8909/tcp. */
static const struct {
    const char *country;
    uint32_t weight, hunters_weight;
} countries[] = {
    {"CN", 260, 620}, {"US", 170, 310}, {"JP", 110, 2}, {"TW", 80, 26}, {"KR", 60, 14}, {"RU", 60, 2},
    {"BR", 46, 0},    {"IN", 40, 2},    {"DE", 38, 2},  {"VN", 28, 6},  {"TH", 26, 4},  {"TR", 22, 0},
    {"NL", 22, 2},    {"GB", 20, 0},    {"FR", 20, 0},  {"UA", 16, 2},  {"PL", 14, 0},  {"IT", 12, 0},
    {"HK", 12, 8},    {"ID", 10, 0},    {"ZZ", 4, 0},
};
enum { COUNTRIES = sizeof countries / sizeof *countries };

static const struct pool *pool_of(const struct pools *pools, const char *country)
{
    for (size_t i = 0; i < pools->count; i++) {
        if (strncmp(pools->pools[i].country, country, 2) == 0)
            return &pools->pools[i];
    }
    return NULL;
}

/* The two letters the database has for an address; false where it has none. */
static bool country_of(MMDB_s *database, struct address address, char country[3])
{
    struct sockaddr_in ipv4 = {.sin_family = AF_INET};
    struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6};
    struct sockaddr *socket_address = (struct sockaddr *)&ipv6;
    if (address_is_ipv4(address)) {
        ipv4.sin_addr.s_addr = htonl(address_ipv4(address));
        socket_address = (struct sockaddr *)&ipv4;
    } else {
        for (int i = 0; i < 8; i++) {
            ipv6.sin6_addr.s6_addr[i] = (uint8_t)(address.high >> (56 - 8 * i));
            ipv6.sin6_addr.s6_addr[8 + i] = (uint8_t)(address.low >> (56 - 8 * i));
        }
    }
    int error = MMDB_SUCCESS;
    MMDB_lookup_result_s found = MMDB_lookup_sockaddr(database, socket_address, &error);
    MMDB_entry_data_s data;
    if (error != MMDB_SUCCESS || !found.found_entry ||
        MMDB_get_value(&found.entry, &data, "country_code", NULL) != MMDB_SUCCESS || !data.has_data ||
        data.data_size != 2)
        return false;
    memcpy(country, data.utf8_string, 2);
    country[2] = '\0';
    return true;
}

static struct address throw_ipv6(struct dice *dice)
{
    /* the first 16 bits of blocks in use in Asia, America and Europe */
    static const uint16_t beginnings[] = {0x2001, 0x2400, 0x2401, 0x2402, 0x2404, 0x2406, 0x2408,
                                          0x240e, 0x2600, 0x2601, 0x2604, 0x2607, 0x2804, 0x2a02};
    uint64_t high = dice_next(dice), low = dice_next(dice);
    return (struct address){(uint64_t)beginnings[dice_below(dice, 14)] << 48 | (high & 0xffffffff) << 16 | 1,
                            low | 1};
}

static void keep(struct pools *pools, MMDB_s *database, struct address address)
{
    char country[3];
    if (address_is_special(address) || !country_of(database, address, country))
        return;
    struct pool *pool = (struct pool *)pool_of(pools, country);
    if (pool == NULL)
        return;
    if (address_is_ipv4(address) && pool->ipv4_count < POOL_MOST)
        pool->ipv4[pool->ipv4_count++] = address;
    if (!address_is_ipv4(address) && pool->ipv6_count < POOL_MOST)
        pool->ipv6[pool->ipv6_count++] = address;
}

/* Forged sources from private networks: the country data must not be asked about them (RFC 6890). */
static void keep_private(struct pool *pool, struct dice *dice)
{
    for (int i = 0; i < 400; i++) {
        uint32_t value = dice_chance(dice, 1, 2) ? 0x0a000000 | dice_below(dice, 1 << 24)
                                                 : 0xc0a80000 | dice_below(dice, 1 << 16);
        pool->ipv4[pool->ipv4_count++] = address_from_ipv4(value);
    }
}

void pools_make(struct pools *pools, const char *path)
{
    MMDB_s database;
    if (MMDB_open(path, MMDB_MODE_MMAP, &database) != MMDB_SUCCESS) {
        fprintf(stderr, "make-demo: cannot read '%s' (expected a country database)\n", path);
        exit(2);
    }
    pools->count = COUNTRIES;
    for (size_t i = 0; i < COUNTRIES; i++)
        pools->pools[i] = (struct pool){countries[i].country, memory_new(POOL_MOST, sizeof(struct address)),
                                        memory_new(POOL_MOST, sizeof(struct address)), 0, 0};
    struct dice dice = dice_for("pools", 0);
    for (int i = 0; i < THROWS_IPV4; i++)
        keep(pools, &database, address_from_ipv4((uint32_t)dice_next(&dice)));
    for (int i = 0; i < THROWS_IPV6; i++)
        keep(pools, &database, throw_ipv6(&dice));
    keep_private(&pools->pools[COUNTRIES - 1], &dice);
    MMDB_close(&database);
}

void pools_clear(struct pools *pools)
{
    for (size_t i = 0; i < pools->count; i++) {
        free(pools->pools[i].ipv4);
        free(pools->pools[i].ipv6);
    }
}

struct address pools_pick(const struct pools *pools, struct dice *dice, bool proxy_hunters, bool ipv6)
{
    uint32_t weights[COUNTRIES];
    for (size_t i = 0; i < COUNTRIES; i++)
        weights[i] = proxy_hunters ? countries[i].hunters_weight : countries[i].weight;
    do {
        const struct pool *pool = &pools->pools[dice_pick(dice, weights, COUNTRIES)];
        size_t count = ipv6 ? pool->ipv6_count : pool->ipv4_count;
        size_t kept_apart = strcmp(pool->country, "JP") == 0 ? SERVERS : 0;
        if (count > kept_apart)
            return (ipv6 ? pool->ipv6
                         : pool->ipv4)[kept_apart + dice_below(dice, (uint32_t)(count - kept_apart))];
    } while (true);
}

struct address pools_server(const struct pools *pools, struct dice *dice, bool ipv6)
{
    const struct pool *japan = pool_of(pools, "JP");
    return (ipv6 ? japan->ipv6 : japan->ipv4)[dice_below(dice, SERVERS)];
}

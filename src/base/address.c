#include "base/address.h"

#include "base/number.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

struct address address_from_ipv6(const unsigned char bytes[16])
{
    struct address address = {0, 0};
    for (int i = 0; i < 8; i++) {
        address.high = address.high << 8 | bytes[i];
        address.low = address.low << 8 | bytes[i + 8];
    }
    return address;
}

bool address_parse(const char *string, struct address *address)
{
    unsigned char bytes[16];
    struct in_addr ipv4;
    if (inet_pton(AF_INET, string, &ipv4) == 1) {
        *address = address_from_ipv4(ntohl(ipv4.s_addr));
        return true;
    }
    if (inet_pton(AF_INET6, string, bytes) != 1)
        return false;
    *address = address_from_ipv6(bytes);
    return true;
}

void address_text(char out[ADDRESS_TEXT_SIZE], struct address address)
{
    if (address_is_ipv4(address)) {
        struct in_addr ipv4 = {htonl(address_ipv4(address))};
        inet_ntop(AF_INET, &ipv4, out, ADDRESS_TEXT_SIZE);
        return;
    }
    unsigned char bytes[16];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)(address.high >> (56 - 8 * i));
        bytes[i + 8] = (unsigned char)(address.low >> (56 - 8 * i));
    }
    inet_ntop(AF_INET6, bytes, out, ADDRESS_TEXT_SIZE);
}

/* The bits of a prefix, 0 to 128, as an address. */
static struct address mask(uint8_t prefix)
{
    if (prefix == 0)
        return (struct address){0, 0};
    if (prefix <= 64)
        return (struct address){UINT64_MAX << (64 - prefix), 0};
    return (struct address){UINT64_MAX, UINT64_MAX << (128 - prefix)};
}

bool network_holds(struct network network, struct address address)
{
    struct address bits = mask(network.prefix);
    return ((address.high ^ network.first.high) & bits.high) == 0 &&
           ((address.low ^ network.first.low) & bits.low) == 0;
}

bool network_overlaps(struct network a, struct network b)
{
    return a.prefix <= b.prefix ? network_holds(a, b.first) : network_holds(b, a.first);
}

struct address network_last(struct network network)
{
    struct address bits = mask(network.prefix);
    return (struct address){network.first.high | ~bits.high, network.first.low | ~bits.low};
}

bool network_parse(const char *string, struct network *network)
{
    char bare[ADDRESS_TEXT_SIZE] = "";
    const char *slash = strchr(string, '/');
    size_t length = slash != NULL ? (size_t)(slash - string) : strlen(string);
    struct network parsed = {.prefix = 128};
    if (length >= sizeof bare)
        return false;
    memcpy(bare, string, length);
    if (!address_parse(bare, &parsed.first))
        return false;
    if (slash != NULL) {
        /* "10.0.0.0/8" counts its own 32 bits, "::ffff:10.0.0.0/104" all 128 */
        uint64_t offset = strchr(bare, ':') == NULL ? 96 : 0, prefix;
        if (strlen(slash + 1) > 3 || !number_parse(slash + 1, strlen(slash + 1), 128 - offset, &prefix))
            return false;
        parsed.prefix = (uint8_t)(prefix + offset);
    }
    struct address bits = mask(parsed.prefix);
    if ((parsed.first.high & ~bits.high) != 0 || (parsed.first.low & ~bits.low) != 0)
        return false;
    *network = parsed;
    return true;
}

void network_text(char out[NETWORK_TEXT_SIZE], struct network network)
{
    char first[ADDRESS_TEXT_SIZE];
    bool ipv4 = address_is_ipv4(network.first) && network.prefix >= 96;
    address_text(first, network.first);
    snprintf(out, NETWORK_TEXT_SIZE, "%s/%d", first, ipv4 ? network.prefix - 96 : network.prefix);
}

#define IPV4(a, b, c, d, bits)                                                                               \
    {                                                                                                        \
        {0, UINT64_C(0xffff00000000) | (uint64_t)(a) << 24 | (b) << 16 | (c) << 8 | (d)}, 96 + (bits)        \
    }
#define IPV6(high, low, bits)                                                                                \
    {                                                                                                        \
        {UINT64_C(high), UINT64_C(low)}, bits                                                                \
    }

/* IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and what was added since). */
static const struct network special[] = {
    IPV4(0, 0, 0, 0, 8),             /* this network, RFC 791 */
    IPV4(10, 0, 0, 0, 8),            /* private, RFC 1918 */
    IPV4(100, 64, 0, 0, 10),         /* carriers' shared space, RFC 6598 */
    IPV4(127, 0, 0, 0, 8),           /* loopback, RFC 1122 */
    IPV4(169, 254, 0, 0, 16),        /* link local, RFC 3927 */
    IPV4(172, 16, 0, 0, 12),         /* private */
    IPV4(192, 0, 0, 0, 24),          /* protocol assignments, RFC 6890 */
    IPV4(192, 0, 2, 0, 24),          /* documentation, RFC 5737 */
    IPV4(192, 31, 196, 0, 24),       /* AS112, RFC 7535 */
    IPV4(192, 52, 193, 0, 24),       /* AMT, RFC 7450 */
    IPV4(192, 88, 99, 0, 24),        /* 6to4 relays, RFC 7526 */
    IPV4(192, 168, 0, 0, 16),        /* private */
    IPV4(192, 175, 48, 0, 24),       /* AS112, RFC 7534 */
    IPV4(198, 18, 0, 0, 15),         /* benchmarks, RFC 2544 */
    IPV4(198, 51, 100, 0, 24),       /* documentation */
    IPV4(203, 0, 113, 0, 24),        /* documentation */
    IPV4(224, 0, 0, 0, 4),           /* multicast, RFC 5771 */
    IPV4(240, 0, 0, 0, 4),           /* class E and limited broadcast, RFC 1112 and 919 */
    IPV6(0, 0, 128),                 /* unspecified, RFC 4291 */
    IPV6(0, 1, 128),                 /* loopback, RFC 4291 */
    IPV6(0x64ff9b00000000, 0, 96),   /* translation, RFC 6052 */
    IPV6(0x64ff9b00010000, 0, 48),   /* translation, RFC 8215 */
    IPV6(0x0100000000000000, 0, 64), /* discard only, RFC 6666 */
    IPV6(0x0100000000000001, 0, 64), /* dummy prefix, RFC 9780 */
    IPV6(0x2001000000000000, 0, 23), /* protocol assignments, RFC 2928: Teredo, ORCHID ... */
    IPV6(0x20010db800000000, 0, 32), /* documentation, RFC 3849 */
    IPV6(0x2002000000000000, 0, 16), /* 6to4, RFC 3056 */
    IPV6(0x2620004f80000000, 0, 48), /* AS112, RFC 7534 */
    IPV6(0x3fff000000000000, 0, 20), /* documentation, RFC 9637 */
    IPV6(0x5f00000000000000, 0, 16), /* segment routing, RFC 9602 */
    IPV6(0xfc00000000000000, 0, 7),  /* unique local, RFC 4193 */
    IPV6(0xfe80000000000000, 0, 10), /* link local, RFC 4291 */
    IPV6(0xff00000000000000, 0, 8),  /* multicast, RFC 4291 */
};

/* First octets that any special IPv4 block has; all others are told in one step. */
static bool may_be_special(uint32_t ipv4)
{
    switch (ipv4 >> 24) {
    case 0:
    case 10:
    case 100:
    case 127:
    case 169:
    case 172:
    case 192:
    case 198:
    case 203:
        return true;
    }
    return ipv4 >> 29 == 7; /* multicast and class E */
}

bool address_is_special(struct address address)
{
    if (address_is_ipv4(address) && !may_be_special(address_ipv4(address)))
        return false;
    for (size_t i = 0; i < sizeof special / sizeof special[0]; i++) {
        if (network_holds(special[i], address))
            return true;
    }
    return false;
}

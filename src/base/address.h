/* address: IPv4 and IPv6 addresses as one 128-bit number; an IPv4 address is its mapped form ::ffff:a.b.c.d
 * (RFC 4291 section 2.5.5.2), so that one order and one comparison hold for both. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct address {
    uint64_t high, low; /* host order */
};

static inline struct address address_from_ipv4(uint32_t value)
{
    return (struct address){0, UINT64_C(0xffff00000000) | value};
}
static inline bool address_is_ipv4(struct address address)
{
    return address.high == 0 && address.low >> 32 == 0xffff;
}
static inline uint32_t address_ipv4(struct address address)
{
    return (uint32_t)address.low;
}
static inline bool address_equal(struct address a, struct address b)
{
    return a.high == b.high && a.low == b.low;
}
static inline int address_compare(struct address a, struct address b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return a.low == b.low ? 0 : a.low < b.low ? -1 : 1;
}
struct address address_from_ipv6(const unsigned char bytes[16]); /* network order */

#define ADDRESS_TEXT_SIZE 46
bool address_parse(const char *string, struct address *address);
void address_text(char out[ADDRESS_TEXT_SIZE], struct address address); /* RFC 5952; IPv4 dotted */

/* Special-purpose (RFC 6890 and the IANA registries), multicast and class E: has no country. */
bool address_is_special(struct address address);

/* A CIDR block; a bare address is a block of one. `prefix` is in the 128-bit space (IPv4 /24 is 120). */
struct network {
    struct address first;
    uint8_t prefix;
};
#define NETWORK_TEXT_SIZE 50
bool network_parse(const char *string, struct network *network); /* false also where host bits are set */
void network_text(char out[NETWORK_TEXT_SIZE], struct network network);
bool network_holds(struct network network, struct address address);
bool network_overlaps(struct network a, struct network b);
struct address network_last(struct network network);

/* wire: IP packets as they go over a line, with lengths and checksums (RFC 791, 8200, 9293, 768, 792, 4443).
 */
#pragma once
#include "base/address.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WIRE_MOST = 600 };
enum { WIRE_ICMP = 1, WIRE_TCP = 6, WIRE_UDP = 17, WIRE_GRE = 47, WIRE_ICMP6 = 58 };
enum { TCP_FIN = 1, TCP_SYN = 2, TCP_RST = 4, TCP_PUSH = 8, TCP_ACK = 16, TCP_URG = 32 };

struct wire {
    struct address source, destination;
    size_t length;
    size_t transport; /* where the header behind IP's begins */
    uint8_t number;   /* IP protocol */
    uint8_t bytes[WIRE_MOST];
};

/* Where a TCP or UDP packet comes from and goes to. */
struct wire_ends {
    struct address source, destination;
    uint16_t source_port, destination_port;
};

/* Both addresses of one family. `options`: IPv6 gets a hop-by-hop and a destination options header (RFC
 * 8200 4.3). */
void wire_begin(struct wire *wire, struct address source, struct address destination, uint8_t number,
                int options);
void wire_put(struct wire *wire, uint32_t value, int bytes); /* network order */
void wire_fill(struct wire *wire, size_t count);             /* text of no meaning */
void wire_end(struct wire *wire);                            /* lengths and checksums */

void wire_tcp(struct wire *wire, const struct wire_ends *ends, uint8_t flags, int options);
void wire_udp(struct wire *wire, const struct wire_ends *ends, size_t payload, int options);
/* An echo or another question of ICMP or ICMPv6, or its answer. */
struct wire_icmp {
    struct address source, destination;
    uint8_t type, code;
    uint16_t identifier, sequence;
};
void wire_icmp(struct wire *wire, const struct wire_icmp *icmp);
/* An error from `source` that quotes the beginning of `quoted`, which its source gets back. */
void wire_icmp_error(struct wire *wire, struct address source, uint8_t type, uint8_t code,
                     const struct wire *quoted);
/* Cuts an IPv4 packet in two fragments at `keep` bytes behind IP's header, a multiple of 8. */
void wire_fragment(const struct wire *whole, size_t keep, struct wire *first, struct wire *later);

/* transport: ports, flags and ICMP types: the last that the counting rule looks at. */
#pragma once
#include "base/reader.h"
#include "observe/packet.h"

/* The reader stands behind the IP header; packet->protocol says what follows. `cut`: where the reader ends,
 * the capture does, not the packet. */
void transport_decode(struct reader *reader, bool cut, struct packet *packet);

/* enum packet_protocol of an IP protocol number. ICMP is IPv4's, ICMPv6 is IPv6's: crossed over they are no
 * ICMP. */
uint8_t transport_protocol(uint8_t number, bool ipv6);

/* ICMP and ICMPv6 (icmp.c). */
void icmp_decode(struct reader *reader, bool cut, struct packet *packet);

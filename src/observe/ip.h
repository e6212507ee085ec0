/* ip: IPv4 and IPv6 headers, down to the transport layer's first byte. */
#pragma once
#include "base/reader.h"
#include "observe/packet.h"

/* The reader stands at the version. They set the packet's addresses and go on to transport_decode(). */
void ip4_decode(struct reader *reader, struct packet *packet);
void ip6_decode(struct reader *reader, struct packet *packet);

/* What an IP header says. */
struct ip_header {
    struct address source, destination;
    uint8_t number;   /* IP protocol number, after IPv6's extension headers */
    uint8_t protocol; /* enum packet_protocol */
    bool later;       /* a fragment that is not the first */
    bool cut;         /* the bytes captured end before the packet does */
    bool bad;         /* contradicts itself */
    bool addressed;   /* source and destination were read */
};
/* Takes the header; the reader then stands at the transport layer, and ends where the packet or its captured
 * bytes do, whichever is first. `short_read` of the reader: it came to that end within the header. */
struct ip_header ip4_header(struct reader *reader);
struct ip_header ip6_header(struct reader *reader);

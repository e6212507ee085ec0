/* transport: TCP (RFC 9293) and UDP (RFC 768); ICMP is in icmp.c; all else has no ports and is counted by its
 * number. */
#include "observe/transport.h"

enum { NUMBER_ICMP = 1, NUMBER_TCP = 6, NUMBER_UDP = 17, NUMBER_ICMP6 = 58 };

uint8_t transport_protocol(uint8_t number, bool ipv6)
{
    switch (number) {
    case NUMBER_TCP:
        return PACKET_TCP;
    case NUMBER_UDP:
        return PACKET_UDP;
    case NUMBER_ICMP:
        return ipv6 ? PACKET_IP : PACKET_ICMP;
    case NUMBER_ICMP6:
        return ipv6 ? PACKET_ICMP6 : PACKET_IP;
    }
    return PACKET_IP;
}

/* Up to the flags, in the fourteenth byte; what a port scanner writes in the rest is its own affair. */
static void decode_tcp(struct reader *reader, struct packet *packet)
{
    const unsigned char *b = reader_take(reader, 14);
    if (b == NULL)
        return;
    packet->source_port = (uint16_t)(b[0] << 8 | b[1]);
    packet->destination_port = (uint16_t)(b[2] << 8 | b[3]);
    packet->flags = b[13];
}

static void decode_udp(struct reader *reader, struct packet *packet)
{
    const unsigned char *b = reader_take(reader, 4);
    if (b == NULL)
        return;
    packet->source_port = (uint16_t)(b[0] << 8 | b[1]);
    packet->destination_port = (uint16_t)(b[2] << 8 | b[3]);
}

void transport_decode(struct reader *reader, bool cut, struct packet *packet)
{
    switch (packet->protocol) {
    case PACKET_TCP:
        decode_tcp(reader, packet);
        break;
    case PACKET_UDP:
        decode_udp(reader, packet);
        break;
    case PACKET_ICMP:
    case PACKET_ICMP6:
        icmp_decode(reader, cut, packet);
        break;
    }
    if (reader->short_read)
        packet->state = cut ? PACKET_CUT : PACKET_MALFORMED;
}

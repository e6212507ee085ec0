/* icmp: RFC 792, RFC 4443. The numbers are IANA's "ICMP Type Numbers" and "ICMPv6 Parameters". */
#include "observe/icmp.h"
#include "observe/ip.h"
#include "observe/transport.h"

/* Replies and the requests they answer. All carry an identifier behind the checksum. */
static const struct icmp_pair {
    uint8_t protocol, reply, request;
} pairs[] = {
    {PACKET_ICMP, 0, 8},      /* echo */
    {PACKET_ICMP, 14, 13},    /* timestamp */
    {PACKET_ICMP, 16, 15},    /* information */
    {PACKET_ICMP, 18, 17},    /* address mask, RFC 950 */
    {PACKET_ICMP, 43, 42},    /* extended echo, RFC 8335 */
    {PACKET_ICMP6, 129, 128}, /* echo */
    {PACKET_ICMP6, 161, 160}, /* extended echo, RFC 8335 */
};

static const struct icmp_pair *find_pair(uint8_t protocol, uint8_t type)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].protocol == protocol && pairs[i].reply == type)
            return &pairs[i];
    return NULL;
}

enum icmp_sense icmp_sense(uint8_t protocol, uint8_t type)
{
    if (find_pair(protocol, type) != NULL)
        return ICMP_REPLY;
    if (protocol == PACKET_ICMP6) {
        if (type >= 133 && type <= 137)
            return ICMP_HOUSEKEEPING;
        return type < 128 ? ICMP_ERROR : ICMP_REQUEST; /* RFC 4443 section 2.1 */
    }
    switch (type) {
    case 3:  /* destination unreachable */
    case 4:  /* source quench */
    case 5:  /* redirect */
    case 11: /* time exceeded */
    case 12: /* parameter problem */
        return ICMP_ERROR;
    }
    return ICMP_REQUEST;
}

uint8_t icmp_request(uint8_t protocol, uint8_t type)
{
    const struct icmp_pair *pair = find_pair(protocol, type);
    return pair == NULL ? type : pair->request;
}

/* The quoted packet's ports, as far as eight bytes of it go (RFC 792; more by RFC 1812 section 4.3.2.3). */
static void decode_quoted_ports(struct reader *reader, struct packet_quote *quote)
{
    if (quote->protocol == PACKET_IP) {
        quote->present = true;
        return;
    }
    if (quote->protocol == PACKET_TCP || quote->protocol == PACKET_UDP) {
        quote->source_port = reader_u16(reader);
        quote->destination_port = reader_u16(reader);
    } else {
        quote->icmp_type = reader_u8(reader);
        reader_take(reader, 3);
        quote->source_port = reader_u16(reader);
    }
    quote->present = !reader->short_read;
}

static void decode_quote(struct reader *reader, uint8_t protocol, struct packet_quote *quote)
{
    struct ip_header header = protocol == PACKET_ICMP ? ip4_header(reader) : ip6_header(reader);
    if (reader->short_read || header.bad || header.later)
        return;
    quote->source = header.source;
    quote->destination = header.destination;
    quote->number = header.number;
    quote->protocol = header.protocol;
    decode_quoted_ports(reader, quote);
}

void icmp_decode(struct reader *reader, bool cut, struct packet *packet)
{
    packet->icmp_type = reader_u8(reader);
    packet->icmp_code = reader_u8(reader);
    if (reader->short_read)
        return;
    reader_take(reader, 2); /* checksum */
    struct reader after = *reader;
    packet->icmp_identifier = reader_u16(&after);
    packet->identified = !after.short_read;
    enum icmp_sense sense = icmp_sense(packet->protocol, packet->icmp_type);
    if (sense == ICMP_ERROR) {
        reader_take(reader, 4); /* unused, a pointer, an MTU or an address */
        decode_quote(reader, packet->protocol, &packet->quote);
    }
    /* Whether it was asked for cannot be told without what it answers. One that was sent so short answers
     * nothing. */
    bool answers = sense == ICMP_ERROR || sense == ICMP_REPLY;
    reader->short_read = cut && answers && (sense == ICMP_REPLY ? !packet->identified : reader->short_read);
}

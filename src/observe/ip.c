/* ip: RFC 791, RFC 8200. Nothing is put together: a later fragment has no ports and says so. */
#include "observe/ip.h"
#include "observe/transport.h"

enum ip_next {
    IP_HOP_BY_HOP = 0,
    IP_ROUTING = 43,
    IP_FRAGMENT = 44,
    IP_AUTHENTICATION = 51,
    IP_DESTINATION = 60,
    IP_MOBILITY = 135,
    IP_HIP = 139,
    IP_SHIM6 = 140,
};

/* Ends the reader where the packet's own length does; what a frame has behind it is padding. */
static bool bound(struct reader *reader, size_t length)
{
    if (length > reader_left(reader))
        return true; /* cut */
    reader->end = reader->at + length;
    return false;
}

struct ip_header ip4_header(struct reader *reader)
{
    struct ip_header header = {0};
    const unsigned char *b = reader_take(reader, 20);
    if (b == NULL) {
        header.cut = true;
        return header;
    }
    size_t words = b[0] & 0x0f, total = (size_t)(b[2] << 8 | b[3]);
    header.source =
        address_from_ipv4((uint32_t)b[12] << 24 | (uint32_t)b[13] << 16 | (uint32_t)b[14] << 8 | b[15]);
    header.destination =
        address_from_ipv4((uint32_t)b[16] << 24 | (uint32_t)b[17] << 16 | (uint32_t)b[18] << 8 | b[19]);
    header.number = b[9];
    header.later = ((b[6] & 0x1f) | b[7]) != 0;
    header.bad = b[0] >> 4 != 4 || words < 5 || (total != 0 && total < words * 4);
    header.addressed = b[0] >> 4 == 4;
    /* A total length of 0 is what a sender with segmentation offload captures of itself: the frame's end is
     * the packet's. */
    if (!header.bad && total != 0)
        header.cut = bound(reader, total - 20);
    header.protocol = transport_protocol(header.number, false);
    if (!header.bad)
        reader_take(reader, words * 4 - 20);
    return header;
}

/* RFC 8200 section 4: a chain of headers, each telling what the next is and how long itself. The fragment
 * header's offset says whether ports follow (section 4.5); authentication counts in four bytes (RFC 4302
 * section 2.2), mobility (RFC 6275 section 6.1), HIP (RFC 7401 section 5.1) and Shim6 (RFC 5533 section 5.1)
 * in eight like the rest. */
static void walk_extensions(struct reader *reader, struct ip_header *header)
{
    while (!reader->short_read && !header->later) {
        size_t unit = 8, more = 1;
        switch (header->number) {
        case IP_AUTHENTICATION:
            unit = 4;
            more = 2;
            break;
        case IP_FRAGMENT:
        case IP_HOP_BY_HOP:
        case IP_ROUTING:
        case IP_DESTINATION:
        case IP_MOBILITY:
        case IP_HIP:
        case IP_SHIM6:
            break;
        default:
            return;
        }
        const unsigned char *b = reader_take(reader, 8);
        if (b == NULL)
            return;
        if (header->number == IP_FRAGMENT)
            header->later = (b[2] << 8 | (b[3] & 0xf8)) != 0;
        else
            reader_take(reader, ((size_t)b[1] + more) * unit > 8 ? ((size_t)b[1] + more) * unit - 8 : 0);
        header->number = b[0];
    }
}

struct ip_header ip6_header(struct reader *reader)
{
    struct ip_header header = {0};
    const unsigned char *b = reader_take(reader, 40);
    if (b == NULL) {
        header.cut = true;
        return header;
    }
    size_t payload = (size_t)(b[4] << 8 | b[5]);
    header.number = b[6];
    header.source = address_from_ipv6(b + 8);
    header.destination = address_from_ipv6(b + 24);
    /* A mapped address stands for IPv4 inside a host and should not be on the Internet (RFC 5156
     * section 2.2): forged, and to us it would be another address. */
    header.bad = b[0] >> 4 != 6 || address_is_ipv4(header.source) || address_is_ipv4(header.destination);
    header.addressed = !header.bad;
    /* 0: a jumbogram (RFC 2675) or, as in IPv4, a sender that lets its card cut the segments. */
    if (payload != 0)
        header.cut = bound(reader, payload);
    if (!header.bad)
        walk_extensions(reader, &header);
    header.protocol = transport_protocol(header.number, true);
    return header;
}

/* From a header to the packet. A header that came short was cut by the capture, or else lies about its
 * length. */
static void decode(struct reader *reader, const struct ip_header *header, struct packet *packet)
{
    packet->addressed = header->addressed;
    packet->source = header->source;
    packet->destination = header->destination;
    packet->number = header->number;
    packet->protocol = header->protocol;
    if (header->bad)
        packet->state = PACKET_MALFORMED;
    else if (header->later)
        packet->state = PACKET_LATER_FRAGMENT;
    else if (reader->short_read)
        packet->state = header->cut ? PACKET_CUT : PACKET_MALFORMED;
    else
        transport_decode(reader, header->cut, packet);
}

void ip4_decode(struct reader *reader, struct packet *packet)
{
    struct ip_header header = ip4_header(reader);
    decode(reader, &header, packet);
}

void ip6_decode(struct reader *reader, struct packet *packet)
{
    struct ip_header header = ip6_header(reader);
    decode(reader, &header, packet);
}

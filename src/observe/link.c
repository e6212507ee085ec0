/* link: one function a kind of frame, one line a link type (https://www.tcpdump.org/linktypes.html).
 *
 * Frames nest: Ethernet may hold tags of any depth, PPPoE, MPLS labels, SNAP. Each function takes its own
 * header off the reader and hands the rest on; the reader bounds them all, so any depth ends. */
#include "observe/link.h"
#include "observe/ip.h"
#include "base/reader.h"

enum ether_type {
    ETHER_IPV4 = 0x0800,
    ETHER_IPV6 = 0x86dd,
    ETHER_VLAN = 0x8100,         /* IEEE 802.1Q */
    ETHER_VLAN_STACKED = 0x88a8, /* IEEE 802.1ad */
    ETHER_VLAN_OLD = 0x9100,     /* what 802.1ad was before it was agreed */
    ETHER_MPLS = 0x8847,         /* RFC 5332 */
    ETHER_MPLS_UPSTREAM = 0x8848,
    ETHER_PPPOE = 0x8864,     /* RFC 2516: a session; discovery (0x8863) holds no IP */
    ETHER_LENGTH_MOST = 1500, /* IEEE 802.3: up to here the field is a length, and 802.2 follows */
};

static void not_ip(struct packet *packet)
{
    packet->state = PACKET_NOT_IP;
}

/* After a take that came short: the frame was cut by the capture. */
static void cut(struct packet *packet)
{
    packet->state = PACKET_CUT;
}

/* Raw IP: the first four bits are the version. */
static void decode_raw(struct reader *reader, struct packet *packet)
{
    if (reader_left(reader) == 0) {
        cut(packet);
        return;
    }
    switch (*reader->at >> 4) {
    case 4:
        ip4_decode(reader, packet);
        return;
    case 6:
        ip6_decode(reader, packet);
        return;
    }
    not_ip(packet);
}

/* RFC 3032 section 2.1: labels of four bytes until one has the bottom bit. What is below says nobody; where
 * it is not an IP version it is something else (Ethernet over MPLS: a tunnel, not opened). */
static void decode_mpls(struct reader *reader, struct packet *packet)
{
    uint32_t label;
    do
        label = reader_u32(reader);
    while (!(label & 0x100) && !reader->short_read);
    if (reader->short_read)
        cut(packet);
    else
        decode_raw(reader, packet);
}

/* RFC 1661 section 2 and 6.5: the protocol has two bytes, or one where that is odd. */
static void decode_ppp_protocol(struct reader *reader, struct packet *packet)
{
    uint16_t protocol = reader_u8(reader);
    if (!(protocol & 1))
        protocol = (uint16_t)(protocol << 8 | reader_u8(reader));
    if (reader->short_read)
        cut(packet);
    else if (protocol == 0x0021)
        ip4_decode(reader, packet);
    else if (protocol == 0x0057)
        ip6_decode(reader, packet);
    else if (protocol == 0x0281)
        decode_mpls(reader, packet);
    else
        not_ip(packet);
}

/* PPP with or without its HDLC address and control bytes (RFC 1662 section 3.1). */
static void decode_ppp(struct reader *reader, struct packet *packet)
{
    if (reader_left(reader) >= 2 && reader->at[0] == 0xff && reader->at[1] == 0x03)
        reader_take(reader, 2);
    decode_ppp_protocol(reader, packet);
}

/* RFC 2516 section 4: version and type 0x11, code 0 for a session. */
static void decode_pppoe(struct reader *reader, struct packet *packet)
{
    const unsigned char *header = reader_take(reader, 6);
    if (header == NULL)
        cut(packet);
    else if (header[0] != 0x11 || header[1] != 0)
        not_ip(packet);
    else
        decode_ppp_protocol(reader, packet);
}

/* RFC 1042: SNAP in 802.2, with the EtherType as Ethernet would have it. */
static void decode_ether_type(struct reader *reader, uint16_t type, struct packet *packet);
static void decode_llc(struct reader *reader, struct packet *packet)
{
    const unsigned char *header = reader_take(reader, 3);
    if (header == NULL) {
        cut(packet);
        return;
    }
    if (header[0] != 0xaa || header[1] != 0xaa || header[2] != 0x03) {
        not_ip(packet);
        return;
    }
    const unsigned char *snap = reader_take(reader, 5);
    if (snap == NULL)
        cut(packet);
    else if (snap[0] != 0 || snap[1] != 0 || (snap[2] != 0 && snap[2] != 0xf8)) /* 0000f8: IEEE 802.1H */
        not_ip(packet);
    else
        decode_ether_type(reader, (uint16_t)(snap[3] << 8 | snap[4]), packet);
}

static bool is_tag(uint16_t type)
{
    return type == ETHER_VLAN || type == ETHER_VLAN_STACKED || type == ETHER_VLAN_OLD;
}

static void decode_ether_type(struct reader *reader, uint16_t type, struct packet *packet)
{
    while (is_tag(type)) {
        reader_u16(reader); /* priority and VLAN number */
        type = reader_u16(reader);
    }
    if (reader->short_read)
        cut(packet);
    else if (type == ETHER_IPV4)
        ip4_decode(reader, packet);
    else if (type == ETHER_IPV6)
        ip6_decode(reader, packet);
    else if (type <= ETHER_LENGTH_MOST)
        decode_llc(reader, packet);
    else if (type == ETHER_MPLS || type == ETHER_MPLS_UPSTREAM)
        decode_mpls(reader, packet);
    else if (type == ETHER_PPPOE)
        decode_pppoe(reader, packet);
    else
        not_ip(packet);
}

static void decode_ethernet(struct reader *reader, struct packet *packet)
{
    reader_take(reader, 12);
    decode_ether_type(reader, reader_u16(reader), packet);
}

/* Cisco's HDLC: address, control, EtherType. */
static void decode_hdlc(struct reader *reader, struct packet *packet)
{
    reader_take(reader, 2);
    decode_ether_type(reader, reader_u16(reader), packet);
}

/* In Linux's cooked frames 1 is 802.3 without 802.2 and 4 is 802.2; all else is an EtherType where the
 * device's type (ARPHRD_) is one that has EtherTypes. */
static void decode_cooked(struct reader *reader, uint16_t device, uint16_t protocol, struct packet *packet)
{
    enum { NETLINK = 824, RADIOTAP = 803, FRELAY = 770 };
    if (reader->short_read)
        cut(packet);
    else if (device == NETLINK || device == RADIOTAP || device == FRELAY || protocol == 1)
        not_ip(packet);
    else if (protocol == 4)
        decode_llc(reader, packet);
    else if (protocol > ETHER_LENGTH_MOST)
        decode_ether_type(reader, protocol, packet);
    else
        not_ip(packet);
}

/* LINKTYPE_LINUX_SLL: type, device, address length, address (8), protocol. */
static void decode_sll(struct reader *reader, struct packet *packet)
{
    reader_take(reader, 2);
    uint16_t device = reader_u16(reader);
    reader_take(reader, 10);
    uint16_t protocol = reader_u16(reader);
    decode_cooked(reader, device, protocol, packet);
}

/* LINKTYPE_LINUX_SLL2: protocol, reserved (2), interface (4), device, type, address length, address (8). */
static void decode_sll2(struct reader *reader, struct packet *packet)
{
    uint16_t protocol = reader_u16(reader);
    reader_take(reader, 6);
    uint16_t device = reader_u16(reader);
    reader_take(reader, 10);
    decode_cooked(reader, device, protocol, packet);
}

/* BSD loopback: an address family, in the byte order of the machine that captured (LOOP: network order). IPv4
 * is 2 everywhere; IPv6 is 24, 28, 30 on the BSDs and 10 on Linux. None of them is itself in the other order.
 */
static void decode_loopback(struct reader *reader, struct packet *packet)
{
    uint32_t family = reader_u32(reader);
    if (reader->short_read) {
        cut(packet);
        return;
    }
    if (family & 0xff000000)
        family = __builtin_bswap32(family);
    if (family == 2)
        ip4_decode(reader, packet);
    else if (family == 24 || family == 28 || family == 30 || family == 10)
        ip6_decode(reader, packet);
    else
        not_ip(packet);
}

static const struct link_type {
    uint32_t number;
    void (*decode)(struct reader *reader, struct packet *packet);
} link_types[] = {
    {1, decode_ethernet}, {101, decode_raw},      {113, decode_sll},  {276, decode_sll2},
    {0, decode_loopback}, {108, decode_loopback}, {12, decode_raw}, /* DLT_RAW as it stands in files of many
                                                                       systems */
    {14, decode_raw},                                               /* the same on OpenBSD */
    {228, ip4_decode},    {229, ip6_decode},      {51, decode_pppoe}, {219, decode_mpls},
    {9, decode_ppp},      {50, decode_ppp},       {104, decode_hdlc},
};

void link_decode(const struct capture_record *record, struct packet *packet)
{
    *packet = (struct packet){.time_ns = record->time_ns, .state = PACKET_LINK_UNKNOWN};
    struct reader reader = reader_over(record->bytes, record->length);
    for (size_t i = 0; i < sizeof link_types / sizeof *link_types; i++)
        if (link_types[i].number == record->link) {
            packet->state = PACKET_WHOLE;
            link_types[i].decode(&reader, packet);
            break;
        }
    if (!record->timed)
        packet->state = PACKET_NO_TIME;
}

#include "demo/points.h"
#include "demo/published.h"
#include "demo/traffic.h"
#include <string.h>

enum { BACKSCATTER_A_DAY = 80, NOISE_A_DAY = 45 };

static struct capture_note a_note(struct traffic *traffic, int32_t day, uint8_t point)
{
    uint32_t second = dice_below(&traffic->dice, 86390), part_ns = dice_below(&traffic->dice, 1000000000);
    return (struct capture_note){.time_ns = traffic_day_ns(day) + (int64_t)second * 1000000000 + part_ns,
                                 .point = point};
}

/* What reaches a point because somebody forged its address: answers to questions it never asked. */
static void put_backscatter(struct traffic *traffic, int32_t day)
{
    struct dice *dice = &traffic->dice;
    uint8_t point = (uint8_t)dice_below(dice, DEMO_POINTS);
    struct capture_note note = a_note(traffic, day, point);
    struct address victim = pools_pick(traffic->pools, dice, false, false), here = point_ipv4(point, dice);
    static const uint16_t services[] = {80, 443, 6005, 22, 3306};
    struct wire_ends ends = {victim, here, services[dice_below(dice, 5)],
                             (uint16_t)(1025 + dice_below(dice, 40000))};
    struct wire wire, forged;
    switch (dice_below(dice, 5)) {
    case 0:
    case 1:
        wire_tcp(&wire, &ends, TCP_SYN | TCP_ACK, 0);
        break;
    case 2:
        wire_tcp(&wire, &ends, dice_chance(dice, 1, 2) ? TCP_RST : TCP_RST | TCP_ACK, 0);
        break;
    case 3:
        wire_icmp(&wire, &(struct wire_icmp){victim, here, 0, 0, ends.source_port, 1});
        break;
    default:
        wire_udp(&forged, &(struct wire_ends){here, victim, ends.destination_port, 53}, 20, 0);
        wire_icmp_error(&wire, victim, 3, 3, &forged);
    }
    capture_add(&traffic->capture, note, &wire);
}

void traffic_backscatter(struct traffic *traffic)
{
    traffic->dice = dice_for("backscatter", traffic->month);
    for (int day = 0; day < traffic->length; day++) {
        for (int i = 0; i < BACKSCATTER_A_DAY; i++)
            put_backscatter(traffic, traffic->first + day);
    }
}

/* ARP and LLDP: the link's own. */
static void put_link(struct traffic *traffic, struct capture_note note)
{
    struct wire wire = {.length = 0};
    if (dice_chance(&traffic->dice, 1, 4)) {
        wire_put(&wire, 0x0207, 2); /* chassis: a hardware address */
        wire_put(&wire, 0x04020000, 4);
        wire_put(&wire, 0x0000fe, 3);
        wire_put(&wire, 0, 2);
        capture_add_raw(&traffic->capture, note, ETHERTYPE_LLDP, wire.bytes, wire.length);
        return;
    }
    wire_put(&wire, 0x00010800, 4);
    wire_put(&wire, 0x06040001, 4); /* who has? */
    wire_put(&wire, 0x02000000, 4);
    wire_put(&wire, 0x00fe, 2);
    wire_put(&wire, 0xc0000201, 4);
    wire_put(&wire, 0, 4);
    wire_put(&wire, 0, 2);
    wire_put(&wire, demo_points[note.point].ipv4, 4);
    capture_add_raw(&traffic->capture, note, ETHERTYPE_ARP, wire.bytes, wire.length);
}

/* Multicast, broadcast, and neighbours of the points that are no points. */
static void put_not_ours(struct traffic *traffic, struct capture_note note)
{
    static const struct {
        uint32_t destination;
        uint16_t port;
    } to[] = {{0xe00000fb, 5353}, {0xeffffffa, 1900}, {0xffffffff, 67},
              {0xc0000263, 445},  {0xc63364c8, 1433}, {0xcb007101, 22}};
    size_t which = dice_below(&traffic->dice, 6);
    struct wire_ends ends = {pools_pick(traffic->pools, &traffic->dice, false, false),
                             address_from_ipv4(to[which].destination), 4321, to[which].port};
    struct wire wire;
    if (which < 3)
        wire_udp(&wire, &ends, 60, 0);
    else
        wire_tcp(&wire, &ends, TCP_SYN, 0);
    capture_add(&traffic->capture, note, &wire);
}

/* A fragment whose first part never came: it has no port. */
static void put_later_fragment(struct traffic *traffic, struct capture_note note)
{
    struct wire_ends ends = {pools_pick(traffic->pools, &traffic->dice, false, false),
                             point_ipv4(note.point, &traffic->dice), 4500, 4500};
    struct wire wire, first, later;
    wire_udp(&wire, &ends, 64, 0);
    wire_fragment(&wire, 32, &first, &later);
    capture_add(&traffic->capture, note, &later);
}

/* Router and neighbour discovery, ICMPv6 133 to 137 (RFC 4861), sent to a point's own address. */
static void put_neighbour(struct traffic *traffic, struct capture_note note)
{
    note.point = 2; /* one that has IPv6 */
    struct address router = {UINT64_C(0xfe80000000000000), UINT64_C(0x00000000000000fe)};
    struct wire wire;
    wire_icmp(&wire, &(struct wire_icmp){router, point_ipv6(note.point, &traffic->dice),
                                         (uint8_t)(133 + dice_below(&traffic->dice, 5)), 0, 0, 0});
    capture_add(&traffic->capture, note, &wire);
}

/* A header that the capture cut off, a byte before it would tell enough. */
static void put_cut(struct traffic *traffic, struct capture_note note)
{
    struct wire_ends ends = {pools_pick(traffic->pools, &traffic->dice, false, false),
                             point_ipv4(note.point, &traffic->dice), 6000, 445};
    struct wire wire;
    bool tcp = dice_chance(&traffic->dice, 1, 2);
    if (tcp)
        wire_tcp(&wire, &ends, TCP_SYN, 0);
    else
        wire_udp(&wire, &ends, 20, 0);
    static const uint16_t tcp_cuts[] = {8, 19, 22, 33}, udp_cuts[] = {1, 12, 21, 23};
    note.cut_to = (tcp ? tcp_cuts : udp_cuts)[dice_below(&traffic->dice, 4)];
    capture_add(&traffic->capture, note, &wire);
}

/* Headers that contradict themselves: a version that is none, a header shorter than the least (RFC 791
 * section 3.1). */
static void put_malformed(struct traffic *traffic, struct capture_note note)
{
    struct wire_ends ends = {pools_pick(traffic->pools, &traffic->dice, false, false),
                             point_ipv4(note.point, &traffic->dice), 6000, 445};
    struct wire wire;
    wire_tcp(&wire, &ends, TCP_SYN, 0);
    wire.bytes[0] = dice_chance(&traffic->dice, 1, 2) ? 0x42 : 0x95;
    capture_add(&traffic->capture, note, &wire);
}

void traffic_noise(struct traffic *traffic)
{
    static void (*const kinds[])(struct traffic *, struct capture_note) = {
        put_link,           put_link,      put_not_ours, put_not_ours,
        put_later_fragment, put_neighbour, put_cut,      put_malformed};
    traffic->dice = dice_for("noise", traffic->month);
    for (int day = 0; day < traffic->length; day++) {
        for (int i = 0; i < NOISE_A_DAY; i++) {
            uint8_t point = (uint8_t)dice_below(&traffic->dice, DEMO_POINTS);
            struct capture_note note = a_note(traffic, traffic->first + day, point);
            kinds[dice_below(&traffic->dice, 8)](traffic, note);
        }
    }
}

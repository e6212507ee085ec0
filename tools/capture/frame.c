/* frame: RFC 791, 8200, 9293, 768, 792, 4443; sums are 0, which nobody here looks at. */
#include "frame.h"
#include "dice.h"
#include <string.h>

enum { TCP = 6, UDP = 17, ICMP = 1, ICMP6 = 58 };

static void put(struct frame *frame, uint64_t value, int count)
{
    while (count-- > 0)
        frame->bytes[frame->length++] = (unsigned char)(value >> 8 * count);
}

static void fill(struct frame *frame, int byte, uint32_t count)
{
    memset(frame->bytes + frame->length, byte, count);
    frame->length += count;
}

void frame_begin(struct frame *frame, const struct ends *ends, uint32_t tags)
{
    frame->length = 0;
    put(frame, UINT64_C(0x020000000001), 6);
    put(frame, UINT64_C(0x020000000002), 6);
    for (uint32_t i = 0; i < tags; i++) {
        put(frame, i + 1 < tags ? 0x88a8 : 0x8100, 2);
        put(frame, 100 + i, 2);
    }
    put(frame, ends->ipv6 ? 0x86dd : 0x0800, 2);
    frame->ip = frame->length;
}

static void put_ipv6_address(struct frame *frame, uint32_t number, bool point)
{
    put(frame,
        point ? UINT64_C(0x20010db801130000) : UINT64_C(0x2400000000000000) | dice_scramble(number) >> 12, 8);
    put(frame, point ? number & 0xff : number, 8);
}

static void put_ip6(struct frame *frame, const struct ends *ends, uint8_t protocol, uint32_t payload)
{
    bool hop = dice_below(50) == 0;
    put(frame, 0x60000000, 4);
    put(frame, payload + (hop ? 8 : 0), 2);
    put(frame, (hop ? 0 : (uint64_t)protocol) << 8 | 64, 2);
    put_ipv6_address(frame, ends->from_point ? ends->point : ends->source, ends->from_point);
    put_ipv6_address(frame, ends->from_point ? ends->source : ends->point, !ends->from_point);
    if (hop)
        put(frame, (uint64_t)protocol << 56 | UINT64_C(0x0000010400000000), 8);
}

static void put_ip4(struct frame *frame, const struct ends *ends, uint8_t protocol, uint32_t payload)
{
    put(frame, 0x4500, 2);
    put(frame, 20 + payload, 2);
    put(frame, dice_next(), 2);
    put(frame, 0, 2);
    put(frame, (uint64_t)(32 + dice_below(200)) << 8 | protocol, 2);
    put(frame, 0, 2);
    put(frame, ends->from_point ? ends->point : ends->source, 4);
    put(frame, ends->from_point ? ends->source : ends->point, 4);
}

static void put_ip(struct frame *frame, const struct ends *ends, uint8_t protocol, uint32_t payload)
{
    if (ends->ipv6)
        put_ip6(frame, ends, protocol, payload);
    else
        put_ip4(frame, ends, protocol, payload);
}

/* Half of all SYNs have options, here 20 bytes of NOPs; other segments have none. */
void frame_tcp(struct frame *frame, const struct ends *ends, const uint16_t ports[2], uint8_t flags)
{
    uint32_t options = flags == FRAME_SYN && dice_chance(500) ? 20 : 0;
    put_ip(frame, ends, TCP, 20 + options);
    put(frame, ports[0], 2);
    put(frame, ports[1], 2);
    put(frame, dice_next(), 8);
    put(frame, (5 + options / 4) << 4, 1);
    put(frame, flags, 1);
    put(frame, 0xffff0000, 4);
    put(frame, 0, 2);
    fill(frame, 1, options);
}

static void put_udp(struct frame *frame, const uint16_t ports[2], uint32_t data)
{
    put(frame, ports[0], 2);
    put(frame, ports[1], 2);
    put(frame, 8 + data, 2);
    put(frame, 0, 2);
    fill(frame, 'x', data);
}

void frame_udp(struct frame *frame, const struct ends *ends, const uint16_t ports[2], uint32_t data)
{
    put_ip(frame, ends, UDP, 8 + data);
    put_udp(frame, ports, data);
}

void frame_echo(struct frame *frame, const struct ends *ends, bool reply, uint16_t identifier)
{
    uint64_t type = ends->ipv6 ? (reply ? 129 : 128) : (reply ? 0 : 8);
    put_ip(frame, ends, ends->ipv6 ? ICMP6 : ICMP, 16);
    put(frame, type << 24, 4);
    put(frame, identifier, 2);
    put(frame, 1, 2);
    put(frame, 0, 8);
}

void frame_unreachable(struct frame *frame, const struct ends *ends, const uint16_t ports[2])
{
    struct ends quoted = *ends;
    struct frame quote = {.length = 0};
    quoted.from_point = !ends->from_point;
    put_ip(&quote, &quoted, UDP, 8);
    put_udp(&quote, ports, 0);
    put_ip(frame, ends, ends->ipv6 ? ICMP6 : ICMP, 8 + quote.length);
    put(frame, ends->ipv6 ? 0x01040000 : 0x03030000, 4);
    put(frame, 0, 4);
    memcpy(frame->bytes + frame->length, quote.bytes, quote.length);
    frame->length += quote.length;
}

#include "demo/wire.h"
#include <string.h>

void wire_put(struct wire *wire, uint32_t value, int bytes)
{
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        wire->bytes[wire->length++] = (uint8_t)(value >> shift);
}

void wire_fill(struct wire *wire, size_t count)
{
    static const char words[] = "watching over the net, one packet at a time. ";
    for (size_t i = 0; i < count; i++)
        wire->bytes[wire->length++] = (uint8_t)words[i % (sizeof words - 1)];
}

static void put_address(struct wire *wire, struct address address)
{
    if (address_is_ipv4(address)) {
        wire_put(wire, address_ipv4(address), 4);
        return;
    }
    wire_put(wire, (uint32_t)(address.high >> 32), 4);
    wire_put(wire, (uint32_t)address.high, 4);
    wire_put(wire, (uint32_t)(address.low >> 32), 4);
    wire_put(wire, (uint32_t)address.low, 4);
}

static void begin_ipv4(struct wire *wire)
{
    wire_put(wire, 0x4500, 2);
    wire_put(wire, 0, 2);                                                    /* total length: wire_end() */
    wire_put(wire, (uint16_t)(address_ipv4(wire->source) * 40503u >> 8), 2); /* identification */
    wire_put(wire, 0, 2);
    wire_put(wire, 64u << 8 | wire->number, 2);
    wire_put(wire, 0, 2); /* checksum */
    put_address(wire, wire->source);
    put_address(wire, wire->destination);
}

static void begin_ipv6(struct wire *wire, int options)
{
    wire_put(wire, 0x60000000, 4);
    wire_put(wire, 0, 2); /* payload length */
    wire_put(wire, options ? 0 : wire->number, 1);
    wire_put(wire, 64, 1);
    put_address(wire, wire->source);
    put_address(wire, wire->destination);
    if (!options)
        return;
    wire_put(wire, 60u << 8, 2); /* hop-by-hop of 8 bytes: next is destination options; PadN fills it */
    wire_put(wire, 0x0104, 2);
    wire_put(wire, 0, 4);
    wire_put(wire, (uint32_t)wire->number << 8 | 1, 2); /* destination options of 16 bytes */
    wire_put(wire, 0x010c, 2);
    for (int i = 0; i < 3; i++)
        wire_put(wire, 0, 4);
}

void wire_begin(struct wire *wire, struct address source, struct address destination, uint8_t number,
                int options)
{
    wire->source = source;
    wire->destination = destination;
    wire->number = number;
    wire->length = 0;
    if (address_is_ipv4(source))
        begin_ipv4(wire);
    else
        begin_ipv6(wire, options);
    wire->transport = wire->length;
}

/* The one's complement sum of RFC 1071. */
static uint32_t sum_of(uint32_t sum, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        sum += i % 2 == 0 ? (uint32_t)bytes[i] << 8 : bytes[i];
    return sum;
}
static void store_sum(uint8_t *at, uint32_t sum)
{
    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    at[0] = (uint8_t)(~sum >> 8);
    at[1] = (uint8_t)~sum;
}

static void sum_transport(struct wire *wire)
{
    size_t at = wire->transport + (wire->number == WIRE_TCP ? 16 : wire->number == WIRE_UDP ? 6 : 2);
    size_t length = wire->length - wire->transport;
    uint32_t sum = 0;
    if (wire->number != WIRE_ICMP) {
        bool ipv4 = address_is_ipv4(wire->source); /* both addresses lie side by side in either header */
        sum = sum_of(sum, wire->bytes + (ipv4 ? 12 : 8), ipv4 ? 8 : 32) + (uint32_t)length + wire->number;
    }
    store_sum(wire->bytes + at, sum_of(sum, wire->bytes + wire->transport, length));
}

void wire_end(struct wire *wire)
{
    size_t length = wire->length;
    if (wire->number == WIRE_UDP) {
        wire->bytes[wire->transport + 4] = (uint8_t)((length - wire->transport) >> 8);
        wire->bytes[wire->transport + 5] = (uint8_t)(length - wire->transport);
    }
    if (wire->number == WIRE_TCP || wire->number == WIRE_UDP || wire->number == WIRE_ICMP ||
        wire->number == WIRE_ICMP6)
        sum_transport(wire);
    if (address_is_ipv4(wire->source)) {
        wire->bytes[2] = (uint8_t)(length >> 8);
        wire->bytes[3] = (uint8_t)length;
        wire->bytes[10] = wire->bytes[11] = 0;
        store_sum(wire->bytes + 10, sum_of(0, wire->bytes, 20));
    } else {
        wire->bytes[4] = (uint8_t)((length - 40) >> 8);
        wire->bytes[5] = (uint8_t)(length - 40);
    }
}

void wire_tcp(struct wire *wire, const struct wire_ends *ends, uint8_t flags, int options)
{
    wire_begin(wire, ends->source, ends->destination, WIRE_TCP, options);
    wire_put(wire, ends->source_port, 2);
    wire_put(wire, ends->destination_port, 2);
    wire_put(wire, (uint32_t)ends->source_port * 2654435761u, 4);
    wire_put(wire, flags & TCP_ACK ? 0x10203040 : 0, 4);
    wire_put(wire, 0x5000u | flags, 2);
    wire_put(wire, 8192, 2);
    wire_put(wire, 0, 4); /* checksum, urgent pointer */
    if (flags & TCP_PUSH)
        wire_fill(wire, 48);
    wire_end(wire);
}

void wire_udp(struct wire *wire, const struct wire_ends *ends, size_t payload, int options)
{
    wire_begin(wire, ends->source, ends->destination, WIRE_UDP, options);
    wire_put(wire, ends->source_port, 2);
    wire_put(wire, ends->destination_port, 2);
    wire_put(wire, 0, 4); /* length, checksum */
    wire_fill(wire, payload);
    wire_end(wire);
}

void wire_icmp(struct wire *wire, const struct wire_icmp *icmp)
{
    wire_begin(wire, icmp->source, icmp->destination, address_is_ipv4(icmp->source) ? WIRE_ICMP : WIRE_ICMP6,
               0);
    wire_put(wire, (uint32_t)icmp->type << 8 | icmp->code, 2);
    wire_put(wire, 0, 2);
    wire_put(wire, icmp->identifier, 2);
    wire_put(wire, icmp->sequence, 2);
    wire_fill(wire, 32);
    wire_end(wire);
}

void wire_icmp_error(struct wire *wire, struct address source, uint8_t type, uint8_t code,
                     const struct wire *quoted)
{
    size_t length = quoted->length < quoted->transport + 8 ? quoted->length : quoted->transport + 8;
    wire_begin(wire, source, quoted->source, WIRE_ICMP, 0);
    wire_put(wire, (uint32_t)type << 8 | code, 2);
    wire_put(wire, 0, 4); /* checksum, unused */
    wire_put(wire, 0, 2);
    memcpy(wire->bytes + wire->length, quoted->bytes, length); /* the header and 8 bytes of it (RFC 792) */
    wire->length += length;
    wire_end(wire);
}

static void set_offset(struct wire *wire, uint32_t offset_and_flags)
{
    wire->bytes[6] = (uint8_t)(offset_and_flags >> 8);
    wire->bytes[7] = (uint8_t)offset_and_flags;
    wire->bytes[2] = (uint8_t)(wire->length >> 8);
    wire->bytes[3] = (uint8_t)wire->length;
    wire->bytes[10] = wire->bytes[11] = 0;
    store_sum(wire->bytes + 10, sum_of(0, wire->bytes, 20));
}

void wire_fragment(const struct wire *whole, size_t keep, struct wire *first, struct wire *later)
{
    *first = *whole;
    first->length = whole->transport + keep;
    set_offset(first, 0x2000); /* more fragments */
    *later = *whole;
    later->length = whole->length - keep;
    memcpy(later->bytes + later->transport, whole->bytes + whole->transport + keep,
           later->length - later->transport);
    set_offset(later, (uint32_t)keep / 8);
}

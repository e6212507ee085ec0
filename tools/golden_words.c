/* words: the table of words is at the end. */
#include "golden_words.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void words_put(struct words *packet, uint64_t value, int count)
{
    while (count-- > 0 && packet->length < WORDS_PACKET_MOST)
        packet->bytes[packet->length++] = (unsigned char)(value >> 8 * count);
}

/* What one protocol is called by the header before it. */
struct names {
    uint16_t ether;
    uint8_t ip;
    uint16_t ppp;
    uint8_t family;
};

static void tell_before(struct words *packet, struct names names)
{
    unsigned char *field = packet->bytes + packet->next_at;
    switch (packet->next) {
    case NEXT_ETHER:
        field[0] = (unsigned char)(names.ether >> 8);
        field[1] = (unsigned char)names.ether;
        break;
    case NEXT_IP:
        field[0] = names.ip;
        break;
    case NEXT_PPP:
        field[0] = (unsigned char)(names.ppp >> 8);
        field[1] = (unsigned char)names.ppp;
        break;
    case NEXT_FAMILY_BIG:
        field[3] = names.family;
        break;
    case NEXT_FAMILY_LITTLE:
        field[0] = names.family;
        break;
    case NEXT_NOTHING:
        break;
    }
    packet->next = NEXT_NOTHING;
}

static void next_here(struct words *packet, enum words_next next, size_t back)
{
    packet->next = next;
    packet->next_at = packet->length - back;
}

static void length_here(struct words *packet, size_t field, size_t from)
{
    if (packet->length_count < WORDS_DEEP) {
        packet->lengths[packet->length_count].field = field;
        packet->lengths[packet->length_count++].from = from;
    }
}

void words_end(struct words *packet)
{
    while (packet->length_count > 0) {
        packet->length_count--;
        unsigned char *field = packet->bytes + packet->lengths[packet->length_count].field;
        size_t length = packet->length - packet->lengths[packet->length_count].from;
        field[0] = (unsigned char)(length >> 8);
        field[1] = (unsigned char)length;
    }
}

bool words_hex(struct words *packet, const char *hex)
{
    for (; hex[0] != '\0'; hex += 2) {
        unsigned byte;
        if (hex[1] == '\0' || sscanf(hex, "%2x", &byte) != 1)
            return false;
        words_put(packet, byte, 1);
    }
    return true;
}

static unsigned long number(const char *value, unsigned long otherwise)
{
    return value == NULL ? otherwise : strtoul(value, NULL, 0);
}

static bool ether(struct words *packet, const char *value)
{
    (void)value;
    words_put(packet, 0x020000000001, 6);
    words_put(packet, 0x020000000002, 6);
    words_put(packet, 0, 2);
    next_here(packet, NEXT_ETHER, 2);
    return true;
}

/* "type=0806": an EtherType that nothing here follows. */
static bool type(struct words *packet, const char *value)
{
    tell_before(packet, (struct names){.ether = (uint16_t)strtoul(value == NULL ? "" : value, NULL, 16)});
    return value != NULL;
}

static bool tag(struct words *packet, const char *value)
{
    tell_before(packet, (struct names){.ether = (uint16_t)strtoul(value == NULL ? "8100" : value, NULL, 16)});
    words_put(packet, 5, 2);
    words_put(packet, 0, 2);
    next_here(packet, NEXT_ETHER, 2);
    return true;
}

static bool label(struct words *packet, unsigned bottom)
{
    tell_before(packet, (struct names){.ether = 0x8847, .ppp = 0x0281});
    words_put(packet, 77 << 12 | bottom << 8 | 64, 4);
    return true;
}
static bool mpls(struct words *packet, const char *value)
{
    (void)value;
    return label(packet, 1);
}
static bool mpls_above(struct words *packet, const char *value)
{
    (void)value;
    return label(packet, 0);
}

static bool ppp(struct words *packet, const char *value)
{
    (void)value;
    words_put(packet, 0, 2);
    next_here(packet, NEXT_PPP, 2);
    return true;
}

static bool pppoe(struct words *packet, const char *value)
{
    tell_before(packet, (struct names){.ether = 0x8864});
    words_put(packet, 0x1100 | number(value, 0), 2); /* the value is the code */
    words_put(packet, 9, 2);
    words_put(packet, 0, 2);
    length_here(packet, packet->length - 2, packet->length);
    return ppp(packet, NULL);
}

static bool snap(struct words *packet, const char *value)
{
    (void)value;
    packet->next = NEXT_NOTHING;
    length_here(packet, packet->length - 2, packet->length);
    words_put(packet, 0xaaaa03, 3);
    words_put(packet, 0, 5);
    next_here(packet, NEXT_ETHER, 2);
    return true;
}

static bool sll(struct words *packet, const char *value)
{
    words_put(packet, 0, 2);
    words_put(packet, number(value, 1), 2); /* the value is the kind of device */
    words_put(packet, 6, 2);
    words_put(packet, 0x0200000000010000, 8);
    words_put(packet, 0, 2);
    next_here(packet, NEXT_ETHER, 2);
    return true;
}

static bool sll2(struct words *packet, const char *value)
{
    words_put(packet, 0, 4);
    next_here(packet, NEXT_ETHER, 4);
    words_put(packet, 3, 4);
    words_put(packet, number(value, 1), 2);
    words_put(packet, 6, 2);
    words_put(packet, 0x0200000000010000, 8);
    return true;
}

static bool family_big(struct words *packet, const char *value)
{
    words_put(packet, number(value, 0), 4);
    next_here(packet, value == NULL ? NEXT_FAMILY_BIG : NEXT_NOTHING, 4);
    return true;
}
static bool family_little(struct words *packet, const char *value)
{
    words_put(packet, __builtin_bswap32((uint32_t)number(value, 0)), 4);
    next_here(packet, value == NULL ? NEXT_FAMILY_LITTLE : NEXT_NOTHING, 4);
    return true;
}

/* "SOURCE>DESTINATION" in network order. */
static bool addresses(struct words *packet, int family, const char *value)
{
    char source[64], destination[64];
    unsigned char bytes[16];
    size_t size = family == AF_INET ? 4 : 16;
    if (sscanf(value, "%63[^>]>%63s", source, destination) != 2 || inet_pton(family, source, bytes) != 1)
        return false;
    for (size_t i = 0; i < size; i++)
        words_put(packet, bytes[i], 1);
    if (inet_pton(family, destination, bytes) != 1)
        return false;
    for (size_t i = 0; i < size; i++)
        words_put(packet, bytes[i], 1);
    return true;
}

static bool ip4(struct words *packet, const char *value)
{
    tell_before(packet, (struct names){0x0800, 4, 0x0021, 2});
    length_here(packet, packet->length + 2, packet->length);
    words_put(packet, UINT64_C(0x4500000012340000), 8);
    words_put(packet, 0x40000000, 4);
    next_here(packet, NEXT_IP, 3);
    return addresses(packet, AF_INET, value == NULL ? "198.51.100.7>192.0.2.1" : value);
}

static bool ip6(struct words *packet, const char *value)
{
    tell_before(packet, (struct names){0x86dd, 41, 0x0057, 30});
    words_put(packet, 0x60000000, 4);
    words_put(packet, 0x00000040, 4);
    next_here(packet, NEXT_IP, 2);
    length_here(packet, packet->length - 4, packet->length + 32);
    return addresses(packet, AF_INET6, value == NULL ? "2001:db8:f::7>2001:db8::1" : value);
}

/* "set=OFFSET:HEX": bytes of what is there, counted from its end, for headers that lie. */
static bool set(struct words *packet, const char *value)
{
    size_t back;
    char hex[64];
    if (value == NULL || sscanf(value, "%zu:%63[0-9a-f]", &back, hex) != 2 || back > packet->length)
        return false;
    size_t length = packet->length;
    packet->length -= back;
    bool fine = words_hex(packet, hex);
    packet->length = packet->length > length ? packet->length : length;
    return fine;
}

/* "more" and "later=UNITS" of the IPv4 header just put; "options=WORDS" behind it. */
static bool more(struct words *packet, const char *value)
{
    (void)value;
    packet->bytes[packet->length - 14] |= 0x20;
    return true;
}
static bool later(struct words *packet, const char *value)
{
    unsigned long units = number(value, 8);
    packet->bytes[packet->length - 14] |= (unsigned char)(units >> 8);
    packet->bytes[packet->length - 13] = (unsigned char)units;
    return true;
}
static bool ip4_options(struct words *packet, const char *value)
{
    unsigned long words = number(value, 1);
    packet->bytes[packet->length - 20] = (unsigned char)(0x45 + words);
    for (unsigned long i = 0; i < words; i++)
        words_put(packet, 0x01010101, 4);
    return true;
}

/* An IPv6 extension header; the value is its length field. */
static bool extension(struct words *packet, uint8_t protocol, const char *value, size_t bytes)
{
    tell_before(packet, (struct names){.ip = protocol});
    words_put(packet, 0, 1);
    next_here(packet, NEXT_IP, 1);
    words_put(packet, number(value, 0), 1);
    for (size_t i = 2; i < bytes; i++)
        words_put(packet, 0, 1);
    return true;
}
static bool hop(struct words *packet, const char *value)
{
    return extension(packet, 0, value, 8 + 8 * number(value, 0));
}
static bool route(struct words *packet, const char *value)
{
    return extension(packet, 43, value, 8 + 8 * number(value, 0));
}
static bool destination(struct words *packet, const char *value)
{
    return extension(packet, 60, value, 8 + 8 * number(value, 0));
}
static bool mobility(struct words *packet, const char *value)
{
    return extension(packet, 135, value, 8 + 8 * number(value, 0));
}
static bool hip(struct words *packet, const char *value)
{
    return extension(packet, 139, value, 8 + 8 * number(value, 0));
}
static bool shim6(struct words *packet, const char *value)
{
    return extension(packet, 140, value, 8 + 8 * number(value, 0));
}
static bool authentication(struct words *packet, const char *value)
{
    return extension(packet, 51, value == NULL ? "4" : value, 8 + 4 * number(value, 4));
}
/* The value is the offset in units of eight bytes; more fragments follow. */
static bool fragment(struct words *packet, const char *value)
{
    extension(packet, 44, NULL, 8);
    unsigned long field = number(value, 0) << 3 | 1;
    packet->bytes[packet->length - 6] = (unsigned char)(field >> 8);
    packet->bytes[packet->length - 5] = (unsigned char)field;
    return true;
}

static uint8_t flags_of(const char *letters)
{
    static const char known[] = "FSRPAUEC";
    uint8_t flags = 0;
    for (; *letters != '\0'; letters++)
        if (strchr(known, *letters) != NULL)
            flags |= (uint8_t)(1 << (strchr(known, *letters) - known));
    return flags;
}

static bool tcp(struct words *packet, const char *value)
{
    unsigned source = 40000, destination_port = 22;
    char letters[16] = "S";
    if (value != NULL && sscanf(value, "%u>%u:%15[A-Z]", &source, &destination_port, letters) < 2)
        return false;
    tell_before(packet, (struct names){.ip = 6});
    words_put(packet, source, 2);
    words_put(packet, destination_port, 2);
    words_put(packet, 0x1111111100000000, 8);
    words_put(packet, 0x50, 1);
    words_put(packet, strcmp(letters, "NONE") == 0 ? 0 : flags_of(letters), 1);
    words_put(packet, 0xffff00000000, 6);
    return true;
}

static bool udp(struct words *packet, const char *value)
{
    unsigned source = 40000, destination_port = 53;
    if (value != NULL && sscanf(value, "%u>%u", &source, &destination_port) != 2)
        return false;
    tell_before(packet, (struct names){.ip = 17});
    words_put(packet, source, 2);
    words_put(packet, destination_port, 2);
    length_here(packet, packet->length, packet->length - 4);
    words_put(packet, 0, 4);
    return true;
}

/* "icmp=TYPE:IDENTIFIER"; a quoted packet may follow. */
static bool icmp_of(struct words *packet, uint8_t protocol, const char *value, unsigned message)
{
    unsigned identifier = 7;
    if (value != NULL && sscanf(value, "%u:%u", &message, &identifier) < 1)
        return false;
    tell_before(packet, (struct names){.ip = protocol});
    words_put(packet, message, 1);
    words_put(packet, 0, 3);
    words_put(packet, identifier, 2);
    words_put(packet, 1, 2);
    return true;
}
static bool icmp(struct words *packet, const char *value)
{
    return icmp_of(packet, 1, value, 8);
}
static bool icmp6(struct words *packet, const char *value)
{
    return icmp_of(packet, 58, value, 128);
}

/* "protocol=47": sixteen bytes of another IP protocol. */
static bool protocol(struct words *packet, const char *value)
{
    tell_before(packet, (struct names){.ip = (uint8_t)number(value, 47)});
    words_put(packet, 0, 8);
    words_put(packet, 0, 8);
    return true;
}

/* "hex=00ff": bytes as they are. "end": lengths are filled in up to here, what follows is the frame's
 * padding. */
static bool hex(struct words *packet, const char *value)
{
    return value != NULL && words_hex(packet, value);
}
/* "then": what follows is not told to the header before. */
static bool then(struct words *packet, const char *value)
{
    (void)value;
    packet->next = NEXT_NOTHING;
    return true;
}
static bool end(struct words *packet, const char *value)
{
    (void)value;
    words_end(packet);
    return true;
}

static const struct word {
    const char *name;
    bool (*add)(struct words *packet, const char *value);
} table[] = {
    {"ether", ether},
    {"type", type},
    {"tag", tag},
    {"mpls", mpls},
    {"mpls-above", mpls_above},
    {"pppoe", pppoe},
    {"ppp", ppp},
    {"snap", snap},
    {"sll", sll},
    {"sll2", sll2},
    {"family-big", family_big},
    {"family-little", family_little},
    {"ip4", ip4},
    {"ip6", ip6},
    {"set", set},
    {"more", more},
    {"later", later},
    {"options", ip4_options},
    {"hop", hop},
    {"route", route},
    {"fragment", fragment},
    {"authentication", authentication},
    {"destination", destination},
    {"mobility", mobility},
    {"hip", hip},
    {"shim6", shim6},
    {"tcp", tcp},
    {"udp", udp},
    {"icmp", icmp},
    {"icmp6", icmp6},
    {"protocol", protocol},
    {"hex", hex},
    {"end", end},
    {"then", then},
};

bool words_add(struct words *packet, const char *word)
{
    size_t length = strcspn(word, "=");
    const char *value = word[length] == '=' ? word + length + 1 : NULL;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strlen(table[i].name) == length && strncmp(table[i].name, word, length) == 0)
            return table[i].add(packet, value);
    return false;
}

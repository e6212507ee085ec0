/* pcapng: draft-ietf-opsawg-pcapng: blocks of a type, a length, a body and the length again. A file has one
 * or more sections, each with its own byte order and its own interfaces; an interface has its own link type
 * and its own clock. */
#include "observe/capture.h"
#include "observe/pcapng_time.h"
#include "base/memory.h"
#include <string.h>

enum { BLOCK_MOST = 16 << 20, INTERFACES_MOST = 65536, OPTION_TSRESOL = 9, OPTION_TSOFFSET = 14 };

enum block_type {
    BLOCK_INTERFACE = 1,
    BLOCK_PACKET = 2, /* obsolete, still met */
    BLOCK_SIMPLE = 3,
    BLOCK_ENHANCED = 6,
    BLOCK_SECTION = 0x0a0d0d0a, /* reads the same in both byte orders */
};

struct interface {
    uint32_t link;
    uint32_t most; /* bytes captured of a packet, 0: no limit */
    struct pcapng_clock clock;
};

struct pcapng {
    bool swapped;
    struct interface *interfaces; /* of this section */
    size_t count, capacity;
};

struct block {
    uint32_t type;
    const unsigned char *body;
    uint32_t length; /* of the body */
};

static uint32_t u32_of(const struct pcapng *pcapng, const unsigned char *bytes)
{
    uint32_t value;
    memcpy(&value, bytes, sizeof value);
    return pcapng->swapped ? __builtin_bswap32(value) : value;
}
static uint16_t u16_of(const struct pcapng *pcapng, const unsigned char *bytes)
{
    uint16_t value;
    memcpy(&value, bytes, sizeof value);
    return pcapng->swapped ? __builtin_bswap16(value) : value;
}

/* A section header says the byte order for itself and all that follows. False: it does not. */
static bool turn_to_order(struct pcapng *pcapng, const unsigned char *start)
{
    uint32_t order;
    memcpy(&order, start + 8, sizeof order);
    if (order != 0x1a2b3c4d && order != 0x4d3c2b1a)
        return false;
    pcapng->swapped = order != 0x1a2b3c4d;
    return true;
}

/* One block, whole; the source is not moved on. */
static enum capture_next peek_block(struct capture *capture, struct block *block)
{
    struct pcapng *pcapng = capture->state;
    struct source *source = capture->source;
    const unsigned char *start = source_peek(source, 12);
    if (start == NULL)
        return capture_end(capture, "a block's header");
    memcpy(&block->type, start, sizeof block->type);
    if (block->type == BLOCK_SECTION && !turn_to_order(pcapng, start))
        return capture_broke(capture, "a section has no byte order");
    block->type = u32_of(pcapng, start);
    uint32_t length = u32_of(pcapng, start + 4);
    if (length < 12 || length % 4 != 0 || length > BLOCK_MOST)
        return capture_broke(capture, "a block says it has %u bytes (expected 12 to %d, a multiple of 4)",
                             length, BLOCK_MOST);
    start = source_peek(source, length);
    if (start == NULL)
        return capture_short(capture, "a block");
    if (u32_of(pcapng, start + length - 4) != length)
        return capture_broke(capture, "the two lengths of a block differ");
    block->body = start + 8;
    block->length = length - 12;
    return CAPTURE_RECORD;
}

/* The interface's options; one that is malformed ends them, as none of ours can follow where lengths are
 * wrong. */
static void read_options(const struct pcapng *pcapng, const struct block *block, struct interface *interface)
{
    uint8_t resolution = 6; /* microseconds, where it is not said */
    int64_t offset_s = 0;
    uint32_t at = 8;
    while (block->length - at >= 4) {
        uint16_t code = u16_of(pcapng, block->body + at), length = u16_of(pcapng, block->body + at + 2);
        at += 4;
        uint32_t padded = ((uint32_t)length + 3) & ~UINT32_C(3);
        if (code == 0 || padded > block->length - at)
            break;
        const unsigned char *value = block->body + at;
        if (code == OPTION_TSRESOL && length == 1)
            resolution = value[0];
        if (code == OPTION_TSOFFSET && length == 8) {
            uint32_t first = u32_of(pcapng, value), second = u32_of(pcapng, value + 4);
            bool little = (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) != pcapng->swapped;
            offset_s = (int64_t)(little ? (uint64_t)second << 32 | first : (uint64_t)first << 32 | second);
        }
        at += padded;
    }
    interface->clock = pcapng_clock(resolution, offset_s);
}

static enum capture_next add_interface(struct capture *capture, const struct block *block)
{
    struct pcapng *pcapng = capture->state;
    if (block->length < 8)
        return capture_broke(capture, "an interface's block has %u bytes (expected 8 or more)",
                             block->length);
    if (pcapng->count == INTERFACES_MOST)
        return capture_broke(capture, "a section has more than %d interfaces", INTERFACES_MOST);
    if (pcapng->count == pcapng->capacity) {
        pcapng->capacity = pcapng->capacity == 0 ? 8 : pcapng->capacity * 2;
        pcapng->interfaces = memory_resize(pcapng->interfaces, pcapng->capacity, sizeof *pcapng->interfaces);
    }
    struct interface *interface = &pcapng->interfaces[pcapng->count++];
    interface->link = u16_of(pcapng, block->body);
    interface->most = u32_of(pcapng, block->body + 4);
    read_options(pcapng, block, interface);
    return CAPTURE_RECORD;
}

/* Where the three kinds of packet blocks keep what we need. */
struct packet_layout {
    uint32_t header;         /* bytes before the packet */
    uint32_t time, captured; /* offsets in the body */
    bool short_interface;    /* 16 bits instead of 32 */
};
static const struct packet_layout enhanced = {20, 4, 12, false};
static const struct packet_layout obsolete = {20, 4, 12, true};

static enum capture_next read_packet(struct capture *capture, const struct block *block,
                                     const struct packet_layout *layout, struct capture_record *record)
{
    const struct pcapng *pcapng = capture->state;
    if (block->length < layout->header)
        return capture_broke(capture, "a packet's block has %u bytes (expected %u or more)", block->length,
                             layout->header);
    uint32_t id = layout->short_interface ? u16_of(pcapng, block->body) : u32_of(pcapng, block->body);
    if (id >= pcapng->count)
        return capture_broke(capture, "a packet of interface %u (the section has %zu)", id, pcapng->count);
    uint32_t captured = u32_of(pcapng, block->body + layout->captured);
    if (captured > block->length - layout->header || captured > CAPTURE_PACKET_MOST)
        return capture_broke(capture, "a packet says it has %u bytes (expected at most %u)", captured,
                             block->length - layout->header);
    const unsigned char *time = block->body + layout->time;
    uint64_t ticks = (uint64_t)u32_of(pcapng, time) << 32 | u32_of(pcapng, time + 4);
    const struct interface *interface = &pcapng->interfaces[id];
    record->timed = pcapng_clock_ns(&interface->clock, ticks, &record->time_ns);
    record->bytes = block->body + layout->header;
    record->length = captured;
    record->link = interface->link;
    return CAPTURE_RECORD;
}

/* Has neither a time nor a length of what was captured, and belongs to the first interface. */
static enum capture_next read_simple(struct capture *capture, const struct block *block,
                                     struct capture_record *record)
{
    const struct pcapng *pcapng = capture->state;
    if (block->length < 4 || pcapng->count == 0)
        return capture_broke(capture, "a simple packet without a length or an interface");
    const struct interface *interface = &pcapng->interfaces[0];
    uint32_t captured = u32_of(pcapng, block->body);
    if (interface->most != 0 && captured > interface->most)
        captured = interface->most;
    if (captured > block->length - 4 || captured > CAPTURE_PACKET_MOST)
        return capture_broke(capture, "a simple packet says it has %u bytes (expected at most %u)", captured,
                             block->length - 4);
    *record = (struct capture_record){.bytes = block->body + 4, .length = captured, .link = interface->link};
    return CAPTURE_RECORD;
}

/* What a block means; *is_packet where it filled the record. */
static enum capture_next read_block(struct capture *capture, const struct block *block,
                                    struct capture_record *record, bool *is_packet)
{
    struct pcapng *pcapng = capture->state;
    *is_packet = true;
    switch (block->type) {
    case BLOCK_ENHANCED:
        return read_packet(capture, block, &enhanced, record);
    case BLOCK_PACKET:
        return read_packet(capture, block, &obsolete, record);
    case BLOCK_SIMPLE:
        return read_simple(capture, block, record);
    }
    *is_packet = false;
    if (block->type == BLOCK_INTERFACE)
        return add_interface(capture, block);
    if (block->type == BLOCK_SECTION)
        pcapng->count = 0;
    return CAPTURE_RECORD; /* names, statistics, secrets and whatever else there will be */
}

static enum capture_next pcapng_next(struct capture *capture, struct capture_record *record)
{
    bool is_packet = false;
    while (!is_packet) {
        struct block block = {0};
        enum capture_next next = peek_block(capture, &block);
        if (next == CAPTURE_RECORD)
            next = read_block(capture, &block, record, &is_packet);
        if (next != CAPTURE_RECORD)
            return next;
        source_skip(capture->source, block.length + 12);
    }
    return CAPTURE_RECORD;
}

static void pcapng_free(void *state)
{
    struct pcapng *pcapng = state;
    free(pcapng->interfaces);
    free(pcapng);
}

static const struct capture_format pcapng_format = {pcapng_next, NULL, pcapng_free};

bool pcapng_begin(struct capture *capture)
{
    static const unsigned char section[] = {0x0a, 0x0d, 0x0d, 0x0a};
    const unsigned char *start = source_peek(capture->source, 12);
    struct pcapng order;
    if (start == NULL || memcmp(start, section, sizeof section) != 0 || !turn_to_order(&order, start))
        return false;
    capture->state = memory_new(1, sizeof(struct pcapng));
    capture->format = &pcapng_format;
    return true;
}

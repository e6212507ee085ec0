/* pcap: the classic format, draft-ietf-opsawg-pcap: a header of 24 bytes, then records of 16 bytes and the
 * packet. */
#include "observe/capture.h"
#include "base/memory.h"
#include <string.h>

enum { PCAP_HEADER = 24, PCAP_RECORD = 16 };

/* The magic number says the byte order and the unit of the fraction of a second. */
static const struct pcap_magic {
    uint32_t magic;
    uint32_t fraction_ns;
    uint32_t record_extra; /* bytes more in each record's header */
} magics[] = {
    {0xa1b2c3d4, 1000, 0},
    {0xa1b23c4d, 1, 0},
    {0xa1b2cd34, 1000, 8}, /* the "modified" format of a Linux patch of old */
};

struct pcap {
    bool swapped;
    uint32_t link;
    uint32_t fraction_ns, fraction_most;
    uint32_t header; /* bytes of a record's header */
    uint16_t minor;
};

static uint32_t u32_of(const struct pcap *pcap, const unsigned char *bytes)
{
    uint32_t value;
    memcpy(&value, bytes, sizeof value);
    return pcap->swapped ? __builtin_bswap32(value) : value;
}

/* Files of version 2.2 and before have the two lengths the other way round; 2.3 was written in both ways, and
 * the bytes captured are never more than the packet had. */
static void order_lengths(const struct pcap *pcap, uint32_t *captured, uint32_t *original)
{
    if (pcap->minor < 3 || (pcap->minor == 3 && *captured > *original)) {
        uint32_t kept = *captured;
        *captured = *original;
        *original = kept;
    }
}

static inline void fill(const struct pcap *pcap, const unsigned char *header, struct capture_record *record)
{
    uint32_t seconds = u32_of(pcap, header), fraction = u32_of(pcap, header + 4);
    record->time_ns = (int64_t)seconds * 1000000000 + (int64_t)fraction * pcap->fraction_ns;
    record->timed = fraction < pcap->fraction_most;
    record->bytes = header + pcap->header;
    record->link = pcap->link;
}

/* What pcap_next() does where nothing can be wrong. */
static size_t pcap_some(struct capture *capture, struct capture_record *records, size_t most)
{
    struct source *source = capture->source;
    const struct pcap pcap = *(const struct pcap *)capture->state;
    const unsigned char *at = source->at;
    size_t count = 0;
    while (count < most && pcap.minor >= 4 && (size_t)(source->end - at) >= pcap.header) {
        uint32_t captured = u32_of(&pcap, at + 8);
        if (captured > CAPTURE_PACKET_MOST || (size_t)(source->end - at) - pcap.header < captured)
            break;
        fill(&pcap, at, &records[count]);
        records[count++].length = captured;
        at += pcap.header + captured;
    }
    source->at = at;
    return count;
}

static enum capture_next pcap_next(struct capture *capture, struct capture_record *record)
{
    struct source *source = capture->source;
    const struct pcap *pcap = capture->state;
    const unsigned char *header = source_peek(source, pcap->header);
    if (__builtin_expect(header == NULL, 0))
        return capture_end(capture, "a record's header");
    uint32_t captured = u32_of(pcap, header + 8), original = u32_of(pcap, header + 12);
    if (__builtin_expect(pcap->minor < 4, 0))
        order_lengths(pcap, &captured, &original);
    if (__builtin_expect(captured > CAPTURE_PACKET_MOST, 0))
        return capture_broke(capture, "a record says it has %u bytes (expected at most %d)", captured,
                             CAPTURE_PACKET_MOST);
    const unsigned char *bytes = source_peek(source, pcap->header + captured);
    if (__builtin_expect(bytes == NULL, 0))
        return capture_short(capture, "a packet");
    fill(pcap, bytes, record);
    record->length = captured;
    source_skip(source, pcap->header + captured);
    return CAPTURE_RECORD;
}

static const struct capture_format pcap_format = {pcap_next, pcap_some, free};

static const struct pcap_magic *find_magic(const unsigned char *bytes, bool *swapped)
{
    uint32_t value;
    memcpy(&value, bytes, sizeof value);
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (value == magics[i].magic || __builtin_bswap32(value) == magics[i].magic) {
            *swapped = value != magics[i].magic;
            return &magics[i];
        }
    return NULL;
}

static uint16_t u16_of(const struct pcap *pcap, const unsigned char *bytes)
{
    uint16_t value;
    memcpy(&value, bytes, sizeof value);
    return pcap->swapped ? __builtin_bswap16(value) : value;
}

bool pcap_begin(struct capture *capture)
{
    const unsigned char *header = source_peek(capture->source, PCAP_HEADER);
    bool swapped = false;
    const struct pcap_magic *magic = header == NULL ? NULL : find_magic(header, &swapped);
    if (magic == NULL)
        return false;
    struct pcap *pcap = memory_new(1, sizeof *pcap);
    pcap->swapped = swapped;
    pcap->fraction_ns = magic->fraction_ns;
    pcap->fraction_most = 1000000000 / magic->fraction_ns;
    pcap->header = PCAP_RECORD + magic->record_extra;
    pcap->minor = u16_of(pcap, header + 6);
    /* The upper half of the word tells of frame check sequences; section 4 of the draft. */
    pcap->link = u32_of(pcap, header + 20) & 0xffff;
    capture->state = pcap;
    capture->format = &pcap_format;
    source_skip(capture->source, PCAP_HEADER);
    return true;
}

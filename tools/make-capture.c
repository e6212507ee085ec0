/* make-capture: a made capture like a darknet's, for measuring. Nothing in it was ever on a wire.
 *
 *     make-capture --packets 20000000 --points 10 --seed 1 > capture.pcap
 *
 * A day of packets to some points: sources by Zipf's law over a million, three packets in ten sent once more;
 * ports with the known heads (23, 22, 445 ...) and a long tail; SYNs, UDP, ICMP, backscatter from twenty
 * thousand victims; IPv6; answers to what the points ask; and noise: tags, ARP, fragments, malformed and cut
 * packets. The points are 203.0.113.1 and on (with 2001:db8:113::1 and on), or with --network 16 all
 * of 10.20.0.0/16. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct plan {
    uint64_t packets, points, seed, sources;
    uint64_t ipv6, noise, backscatter, asked; /* in a thousand packets */
    uint64_t network;                         /* prefix of 10.20.0.0; 0: points */
    uint64_t days, first_s;
};
static struct plan plan = {
    .packets = 1000000,
    .points = 10,
    .seed = 1,
    .sources = 1000000,
    .ipv6 = 30,
    .noise = 30,
    .backscatter = 100,
    .asked = 2,
    .days = 1,
    .first_s = 1714521600 /* 2024-05-01 */,
};

static const struct option {
    const char *name;
    uint64_t *value;
    uint64_t least, most;
} options[] = {
    {"--packets", &plan.packets, 1, UINT64_C(1) << 40},
    {"--points", &plan.points, 1, 250},
    {"--seed", &plan.seed, 0, UINT64_MAX},
    {"--sources", &plan.sources, 1, 50000000},
    {"--ipv6", &plan.ipv6, 0, 1000},
    {"--noise", &plan.noise, 0, 1000},
    {"--backscatter", &plan.backscatter, 0, 1000},
    {"--asked", &plan.asked, 0, 1000},
    {"--network", &plan.network, 16, 32},
    {"--days", &plan.days, 1, 3650},
};

/* xorshift64*: fast, and the same everywhere. */
static uint64_t random_state;
static uint64_t random_next(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * UINT64_C(0x2545f4914f6cdd1d);
}
static uint32_t random_below(uint64_t limit)
{
    return (uint32_t)((random_next() >> 32) * limit >> 32);
}
static bool chance(uint64_t in_thousand)
{
    return random_below(1000) < in_thousand;
}

/* Walker's alias method: one random number a draw, however many ranks. */
struct zipf {
    uint32_t count;
    uint32_t *other;
    uint32_t *keep; /* chance of staying, of 2^32 */
};

static void *new_array(size_t count, size_t size)
{
    void *array = calloc(count, size);
    if (array == NULL)
        abort();
    return array;
}

static struct zipf zipf_new(uint32_t count, double exponent)
{
    struct zipf zipf = {count, new_array(count, sizeof(uint32_t)), new_array(count, sizeof(uint32_t))};
    double *weight = new_array(count, sizeof *weight), sum = 0;
    uint32_t *small = new_array(count, sizeof *small), *large = new_array(count, sizeof *large);
    uint32_t small_count = 0, large_count = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += weight[i] = pow(i + 1, -exponent);
    for (uint32_t i = 0; i < count; i++) {
        weight[i] *= count / sum;
        if (weight[i] < 1)
            small[small_count++] = i;
        else
            large[large_count++] = i;
    }
    while (small_count > 0 && large_count > 0) {
        uint32_t low = small[--small_count], high = large[large_count - 1];
        zipf.other[low] = high;
        zipf.keep[low] = (uint32_t)(weight[low] * 4294967295.0);
        weight[high] -= 1 - weight[low];
        if (weight[high] < 1) {
            small[small_count++] = high;
            large_count--;
        }
    }
    while (large_count > 0)
        zipf.keep[large[--large_count]] = UINT32_MAX;
    while (small_count > 0)
        zipf.keep[small[--small_count]] = UINT32_MAX;
    free(weight);
    free(small);
    free(large);
    return zipf;
}

static uint32_t zipf_draw(const struct zipf *zipf)
{
    uint64_t random = random_next();
    uint32_t rank = (uint32_t)((random >> 32) * zipf->count >> 32);
    return (uint32_t)random <= zipf->keep[rank] ? rank : zipf->other[rank];
}

static void zipf_clear(struct zipf *zipf)
{
    free(zipf->other);
    free(zipf->keep);
}

static uint64_t scramble(uint64_t value)
{
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

/* An address for a rank: anywhere in 1.0.0.0 to 223.255.255.255 but for 10 and 127. */
static uint32_t address_of(uint64_t rank, uint64_t what)
{
    for (uint64_t i = 0;; i++) {
        uint32_t address = (uint32_t)scramble(rank * 4 + what + (plan.seed << 40) + (i << 36));
        uint32_t top = address >> 24;
        if (top >= 1 && top < 224 && top != 10 && top != 127)
            return address;
    }
}

static uint16_t draw_port(const struct zipf *tail)
{
    static const uint16_t heads[] = {23,   22,   445, 80,   8080, 443,  3389, 5555,
                                     1433, 2323, 81,  8443, 6379, 5060, 3306, 21};
    uint32_t rank = zipf_draw(tail);
    if (rank < sizeof heads / sizeof *heads)
        return heads[rank];
    return (uint16_t)scramble(rank + 77);
}

struct frame {
    unsigned char bytes[256];
    uint32_t length;
};

static void put(struct frame *frame, uint64_t value, int count)
{
    while (count-- > 0)
        frame->bytes[frame->length++] = (unsigned char)(value >> 8 * count);
}

/* Who to whom; `point` is the side of ours. */
struct ends {
    uint32_t source, point;
    bool from_point, ipv6;
};

static void put_ipv6_address(struct frame *frame, uint32_t number, bool point)
{
    put(frame, point ? UINT64_C(0x20010db801130000) : UINT64_C(0x2400000000000000) | scramble(number) >> 12,
        8);
    put(frame, point ? number & 0xff : number, 8);
}

static void put_ethernet(struct frame *frame, const struct ends *ends, bool noisy)
{
    put(frame, UINT64_C(0x020000000001), 6);
    put(frame, UINT64_C(0x020000000002), 6);
    uint32_t tags = !noisy ? 0 : random_below(21) == 0 ? 2 : 1;
    for (uint32_t i = 0; i < tags; i++) {
        put(frame, i + 1 < tags ? 0x88a8 : 0x8100, 2);
        put(frame, 100 + i, 2);
    }
    put(frame, ends->ipv6 ? 0x86dd : 0x0800, 2);
}

static void put_ip(struct frame *frame, const struct ends *ends, uint8_t protocol, uint32_t payload)
{
    uint32_t from = ends->from_point ? ends->point : ends->source,
             to = ends->from_point ? ends->source : ends->point;
    if (ends->ipv6) {
        bool hop = random_below(50) == 0;
        put(frame, 0x60000000, 4);
        put(frame, payload + (hop ? 8 : 0), 2);
        put(frame, (hop ? 0 : (uint64_t)protocol) << 8 | 64, 2);
        put_ipv6_address(frame, from, ends->from_point);
        put_ipv6_address(frame, to, !ends->from_point);
        if (hop)
            put(frame, (uint64_t)protocol << 56 | UINT64_C(0x0000010400000000), 8);
        return;
    }
    put(frame, 0x4500, 2);
    put(frame, 20 + payload, 2);
    put(frame, random_next(), 2);
    put(frame, 0, 2);
    put(frame, (uint64_t)(32 + random_below(200)) << 8 | protocol, 2);
    put(frame, 0, 2);
    put(frame, from, 4);
    put(frame, to, 4);
}

static void put_tcp(struct frame *frame, uint16_t from, uint16_t to, uint8_t flags, uint32_t more)
{
    put(frame, from, 2);
    put(frame, to, 2);
    put(frame, random_next(), 8);
    put(frame, (5 + more / 4) << 4, 1);
    put(frame, flags, 1);
    put(frame, 0xffff0000, 4);
    put(frame, 0, 2);
    memset(frame->bytes + frame->length, 1, more); /* NOPs */
    frame->length += more;
}

static void put_udp(struct frame *frame, uint16_t from, uint16_t to, uint32_t data)
{
    put(frame, from, 2);
    put(frame, to, 2);
    put(frame, 8 + data, 2);
    put(frame, 0, 2);
    memset(frame->bytes + frame->length, 'x', data);
    frame->length += data;
}

enum { SYN = 0x02, SYN_ACK = 0x12, RST_ACK = 0x14 };

/* What a stranger sends: four of five SYNs, else UDP, or an echo request. */
static void put_access(struct frame *frame, const struct ends *ends, uint16_t port)
{
    uint32_t kind = random_below(100);
    if (kind < 80) {
        uint32_t more = kind < 40 ? 0 : 20;
        put_ip(frame, ends, 6, 20 + more);
        put_tcp(frame, (uint16_t)(1024 + random_below(64000)), port, SYN, more);
    } else if (kind < 97) {
        uint32_t data = random_below(60);
        put_ip(frame, ends, 17, 8 + data);
        put_udp(frame, (uint16_t)(1024 + random_below(64000)), port, data);
    } else {
        put_ip(frame, ends, ends->ipv6 ? 58 : 1, 16);
        put(frame, ends->ipv6 ? 0x80000000 : 0x08000000, 4);
        put(frame, random_next(), 4);
        put(frame, 0, 8);
    }
}

static void put_backscatter(struct frame *frame, const struct ends *ends)
{
    put_ip(frame, ends, 6, 20);
    put_tcp(frame, random_below(4) == 0 ? 443 : 80, (uint16_t)(1024 + random_below(64000)),
            random_below(3) == 0 ? RST_ACK : SYN_ACK, 0);
}

/* A point asks a name server now and then, and is answered at once: two packets. */
static void put_question(struct frame *frame, const struct ends *ends, uint16_t port)
{
    put_ip(frame, ends, 17, 8 + 30);
    put_udp(frame, ends->from_point ? port : 53, ends->from_point ? 53 : port, 30);
}

/* One packet in fifty of the noisy ones has something wrong with it. */
static uint32_t spoil(struct frame *frame)
{
    uint32_t ip = frame->bytes[12] == 0x08 || frame->bytes[12] == 0x86 ? 14 : 18;
    switch (random_below(120)) {
    case 0:
    case 1:
        memcpy(frame->bytes + 12, "\x08\x06", 2); /* ARP */
        break;
    case 2:
    case 3:
        frame->bytes[ip + 7] |= 0x20; /* a later fragment */
        break;
    case 4:
        frame->bytes[ip] = 0x43; /* a header of twelve bytes */
        break;
    case 5:
        frame->bytes[ip + 3] = 21; /* ends within the transport header */
        frame->bytes[ip + 2] = 0;
        break;
    case 6:
        return 14 + random_below(frame->length - 14); /* cut by the capture */
    }
    return frame->length;
}

static void write_record(const struct frame *frame, uint32_t captured, uint64_t time_us)
{
    uint32_t header[4] = {(uint32_t)(time_us / 1000000), (uint32_t)(time_us % 1000000), captured,
                          frame->length};
    fwrite_unlocked(header, sizeof header, 1, stdout);
    fwrite_unlocked(frame->bytes, captured, 1, stdout);
}

enum { RECENT = 4096, VICTIMS = 20000 };

struct recent { /* a packet that may be sent again */
    uint32_t source, point;
    uint16_t port;
};

struct world {
    struct zipf sources, ports;
    struct recent recent[RECENT];
};

static uint32_t draw_point(bool ipv6)
{
    if (plan.network == 0 || ipv6)
        return (ipv6 ? 0 : UINT32_C(0xcb007100)) + 1 + random_below(plan.points);
    return UINT32_C(0x0a140000) + random_below(UINT64_C(1) << (32 - plan.network));
}

/* Three in ten say what was said a moment ago once more: SYNs are sent again where nobody answers. */
static struct recent draw_contact(struct world *world)
{
    struct recent *slot = &world->recent[random_below(RECENT)];
    if (slot->source == 0 || !chance(300))
        *slot = (struct recent){address_of(zipf_draw(&world->sources), 0), draw_point(false),
                                draw_port(&world->ports)};
    return *slot;
}

/* One packet, or two where it is a question and its answer; returns how many. */
static uint64_t make_packet(struct world *world, uint64_t time_us)
{
    struct frame frame = {.length = 0};
    bool noisy = chance(plan.noise);
    struct ends ends = {.ipv6 = chance(plan.ipv6)};
    ends.point = draw_point(ends.ipv6);
    if (chance(plan.asked)) {
        uint16_t port = (uint16_t)(1024 + random_below(64000));
        ends.source = address_of(random_below(100), 2);
        for (int answer = 0; answer < 2; answer++) {
            frame.length = 0;
            ends.from_point = !answer;
            put_ethernet(&frame, &ends, false);
            put_question(&frame, &ends, port);
            write_record(&frame, frame.length, time_us + (uint64_t)answer);
        }
        return 2;
    }
    put_ethernet(&frame, &ends, noisy);
    if (chance(plan.backscatter)) {
        ends.source = address_of(random_below(VICTIMS), 1);
        put_backscatter(&frame, &ends);
    } else {
        struct recent contact = draw_contact(world);
        ends.source = contact.source;
        ends.point = ends.ipv6 ? ends.point : contact.point;
        put_access(&frame, &ends, contact.port);
    }
    write_record(&frame, noisy ? spoil(&frame) : frame.length, time_us);
    return 1;
}

static void write_capture(void)
{
    static const uint32_t header[6] = {0xa1b2c3d4, 4 << 16 | 2, 0, 0, 262144, 1};
    static char buffer[1 << 20];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    fwrite(header, sizeof header, 1, stdout);
    struct world world = {.sources = zipf_new((uint32_t)plan.sources, 1.02), .ports = zipf_new(60000, 1.15)};
    double us_a_packet = (double)plan.days * 86400e6 / (double)plan.packets;
    for (uint64_t i = 0; i < plan.packets;)
        i += make_packet(&world, plan.first_s * 1000000 + (uint64_t)((double)i * us_a_packet));
    zipf_clear(&world.sources);
    zipf_clear(&world.ports);
}

static bool take_option(const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (strcmp(options[i].name, name) != 0)
            continue;
        char *end;
        uint64_t number = strtoull(value, &end, 10);
        if (*end != '\0' || end == value || number < options[i].least || number > options[i].most)
            return false;
        *options[i].value = number;
        return true;
    }
    return false;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i += 2)
        if (i + 1 == argc || !take_option(argv[i], argv[i + 1])) {
            fprintf(stderr, "make-capture: '%s' is no option or has no such value (expected", argv[i]);
            for (size_t k = 0; k < sizeof options / sizeof *options; k++)
                fprintf(stderr, " %s N", options[k].name);
            fprintf(stderr, ")\n");
            return 2;
        }
    random_state = scramble(plan.seed + 1) | 1;
    write_capture();
    return fflush(stdout) == 0 ? 0 : 2;
}

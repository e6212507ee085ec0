/* make-capture: a made capture like a darknet's, for measuring. Nothing in it was ever on a wire.
 *
 *     make-capture --packets 20000000 --kind points --seed 1 > capture.pcap
 *
 * A day of packets to some points: sources by Zipf's law over a million, three packets in ten by one that was
 * there a moment ago; ports with the known heads (23, 22, 445 ...) and a long tail; SYNs, UDP, echo requests,
 * backscatter from twenty thousand victims, IPv6; and noise: tags, ARP, fragments, malformed and cut packets.
 * The same words give the same bytes. Kinds:
 *
 *     points      ten points, 203.0.113.1 and on, and 2001:db8:113::1 and on, which send nothing
 *     network     one point that is all of 10.20.0.0/16 (and those IPv6 addresses)
 *     one-source  nine packets in ten come from one source
 *     distinct    every packet has a source of its own
 *     ipv6        every other packet is IPv6
 *     sensor      the points also send, ask, are answered and answer */
#include "capture/dice.h"
#include "capture/frame.h"
#include "capture/plan.h"
#include <stdio.h>
#include <string.h>

enum { RECENT = 4096, VICTIMS = 20000, FRIENDS = 100, CONVERSATION_MOST = 4 };
enum { OWN_PORT = 540 /* of a thousand */, PORTS = 60000, FIRST_S = 1714521600 /* 2024-05-01 */ };
enum role { STRANGER, VICTIM, FRIEND }; /* so that nobody is two of them */

struct contact {
    uint32_t source, point;
    uint16_t port;
};

static struct plan plan;
static struct zipf sources, ports;
static struct contact recent[RECENT]; /* packets that may be sent again */
static uint64_t written;

/* An address for a rank: anywhere in 1.0.0.0 to 223.255.255.255 but for 10 and 127. */
static uint32_t address_of(uint64_t rank, enum role role)
{
    for (uint64_t i = 0;; i++) {
        uint32_t address = (uint32_t)dice_scramble(rank * 4 + role + (plan.seed << 40) + (i << 36));
        uint32_t top = address >> 24;
        if (top >= 1 && top < 224 && top != 10 && top != 127)
            return address;
    }
}

static uint32_t draw_point(bool ipv6)
{
    if (plan.network == 0 || ipv6)
        return (ipv6 ? 0 : UINT32_C(0xcb007100)) + 1 + dice_below(plan.points);
    return UINT32_C(0x0a140000) + dice_below(UINT64_C(1) << (32 - plan.network));
}

static uint16_t port_of(uint32_t rank)
{
    static const uint16_t heads[] = {23,   22,   445, 80,   8080, 443,  3389, 5555,
                                     1433, 2323, 81,  8443, 6379, 5060, 3306, 21};
    return rank < sizeof heads / sizeof *heads ? heads[rank] : (uint16_t)(rank * 40503 + 77);
}

static uint16_t high_port(void)
{
    return (uint16_t)(1024 + dice_below(64000));
}

/* More than half of what a machine sends is for the one port that its own program looks for. */
static uint16_t draw_port(uint32_t source)
{
    return port_of(zipf_rank(&ports, dice_chance(OWN_PORT) ? dice_scramble(source) : dice_next()));
}

static uint32_t draw_source(void)
{
    if (plan.each_once)
        return address_of(written, STRANGER);
    return address_of(plan.hot != 0 && dice_chance(plan.hot) ? 0 : zipf_rank(&sources, dice_next()),
                      STRANGER);
}

/* Three in ten say what was said a moment ago once more: SYNs are sent again where nobody answers. */
static struct contact draw_contact(bool ipv6)
{
    struct contact *slot = &recent[dice_below(RECENT)];
    if (slot->source == 0 || plan.each_once || !dice_chance(300)) {
        slot->source = draw_source();
        slot->point = draw_point(false);
        slot->port = draw_port(slot->source);
    }
    struct contact contact = *slot;
    if (ipv6)
        contact.point = draw_point(true);
    return contact;
}

/* What a stranger sends: four of five SYNs, else UDP, or an echo request. */
static void put_access(struct frame *frame, const struct ends *ends, uint16_t port)
{
    uint32_t kind = dice_below(100);
    uint16_t number = high_port();
    if (kind < 80)
        frame_tcp(frame, ends, (uint16_t[]){number, port}, FRAME_SYN);
    else if (kind < 97)
        frame_udp(frame, ends, (uint16_t[]){number, port}, dice_below(176));
    else
        frame_echo(frame, ends, false, number);
}

static void put_backscatter(struct frame *frame, const struct ends *ends)
{
    uint16_t from = dice_below(4) == 0 ? 443 : 80;
    frame_tcp(frame, ends, (uint16_t[]){from, high_port()},
              dice_below(3) == 0 ? FRAME_RST_ACK : FRAME_SYN_ACK);
}

/* In ten thousand packets of a telescope: what is wrong with a header, and what the capture did to it. */
enum flaw { FLAW_NONE, FLAW_TAG, FLAW_TAGS, FLAW_ARP, FLAW_FRAGMENT, FLAW_MALFORMED, FLAW_CUT };
static enum flaw draw_flaw(void)
{
    static const struct {
        enum flaw flaw;
        uint32_t share;
    } flaws[] = {{FLAW_TAG, 200},     {FLAW_TAGS, 10},      {FLAW_ARP, 10},
                 {FLAW_FRAGMENT, 10}, {FLAW_MALFORMED, 19}, {FLAW_CUT, 10}};
    uint64_t drawn = dice_below(1000000), sum = 0;
    for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++) {
        sum += flaws[i].share * plan.noise;
        if (drawn < sum)
            return flaws[i].flaw;
    }
    return FLAW_NONE;
}

/* An IP header that lies: of twelve bytes, too short a packet, too long a one; or TCP's header does. */
static void spoil_header(struct frame *frame)
{
    unsigned char *ip = frame->bytes + frame->ip;
    switch (dice_below(4)) {
    case 0:
        ip[0] = (unsigned char)((ip[0] & 0xf0) | 3);
        break;
    case 1:
        memcpy(ip + 2, "\0\x15", 2);
        break;
    case 2:
        memcpy(ip + 2, "\xff\xff", 2);
        break;
    default:
        if (ip[0] == 0x45 && ip[9] == 6)
            ip[20 + 12] = 0x10;
    }
}

/* Returns how much of the frame the capture has. */
static uint32_t spoil(struct frame *frame, enum flaw flaw, bool ipv6)
{
    if (flaw == FLAW_ARP)
        memcpy(frame->bytes + frame->ip - 2, "\x08\x06", 2);
    else if (flaw == FLAW_FRAGMENT && !ipv6)
        frame->bytes[frame->ip + 7] |= 0x20; /* a later one */
    else if (flaw == FLAW_MALFORMED)
        spoil_header(frame);
    else if (flaw == FLAW_CUT)
        return frame->ip + dice_below(frame->length - frame->ip);
    return frame->length;
}

static void write_record(const struct frame *frame, uint32_t captured)
{
    double us_a_packet = (double)plan.days * 86400e6 / (double)plan.packets;
    uint64_t time_us = (uint64_t)((double)written++ * us_a_packet);
    uint32_t header[4] = {FIRST_S + (uint32_t)(time_us / 1000000), (uint32_t)(time_us % 1000000), captured,
                          frame->length};
    fwrite_unlocked(header, sizeof header, 1, stdout);
    fwrite_unlocked(frame->bytes, captured, 1, stdout);
}

static void make_packet(void)
{
    struct frame frame;
    struct ends ends = {.ipv6 = dice_chance(plan.ipv6)};
    enum flaw flaw = draw_flaw();
    bool backscatter = dice_chance(plan.backscatter);
    struct contact contact = {.point = draw_point(ends.ipv6)};
    if (backscatter)
        ends.source = address_of(dice_below(VICTIMS), VICTIM);
    else
        contact = draw_contact(ends.ipv6);
    ends.source = backscatter ? ends.source : contact.source;
    ends.point = contact.point;
    frame_begin(&frame, &ends, flaw == FLAW_TAGS ? 2 : flaw == FLAW_TAG);
    if (backscatter)
        put_backscatter(&frame, &ends);
    else
        put_access(&frame, &ends, contact.port);
    write_record(&frame, spoil(&frame, flaw, ends.ipv6));
}

/* Who says what in a conversation: 'p' the point, 's' the other side; then what. */
static void say(const char *what, struct ends *ends, const uint16_t ports_of[2])
{
    struct frame frame;
    ends->from_point = what[0] == 'p';
    uint16_t to[2] = {ports_of[!ends->from_point], ports_of[ends->from_point]};
    frame_begin(&frame, ends, 0);
    if (strcmp(what + 1, "syn") == 0)
        frame_tcp(&frame, ends, to, FRAME_SYN);
    else if (strcmp(what + 1, "syn-ack") == 0)
        frame_tcp(&frame, ends, to, FRAME_SYN_ACK);
    else if (strcmp(what + 1, "ack") == 0)
        frame_tcp(&frame, ends, to, FRAME_ACK);
    else if (strcmp(what + 1, "rst") == 0)
        frame_tcp(&frame, ends, to, FRAME_RST_ACK);
    else if (strcmp(what + 1, "udp") == 0)
        frame_udp(&frame, ends, to, 30);
    else if (strcmp(what + 1, "unreachable") == 0)
        frame_unreachable(&frame, ends, ports_of);
    else
        frame_echo(&frame, ends, what[1] == 'r', ports_of[0]);
    write_record(&frame, frame.length);
}

/* A name is asked for, a page fetched, a machine pinged, a closed port tried; and a stranger is refused, who
 * tries again. */
static void converse(void)
{
    static const char *const talks[][CONVERSATION_MOST] = {
        {"pudp", "sudp"},         {"psyn", "ssyn-ack", "pack", "srst"},
        {"pping", "sreply"},      {"pudp", "sunreachable"},
        {"ssyn", "prst", "ssyn"},
    };
    static const uint16_t theirs[] = {53, 443, 0, 33434, 0};
    struct ends ends = {.ipv6 = dice_chance(plan.ipv6)};
    uint32_t talk = dice_below(sizeof talks / sizeof *talks);
    uint16_t between[2] = {high_port(), theirs[talk]};
    ends.point = draw_point(ends.ipv6);
    ends.source = address_of(dice_below(FRIENDS), FRIEND);
    if (talk == 4) { /* the stranger's port comes by chance, the point's is known */
        ends.source = draw_source();
        between[1] = high_port();
        between[0] = draw_port(ends.source);
    }
    for (int i = 0; i < CONVERSATION_MOST && talks[talk][i] != NULL; i++)
        say(talks[talk][i], &ends, between);
}

int main(int argc, char **argv)
{
    static const uint32_t header[6] = {0xa1b2c3d4, 4 << 16 | 2, 0, 0, 262144, 1};
    static char buffer[1 << 20];
    if (!plan_take(&plan, argc - 1, argv + 1))
        return 2;
    dice_seed(plan.seed);
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    fwrite(header, sizeof header, 1, stdout);
    sources = zipf_new((uint32_t)plan.sources, 1.02);
    ports = zipf_new(PORTS, 1.15);
    while (written < plan.packets)
        if (written + CONVERSATION_MOST <= plan.packets && plan.asked != 0 && dice_chance(plan.asked))
            converse();
        else
            make_packet();
    zipf_clear(&sources);
    zipf_clear(&ports);
    return fflush(stdout) == 0 ? 0 : 2;
}

#include "base/memory.h"
#include "demo/points.h"
#include "demo/published.h"
#include "demo/traffic.h"
#include <stdlib.h>
#include <string.h>

enum { TAIL_TCP = 150, TAIL_UDP = 60, TARGETS_MOST = 300 };
enum { S_NS = 1000000000 };

/* A port and what it must count in the month. */
struct target {
    const char *protocol;
    uint16_t port;
    bool late; /* what comes is the answer to a question asked more than 120 s ago: an access again */
    uint32_t accesses, sources;
};
struct targets {
    struct target items[TARGETS_MOST];
    size_t count, named;
};

int64_t traffic_day_ns(int32_t day)
{
    return ((int64_t)day * 86400 - 9 * 3600) * S_NS;
}

/* The ports outside the usual ones: a list, and a long tail of random ones, the same in every month. */
static size_t add_others(struct targets *targets, uint32_t *weights, struct dice *dice)
{
    size_t count = 0;
    for (const struct demo_other_port *other = demo_other_ports; other->protocol != NULL; other++) {
        targets->items[targets->count++] = (struct target){.protocol = other->protocol, .port = other->port};
        weights[count++] = other->weight * (90 + dice_below(dice, 21));
    }
    struct dice tail = dice_for("tail", 0);
    for (int i = 0; i < TAIL_TCP + TAIL_UDP; i++) {
        bool udp = i >= TAIL_TCP;
        uint16_t port = (uint16_t)((udp ? 40000 : 10007) + i % TAIL_TCP * 131 + (int)dice_below(&tail, 97));
        targets->items[targets->count++] =
            (struct target){.protocol = udp ? "udp" : "tcp", .port = port, .late = udp && i % 4 == 0};
        weights[count++] = 100 + dice_below(dice, 60);
    }
    return count;
}

static void plan(struct targets *targets, int month, struct dice *dice)
{
    uint32_t accesses_left = demo_accesses[month], sources_left = demo_sources[month];
    for (const struct demo_port *port = demo_ports; port->protocol != NULL; port++) {
        uint32_t accesses = port->accesses[month], sources = accesses * port->sources_percent / 100;
        targets->items[targets->count++] = (struct target){
            .protocol = port->protocol, .port = port->port, .accesses = accesses, .sources = sources};
        accesses_left -= accesses;
        sources_left -= sources;
    }
    targets->named = targets->count;
    uint32_t weights[TARGETS_MOST], accesses[TARGETS_MOST], sources[TARGETS_MOST];
    size_t others = add_others(targets, weights, dice);
    share_by_weight(accesses_left, weights, others, accesses);
    share_within(sources_left, accesses, others, sources);
    for (size_t i = 0; i < others; i++) {
        targets->items[targets->named + i].accesses = accesses[i];
        targets->items[targets->named + i].sources = sources[i];
    }
}

/* One (day, point, port, source), the row that the ledger will keep. */
struct visit {
    const struct target *target;
    int32_t day;
    uint8_t point;
    bool ipv6;
    struct address source, destination;
    uint16_t source_port;
};

static bool is(const struct target *target, const char *protocol)
{
    return strcmp(target->protocol, protocol) == 0;
}

static int32_t a_day(struct traffic *traffic, const struct target *target)
{
    uint32_t weights[31];
    for (int i = 0; i < traffic->length; i++)
        weights[i] =
            target->port == 8909 ? 60u + 3u * (uint32_t)i : 100u + (uint32_t)(traffic->first + i) % 7;
    return traffic->first + (int32_t)dice_pick(&traffic->dice, weights, (size_t)traffic->length);
}

static struct visit a_visit(struct traffic *traffic, const struct target *target, struct once *once)
{
    struct visit visit = {.target = target};
    uint64_t sum;
    do {
        visit.day = a_day(traffic, target);
        visit.point = (uint8_t)dice_below(&traffic->dice, DEMO_POINTS);
        bool has_ipv6 = demo_points[visit.point].ipv6_high != 0;
        visit.ipv6 = is(target, "icmp6");
        if (!visit.ipv6 && has_ipv6 && !target->late && (is(target, "tcp") || is(target, "udp")))
            visit.ipv6 = dice_chance(&traffic->dice, 1, 12);
        if (visit.ipv6 && !has_ipv6)
            visit.point = 2; /* one that has it */
        visit.source = pools_pick(traffic->pools, &traffic->dice, target->port == 8909, visit.ipv6);
        sum = once_mix(once_mix((uint64_t)visit.day << 8 | visit.point, visit.source.high), visit.source.low);
        sum = once_mix(sum, (uint64_t)target->protocol[0] << 32 | (uint64_t)strlen(target->protocol) << 16 |
                                target->port);
    } while (!once_add(once, sum));
    visit.source_port = target->late ? 53 : (uint16_t)(1025 + dice_below(&traffic->dice, 64000));
    visit.destination =
        visit.ipv6 ? point_ipv6(visit.point, &traffic->dice) : point_ipv4(visit.point, &traffic->dice);
    return visit;
}

static uint8_t a_scan(struct dice *dice)
{
    static const uint8_t flags[] = {TCP_SYN,           TCP_ACK, TCP_FIN, 0, TCP_FIN | TCP_PUSH | TCP_URG,
                                    TCP_PUSH | TCP_ACK};
    static const uint32_t weights[] = {950, 20, 10, 8, 6, 6};
    return flags[dice_pick(dice, weights, 6)];
}

static void put_udp(struct traffic *traffic, struct capture_note note, const struct wire_ends *ends)
{
    struct wire wire, first, later;
    wire_udp(&wire, ends, 12 + dice_below(&traffic->dice, 80), dice_chance(&traffic->dice, 1, 3));
    bool ipv4 = address_is_ipv4(ends->source);
    if (ipv4 && wire.length > 60 && dice_chance(&traffic->dice, 1, 20)) {
        wire_fragment(&wire, 24, &first, &later);
        capture_add(&traffic->capture, note, &first);
        capture_add(&traffic->capture, note, &later); /* has no port: not counted */
        return;
    }
    if (ipv4 && dice_chance(&traffic->dice, 1, 100))
        note.cut_to = 24; /* the ports, and no more */
    capture_add(&traffic->capture, note, &wire);
}

static void put_contact(struct traffic *traffic, const struct visit *visit, int64_t time_ns)
{
    const struct target *target = visit->target;
    struct capture_note note = {.time_ns = time_ns, .point = visit->point};
    struct wire_ends ends = {visit->source, visit->destination, visit->source_port, target->port};
    struct wire wire;
    if (is(target, "udp")) {
        put_udp(traffic, note, &ends);
        return;
    }
    if (is(target, "tcp")) {
        wire_tcp(&wire, &ends, a_scan(&traffic->dice), dice_chance(&traffic->dice, 1, 3));
        if (!visit->ipv6 && dice_chance(&traffic->dice, 1, 100))
            note.cut_to = 34; /* the flags, and no more */
    } else if (is(target, "ip")) {
        wire_begin(&wire, ends.source, ends.destination, (uint8_t)target->port, 0);
        wire_put(&wire, 0x00000800, 4); /* GRE that carries IPv4 (RFC 2784) */
        wire_fill(&wire, 40);
        wire_end(&wire);
    } else {
        wire_icmp(&wire, &(struct wire_icmp){ends.source, ends.destination, (uint8_t)target->port, 0,
                                             ends.source_port, (uint16_t)dice_below(&traffic->dice, 9)});
    }
    capture_add(&traffic->capture, note, &wire);
}

/* The times of a visit's packets; some on the very first and the very last instant of the day. */
static int64_t a_time(struct traffic *traffic, const struct visit *visit)
{
    int64_t begins_ns = traffic_day_ns(visit->day), last_us = INT64_C(86399999999);
    uint32_t throw = dice_below(&traffic->dice, 120);
    if (throw == 0)
        return begins_ns;
    if (throw == 1)
        return begins_ns + last_us * 1000 + dice_below(&traffic->dice, 1000);
    return begins_ns + (int64_t)dice_below(&traffic->dice, 86400) * S_NS + dice_below(&traffic->dice, S_NS);
}

/* The point asks, gets one answer in time (not counted), and what comes 121 s later and after that counts. */
static void put_late(struct traffic *traffic, const struct visit *visit, uint32_t accesses)
{
    int64_t asked_ns =
        traffic_day_ns(visit->day) + (int64_t)(3600 + dice_below(&traffic->dice, 70000)) * S_NS;
    struct wire_ends ends = {visit->destination, visit->source, visit->target->port, 53};
    struct wire wire;
    wire_udp(&wire, &ends, 30, 0);
    capture_add(&traffic->capture,
                (struct capture_note){.time_ns = asked_ns, .point = visit->point, .outgoing = true}, &wire);
    put_contact(traffic, visit, asked_ns + S_NS / 20); /* in time */
    for (uint32_t i = 0; i < accesses; i++)
        put_contact(traffic, visit, asked_ns + (121 + (int64_t)i * 7) * S_NS);
}

static void put_target(struct traffic *traffic, const struct target *target, struct once *once)
{
    if (target->sources == 0)
        return;
    uint32_t *accesses = memory_new(target->sources, sizeof *accesses);
    share_by_dice(target->accesses, target->sources, accesses, &traffic->dice);
    for (uint32_t i = 0; i < target->sources; i++) {
        struct visit visit = a_visit(traffic, target, once);
        if (target->late)
            put_late(traffic, &visit, accesses[i]);
        for (uint32_t n = 0; n < accesses[i] && !target->late; n++) {
            put_contact(traffic, &visit, a_time(traffic, &visit));
            if (demo_points[visit.point].ipv4_count > 1 &&
                !visit.ipv6) /* another address of the same point */
                visit.destination = point_ipv4(visit.point, &traffic->dice);
        }
    }
    free(accesses);
}

void traffic_contacts(struct traffic *traffic)
{
    struct targets targets = {0};
    traffic->dice = dice_for("contacts", traffic->month);
    plan(&targets, traffic->month, &traffic->dice);
    struct once once;
    once_init(&once);
    for (size_t i = 0; i < targets.count; i++)
        put_target(traffic, &targets.items[i], &once);
    once_clear(&once);
}

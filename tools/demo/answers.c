#include "demo/points.h"
#include "demo/published.h"
#include "demo/traffic.h"

enum { ASKS_A_DAY = 8, MS_NS = 1000000 };

/* A point's question to a server. */
struct ask {
    struct traffic *traffic;
    int64_t time_ns;
    uint8_t point;
    struct address here, there;
    uint16_t here_port;
};

static void out(const struct ask *ask, int64_t after_ms, const struct wire *wire)
{
    capture_add(&ask->traffic->capture,
                (struct capture_note){
                    .time_ns = ask->time_ns + after_ms * MS_NS, .point = ask->point, .outgoing = true},
                wire);
}

static void in(const struct ask *ask, int64_t after_ms, const struct wire *wire)
{
    capture_add(&ask->traffic->capture,
                (struct capture_note){.time_ns = ask->time_ns + after_ms * MS_NS, .point = ask->point}, wire);
}

static struct wire_ends ends_of(const struct ask *ask, bool answer, uint16_t there_port)
{
    if (answer)
        return (struct wire_ends){ask->there, ask->here, there_port, ask->here_port};
    return (struct wire_ends){ask->here, ask->there, ask->here_port, there_port};
}

/* DNS and NTP: a question and its answer, which may come twice. */
static void ask_udp(const struct ask *ask, uint16_t port, int64_t after_ms)
{
    struct wire wire;
    struct wire_ends ends = ends_of(ask, false, port);
    wire_udp(&wire, &ends, 31, 0);
    out(ask, 0, &wire);
    ends = ends_of(ask, true, port);
    wire_udp(&wire, &ends, 80, 0);
    in(ask, after_ms, &wire);
    if (ask->here_port % 4 == 0)
        in(ask, after_ms + 100000, &wire); /* 100 s later: still within the 120 */
}

static void ask_web(const struct ask *ask)
{
    static const struct {
        bool answer;
        uint8_t flags;
    } talk[] = {{false, TCP_SYN},
                {true, TCP_SYN | TCP_ACK},
                {false, TCP_ACK},
                {false, TCP_PUSH | TCP_ACK},
                {true, TCP_ACK},
                {true, TCP_PUSH | TCP_ACK},
                {false, TCP_ACK},
                {true, TCP_FIN | TCP_ACK},
                {false, TCP_FIN | TCP_ACK},
                {true, TCP_ACK}};
    for (size_t i = 0; i < sizeof talk / sizeof *talk; i++) {
        struct wire wire;
        struct wire_ends ends = ends_of(ask, talk[i].answer, 80);
        wire_tcp(&wire, &ends, talk[i].flags, 0);
        (talk[i].answer ? in : out)(ask, 20 * (int64_t)i, &wire);
    }
}

static void ask_closed_port(const struct ask *ask)
{
    struct wire wire;
    struct wire_ends ends = ends_of(ask, false, 8080);
    wire_tcp(&wire, &ends, TCP_SYN, 0);
    out(ask, 0, &wire);
    ends = ends_of(ask, true, 8080);
    wire_tcp(&wire, &ends, TCP_RST | TCP_ACK, 0);
    in(ask, 30, &wire);
}

static void ask_echo(const struct ask *ask)
{
    bool ipv4 = address_is_ipv4(ask->here);
    for (uint16_t sequence = 0; sequence < 3; sequence++) {
        struct wire wire;
        wire_icmp(&wire,
                  &(struct wire_icmp){ask->here, ask->there, ipv4 ? 8 : 128, 0, ask->here_port, sequence});
        out(ask, sequence * 1000, &wire);
        wire_icmp(&wire,
                  &(struct wire_icmp){ask->there, ask->here, ipv4 ? 0 : 129, 0, ask->here_port, sequence});
        in(ask, sequence * 1000 + 15, &wire);
    }
}

/* A router on the way, not the one that was asked, sends back an error that quotes the question (RFC 792). */
static void ask_route(const struct ask *ask)
{
    for (uint16_t hop = 0; hop < 3; hop++) {
        struct wire question, error;
        struct wire_ends ends = ends_of(ask, false, (uint16_t)(33434 + hop));
        wire_udp(&question, &ends, 24, 0);
        out(ask, hop * 200, &question);
        struct address router = address_from_ipv4(address_ipv4(ask->there) ^ (1u + hop));
        wire_icmp_error(&error, hop == 2 ? ask->there : router, hop == 2 ? 3 : 11, hop == 2 ? 3 : 0,
                        &question);
        in(ask, hop * 200 + 40, &error);
    }
}

static void put_ask(struct traffic *traffic, int32_t day, uint8_t point)
{
    struct dice *dice = &traffic->dice;
    bool ipv6 = demo_points[point].ipv6_high != 0 && dice_chance(dice, 1, 4);
    struct ask ask = {.traffic = traffic, .point = point};
    /* never so late that the answers would lie in the next day's file */
    ask.time_ns = traffic_day_ns(day) + (int64_t)dice_below(dice, 86200000) * MS_NS + dice_below(dice, MS_NS);
    ask.here = ipv6 ? point_ipv6(point, dice) : point_ipv4(point, dice);
    ask.there = pools_server(traffic->pools, dice, ipv6);
    ask.here_port = (uint16_t)(49152 + dice_below(dice, 16000));
    switch (dice_below(dice, ipv6 ? 5 : 7)) {
    case 0:
    case 1:
        ask_udp(&ask, 53, 12);
        break;
    case 2:
        ask_udp(&ask, 123, 9);
        break;
    case 3:
        ask_web(&ask);
        break;
    case 4:
        ask_echo(&ask);
        break;
    case 5:
        ask_closed_port(&ask);
        break;
    default:
        ask_route(&ask);
    }
}

/* November comes in two files: at their border every point has just asked and is answered in the second file.
 */
static void put_border(struct traffic *traffic)
{
    for (uint8_t point = 0; point < DEMO_POINTS; point++) {
        struct ask ask = {.traffic = traffic, .point = point, .here_port = 49001};
        ask.time_ns = traffic_day_ns(traffic->first + 15) - 50 * MS_NS;
        ask.here = point_ipv4(point, &traffic->dice);
        ask.there = pools_server(traffic->pools, &traffic->dice, false);
        ask_udp(&ask, 53, 70);
    }
}

void traffic_answers(struct traffic *traffic)
{
    traffic->dice = dice_for("answers", traffic->month);
    for (int day = 0; day < traffic->length; day++) {
        for (uint8_t point = 0; point < DEMO_POINTS; point++) {
            for (int i = 0; i < ASKS_A_DAY; i++)
                put_ask(traffic, traffic->first + day, point);
        }
    }
    if (traffic->month == DEMO_MONTHS - 1)
        put_border(traffic);
}

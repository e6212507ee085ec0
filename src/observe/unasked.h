/* unasked: the counting rule: what one packet is to the points ("What counts as an access" in the contract).
 */
#pragma once
#include "observe/asked.h"
#include "observe/days.h"
#include "observe/packet.h"
#include "observe/point.h"

/* Every packet read is exactly one of these. */
enum verdict {
    VERDICT_ACCESS,
    VERDICT_BACKSCATTER,
    VERDICT_ANSWERED,
    VERDICT_SENT,     /* by a point, to somebody else */
    VERDICT_NOT_OURS, /* neither from nor to an address of a point that day */
    VERDICT_BROADCAST,
    VERDICT_HOUSEKEEPING,
    VERDICT_LATER_FRAGMENT,
    VERDICT_NOT_IP,
    VERDICT_LINK_UNKNOWN,
    VERDICT_CUT,
    VERDICT_MALFORMED,
    VERDICT_NO_TIME,
    VERDICT_LET_GO, /* counted, but of a day that the ledger has let go of: never judged so, told when kept */
    VERDICT_COUNT,
};

/* Where an access or backscatter is counted. */
struct unasked_at {
    int point;
    int32_t day;
    int64_t day_begins_s;
    uint16_t port; /* backscatter: the sender's; ICMP: the type; other IP: the protocol number */
};

struct unasked {
    const struct point_map *points;
    struct days *days;
    struct asked *asked; /* NULL: the points are taken to have asked for nothing */
    bool sent;           /* set where that was wrong, for one sent this packet */
};

/* Seconds since the epoch, cut towards the past. */
static inline int64_t unasked_seconds(int64_t time_ns)
{
    return time_ns / 1000000000 - (time_ns % 1000000000 < 0);
}

/* `at` holds for VERDICT_ACCESS and VERDICT_BACKSCATTER. What a point sent is remembered in `asked`. */
enum verdict unasked_judge(struct unasked *unasked, const struct packet *packet, struct unasked_at *at);

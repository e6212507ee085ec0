#include "observe/judge.h"
#include "observe/link.h"

/* Packets in the order of enum packet_protocol are sightings in that of enum sighting_protocol. */
_Static_assert((int)PACKET_TCP == SIGHTING_TCP && (int)PACKET_UDP == SIGHTING_UDP &&
                   (int)PACKET_ICMP == SIGHTING_ICMP && (int)PACKET_ICMP6 == SIGHTING_ICMP6 &&
                   (int)PACKET_IP == SIGHTING_IP,
               "the two enums are one");

enum verdict judge_record(struct unasked *unasked, const struct capture_record *record,
                          struct fold_seen *seen)
{
    struct packet packet;
    struct unasked_at at;
    link_decode(record, &packet);
    enum verdict verdict = unasked_judge(unasked, &packet, &at);
    if (verdict != VERDICT_ACCESS && verdict != VERDICT_BACKSCATTER)
        return verdict;
    *seen = (struct fold_seen){
        .source = packet.source,
        .time_s = unasked_seconds(packet.time_ns),
        .day_begins_s = at.day_begins_s,
        .day = at.day,
        .point = (uint16_t)at.point,
        .port = at.port,
        .kind = verdict == VERDICT_ACCESS ? SIGHTING_CONTACT : SIGHTING_BACKSCATTER,
        .protocol = packet.protocol,
    };
    return verdict;
}

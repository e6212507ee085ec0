/* count: read, decode, judge, fold; then the account and the fold, which were counted apart, are held side by
 * side. */
#include "observe/count.h"
#include "observe/link.h"

/* One packet into the account and, where it counts, into the fold. */
static bool count_packet(struct unasked *unasked, const struct packet *packet, struct account *account,
                         struct fold *fold)
{
    struct unasked_at at;
    enum verdict verdict = unasked_judge(unasked, packet, &at);
    account->packets++;
    account->verdicts[verdict]++;
    if (verdict != VERDICT_ACCESS && verdict != VERDICT_BACKSCATTER)
        return true;
    struct fold_seen seen = {
        .source = packet->source,
        .time_s = unasked_seconds(packet->time_ns),
        .day_begins_s = at.day_begins_s,
        .day = at.day,
        .point = (uint16_t)at.point,
        .port = at.port,
        .kind = verdict == VERDICT_ACCESS ? SIGHTING_CONTACT : SIGHTING_BACKSCATTER,
        .protocol = packet->protocol,
    };
    return fold_add(fold, &seen);
}

/* Packets in the order of enum packet_protocol are sightings in that of enum sighting_protocol. */
_Static_assert((int)PACKET_TCP == SIGHTING_TCP && (int)PACKET_UDP == SIGHTING_UDP &&
                   (int)PACKET_ICMP == SIGHTING_ICMP && (int)PACKET_ICMP6 == SIGHTING_ICMP6 &&
                   (int)PACKET_IP == SIGHTING_IP,
               "the two enums are one");

bool count_packets(struct unasked *unasked, struct capture *capture, struct account_file *file,
                   struct fold *fold, struct fault *fault)
{
    struct capture_record record;
    struct packet packet;
    enum capture_next next;
    while ((next = capture_next(capture, &record)) == CAPTURE_RECORD) {
        link_decode(&record, &packet);
        if (!count_packet(unasked, &packet, &file->account, fold))
            return fault_set(fault, "'%s' has packets of more than %d days (expected a capture of fewer)",
                             file->name, FOLD_DAYS_MOST);
    }
    file->broken = next == CAPTURE_BROKEN;
    if (file->broken)
        file->where = *capture_break(capture);
    return true;
}

bool count_end(struct account *account, struct fold *fold, struct fault *fault)
{
    fold_end(fold);
    uint64_t folded = fold_accesses(fold, SIGHTING_CONTACT),
             scattered = fold_accesses(fold, SIGHTING_BACKSCATTER);
    if (folded != account->verdicts[VERDICT_ACCESS] || scattered != account->verdicts[VERDICT_BACKSCATTER])
        return fault_set(
            fault, "the account does not add up: %llu accesses and backscatter, %llu folded",
            (unsigned long long)(account->verdicts[VERDICT_ACCESS] + account->verdicts[VERDICT_BACKSCATTER]),
            (unsigned long long)(folded + scattered));
    account->sources = fold_sightings(fold, SIGHTING_CONTACT);
    account->backscatter_sources = fold_sightings(fold, SIGHTING_BACKSCATTER);
    return account_check(account, fault);
}

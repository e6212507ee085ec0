/* unasked: the contract's section, line by line. */
#include "observe/unasked.h"
#include "observe/icmp.h"

/* Packets whose headers did not tell from where to where they go. */
static bool judge_state(const struct packet *packet, enum verdict *verdict)
{
    switch ((enum packet_state)packet->state) {
    case PACKET_NO_TIME:
        *verdict = VERDICT_NO_TIME;
        return true;
    case PACKET_LINK_UNKNOWN:
        *verdict = VERDICT_LINK_UNKNOWN;
        return true;
    case PACKET_NOT_IP:
        *verdict = VERDICT_NOT_IP;
        return true;
    case PACKET_CUT:
        *verdict = VERDICT_CUT;
        return !packet->addressed;
    case PACKET_MALFORMED:
        *verdict = VERDICT_MALFORMED;
        return !packet->addressed;
    case PACKET_LATER_FRAGMENT:
        *verdict = VERDICT_LATER_FRAGMENT;
        return false;
    case PACKET_WHOLE:
        break;
    }
    return false;
}

/* Multicast (RFC 1112, RFC 4291 section 2.7) and the limited broadcast (RFC 919). A network's own broadcast
 * address is an address like others to whoever watches the whole network. */
static bool is_to_many(struct address address)
{
    if (!address_is_ipv4(address))
        return address.high >> 56 == 0xff;
    uint32_t ipv4 = address_ipv4(address);
    return ipv4 >> 28 == 0xe || ipv4 == UINT32_MAX;
}

static bool is_icmp(const struct packet *packet)
{
    return packet->protocol == PACKET_ICMP || packet->protocol == PACKET_ICMP6;
}

static void remember(struct unasked *unasked, const struct packet *packet)
{
    if (packet->state != PACKET_WHOLE || (is_icmp(packet) && !packet->identified))
        return;
    struct asked_key key = {packet->source, packet->destination, packet->source_port,
                            packet->destination_port, packet->number};
    if (is_icmp(packet)) {
        key.point_port = packet->icmp_identifier;
        key.remote_port = packet->icmp_type;
    }
    asked_sent(unasked->asked, &key, packet->time_ns);
}

/* Whether a point sent the packet that an ICMP error quotes; an error about somebody else's packet answers
 * nothing. */
static bool answers_quote(const struct unasked *unasked, const struct packet *packet)
{
    const struct packet_quote *quote = &packet->quote;
    if (!quote->present || !address_equal(quote->source, packet->destination))
        return false;
    struct asked_key key = {quote->source, quote->destination, quote->source_port, quote->destination_port,
                            quote->number};
    if (quote->protocol == PACKET_ICMP || quote->protocol == PACKET_ICMP6)
        key.remote_port = quote->icmp_type;
    return asked_answers(unasked->asked, &key, packet->time_ns);
}

static bool is_answer(const struct unasked *unasked, const struct packet *packet)
{
    struct asked_key key = {packet->destination, packet->source, packet->destination_port,
                            packet->source_port, packet->number};
    if (packet->protocol == PACKET_TCP || packet->protocol == PACKET_UDP)
        return asked_answers(unasked->asked, &key, packet->time_ns);
    if (!is_icmp(packet))
        return false;
    switch (icmp_sense(packet->protocol, packet->icmp_type)) {
    case ICMP_ERROR:
        return answers_quote(unasked, packet);
    case ICMP_REPLY:
        key.point_port = packet->icmp_identifier;
        key.remote_port = icmp_request(packet->protocol, packet->icmp_type);
        return asked_answers(unasked->asked, &key, packet->time_ns);
    case ICMP_REQUEST:
    case ICMP_HOUSEKEEPING:
        break;
    }
    return false;
}

/* What answers something, though nobody here asked: the work of somebody who forged our address. */
static bool is_backscatter(const struct packet *packet)
{
    if (packet->protocol == PACKET_TCP)
        return (packet->flags & PACKET_RST) ||
               (packet->flags & (PACKET_SYN | PACKET_ACK)) == (PACKET_SYN | PACKET_ACK);
    if (!is_icmp(packet))
        return false;
    enum icmp_sense sense = icmp_sense(packet->protocol, packet->icmp_type);
    return sense == ICMP_REPLY || sense == ICMP_ERROR;
}

static uint16_t counted_port(const struct packet *packet, bool backscatter)
{
    if (is_icmp(packet))
        return packet->icmp_type;
    if (packet->protocol == PACKET_IP)
        return packet->number;
    return backscatter ? packet->source_port : packet->destination_port;
}

/* A packet that reached a point: whole, and to it alone. */
static enum verdict judge_arrived(const struct unasked *unasked, const struct packet *packet,
                                  struct unasked_at *at)
{
    if (is_icmp(packet) && icmp_sense(packet->protocol, packet->icmp_type) == ICMP_HOUSEKEEPING)
        return VERDICT_HOUSEKEEPING;
    if (unasked->asked != NULL && is_answer(unasked, packet))
        return VERDICT_ANSWERED;
    bool backscatter = is_backscatter(packet);
    at->port = counted_port(packet, backscatter);
    return backscatter ? VERDICT_BACKSCATTER : VERDICT_ACCESS;
}

/* The point that watches the place on the packet's day. */
static bool find_point(struct unasked *unasked, const struct packet *packet, uint32_t place,
                       struct unasked_at *at)
{
    const struct day *day = days_of(unasked->days, unasked_seconds(packet->time_ns));
    at->day = day->day;
    at->day_begins_s = day->begins_s;
    at->point = point_on_day(unasked->points, place, day->day);
    return at->point != POINT_NONE;
}

enum verdict unasked_judge(struct unasked *unasked, const struct packet *packet, struct unasked_at *at)
{
    enum verdict left_out = VERDICT_COUNT;
    if (judge_state(packet, &left_out))
        return left_out;
    uint32_t from = point_place(unasked->points, packet->source);
    uint32_t to = point_place(unasked->points, packet->destination);
    /* One that says it comes from where it goes to was forged by a stranger: the point did not send it. */
    bool sent = from != 0 && !address_equal(packet->source, packet->destination);
    enum verdict verdict = sent ? VERDICT_SENT : VERDICT_NOT_OURS;
    if (to != 0 && find_point(unasked, packet, to, at) && !is_to_many(packet->destination))
        verdict = packet->state == PACKET_WHOLE ? judge_arrived(unasked, packet, at) : left_out;
    if (verdict == VERDICT_NOT_OURS && is_to_many(packet->destination))
        verdict = VERDICT_BROADCAST;
    if (sent && unasked->asked != NULL)
        remember(unasked, packet);
    unasked->sent |= sent;
    return verdict;
}

/* plain: only tests that a plain packet passes; whatever else it is, is said elsewhere. */
#include "observe/plain.h"
#include "observe/fold_inlet.h"

enum {
    ETHERNET = 1,
    RAW = 101,
    IPV4 = 228,
    HEADER = 20,
    TCP = 6,
    UDP = 17,
    TCP_FLAGS_END = 14,
    PORTS_END = 4
};

static inline uint32_t u16_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 8 | bytes[1];
}
static inline uint32_t u32_at(const unsigned char *bytes)
{
    return u16_at(bytes) << 16 | u16_at(bytes + 2);
}

/* Where the IP header begins; NULL where the frame is not that simple. */
static inline const unsigned char *find_ip(const struct capture_record *record, size_t *length)
{
    const unsigned char *bytes = record->bytes;
    if (record->link == ETHERNET) {
        if (record->length < 14 + HEADER || u16_at(bytes + 12) != 0x0800)
            return NULL;
        *length = record->length - 14;
        return bytes + 14;
    }
    *length = record->length;
    return (record->link == RAW || record->link == IPV4) && *length >= HEADER ? bytes : NULL;
}

/* Version 4, no options, no fragment, and long enough by its own words and by what was captured. */
static inline bool is_plain(const unsigned char *ip, size_t length)
{
    if (ip[0] != 0x45 || (u16_at(ip + 6) & 0x3fff) != 0 || (ip[9] != TCP && ip[9] != UDP))
        return false;
    uint32_t needed = HEADER + (ip[9] == TCP ? TCP_FLAGS_END : PORTS_END);
    return length >= needed && u16_at(ip + 2) >= needed;
}

/* TCP's flags: an answer is SYN+ACK or RST. */
static inline bool answers(const unsigned char *ip)
{
    uint8_t flags = ip[HEADER + 13];
    return ip[9] == TCP &&
           ((flags & PACKET_RST) || (flags & (PACKET_SYN | PACKET_ACK)) == (PACKET_SYN | PACKET_ACK));
}

/* Whether a point sent what this answers. */
static bool asked_for(const struct unasked *unasked, const unsigned char *ip, int64_t time_ns)
{
    uint32_t ports = u32_at(ip + HEADER);
    struct asked_key key = {address_from_ipv4(u32_at(ip + 16)), address_from_ipv4(u32_at(ip + 12)),
                            (uint16_t)ports, (uint16_t)(ports >> 16), ip[9]};
    return asked_answers(unasked->asked, &key, time_ns);
}

/* The place it is for; 0: it takes the long way, because it is not plain, for no point, for many, or from a
 * point. */
static inline uint32_t find_place(const struct unasked *unasked, const struct capture_record *record,
                                  const unsigned char **ip)
{
    size_t length;
    *ip = find_ip(record, &length);
    if (*ip == NULL || !record->timed || record->time_ns < 0 || !is_plain(*ip, length))
        return 0;
    uint32_t destination = u32_at(*ip + 16);
    if (destination >= UINT32_C(0xe0000000) || point_place_ipv4(unasked->points, u32_at(*ip + 12)) != 0)
        return 0;
    return point_place_ipv4(unasked->points, destination);
}

size_t plain_run(const struct unasked *unasked, const struct capture_record *records, size_t count,
                 struct fold_inlet *inlet, struct account *account)
{
    uint64_t backscatter = 0;
    size_t at = 0;
    for (; at < count; at++) {
        const unsigned char *ip;
        uint32_t place = find_place(unasked, &records[at], &ip);
        if (place == 0)
            break;
        int64_t time_s = (int64_t)((uint64_t)records[at].time_ns / 1000000000);
        const struct day *day = days_of(unasked->days, time_s);
        const struct fold_known_day *known = fold_inlet_known(inlet, day->day, day->begins_s);
        int point = point_on_day(unasked->points, place, day->day);
        if (known == NULL || point == POINT_NONE ||
            (unasked->asked != NULL && asked_for(unasked, ip, records[at].time_ns)))
            break;
        bool answer = answers(ip);
        uint64_t key = fold_inlet_key((uint16_t)point, answer ? SIGHTING_BACKSCATTER : SIGHTING_CONTACT,
                                      ip[9] == TCP ? SIGHTING_TCP : SIGHTING_UDP,
                                      (uint16_t)u16_at(ip + HEADER + (answer ? 0 : 2)));
        fold_inlet_scatter(inlet, key | u32_at(ip + 12), (uint32_t)(time_s - known->base_s), known->index);
        backscatter += answer;
    }
    account->packets += at;
    account->verdicts[VERDICT_BACKSCATTER] += backscatter;
    account->verdicts[VERDICT_ACCESS] += at - backscatter;
    return at;
}

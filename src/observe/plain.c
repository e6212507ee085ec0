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

/* VERDICT_ACCESS and VERDICT_BACKSCATTER, with what is seen; VERDICT_COUNT: it is not plain. */
static inline enum verdict judge(const struct unasked *unasked, const struct capture_record *record,
                                 struct fold_seen *seen)
{
    size_t length;
    const unsigned char *ip = find_ip(record, &length);
    if (ip == NULL || !record->timed || !is_plain(ip, length))
        return VERDICT_COUNT;
    uint32_t source = u32_at(ip + 12), destination = u32_at(ip + 16);
    uint32_t to = point_place_ipv4(unasked->points, destination);
    if (to == 0 || destination >= UINT32_C(0xe0000000) || point_place_ipv4(unasked->points, source) != 0)
        return VERDICT_COUNT;
    int64_t time_s = unasked_seconds(record->time_ns);
    const struct day *day = days_of(unasked->days, time_s);
    int point = point_on_day(unasked->points, to, day->day);
    if (point == POINT_NONE)
        return VERDICT_COUNT;
    uint32_t ports = u32_at(ip + HEADER);
    struct asked_key key = {address_from_ipv4(destination), address_from_ipv4(source), (uint16_t)ports,
                            (uint16_t)(ports >> 16), ip[9]};
    if (unasked->asked != NULL && asked_answers(unasked->asked, &key, record->time_ns))
        return VERDICT_COUNT;
    bool backscatter = answers(ip);
    *seen = (struct fold_seen){
        .source = address_from_ipv4(source),
        .time_s = time_s,
        .day_begins_s = day->begins_s,
        .day = day->day,
        .point = (uint16_t)point,
        .port = (uint16_t)(backscatter ? ports >> 16 : ports),
        .kind = backscatter ? SIGHTING_BACKSCATTER : SIGHTING_CONTACT,
        .protocol = ip[9] == TCP ? SIGHTING_TCP : SIGHTING_UDP,
    };
    return backscatter ? VERDICT_BACKSCATTER : VERDICT_ACCESS;
}

size_t plain_run(const struct unasked *unasked, const struct capture_record *records, size_t count,
                 struct fold_inlet *inlet, struct account *account)
{
    size_t at = 0;
    for (; at < count; at++) {
        struct fold_seen seen;
        enum verdict verdict = judge(unasked, &records[at], &seen);
        if (verdict == VERDICT_COUNT || !fold_inlet_put(inlet, &seen))
            break;
        account->verdicts[verdict]++;
    }
    account->packets += at;
    return at;
}

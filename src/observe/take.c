/* take: read, decode, judge, fold; check that it adds up; store. */
#include "observe/take.h"
#include "base/progress.h"
#include "observe/fold.h"
#include "observe/link.h"

bool take_begin(struct take *take, struct ledger *ledger, struct fault *fault)
{
    *take = (struct take){.ledger = ledger};
    if (!points_load(ledger, &take->points, fault))
        return false;
    if (take->points.watch_count == 0)
        return fault_set(fault, "no observation point (expected 'mimamori point add NAME CIDR' before)");
    take->map = point_map_new(&take->points);
    take->asked = asked_new();
    days_init(&take->days, &ledger->zone);
    return true;
}

void take_clear(struct take *take)
{
    asked_free(take->asked);
    point_map_free(take->map);
    points_clear(&take->points);
    origin_free(take->origin);
    *take = (struct take){0};
}

/* One packet into the account and, where it counts, into the fold. */
static bool take_packet(struct unasked *unasked, const struct packet *packet, struct account *account,
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
        .day_begins_s = at.day.begins_s,
        .day = at.day.day,
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

static bool read_packets(struct take *take, struct capture *capture, struct account_file *file,
                         struct fold *fold, struct fault *fault)
{
    struct unasked unasked = {take->map, &take->days, take->asked};
    struct capture_record record;
    struct packet packet;
    enum capture_next next;
    while ((next = capture_next(capture, &record)) == CAPTURE_RECORD) {
        link_decode(&record, &packet);
        if (!take_packet(&unasked, &packet, &file->account, fold))
            return fault_set(fault, "'%s' has packets of more than %d days (expected a capture of fewer)",
                             file->name, FOLD_DAYS_MOST);
    }
    file->broken = next == CAPTURE_BROKEN;
    if (file->broken)
        file->where = *capture_break(capture);
    return true;
}

/* The account and the fold were counted apart; they must agree before anything is stored. */
static bool check(struct account *account, const struct fold *fold, struct fault *fault)
{
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

struct outgoing {
    struct fold *fold;
    struct origin *origin;
};

static size_t next_rows(void *context, struct sighting *rows, size_t most)
{
    struct outgoing *outgoing = context;
    size_t count = fold_next(outgoing->fold, rows, most);
    for (size_t i = 0; i < count; i++)
        origin_country(outgoing->origin, rows[i].source, rows[i].country);
    return count;
}

struct watching {
    struct content_sum *sum;
    const struct source *source;
    struct progress progress;
};

static void see_bytes(void *context, const void *bytes, size_t length)
{
    struct watching *watching = context;
    content_sum_add(watching->sum, bytes, length);
    if (watching->source->raw_read != NULL)
        progress_tell(&watching->progress, *watching->source->raw_read);
}

/* To the end of the file, also where its packets ended before: its content is all of it. */
static bool read_whole(struct take *take, struct capture *capture, struct account_file *file,
                       struct fold *fold, struct content *content, struct fault *fault)
{
    OWNED(content_sum_free) struct content_sum *sum = content_sum_new(take->ledger);
    struct source *source = capture_source(capture);
    struct watching watching = {.sum = sum, .source = source};
    progress_begin(&watching.progress, file->name, source->raw_size);
    source_watch(source, see_bytes, &watching);
    bool read = read_packets(take, capture, file, fold, fault);
    if (read) {
        source_drain(source);
        *content = content_sum_value(sum);
    }
    progress_end(&watching.progress);
    return read;
}

bool take_capture(struct take *take, struct capture *capture, struct account_file *file, struct fault *fault)
{
    OWNED(fold_free) struct fold *fold = fold_new();
    struct content content;
    if (!read_whole(take, capture, file, fold, &content, fault))
        return false;
    fold_end(fold);
    if (!check(&file->account, fold, fault))
        return false;
    struct outgoing outgoing = {fold, take->origin};
    enum sightings_stored stored;
    if (!sightings_store(take->ledger, &take->points, content, file->name,
                         (struct sightings_in){next_rows, &outgoing}, &stored, fault))
        return fault_while(fault, "'%s'", file->name);
    file->known = stored == SIGHTINGS_KNOWN;
    return true;
}

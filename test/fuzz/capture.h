/* capture: what the targets for whole files share. A file is counted slowly, packet after packet, by the long
 * way and a sorted array; then by the program's own way with one thread, and with more as it drips in byte by
 * byte: the account, where it breaks and every row are the same. */
#pragma once
#include "observe/count.h"
#include "observe/link.h"
#include "slowly.h"
#include <stdio.h>
#include <string.h>

enum { DRIP_MOST = 1 << 16 /* a byte at a time takes too long */, MEMORY_BOUND = 3 /* threads */ };

struct drip {
    const uint8_t *at, *end;
};

static ptrdiff_t drip_read(void *state, unsigned char *out, size_t room, const char **why)
{
    struct drip *drip = state;
    (void)why;
    MUST(room > 0);
    if (drip->at == drip->end)
        return 0;
    *out = *drip->at++;
    return 1;
}

static struct source *drip_source(const uint8_t *bytes, size_t length)
{
    struct drip *drip = memory_new(1, sizeof *drip);
    *drip = (struct drip){bytes, bytes + length};
    return source_new((struct source_from){drip_read, free, drip});
}

static char *names[] = {"half"};
static struct points points = {.names = names, .count = 1};
static struct point_map *map;
static struct zone zone;

/* One point that has half of all addresses, so that packets come, go, answer and pass by. */
static void prepare(void)
{
    static struct point_watch watches[2] = {{.since = INT32_MIN, .until = INT32_MAX},
                                            {.since = INT32_MIN, .until = INT32_MAX}};
    struct fault fault;
    if (map != NULL)
        return;
    points.watches = watches;
    points.watch_count = 2;
    MUST(network_parse("128.0.0.0/1", &watches[0].network) &&
         network_parse("2001::/16", &watches[1].network));
    MUST(zone_open(&zone, "Asia/Tokyo", &fault));
    map = point_map_new(&points);
}

static void judge_slowly(struct unasked *unasked, const struct capture_record *record,
                         struct account *account, struct slowly *slowly)
{
    struct packet packet;
    struct unasked_at at;
    link_decode(record, &packet);
    enum verdict verdict = unasked_judge(unasked, &packet, &at);
    account->packets++;
    account->verdicts[verdict]++;
    if (verdict != VERDICT_ACCESS && verdict != VERDICT_BACKSCATTER)
        return;
    struct fold_seen seen = {.source = packet.source,
                             .time_s = unasked_seconds(packet.time_ns),
                             .day_begins_s = at.day_begins_s,
                             .day = at.day,
                             .point = (uint16_t)at.point,
                             .port = at.port,
                             .kind = verdict == VERDICT_ACCESS ? SIGHTING_CONTACT : SIGHTING_BACKSCATTER,
                             .protocol = packet.protocol};
    slowly_add(slowly, &seen);
}

/* False where it is no capture. */
static bool count_slowly(const uint8_t *bytes, size_t length, struct account_file *file,
                         struct slowly *slowly)
{
    struct fault fault;
    struct days days;
    struct capture_record record;
    enum capture_next next;
    OWNED(capture_free) struct capture *capture = capture_new(source_over(bytes, length), "fuzz", &fault);
    if (capture == NULL)
        return false;
    OWNED(asked_free) struct asked *asked = asked_new();
    struct unasked unasked = {.points = map, .days = &days, .asked = asked};
    days_init(&days, &zone);
    while ((next = capture_next(capture, &record)) == CAPTURE_RECORD)
        judge_slowly(&unasked, &record, &file->account, slowly);
    file->broken = next == CAPTURE_BROKEN;
    if (file->broken)
        file->where = *capture_break(capture);
    return true;
}

/* The program's own way must give what the slow one gave, or refuse what has too many days. */
static void count_and_compare(struct source *source, unsigned threads, const struct account_file *expected,
                              const struct slowly *rows)
{
    struct fault fault;
    struct account_file file = {.name = "fuzz"};
    OWNED(capture_free) struct capture *capture = capture_new(source, "fuzz", &fault);
    MUST(capture != NULL);
    OWNED(asked_free) struct asked *asked = asked_new();
    OWNED(fold_free) struct fold *fold = fold_new(threads);
    if (threads == MEMORY_BOUND)
        fold_bound(fold, 1, P_tmpdir, &points); /* all rows go to the disk, stretch by stretch */
    struct count counting = {map, &zone, asked, fold, threads};
    if (!count_packets(&counting, capture, &file, &fault)) {
        MUST(rows->count > FOLD_DAYS_MOST);
        return;
    }
    MUST(count_end(&file.account, fold, &fault));
    MUST(file.account.packets == expected->account.packets);
    MUST(memcmp(file.account.verdicts, expected->account.verdicts, sizeof file.account.verdicts) == 0);
    MUST(file.broken == expected->broken);
    if (file.broken)
        MUST(file.where.offset == expected->where.offset && file.where.packet == expected->where.packet &&
             strcmp(file.where.why, expected->where.why) == 0);
    struct slowly copy = {.count = rows->count};
    if (rows->count > 0) { /* room as slowly_add() would have it */
        copy.rows = memory_new(rows->count, sizeof *rows->rows);
        memcpy(copy.rows, rows->rows, rows->count * sizeof *rows->rows);
    }
    slowly_must_be(&copy, fold);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct account_file expected = {.name = "fuzz"};
    struct slowly rows = {0};
    prepare();
    if (!count_slowly(bytes, length, &expected, &rows))
        return 0;
    count_and_compare(source_over(bytes, length), 1, &expected, &rows);
    if (length <= DRIP_MOST)
        count_and_compare(drip_source(bytes, length), length % 4 == 3 ? MEMORY_BOUND : 2, &expected, &rows);
    free(rows.rows);
    return 0;
}

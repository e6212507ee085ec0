/* Any packets in any order, by any number of inlets, fold to what sorting them gives. A byte chooses what
 * happens, seven more are the packet: few values of everything, so that keys meet, and now and then a far
 * one. */
#include "slowly.h"
#include <stdio.h>
#include <string.h>

enum { STEP = 8, THREADS = 3, DAY_S = 86400 };

struct inlet {
    struct fold_inlet *inlet;
    struct slowly put; /* and not yet taken */
};

static struct address source_of(const uint8_t *b)
{
    uint64_t number = (uint64_t)b[5] << 8 | b[6];
    switch (b[4] & 3) {
    case 0:
        return (struct address){UINT64_C(0x20010db8) << 32 | b[4], number};
    case 1:
        return (struct address){0, number};
    }
    return address_from_ipv4((uint32_t)number * (b[4] & 0x10 ? UINT32_C(65537) : 1));
}

static struct fold_seen packet_of(const uint8_t *b)
{
    struct fold_seen seen = {.source = source_of(b)};
    seen.day = 15286 + (b[1] & 0xf0 ? b[1] >> 4 & 7 : -15286);
    seen.day_begins_s = (int64_t)seen.day * DAY_S - 9 * 3600;
    seen.time_s = seen.day_begins_s + (int64_t)b[7] * 337;
    seen.point = b[1] & 3;
    seen.kind = b[2] & 1;
    seen.protocol = (uint8_t)((b[2] >> 1) % 5);
    seen.port = (uint16_t)(b[3] * 257);
    return seen;
}

static void take(struct inlet *inlet, struct slowly *all)
{
    fold_take(inlet->inlet);
    for (size_t i = 0; i < inlet->put.count; i++) {
        const struct sighting *row = &inlet->put.rows[i];
        struct fold_seen seen = {.source = row->source,
                                 .time_s = row->first_s,
                                 .day = row->day,
                                 .point = row->point,
                                 .port = row->port,
                                 .kind = row->kind,
                                 .protocol = row->protocol};
        slowly_add(all, &seen);
    }
}

static void forget(struct inlet *inlet)
{
    free(inlet->put.rows);
    inlet->put = (struct slowly){0};
}

static void step(struct inlet *inlet, const uint8_t *b, struct slowly *all)
{
    struct fold_seen seen = packet_of(b);
    for (int i = b[0] >> 6 == 3 ? 600 : 1; i > 0; i--) { /* so that chunks and counts fill */
        MUST(fold_put(inlet->inlet, &seen));
        slowly_add(&inlet->put, &seen);
    }
    if (b[0] & 4) {
        take(inlet, all);
        forget(inlet);
    } else if ((b[0] & 0x18) == 0x18) {
        fold_drop(inlet->inlet);
        forget(inlet);
    }
}

/* All rows so far go to the disk, and come back in the end. */
static void put_aside(struct fold *fold, struct inlet *inlets, struct slowly *all)
{
    struct fault fault;
    for (int i = 0; i < THREADS; i++) {
        take(&inlets[i], all);
        forget(&inlets[i]);
    }
    MUST(fold_put_aside(fold, &fault));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static char *names[] = {"a", "b", "c", "d"};
    static const struct points points = {.names = names, .count = 4};
    struct fault fault;
    if (length < STEP || length > 4096)
        return 0;
    OWNED(fold_free) struct fold *fold = fold_new(THREADS);
    struct inlet inlets[THREADS] = {0};
    struct slowly all = {0};
    uint64_t accesses[2] = {0};
    int aside = bytes[0] & 0x20 ? 4 : 0; /* how often, at most */
    if (aside > 0)
        fold_bound(fold, 1 << 20, P_tmpdir, &points);
    for (int i = 0; i < THREADS; i++)
        inlets[i].inlet = fold_inlet(fold);
    for (; length >= STEP; bytes += STEP, length -= STEP) {
        step(&inlets[(bytes[0] & 3) % THREADS], bytes, &all);
        if ((bytes[0] & 0x30) == 0x30 && aside-- > 0)
            put_aside(fold, inlets, &all);
    }
    for (int i = 0; i < THREADS; i++) {
        take(&inlets[i], &all);
        forget(&inlets[i]);
    }
    for (size_t i = 0; i < all.count; i++)
        accesses[all.rows[i].kind]++;
    MUST(fold_end(fold, &fault));
    for (int kind = 0; kind < 2; kind++)
        MUST(fold_accesses(fold, (enum sighting_kind)kind) == accesses[kind]);
    slowly_must_be(&all, fold);
    return 0;
}

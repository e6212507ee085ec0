/* filter: find the IP header (its offset in X), then look its two addresses up: 32 bits by a binary search
 * over the blocks' ends, which is as deep as the logarithm of their number; IPv6 blocks one after another, as
 * long as they are few.
 *
 * Classic BPF only jumps forward, and conditional jumps reach 255 instructions: each is therefore followed by
 * a jump that reaches any distance. Reading past the end of a packet lets it go: it was no IP packet of ours.
 */
#include "observe/filter.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

enum { TAGS_MOST = 4, LABELS_MOST = 4, STORE = 0 /* of the filter's memory words */ };
enum place {
    PLACE_TYPE,
    PLACE_VERSION,
    PLACE_IPV4,
    PLACE_IPV6,
    PLACE_ACCEPT,
    PLACE_REJECT,
    PLACE_FREE,
    PLACES = 1024
};

struct range {
    uint32_t first, last;
};

struct maker {
    struct filter *filter;
    uint32_t snapshot;
    int32_t places[PLACES]; /* of labels; -1 where not set yet */
    int free;
    struct range *ranges; /* IPv4, sorted and apart */
    size_t range_count;
    struct network *networks; /* IPv6, sorted, none inside another */
    size_t network_count;
    struct range *tops; /* the first 32 bits of the same */
    size_t top_count;
    bool by_tops;
};

static void emit(struct maker *maker, int code, uint32_t k)
{
    struct filter *filter = maker->filter;
    if (filter->count < BPF_MAXINSNS)
        filter->code[filter->count++] = (struct sock_filter){.code = (uint16_t)code, .k = k};
}

/* k is the place until all places are known. */
static void jump(struct maker *maker, int place)
{
    emit(maker, BPF_JMP | BPF_JA, (uint32_t)place);
}

/* `condition` BPF_JEQ, BPF_JGE, BPF_JSET */
static void jump_if(struct maker *maker, int condition, uint32_t k, int place)
{
    emit(maker, BPF_JMP | condition | BPF_K, k);
    maker->filter->code[maker->filter->count - 1].jf = 1;
    jump(maker, place);
}

static void jump_unless(struct maker *maker, int condition, uint32_t k, int place)
{
    emit(maker, BPF_JMP | condition | BPF_K, k);
    maker->filter->code[maker->filter->count - 1].jt = 1;
    jump(maker, place);
}

static void here(struct maker *maker, int place)
{
    maker->places[place] = maker->filter->count;
}

static int new_place(struct maker *maker)
{
    return maker->free++;
}

static void load(struct maker *maker, int size, uint32_t offset)
{
    emit(maker, BPF_LD | size | BPF_IND, offset);
}

/* X += by; A is kept. */
static void advance(struct maker *maker, uint32_t by)
{
    emit(maker, BPF_ST, STORE);
    emit(maker, BPF_MISC | BPF_TXA, 0);
    emit(maker, BPF_ALU | BPF_ADD | BPF_K, by);
    emit(maker, BPF_MISC | BPF_TAX, 0);
    emit(maker, BPF_LD | BPF_MEM, STORE);
}

/* To A = the EtherType and X = where its payload begins, or straight to the version. */
static void make_start(struct maker *maker, enum filter_frame frame)
{
    emit(maker, BPF_LDX | BPF_IMM, frame == FILTER_ETHERNET ? 14 : 0);
    switch (frame) {
    case FILTER_ETHERNET:
        emit(maker, BPF_LD | BPF_H | BPF_ABS, 12);
        return;
    case FILTER_COOKED:
        emit(maker, BPF_LD | BPF_H | BPF_ABS, (uint32_t)(SKF_AD_OFF + SKF_AD_PROTOCOL));
        return;
    case FILTER_RAW:
        jump(maker, PLACE_VERSION);
    }
}

/* A tag the network card took off is not in the packet any more, and its inner type stands in its place. */
static void make_tags(struct maker *maker)
{
    for (int i = 0; i < TAGS_MOST; i++) {
        int tag = new_place(maker);
        jump_if(maker, BPF_JEQ, 0x8100, tag);
        jump_if(maker, BPF_JEQ, 0x88a8, tag);
        jump_unless(maker, BPF_JEQ, 0x9100, PLACE_TYPE);
        here(maker, tag);
        load(maker, BPF_H, 2);
        advance(maker, 4);
    }
}

static void make_labels(struct maker *maker)
{
    for (int i = 0; i < LABELS_MOST; i++) {
        load(maker, BPF_B, 2);
        advance(maker, 4);
        jump_if(maker, BPF_JSET, 1, PLACE_VERSION);
    }
    jump(maker, PLACE_ACCEPT);
}

static void make_pppoe(struct maker *maker)
{
    load(maker, BPF_H, 6);
    advance(maker, 8);
    jump_if(maker, BPF_JEQ, 0x0021, PLACE_IPV4);
    jump_if(maker, BPF_JEQ, 0x0057, PLACE_IPV6);
    jump_if(maker, BPF_JEQ, 0x0281, PLACE_ACCEPT);
    /* A protocol of one byte (RFC 1661 section 6.5), which nobody sends in PPPoE. */
    jump_unless(maker, BPF_JSET, 0x0100, PLACE_REJECT);
    jump(maker, PLACE_ACCEPT);
}

static void make_snap(struct maker *maker)
{
    load(maker, BPF_W, 0);
    emit(maker, BPF_ALU | BPF_RSH | BPF_K, 8);
    jump_unless(maker, BPF_JEQ, 0xaaaa03, PLACE_REJECT);
    load(maker, BPF_H, 6);
    advance(maker, 8);
    jump_if(maker, BPF_JEQ, 0x0800, PLACE_IPV4);
    jump_if(maker, BPF_JEQ, 0x86dd, PLACE_IPV6);
    jump(maker, PLACE_ACCEPT); /* tags or labels behind SNAP: the decoders will tell */
}

static void make_type(struct maker *maker)
{
    int labels = new_place(maker), pppoe = new_place(maker), snap = new_place(maker);
    here(maker, PLACE_TYPE);
    jump_if(maker, BPF_JEQ, 0x0800, PLACE_IPV4);
    jump_if(maker, BPF_JEQ, 0x86dd, PLACE_IPV6);
    jump_if(maker, BPF_JEQ, 0x8847, labels);
    jump_if(maker, BPF_JEQ, 0x8848, labels);
    jump_if(maker, BPF_JEQ, 0x8864, pppoe);
    jump_unless(maker, BPF_JGE, 1501, snap);
    /* More tags than any switch stacks: the decoders will tell. */
    jump_if(maker, BPF_JEQ, 0x8100, PLACE_ACCEPT);
    jump_if(maker, BPF_JEQ, 0x88a8, PLACE_ACCEPT);
    jump_if(maker, BPF_JEQ, 0x9100, PLACE_ACCEPT);
    jump(maker, PLACE_REJECT);
    here(maker, snap);
    make_snap(maker);
    here(maker, pppoe);
    make_pppoe(maker);
    here(maker, labels);
    make_labels(maker);
    here(maker, PLACE_VERSION);
    load(maker, BPF_B, 0);
    emit(maker, BPF_ALU | BPF_RSH | BPF_K, 4);
    jump_if(maker, BPF_JEQ, 4, PLACE_IPV4);
    jump_if(maker, BPF_JEQ, 6, PLACE_IPV6);
    jump(maker, PLACE_REJECT);
}

/* A is in one of the ranges [low, high): to ACCEPT, else to `other`. */
static void make_search(struct maker *maker, const struct range *ranges, size_t count, int other)
{
    if (count == 0) {
        jump(maker, other);
        return;
    }
    if (count == 1) {
        jump_unless(maker, BPF_JGE, ranges->first, other);
        if (ranges->last != UINT32_MAX)
            jump_if(maker, BPF_JGE, ranges->last + 1, other);
        jump(maker, PLACE_ACCEPT);
        return;
    }
    size_t half = count / 2;
    int upper = new_place(maker);
    jump_if(maker, BPF_JGE, ranges[half].first, upper);
    make_search(maker, ranges, half, other);
    here(maker, upper);
    make_search(maker, ranges + half, count - half, other);
}

/* One IPv6 block against the address at `offset`: to ACCEPT where it holds it. */
static void make_network(struct maker *maker, struct network network, uint32_t offset)
{
    uint32_t words[4] = {(uint32_t)(network.first.high >> 32), (uint32_t)network.first.high,
                         (uint32_t)(network.first.low >> 32), (uint32_t)network.first.low};
    int next = new_place(maker);
    uint32_t left = network.prefix;
    for (uint32_t i = 0; left > 0; i++) {
        uint32_t bits = left < 32 ? left : 32;
        load(maker, BPF_W, offset + 4 * i);
        if (bits < 32)
            emit(maker, BPF_ALU | BPF_AND | BPF_K, UINT32_MAX << (32 - bits));
        jump_unless(maker, BPF_JEQ, words[i], next);
        left -= bits;
    }
    jump(maker, PLACE_ACCEPT);
    here(maker, next);
}

static void make_ipv6(struct maker *maker, uint32_t offset, int other)
{
    if (maker->by_tops) {
        load(maker, BPF_W, offset);
        make_search(maker, maker->tops, maker->top_count, other);
        return;
    }
    for (size_t i = 0; i < maker->network_count; i++)
        make_network(maker, maker->networks[i], offset);
    jump(maker, other);
}

static void make_addresses(struct maker *maker)
{
    int to4 = new_place(maker), to6 = new_place(maker);
    here(maker, PLACE_IPV4);
    load(maker, BPF_W, 12);
    make_search(maker, maker->ranges, maker->range_count, to4);
    here(maker, to4);
    load(maker, BPF_W, 16);
    make_search(maker, maker->ranges, maker->range_count, PLACE_REJECT);
    here(maker, PLACE_IPV6);
    make_ipv6(maker, 8, to6);
    here(maker, to6);
    make_ipv6(maker, 24, PLACE_REJECT);
    here(maker, PLACE_REJECT);
    emit(maker, BPF_RET | BPF_K, 0);
    here(maker, PLACE_ACCEPT);
    emit(maker, BPF_RET | BPF_K, maker->snapshot);
}

static void resolve(struct maker *maker)
{
    struct filter *filter = maker->filter;
    for (uint32_t i = 0; i < filter->count; i++)
        if (filter->code[i].code == (BPF_JMP | BPF_JA))
            filter->code[i].k = (uint32_t)maker->places[filter->code[i].k] - (i + 1);
}

static int by_first(const void *a, const void *b)
{
    const struct range *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* Sorts, and joins those that overlap or touch. */
static size_t join_ranges(struct range *ranges, size_t count)
{
    if (count == 0)
        return 0;
    qsort(ranges, count, sizeof *ranges, by_first);
    size_t kept = 1;
    for (size_t i = 1; i < count; i++) {
        struct range *last = &ranges[kept - 1];
        if (last->last == UINT32_MAX || ranges[i].first <= last->last + 1)
            last->last = ranges[i].last > last->last ? ranges[i].last : last->last;
        else
            ranges[kept++] = ranges[i];
    }
    return kept;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Closes the smallest gaps until at most `most` ranges are left. */
static size_t widen(struct range *ranges, size_t count, size_t most, bool *wider)
{
    if (count <= most)
        return count;
    *wider = true;
    OWNED_MEMORY uint32_t *gaps = memory_new(count, sizeof *gaps);
    for (size_t i = 1; i < count; i++)
        gaps[i - 1] = ranges[i].first - ranges[i - 1].last;
    qsort(gaps, count - 1, sizeof *gaps, by_number);
    uint32_t widest = gaps[count - most - 1];
    size_t kept = 1;
    for (size_t i = 1; i < count; i++) {
        if (ranges[i].first - ranges[kept - 1].last <= widest)
            ranges[kept - 1].last = ranges[i].last;
        else
            ranges[kept++] = ranges[i];
    }
    return kept;
}

static bool is_ipv4(struct network network)
{
    return address_is_ipv4(network.first) && network.prefix >= 96;
}

static void add_network(struct maker *maker, struct network network)
{
    struct range *range =
        is_ipv4(network) ? &maker->ranges[maker->range_count++] : &maker->tops[maker->top_count++];
    struct address last = network_last(network);
    if (is_ipv4(network)) {
        *range = (struct range){address_ipv4(network.first), address_ipv4(last)};
        return;
    }
    *range = (struct range){(uint32_t)(network.first.high >> 32), (uint32_t)(last.high >> 32)};
    struct network *before = maker->network_count > 0 ? &maker->networks[maker->network_count - 1] : NULL;
    if (before == NULL || !network_holds(*before, network.first))
        maker->networks[maker->network_count++] = network;
}

/* The watches are sorted by network, so that what lies inside another comes after it. All days: the filter
 * need not change at midnight. */
static void gather(struct maker *maker, const struct points *points)
{
    maker->ranges = memory_new(points->watch_count + 1, sizeof *maker->ranges);
    maker->tops = memory_new(points->watch_count + 1, sizeof *maker->tops);
    maker->networks = memory_new(points->watch_count + 1, sizeof *maker->networks);
    /* An IPv4 address written as IPv6 (::ffff:0:0/96) is the same to us; /95 is no IPv4 block to is_ipv4().
     */
    add_network(maker, (struct network){{0, UINT64_C(0xfffe00000000)}, 95});
    for (size_t i = 0; i < points->watch_count; i++)
        add_network(maker, points->watches[i].network);
}

void filter_make(struct filter *filter, const struct points *points, enum filter_frame frame, uint16_t most,
                 uint32_t snapshot)
{
    struct maker maker = {.filter = filter, .snapshot = snapshot, .free = PLACE_FREE};
    memset(maker.places, 0xff, sizeof maker.places);
    filter->count = 0;
    filter->wider = false;
    gather(&maker, points);
    /* What finding the header takes is below 200. A range is at most 9 instructions twice, an IPv6 block 14
     * twice. */
    size_t room = (size_t)(most - 200) / 2;
    maker.by_tops = maker.network_count * 14 > room / 2;
    size_t tops = maker.by_tops ? room / 3 / 9 : 0;
    size_t used = maker.by_tops ? tops * 9 : maker.network_count * 14;
    maker.range_count = join_ranges(maker.ranges, maker.range_count);
    maker.range_count = widen(maker.ranges, maker.range_count, (room - used) / 9, &filter->wider);
    maker.top_count = join_ranges(maker.tops, maker.top_count);
    if (maker.by_tops)
        maker.top_count = widen(maker.tops, maker.top_count, tops, &filter->wider);
    make_start(&maker, frame);
    make_tags(&maker);
    make_type(&maker);
    make_addresses(&maker);
    resolve(&maker);
    free(maker.ranges);
    free(maker.tops);
    free(maker.networks);
}

void filter_none(struct filter *filter)
{
    filter->code[0] = (struct sock_filter){.code = BPF_RET | BPF_K, .k = 0};
    filter->count = 1;
    filter->wider = false;
}

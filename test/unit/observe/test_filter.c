#include "unit.h"
#include "base/memory.h"
#include "observe/capture.h"
#include "observe/filter.h"
#include "observe/link.h"
#include "observe/point.h"
#include <dirent.h>
#include <pcap/bpf.h>

enum { SNAPSHOT = 256 };

static uint64_t seed = 1115;
static uint32_t next_random(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 32);
}

static struct point_watch watch_of(const char *text)
{
    struct point_watch watch = {.since = INT32_MIN, .until = INT32_MAX};
    assert_true(network_parse(text, &watch.network));
    return watch;
}

static int by_network(const void *a, const void *b)
{
    const struct point_watch *x = a, *y = b;
    int order = address_compare(x->network.first, y->network.first);
    return order != 0 ? order : x->network.prefix - y->network.prefix;
}

static struct points points_of(struct point_watch *watches, size_t count)
{
    qsort(watches, count, sizeof *watches, by_network);
    return (struct points){.watches = watches, .watch_count = count};
}

static bool lets_through(const struct filter *filter, const unsigned char *bytes, uint32_t length)
{
    unsigned kept = bpf_filter((const struct bpf_insn *)filter->code, bytes, length, length);
    assert_true(kept == 0 || kept == SNAPSHOT);
    return kept != 0;
}

static void make_valid(struct filter *filter, const struct points *points, enum filter_frame frame,
                       uint16_t most)
{
    filter_make(filter, points, frame, most, SNAPSHOT);
    assert_true(filter->count <= most);
    assert_true(bpf_validate((const struct bpf_insn *)filter->code, filter->count));
}

/* An Ethernet frame with a tag or not, around an IP header with these addresses. */
static uint32_t frame_of(unsigned char *out, int tags, struct address source, struct address destination)
{
    bool ipv4 = address_is_ipv4(source);
    memset(out, 0, 200);
    unsigned char *at = out + 12;
    for (int i = 0; i < tags; i++, at += 4)
        memcpy(at, i == 0 ? "\x88\xa8\x00\x07" : "\x81\x00\x00\x07", 4);
    memcpy(at, ipv4 ? "\x08\x00\x45" : "\x86\xdd\x60", 3);
    at += 2;
    for (int i = 0; i < (ipv4 ? 4 : 16); i++) {
        int shift = ipv4 ? 24 - 8 * i : i < 8 ? 56 - 8 * i : 56 - 8 * (i - 8);
        uint64_t from = !ipv4 && i < 8 ? source.high : source.low,
                 to = !ipv4 && i < 8 ? destination.high : destination.low;
        at[(ipv4 ? 12 : 8) + i] = (unsigned char)(from >> shift);
        at[(ipv4 ? 16 : 24) + i] = (unsigned char)(to >> shift);
    }
    return (uint32_t)(at - out) + 60;
}

static struct address near(const struct points *points, bool inside)
{
    struct network network = points->watches[next_random() % points->watch_count].network;
    struct address address = next_random() % 2 == 0 ? network.first : network_last(network);
    if (!inside)
        address.low += next_random() % 2 == 0 ? 1 : UINT64_MAX;
    return address;
}

/* Both ends of blocks, and one beyond. */
static void check_edges(const struct points *points, const struct filter *filter, bool exact)
{
    OWNED(point_map_free) struct point_map *map = point_map_new(points);
    unsigned char frame[256];
    for (int i = 0; i < 20000; i++) {
        struct address inside = near(points, next_random() % 2), other = inside;
        other.high ^= address_is_ipv4(inside) ? 0 : UINT64_C(0x8000000000000000);
        other.low ^= address_is_ipv4(inside) ? UINT64_C(0x80000000) : 0;
        bool ours = point_place(map, inside) != 0 || point_place(map, other) != 0;
        uint32_t length =
            frame_of(frame, (int)(next_random() % 4), i % 2 ? inside : other, i % 2 ? other : inside);
        bool through = lets_through(filter, frame, length);
        assert_true(through || !ours);
        assert_true(!exact || through == ours);
    }
}

static void only_packets_from_or_to_points_come_through(void **state)
{
    (void)state;
    struct point_watch watches[] = {watch_of("203.0.113.1"),      watch_of("203.0.113.8/29"),
                                    watch_of("10.0.0.0/8"),       watch_of("255.255.255.0/24"),
                                    watch_of("2001:db8:113::1"),  watch_of("2001:db8:114::/48"),
                                    watch_of("2001:db8:115::/50")};
    struct points points = points_of(watches, sizeof watches / sizeof *watches);
    static struct filter filter;
    make_valid(&filter, &points, FILTER_ETHERNET, BPF_MAXINSNS);
    assert_false(filter.wider);
    check_edges(&points, &filter, true);
}

static void long_lists_are_joined_rather_than_left_out(void **state)
{
    (void)state;
    static struct point_watch watches[3000];
    for (int kind = 0; kind < 3; kind++) {
        size_t count = sizeof watches / sizeof *watches;
        for (size_t i = 0; i < count; i++) {
            watches[i] = (struct point_watch){.since = INT32_MIN, .until = INT32_MAX};
            struct address four = address_from_ipv4(next_random()),
                           six = {UINT64_C(0x2001) << 48 | (uint64_t)next_random() << 16,
                                  (uint64_t)next_random() << 32};
            bool is_four = kind == 0 || (kind == 1 && i % 2 == 0);
            watches[i].network = (struct network){is_four ? four : six, is_four ? 128 : 96};
        }
        struct points points = points_of(watches, count);
        static struct filter filter;
        make_valid(&filter, &points, FILTER_ETHERNET, BPF_MAXINSNS);
        assert_true(filter.wider);
        check_edges(&points, &filter, false);
        make_valid(&filter, &points, FILTER_ETHERNET, FILTER_LEAST);
        check_edges(&points, &filter, false);
    }
}

static void a_filter_that_is_none_lets_nothing_through(void **state)
{
    (void)state;
    static struct filter filter;
    filter_none(&filter);
    assert_true(bpf_validate((const struct bpf_insn *)filter.code, filter.count));
    assert_false(lets_through(&filter, (const unsigned char *)"some packet", 11));
}

/* Whatever the decoders find from or to a point, the filter lets through: the golden captures hold every
 * frame that we know. */
static uint64_t check_capture(const char *path, const struct point_map *map, const struct filter *filters)
{
    struct fault fault;
    struct source *source = source_open(path, &fault);
    OWNED(capture_free) struct capture *capture = source == NULL ? NULL : capture_new(source, path, &fault);
    struct capture_record record;
    struct packet packet;
    uint64_t ours = 0;
    while (capture != NULL && capture_next(capture, &record) == CAPTURE_RECORD) {
        link_decode(&record, &packet);
        if ((record.link != 1 && record.link != 101) || !packet.addressed)
            continue;
        if (point_place(map, packet.source) == 0 && point_place(map, packet.destination) == 0)
            continue;
        ours++;
        if (!lets_through(&filters[record.link == 101], record.bytes, record.length)) {
            print_error("a packet of %s is kept out\n", path);
            fail();
        }
    }
    return ours;
}

static void what_the_decoders_find_comes_through(void **state)
{
    (void)state;
    struct point_watch watches[] = {watch_of("192.0.2.0/24"), watch_of("2001:db8::/32")};
    struct points points = points_of(watches, 2);
    static struct filter filters[2];
    make_valid(&filters[0], &points, FILTER_ETHERNET, BPF_MAXINSNS);
    make_valid(&filters[1], &points, FILTER_RAW, BPF_MAXINSNS);
    OWNED(point_map_free) struct point_map *map = point_map_new(&points);
    CLEANUP(cleanup_folder) DIR *folder = opendir(GOLDEN);
    assert_non_null(folder);
    uint64_t ours = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", GOLDEN, entry->d_name);
        if (strstr(entry->d_name, ".pcap") != NULL)
            ours += check_capture(path, map, filters);
    }
    assert_true(ours > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_packets_from_or_to_points_come_through),
        cmocka_unit_test(long_lists_are_joined_rather_than_left_out),
        cmocka_unit_test(a_filter_that_is_none_lets_nothing_through),
        cmocka_unit_test(what_the_decoders_find_comes_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

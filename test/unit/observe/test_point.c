#include "unit.h"
#include "base/memory.h"
#include "observe/point.h"

enum { MANY = 400 };

static struct address parse(const char *string)
{
    struct address address;
    assert_true(address_parse(string, &address));
    return address;
}

static struct point_watch watch(int point, const char *network, int32_t since, int32_t until)
{
    struct point_watch made = {.point = (uint16_t)point, .since = since, .until = until};
    assert_true(network_parse(network, &made.network));
    return made;
}

static int on_day(const struct point_map *map, const char *address, int32_t day)
{
    return point_on_day(map, point_place(map, parse(address)), day);
}

static void an_address_belongs_to_the_block_it_lies_in(void **state)
{
    (void)state;
    struct point_watch watches[] = {
        watch(0, "192.0.2.1", INT32_MIN, INT32_MAX),       watch(1, "198.51.100.0/24", INT32_MIN, INT32_MAX),
        watch(2, "10.0.0.0/8", INT32_MIN, INT32_MAX),      watch(3, "2001:db8::/32", INT32_MIN, INT32_MAX),
        watch(4, "255.255.255.255", INT32_MIN, INT32_MAX), watch(5, "172.16.128.0/17", INT32_MIN, INT32_MAX),
    };
    struct points points = {.watches = watches, .watch_count = sizeof watches / sizeof *watches};
    OWNED(point_map_free) struct point_map *map = point_map_new(&points);
    assert_int_equal(on_day(map, "192.0.2.1", 0), 0);
    assert_int_equal(on_day(map, "192.0.2.0", 0), POINT_NONE);
    assert_int_equal(on_day(map, "192.0.2.2", 0), POINT_NONE);
    assert_int_equal(on_day(map, "198.51.99.255", 0), POINT_NONE);
    assert_int_equal(on_day(map, "198.51.100.0", 0), 1);
    assert_int_equal(on_day(map, "198.51.100.255", 0), 1);
    assert_int_equal(on_day(map, "198.51.101.0", 0), POINT_NONE);
    assert_int_equal(on_day(map, "9.255.255.255", 0), POINT_NONE);
    assert_int_equal(on_day(map, "10.0.0.0", 0), 2);
    assert_int_equal(on_day(map, "10.255.255.255", 0), 2);
    assert_int_equal(on_day(map, "11.0.0.0", 0), POINT_NONE);
    assert_int_equal(on_day(map, "172.16.127.255", 0), POINT_NONE);
    assert_int_equal(on_day(map, "172.16.128.0", 0), 5);
    assert_int_equal(on_day(map, "172.16.255.255", 0), 5);
    assert_int_equal(on_day(map, "255.255.255.255", 0), 4);
    assert_int_equal(on_day(map, "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", 0), POINT_NONE);
    assert_int_equal(on_day(map, "2001:db8::", 0), 3);
    assert_int_equal(on_day(map, "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 0), 3);
    assert_int_equal(on_day(map, "2001:db9::", 0), POINT_NONE);
}

static void a_point_may_be_the_whole_internet(void **state)
{
    (void)state;
    struct point_watch watches[] = {watch(0, "0.0.0.0/0", INT32_MIN, INT32_MAX),
                                    watch(1, "::/0", INT32_MIN, INT32_MAX)};
    struct points points = {.watches = watches, .watch_count = sizeof watches / sizeof *watches};
    OWNED(point_map_free) struct point_map *map = point_map_new(&points);
    assert_int_equal(on_day(map, "0.0.0.0", 0), 0);
    assert_int_equal(on_day(map, "255.255.255.255", 0), 0);
    assert_int_equal(on_day(map, "::", 0), 1);
    assert_int_equal(on_day(map, "2001:db8::1", 0), 1);
    assert_int_equal(on_day(map, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 0), 1);
}

static void both_ends_of_a_watch_are_watched(void **state)
{
    (void)state;
    struct point_watch watches[] = {watch(7, "192.0.2.1", 10, 20), watch(8, "192.0.2.1", 22, INT32_MAX)};
    struct points points = {.watches = watches, .watch_count = 2};
    OWNED(point_map_free) struct point_map *map = point_map_new(&points);
    assert_int_equal(on_day(map, "192.0.2.1", 9), POINT_NONE);
    assert_int_equal(on_day(map, "192.0.2.1", 10), 7);
    assert_int_equal(on_day(map, "192.0.2.1", 20), 7);
    assert_int_equal(on_day(map, "192.0.2.1", 21), POINT_NONE);
    assert_int_equal(on_day(map, "192.0.2.1", 22), 8);
}

static void blocks_may_nest_on_different_days(void **state)
{
    (void)state;
    struct point_watch watches[] = {
        watch(0, "10.0.0.0/8", 0, 9),    watch(1, "10.1.0.0/16", 10, 19),     watch(2, "10.1.2.3", 20, 29),
        watch(3, "2001:db8::/32", 0, 9), watch(4, "2001:db8:1::/48", 10, 19),
    };
    struct points points = {.watches = watches, .watch_count = 5};
    OWNED(point_map_free) struct point_map *map = point_map_new(&points);
    assert_int_equal(on_day(map, "10.1.2.3", 5), 0);
    assert_int_equal(on_day(map, "10.1.2.3", 15), 1);
    assert_int_equal(on_day(map, "10.1.2.3", 25), 2);
    assert_int_equal(on_day(map, "10.1.2.4", 25), POINT_NONE);
    assert_int_equal(on_day(map, "10.2.2.3", 15), POINT_NONE);
    assert_int_equal(on_day(map, "2001:db8:1::5", 5), 3);
    assert_int_equal(on_day(map, "2001:db8:1::5", 15), 4);
    assert_int_equal(on_day(map, "2001:db8:2::5", 5), 3);
    assert_int_equal(on_day(map, "2001:db8:2::5", 15), POINT_NONE);
}

/* What the map must say, by looking at every block. */
static int slowly(const struct points *points, struct address address, int32_t day)
{
    for (size_t i = 0; i < points->watch_count; i++) {
        const struct point_watch *one = &points->watches[i];
        if (network_holds(one->network, address) && one->since <= day && day <= one->until)
            return one->point;
    }
    return POINT_NONE;
}

static uint64_t seed = 20111108;
static uint64_t next_random(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return seed >> 16;
}

static struct address somewhere(void)
{
    if (next_random() % 2)
        return address_from_ipv4((uint32_t)(0x0a000000 | (next_random() & 0x30f0f)));
    return (struct address){UINT64_C(0x20010db800000000) | (next_random() & 0x30003), next_random() & 7};
}

static struct network block_about(struct address address)
{
    static const uint8_t ipv4[] = {104, 112, 116, 120, 124, 127, 128}, ipv6[] = {32, 63, 64, 100, 126, 128};
    struct network network = {address, 0};
    network.prefix = address_is_ipv4(address) ? ipv4[next_random() % 7] : ipv6[next_random() % 6];
    for (int bit = network.prefix; bit < 128; bit++) {
        if (bit < 64)
            network.first.high &= ~(UINT64_C(1) << (63 - bit));
        else
            network.first.low &= ~(UINT64_C(1) << (127 - bit));
    }
    return network;
}

static void the_map_says_what_looking_at_every_block_says(void **state)
{
    (void)state;
    struct point_watch watches[MANY];
    struct points points = {.watches = watches};
    for (int i = 0; i < MANY; i++) { /* each on a day of its own: they never overlap, however they nest */
        int32_t day = (int32_t)(next_random() % 200);
        watches[points.watch_count] = (struct point_watch){(uint16_t)i, block_about(somewhere()), day, day};
        bool apart = true;
        for (size_t k = 0; k < points.watch_count; k++)
            apart &= watches[k].since != day ||
                     !network_overlaps(watches[k].network, watches[points.watch_count].network);
        points.watch_count += apart;
    }
    OWNED(point_map_free) struct point_map *map = point_map_new(&points);
    int found = 0;
    for (int i = 0; i < 20000; i++) {
        struct address address = somewhere();
        int32_t day = (int32_t)(next_random() % 200);
        int expected = slowly(&points, address, day);
        assert_int_equal(point_on_day(map, point_place(map, address), day), expected);
        found += expected != POINT_NONE;
    }
    assert_true(found > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_belongs_to_the_block_it_lies_in),
        cmocka_unit_test(a_point_may_be_the_whole_internet),
        cmocka_unit_test(both_ends_of_a_watch_are_watched),
        cmocka_unit_test(blocks_may_nest_on_different_days),
        cmocka_unit_test(the_map_says_what_looking_at_every_block_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

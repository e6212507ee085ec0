#include "unit.h"
#include "observe/days.h"
#include "observe/pcapng_time.h"

static void days_are_the_zones_whatever_the_order(void **state)
{
    (void)state;
    static const char *const zones[] = {"Asia/Tokyo", "Europe/Berlin", "America/St_Johns", "Pacific/Apia"};
    static struct days days;
    uint64_t seed = 7;
    for (size_t i = 0; i < 4; i++) {
        struct zone zone, fresh;
        struct fault fault;
        assert_true(zone_open(&zone, zones[i], &fault) && zone_open(&fresh, zones[i], &fault));
        days_init(&days, &zone);
        for (int k = 0; k < 300; k++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
            int64_t at_s = 1301000000 + (int64_t)((seed >> 33) % (k % 2 ? 400000 : 40000000));
            struct day day = *days_of(&days, at_s);
            assert_int_equal(day.day, zone_day(&fresh, at_s));
            assert_true(day.begins_s <= at_s && at_s < day.ends_s);
        }
    }
}

static int64_t ns_of(uint8_t resolution, int64_t offset_s, uint64_t ticks)
{
    struct pcapng_clock clock = pcapng_clock(resolution, offset_s);
    int64_t time_ns = -1;
    assert_true(pcapng_clock_ns(&clock, ticks, &time_ns));
    return time_ns;
}

static bool has_ns(uint8_t resolution, int64_t offset_s, uint64_t ticks)
{
    struct pcapng_clock clock = pcapng_clock(resolution, offset_s);
    int64_t time_ns = 0;
    return pcapng_clock_ns(&clock, ticks, &time_ns);
}

static void ticks_become_nanoseconds_exactly(void **state)
{
    (void)state;
    assert_int_equal(ns_of(0, 0, 5), 5000000000);
    assert_int_equal(ns_of(6, 0, 1320721200123456), 1320721200123456000);
    assert_int_equal(ns_of(9, 0, 1320721200123456789), 1320721200123456789);
    assert_int_equal(ns_of(10, 0, UINT64_C(13207212001234567899)), 1320721200123456789);
    assert_int_equal(ns_of(19, 0, UINT64_MAX), 1844674407);
    assert_int_equal(ns_of(0x80, 0, 5), 5000000000);
    assert_int_equal(ns_of(0x81, 0, 3), 1500000000);
    assert_int_equal(ns_of(0xa0, 0, UINT64_C(1320721200) << 32 | UINT64_C(0x80000000)), 1320721200500000000);
    assert_int_equal(ns_of(0xbf, 0, UINT64_MAX), 1999999999);
    assert_int_equal(ns_of(6, 3600, 1000000), 3601000000000);
    assert_int_equal(ns_of(6, -3600, UINT64_C(3601000000)), 1000000000);
    assert_int_equal(ns_of(6, -1, 0), -1000000000);
}

static void a_time_beyond_the_clock_is_none(void **state)
{
    (void)state;
    assert_false(has_ns(20, 0, 1));
    assert_false(has_ns(0x7f, 0, 1));
    assert_false(has_ns(0xc0, 0, 1));
    assert_false(has_ns(0, 0, UINT64_MAX));
    assert_false(has_ns(6, INT64_MAX, 0));
    assert_false(has_ns(6, INT64_MIN, UINT64_MAX));
    assert_true(has_ns(0, 0, INT64_MAX / 1000000000));
    assert_false(has_ns(0, 0, INT64_MAX / 1000000000 + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_the_zones_whatever_the_order),
        cmocka_unit_test(ticks_become_nanoseconds_exactly),
        cmocka_unit_test(a_time_beyond_the_clock_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "made.h"

static const int32_t june = 15126; /* 2011-06-01 */

static struct network network(const char *string)
{
    struct network read;
    assert_true(network_parse(string, &read));
    return read;
}

static bool add(struct made *made, const char *name, const char *block, int32_t since, int32_t until,
                struct fault *fault)
{
    struct network one = network(block);
    return points_add(made->ledger, name, &one, 1, since, until, fault);
}

static void point_days_count_a_point_once_a_day(void **state)
{
    (void)state;
    struct point_watch watches[] = {
        {0, network("192.0.2.0/24"), june, june + 9},
        {0, network("198.51.100.0/24"), june + 5, june + 14}, /* overlaps the first in days: 15 in all */
        {0, network("203.0.113.0/24"), june + 20, june + 20}, /* one more, after a gap */
        {1, network("2001:db8::/64"), INT32_MIN, INT32_MAX},
        {2, network("2001:db8:1::/64"), INT32_MIN, june - 1},  /* ended the day before */
        {3, network("2001:db8:2::/64"), june + 29, INT32_MAX}, /* begins on the last day */
        {4, network("2001:db8:3::/64"), june + 30, INT32_MAX}, /* begins the day after */
    };
    struct points points = {.count = 5, .watches = watches, .watch_count = sizeof watches / sizeof *watches};
    uint64_t days, watching;
    points_days(&points, june, june + 29, &days, &watching);
    assert_int_equal(days, 15 + 1 + 30 + 0 + 1);
    assert_int_equal(watching, 3);
    points_days(&points, june + 15, june + 19, &days, &watching); /* in the first point's gap */
    assert_int_equal(days, 5);
    assert_int_equal(watching, 1);
    points_days(&points, INT32_MAX - 1, INT32_MAX, &days, &watching);
    assert_int_equal(days, 2 * 3);
}

static void no_points_have_no_days(void **state)
{
    (void)state;
    uint64_t days = 7, watching = 7;
    points_days(&(struct points){0}, june, june + 29, &days, &watching);
    assert_int_equal(days, 0);
    assert_int_equal(watching, 0);
}

static void points_are_numbered_by_name_and_watches_sorted_by_network(void **state)
{
    (void)state;
    struct made made;
    struct fault fault;
    made_open(&made, "ledger"); /* p0, p1, p2 at 192.0.2.0 to .2 */
    MADE_OK(add(&made, "z", "10.0.0.0/8", INT32_MIN, june - 1, &fault));
    MADE_OK(add(&made, "a", "10.0.0.0/9", june, INT32_MAX, &fault));
    CLEANUP(points_clear) struct points points = {0};
    MADE_OK(points_load(made.ledger, &points, &fault));
    assert_int_equal(points.count, 5);
    assert_string_equal(points.names[0], "a");
    assert_string_equal(points.names[4], "z");
    assert_int_equal(points.watch_count, 5);
    assert_int_equal(points.watches[0].point, 4); /* 10.0.0.0/8, the wider block first */
    assert_int_equal(points.watches[1].point, 0);
    assert_int_equal(points.watches[1].since, june);
    assert_int_equal(points.watches[1].until, INT32_MAX);
    assert_int_equal(points.watches[2].point, 1); /* p0 */
    made_close(&made);
}

static void a_refused_network_leaves_nothing_of_its_command(void **state)
{
    (void)state;
    struct made made;
    struct fault fault;
    made_open(&made, "ledger");
    struct network networks[] = {network("10.0.0.0/8"), network("192.0.2.0/24")}; /* the second holds p0 */
    assert_false(points_add(made.ledger, "new", networks, 2, INT32_MIN, INT32_MAX, &fault));
    assert_non_null(strstr(fault.text, "'p0'"));
    CLEANUP(points_clear) struct points points = {0};
    MADE_OK(points_load(made.ledger, &points, &fault));
    assert_int_equal(points.count, MADE_POINTS);
    assert_int_equal(points.watch_count, MADE_POINTS);
    made_close(&made);
}

static void an_end_and_a_beginning_on_the_next_day_do_not_overlap(void **state)
{
    (void)state;
    struct made made;
    struct fault fault;
    made_open(&made, "ledger");
    MADE_OK(add(&made, "old", "10.0.0.1", INT32_MIN, june, &fault));
    assert_false(add(&made, "new", "10.0.0.1", june, INT32_MAX, &fault));
    MADE_OK(add(&made, "new", "10.0.0.1", june + 1, INT32_MAX, &fault));
    assert_false(points_end(made.ledger, "new", june, &fault));
    MADE_OK(points_end(made.ledger, "new", june + 1, &fault));
    MADE_OK(add(&made, "newer", "10.0.0.1", june + 2, INT32_MAX, &fault));
    made_close(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(point_days_count_a_point_once_a_day),
        cmocka_unit_test(no_points_have_no_days),
        cmocka_unit_test(points_are_numbered_by_name_and_watches_sorted_by_network),
        cmocka_unit_test(a_refused_network_leaves_nothing_of_its_command),
        cmocka_unit_test(an_end_and_a_beginning_on_the_next_day_do_not_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

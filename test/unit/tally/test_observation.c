#include "desk.h"
#include "ledger/records.h"

enum { COUNT_MOST = 64 };
#define see(desk, ...)                                                                                       \
    do {                                                                                                     \
        struct sighting rows_[] = {__VA_ARGS__};                                                             \
        desk_see((desk), rows_, sizeof rows_ / sizeof *rows_);                                               \
    } while (0)

static struct sighting of_kind(struct sighting sighting, enum sighting_kind kind,
                               enum sighting_protocol protocol)
{
    sighting.kind = kind;
    sighting.protocol = protocol;
    return sighting;
}

static struct sighting at_point(struct sighting sighting, uint16_t point)
{
    sighting.point = point;
    return sighting;
}

static void sources_count_once_for_day_point_and_port(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_point(&desk, "east", "192.0.2.1", NULL, NULL);
    desk_point(&desk, "west", "192.0.2.2", NULL, NULL);
    see(&desk, desk_sighting("2011-11-01", 445, 1, "CN", 10), desk_sighting("2011-11-02", 445, 1, "CN", 20),
        desk_sighting("2011-11-02", 139, 1, "CN", 1),
        at_point(desk_sighting("2011-11-02", 445, 1, "CN", 2), 1),
        of_kind(desk_sighting("2011-11-02", 445, 1, "CN", 3), SIGHTING_CONTACT, SIGHTING_UDP));
    see(&desk, desk_sighting("2011-11-02", 445, 1, "CN",
                             100)); /* a second capture of the same day: the same source */
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->observation.accesses, 0, 0, 0, 0, 0, 136);
    expect_six(figures->observation.sources, 0, 0, 0, 0, 0, 5);
    assert_int_equal(figures->observation.points, 2);
    assert_int_equal(figures->observation.point_days, 60);
    assert_int_equal(figures->observation.port_count, 3);
    assert_string_equal(figures->observation.ports[0].name, "445/tcp");
    assert_int_equal(figures->observation.ports[0].accesses[1], 132);
    assert_int_equal(figures->observation.ports[0].sources[1], 3);
    assert_string_equal(figures->observation.ports[1].name, "445/udp");
    assert_string_equal(figures->observation.ports[2].name, "139/tcp");
}

static void backscatter_is_no_access(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_point(&desk, "east", "192.0.2.1", NULL, NULL);
    see(&desk, of_kind(desk_sighting("2011-11-01", 80, 1, "CN", 500), SIGHTING_BACKSCATTER, SIGHTING_TCP),
        of_kind(desk_sighting("2011-11-01", 8, 1, "", 5), SIGHTING_CONTACT, SIGHTING_ICMP),
        of_kind(desk_sighting("2011-11-01", 47, 2, "", 4), SIGHTING_CONTACT, SIGHTING_IP),
        of_kind(desk_sighting("2011-11-01", 128, 2, "", 3), SIGHTING_CONTACT, SIGHTING_ICMP6));
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->observation.accesses, 0, 0, 0, 0, 0, 12);
    assert_int_equal(figures->observation.port_count, 3);
    assert_string_equal(figures->observation.ports[0].name, "8/icmp");
    assert_string_equal(figures->observation.ports[1].name, "47/ip");
    assert_string_equal(figures->observation.ports[2].name, "128/icmp6");
    assert_int_equal(figures->observation.region_count, 1);
    assert_string_equal(figures->observation.regions[0].country, "ZZ");
    assert_int_equal(figures->observation.regions[0].accesses, 12);
}

static void a_day_belongs_to_the_month_it_lies_in(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_point(&desk, "east", "192.0.2.1", NULL, NULL);
    see(&desk, desk_sighting("2011-05-31", 1, 1, "", 1), desk_sighting("2011-06-01", 1, 1, "", 2),
        desk_sighting("2011-10-31", 1, 1, "", 4), desk_sighting("2011-11-01", 1, 1, "", 8),
        desk_sighting("2011-11-30", 1, 1, "", 16), desk_sighting("2011-12-01", 1, 1, "", 32));
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->observation.accesses, 2, 0, 0, 0, 4, 24);
    expect_six(figures->observation.sources, 1, 0, 0, 0, 1, 2);
}

static void averages_are_cut_unless_the_ledger_rounds(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    for (int i = 0; i < 10; i++) {
        char name[8], address[32];
        snprintf(name, sizeof name, "p%d", i);
        snprintf(address, sizeof address, "192.0.2.%d", i + 1);
        desk_point(&desk, name, address, "2011-07-01", NULL);
    }
    see(&desk, desk_sighting("2011-11-01", 445, 1, "CN", 86568),
        desk_sighting("2011-06-30", 445, 1, "CN", 7));
    OWNED(figures_free) struct figures *cut = desk_figures(&desk, "2011-11");
    assert_int_equal(cut->observation.point_days, 300);
    expect_six(cut->observation.accesses_per_point_day, 0, 0, 0, 0, 0, 288); /* 288.56 */
    desk.ledger->settings.average = NUMBER_ROUND;
    OWNED(figures_free) struct figures *rounded = desk_figures(&desk, "2011-11");
    expect_six(rounded->observation.accesses_per_point_day, 0, 0, 0, 0, 0, 289);
    expect_six(rounded->observation.accesses, 7, 0, 0, 0, 0, 86568); /* June: no point watched, no average */
}

static void only_days_watched_are_point_days(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_point(&desk, "east", "192.0.2.1", "2011-11-21", NULL);
    desk_point(&desk, "moved", "192.0.2.2", NULL, "2011-11-10");            /* to another network, */
    desk_point(&desk, "moved", "198.51.100.2", "2011-11-08", "2011-11-20"); /* with three days in both */
    desk_point(&desk, "old", "192.0.2.3", NULL, "2011-10-31");
    desk_point(&desk, "one", "192.0.2.4", "2011-11-30", "2011-11-30");
    see(&desk, at_point(desk_sighting("2011-11-21", 445, 1, "CN", 100), 0));
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    assert_int_equal(figures->observation.points, 3);
    assert_int_equal(figures->observation.point_days, 10 + 20 + 1);
    const uint64_t *days = figures->observation.monthly_point_days;
    expect_six(days, 30 * 2, 31 * 2, 31 * 2, 30 * 2, 31 * 2, 31);
    assert_int_equal(figures->observation.accesses_per_point_day[FIGURES_NOW], 3); /* 100 / 31 */
}

static void ports_beyond_the_ten_are_others_and_keep_their_rank(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_point(&desk, "east", "192.0.2.1", NULL, NULL);
    struct sighting rows[COUNT_MOST];
    size_t count = 0;
    for (uint16_t port = 1; port <= 12; port++) {
        rows[count++] = desk_sighting("2011-11-05", port, 1, "CN", port < 3 ? 50 : 100u - port);
        if (port != 3)
            rows[count++] = desk_sighting("2011-10-05", port, port, "CN", port);
    }
    rows[count++] = desk_sighting("2011-10-06", 999, 1, "CN", 500);
    desk_see(&desk, rows, count);
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    assert_int_equal(figures->observation.port_count, 10);
    const struct figures_port *ports = figures->observation.ports, *other = &figures->observation.other;
    assert_string_equal(ports[0].name, "3/tcp");
    assert_int_equal(ports[0].rank[0], 0); /* no accesses in October */
    assert_int_equal(ports[0].rank[1], 1);
    assert_string_equal(ports[9].name, "12/tcp");
    assert_int_equal(ports[9].rank[0], 2); /* behind 999/tcp */
    assert_int_equal(ports[1].rank[0], 10);
    assert_int_equal(other->accesses[0], 1 + 2 + 500);
    assert_int_equal(other->accesses[1], 100);
    assert_int_equal(other->sources[0], 3);
    assert_int_equal(other->sources[1], 2);
}

static void equal_ports_are_ordered_by_name(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_point(&desk, "east", "192.0.2.1", NULL, NULL);
    struct sighting rows[COUNT_MOST];
    size_t count = 0;
    const uint16_t numbers[] = {9, 80, 8080, 443, 22, 23, 25, 53, 5060, 3389, 1433};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        rows[count++] = desk_sighting("2011-11-05", numbers[i], 1, "CN", 7);
        rows[count++] = desk_sighting("2011-10-05", numbers[i], 1, "CN", 7);
    }
    desk_see(&desk, rows, count);
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    const char *const order[] = {"1433/tcp", "22/tcp",   "23/tcp", "25/tcp", "3389/tcp",
                                 "443/tcp",  "5060/tcp", "53/tcp", "80/tcp", "8080/tcp"};
    for (uint32_t i = 0; i < 10; i++) {
        assert_string_equal(figures->observation.ports[i].name, order[i]);
        assert_int_equal(figures->observation.ports[i].rank[0], i + 1);
        assert_int_equal(figures->observation.ports[i].rank[1], i + 1);
    }
    assert_int_equal(figures->observation.other.accesses[1], 7); /* 9/tcp */
}

static void regions_are_those_of_this_month(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_point(&desk, "east", "192.0.2.1", NULL, NULL);
    see(&desk, desk_sighting("2011-11-01", 445, 1, "US", 3), desk_sighting("2011-11-01", 445, 2, "CN", 3),
        desk_sighting("2011-11-01", 445, 3, "", 9), desk_sighting("2011-11-02", 445, 1, "US", 1),
        desk_sighting("2011-10-31", 445, 1, "JP", 99));
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    assert_int_equal(figures->observation.region_count, 3);
    assert_string_equal(figures->observation.regions[0].country, "ZZ");
    assert_string_equal(figures->observation.regions[1].country, "US");
    assert_int_equal(figures->observation.regions[1].accesses, 4);
    assert_int_equal(figures->observation.regions[1].sources, 2);
    assert_string_equal(figures->observation.regions[2].country, "CN");
}

static void days_whose_summary_is_due_count_as_well(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_point(&desk, "east", "192.0.2.1", NULL, NULL);
    see(&desk, desk_sighting("2011-11-01", 445, 1, "US", 3), desk_sighting("2011-11-02", 445, 1, "US", 4));
    struct fault fault;
    int32_t day = calendar_day(2011, 11, 1);
    char sql[64];
    snprintf(sql, sizeof sql, "INSERT INTO summary_due VALUES (%d)", day);
    assert_true(records_run(desk.ledger->records, sql, &fault));
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->observation.accesses, 0, 0, 0, 0, 0, 7);
    expect_six(figures->observation.sources, 0, 0, 0, 0, 0, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sources_count_once_for_day_point_and_port),
        cmocka_unit_test(backscatter_is_no_access),
        cmocka_unit_test(a_day_belongs_to_the_month_it_lies_in),
        cmocka_unit_test(averages_are_cut_unless_the_ledger_rounds),
        cmocka_unit_test(only_days_watched_are_point_days),
        cmocka_unit_test(ports_beyond_the_ten_are_others_and_keep_their_rank),
        cmocka_unit_test(equal_ports_are_ordered_by_name),
        cmocka_unit_test(regions_are_those_of_this_month),
        cmocka_unit_test(days_whose_summary_is_due_count_as_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "desk.h"

enum { ROWS_MOST = 20000, DAYS_MOST = 31 };
static struct sighting rows[ROWS_MOST];
static size_t row_count;

/* `accesses` from one source on each day of November, or as many of an earlier month all on its first day: of
 * those only the sum matters, and each day costs a file. */
static void see_daily(const char *month_name, uint16_t port, const char *country, uint64_t accesses)
{
    int32_t month;
    char day[CALENDAR_DAY_SIZE];
    assert_true(calendar_parse_month(month_name, &month));
    int length = calendar_month_length(month), days = strcmp(month_name, "2011-11") == 0 ? length : 1;
    for (int i = 0; i < days; i++) {
        calendar_day_text(day, calendar_month_first(month) + i);
        rows[row_count++] = desk_sighting(day, port, (uint32_t)country[0] * 256 + (uint32_t)country[1],
                                          country, accesses * (uint64_t)(length / days));
    }
}

static void see(const char *day, uint16_t port, const char *country, uint64_t accesses)
{
    rows[row_count++] =
        desk_sighting(day, port, (uint32_t)country[0] * 256 + (uint32_t)country[1] + 1, country, accesses);
}

/* Ten ports that are there every month, with 100 to 109 accesses a day. */
static void see_the_usual(void)
{
    const char *const months[] = {"2011-07", "2011-08", "2011-09", "2011-10", "2011-11"};
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        for (uint16_t port = 1; port <= 10; port++)
            see_daily(months[i], port, "CN", 99u + port);
}

static void begin(struct desk *desk)
{
    desk_open(desk);
    desk_point(desk, "east", "192.0.2.1", NULL, NULL);
    row_count = 0;
}

static struct figures *tell(struct desk *desk)
{
    desk_see(desk, rows, row_count);
    return desk_figures(desk, "2011-11");
}

static void a_port_that_grew_three_times_and_doubled_is_rising(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    begin(&desk);
    see_the_usual();
    see_daily("2011-08", 8909, "CN", 10);
    see_daily("2011-09", 8909, "CN", 30);
    see_daily("2011-10", 8909, "CN", 60);
    see_daily("2011-11", 8909, "CN", 80);
    see_daily("2011-11", 8909, "US", 40);
    OWNED(figures_free) struct figures *figures = tell(&desk);
    assert_int_equal(figures->observation.notable_count, 1);
    const struct figures_notable *notable = &figures->observation.notable[0];
    assert_string_equal(notable->port, "8909/tcp");
    assert_int_equal(notable->why, FIGURES_RISING); /* it is new in the top ten, too */
    expect_six(notable->monthly, 0, 0, 310, 900, 1860, 3600);
    assert_int_equal(notable->country_count, 2);
    assert_string_equal(notable->by_country[0].country, "CN");
    assert_string_equal(notable->by_country[1].country, "US");
    for (int day = 0; day < 30; day++) {
        assert_int_equal(notable->daily[day], 120);
        assert_int_equal(notable->by_country[0].daily[day], 80);
        assert_int_equal(notable->by_country[1].daily[day], 40);
    }
}

static void growth_that_does_not_double_is_none(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    begin(&desk);
    see_the_usual();
    see_daily("2011-08", 8909, "CN", 30);
    see_daily("2011-09", 8909, "CN", 40);
    see_daily("2011-10", 8909, "CN", 50);
    see_daily("2011-11", 8909, "CN", 59);
    OWNED(figures_free) struct figures *figures = tell(&desk);
    assert_int_equal(figures->observation.notable_count, 0);
}

static void a_month_that_fell_back_is_not_rising(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    begin(&desk);
    see_the_usual();
    see_daily("2011-08", 8909, "CN", 10);
    see_daily("2011-09", 8909, "CN", 40);
    see_daily("2011-10", 8909, "CN", 39);
    see_daily("2011-11", 8909, "CN", 90);
    OWNED(figures_free) struct figures *figures = tell(&desk);
    assert_int_equal(figures->observation.notable_count, 0);
}

static void more_points_make_no_port_rise(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    begin(&desk);
    desk_point(&desk, "north", "192.0.2.2", "2011-09-01", NULL);
    desk_point(&desk, "south", "192.0.2.3", "2011-10-01", NULL);
    desk_point(&desk, "west", "192.0.2.4", "2011-11-01", NULL);
    see_daily("2011-08", 445, "CN", 100);
    see_daily("2011-09", 445, "CN", 200);
    see_daily("2011-10", 445, "CN", 300);
    see_daily("2011-11", 445, "CN", 400);
    OWNED(figures_free) struct figures *figures = tell(&desk);
    assert_int_equal(figures->observation.notable_count, 0);
}

static void a_port_new_in_the_top_ten_is_told(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    begin(&desk);
    see_the_usual();
    see_daily("2011-10", 5060, "DE", 50);
    see_daily("2011-11", 5060, "DE", 150);
    OWNED(figures_free) struct figures *figures = tell(&desk);
    assert_int_equal(figures->observation.notable_count, 1);
    assert_string_equal(figures->observation.notable[0].port, "5060/tcp");
    assert_int_equal(figures->observation.notable[0].why, FIGURES_NEW_IN_TOP);
    assert_int_equal(figures->observation.ports[0].rank[0], 11);
}

static void a_day_far_above_the_median_is_a_spike(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    begin(&desk);
    see_the_usual();
    see_daily("2011-10", 23, "BR", 20);
    see_daily("2011-11", 23, "BR", 20);
    see("2011-11-17", 23, "KR", 80); /* 100 on this day: five times the median */
    see_daily("2011-11", 25, "BR", 20);
    see_daily("2011-10", 25, "BR", 20);
    see("2011-11-17", 25, "KR", 79); /* just below */
    OWNED(figures_free) struct figures *figures = tell(&desk);
    assert_int_equal(figures->observation.notable_count, 1);
    const struct figures_notable *notable = &figures->observation.notable[0];
    assert_string_equal(notable->port, "23/tcp");
    assert_int_equal(notable->why, FIGURES_SPIKE);
    assert_int_equal(notable->daily[16], 100);
    assert_int_equal(notable->by_country[1].daily[16], 80);
    assert_int_equal(notable->by_country[1].daily[15], 0);
}

static void days_without_data_are_not_quiet_days(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    begin(&desk);
    see_daily("2011-10", 445, "CN", 500);
    for (int day = 1; day <= 8; day++) { /* the captures begin late: most days have nothing */
        char name[CALENDAR_DAY_SIZE];
        calendar_day_text(name, calendar_day(2011, 11, 20 + day));
        see(name, 445, "CN", 500);
    }
    OWNED(figures_free) struct figures *figures = tell(&desk);
    assert_int_equal(figures->observation.notable_count, 0);
}

static void a_first_month_has_nothing_to_compare_with(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    begin(&desk);
    see_daily("2011-11", 445, "CN", 500);
    OWNED(figures_free) struct figures *figures = tell(&desk);
    assert_int_equal(figures->observation.notable_count, 0);
}

static void few_accesses_are_never_notable(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    begin(&desk);
    see_daily("2011-10", 445, "CN", 1);
    see_daily("2011-11", 445, "CN", 1);
    see("2011-11-05", 23, "BR", 99); /* new in the top ten, and a spike, and too little */
    OWNED(figures_free) struct figures *figures = tell(&desk);
    assert_int_equal(figures->observation.notable_count, 0);
}

static void at_most_five_ports_and_five_countries_are_told(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    begin(&desk);
    see_daily("2011-10", 445, "CN", 1);
    const char *const countries[] = {"CN", "US", "BR", "KR", "RU", "DE", "FR"};
    for (uint16_t port = 1; port <= 7; port++)
        for (uint16_t i = 0; i < 7; i++)
            see_daily("2011-11", port, countries[i], 10u + port + (i == 6 ? 5 : 0));
    OWNED(figures_free) struct figures *figures = tell(&desk);
    assert_int_equal(figures->observation.notable_count, 5);
    const char *const order[] = {"FR", "BR", "CN", "DE", "KR"};
    for (uint16_t i = 0; i < 5; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d/tcp", 7 - i);
        assert_string_equal(figures->observation.notable[i].port, name);
        assert_int_equal(figures->observation.notable[i].country_count, 5);
        assert_string_equal(figures->observation.notable[0].by_country[i].country, order[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_port_that_grew_three_times_and_doubled_is_rising),
        cmocka_unit_test(growth_that_does_not_double_is_none),
        cmocka_unit_test(a_month_that_fell_back_is_not_rising),
        cmocka_unit_test(more_points_make_no_port_rise),
        cmocka_unit_test(a_port_new_in_the_top_ten_is_told),
        cmocka_unit_test(a_day_far_above_the_median_is_a_spike),
        cmocka_unit_test(days_without_data_are_not_quiet_days),
        cmocka_unit_test(a_first_month_has_nothing_to_compare_with),
        cmocka_unit_test(few_accesses_are_never_notable),
        cmocka_unit_test(at_most_five_ports_and_five_countries_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

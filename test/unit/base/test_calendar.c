#include "base/calendar.h"

#include "unit.h"

#include <time.h>

enum { DAY_S = 86400 };

static void known_days_have_their_numbers(void **state)
{
    (void)state;
    assert_int_equal(calendar_day(1970, 1, 1), 0);
    assert_int_equal(calendar_day(1969, 12, 31), -1);
    assert_int_equal(calendar_day(2000, 3, 1), 11017);
    assert_int_equal(calendar_day(2011, 11, 8), 15286);
    assert_int_equal(calendar_day(1600, 1, 1), -135140);
    assert_int_equal(calendar_day(9999, 12, 31), 2932896);
}

/* The C library counts the same days in its own way. */
static void each_day_of_a_thousand_years_is_the_c_librarys(void **state)
{
    (void)state;
    for (int32_t day = calendar_day(1500, 1, 1); day < calendar_day(2501, 1, 1); day++) {
        struct calendar_date date = calendar_date(day);
        time_t noon = (time_t)day * DAY_S + DAY_S / 2;
        struct tm theirs;
        assert_non_null(gmtime_r(&noon, &theirs));
        assert_int_equal(date.year, theirs.tm_year + 1900);
        assert_int_equal(date.month, theirs.tm_mon + 1);
        assert_int_equal(date.day, theirs.tm_mday);
        assert_int_equal(calendar_weekday(day), theirs.tm_wday);
        assert_int_equal(calendar_day(date.year, date.month, date.day), day);
    }
}

static void leap_days_exist_only_in_leap_years(void **state)
{
    (void)state;
    int32_t day = 1;
    assert_true(calendar_parse_day("2012-02-29", &day));
    assert_int_equal(day, calendar_day(2012, 2, 29));
    assert_true(calendar_parse_day("2000-02-29", &day));
    assert_false(calendar_parse_day("2011-02-29", &day));
    assert_false(calendar_parse_day("1900-02-29", &day));
    assert_false(calendar_parse_day("2100-02-29", &day));
    assert_int_equal(calendar_month_length(2012 * 12 + 1), 29);
    assert_int_equal(calendar_month_length(2011 * 12 + 1), 28);
    assert_int_equal(calendar_month_length(1900 * 12 + 1), 28);
    assert_int_equal(calendar_month_length(2000 * 12 + 1), 29);
}

static void days_are_read_strictly(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "2011-11",    "2011-11-00", "2011-11-31",  "2011-13-01",  "2011-00-01",
        "2011-1-01",  "2011-11-8",  "2011/11/08", "2011-11-08 ", " 2011-11-08", "11-11-08",
        "02011-11-8", "0999-01-01", "2011-11-0x", "20111108",    "-201-11-08",  "2011-04-31"};
    int32_t day = 77;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(calendar_parse_day(wrong[i], &day));
    assert_int_equal(day, 77);
    assert_true(calendar_parse_day("2011-11-08", &day));
    assert_int_equal(day, 15286);
}

static void months_are_read_strictly(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",         "2011",       "2011-00", "2011-13", "2011-1",
                                        "2011-011", "2011-11-01", "0000-01", "2011_11"};
    int32_t month = 77;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(calendar_parse_month(wrong[i], &month));
    assert_int_equal(month, 77);
    assert_true(calendar_parse_month("2011-11", &month));
    assert_int_equal(month, 2011 * 12 + 10);
}

static void months_meet_at_the_year_end(void **state)
{
    (void)state;
    int32_t december = calendar_month(calendar_day(2011, 12, 31));
    assert_int_equal(calendar_month(calendar_day(2012, 1, 1)), december + 1);
    assert_int_equal(calendar_month_year(december), 2011);
    assert_int_equal(calendar_month_number(december), 12);
    assert_int_equal(calendar_month_number(december + 1), 1);
    assert_int_equal(calendar_month_first(december + 1), calendar_day(2011, 12, 31) + 1);
    char text[CALENDAR_MONTH_SIZE];
    calendar_month_text(text, december);
    assert_string_equal(text, "2011-12");
}

static void days_are_written_as_they_are_read(void **state)
{
    (void)state;
    char text[CALENDAR_DAY_SIZE];
    calendar_day_text(text, calendar_day(2011, 2, 3));
    assert_string_equal(text, "2011-02-03");
}

static void weekdays_are_right_before_and_after_1970(void **state)
{
    (void)state;
    assert_int_equal(calendar_weekday(calendar_day(2011, 11, 8)), 2);
    assert_int_equal(calendar_weekday(calendar_day(1970, 1, 1)), 4);
    assert_int_equal(calendar_weekday(calendar_day(1969, 12, 28)), 0);
    assert_int_equal(calendar_weekday(calendar_day(1969, 12, 27)), 6);
}

static void open_zone(struct zone *zone, const char *name)
{
    struct fault fault = {""};
    if (!zone_open(zone, name, &fault))
        fail_msg("%s", fault.text);
}

/* The day ends after its last second and the next begins at once; both ways of asking agree. */
static void expect_day(struct zone *zone, const char *name, int64_t begins_s, int64_t length_s)
{
    int32_t day = 0;
    assert_true(calendar_parse_day(name, &day));
    assert_int_equal(zone_day_begins_s(zone, day), begins_s);
    assert_int_equal(zone_day_begins_s(zone, day + 1), begins_s + length_s);
    assert_int_equal(zone_day(zone, begins_s - 1), day - 1);
    assert_int_equal(zone_day(zone, begins_s), day);
    assert_int_equal(zone_day(zone, begins_s + length_s / 2), day);
    assert_int_equal(zone_day(zone, begins_s + length_s - 1), day);
    assert_int_equal(zone_day(zone, begins_s + length_s), day + 1);
}

static void a_day_in_tokyo_begins_at_fifteen_hours_universal_time(void **state)
{
    (void)state;
    struct zone zone;
    open_zone(&zone, "Asia/Tokyo");
    expect_day(&zone, "2011-11-01", 1320073200, DAY_S);
    expect_day(&zone, "2011-12-31", 1325257200, DAY_S);
    expect_day(&zone, "2012-02-29", 1330441200, DAY_S);
}

static void a_day_in_berlin_lasts_23_or_25_hours_when_clocks_change(void **state)
{
    (void)state;
    struct zone zone;
    open_zone(&zone, "Europe/Berlin");
    expect_day(&zone, "2011-03-27", 1301180400, DAY_S - 3600);
    expect_day(&zone, "2011-10-30", 1319925600, DAY_S + 3600);
    expect_day(&zone, "2011-07-01", 1309471200, DAY_S);
}

static void a_day_in_new_york_lasts_23_or_25_hours_when_clocks_change(void **state)
{
    (void)state;
    struct zone zone;
    open_zone(&zone, "America/New_York");
    expect_day(&zone, "2011-03-13", 1299992400, DAY_S - 3600);
    expect_day(&zone, "2011-11-06", 1320552000, DAY_S + 3600);
}

static void a_day_without_midnight_begins_at_one(void **state)
{
    (void)state;
    struct zone zone;
    open_zone(&zone, "America/Sao_Paulo");
    expect_day(&zone, "2018-11-04", 1541300400, DAY_S - 3600); /* 03:00 universal time is 01:00 there */
    expect_day(&zone, "2018-02-17", 1518832800, DAY_S + 3600); /* put back at midnight to 23:00 */
    open_zone(&zone, "Asia/Beirut");
    expect_day(&zone, "2012-03-25", 1332626400, DAY_S - 3600);
}

static void a_midnight_that_comes_twice_begins_one_day(void **state)
{
    (void)state;
    struct zone zone;
    open_zone(&zone, "America/St_Johns"); /* 2010-11-07: at 00:01 the clock went back to 23:01 */
    int32_t day = calendar_day(2010, 11, 7);
    assert_int_equal(zone_day_begins_s(&zone, day), 1289097000);
    assert_int_equal(zone_day(&zone, 1289097000 - 1), day - 1);
    for (int64_t at = 1289097000; at < 1289097000 + 2 * 3600; at += 30) {
        struct zone fresh = zone;
        assert_int_equal(zone_day(&fresh, at), day);
    }
}

static void a_day_that_never_was_is_empty(void **state)
{
    (void)state;
    struct zone zone;
    open_zone(&zone, "Pacific/Apia"); /* 2011-12-30 was left out */
    int32_t day = calendar_day(2011, 12, 30);
    assert_int_equal(zone_day_begins_s(&zone, day), zone_day_begins_s(&zone, day + 1));
    int64_t begins = zone_day_begins_s(&zone, day + 1);
    assert_int_equal(zone_day(&zone, begins - 1), day - 1);
    assert_int_equal(zone_day(&zone, begins), day + 1);
}

static void days_before_1970_and_far_times_have_a_day(void **state)
{
    (void)state;
    struct zone zone;
    open_zone(&zone, "UTC");
    assert_int_equal(zone_day(&zone, -1), -1);
    assert_int_equal(zone_day(&zone, 0), 0);
    assert_int_equal(zone_day(&zone, INT64_MAX), calendar_day(9999, 12, 30));
    assert_int_equal(zone_day(&zone, INT64_MIN), calendar_day(1, 1, 2));
    assert_int_equal(zone_day(&zone, 4102444800), calendar_day(2100, 1, 1));
}

static void names_that_are_no_zone_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "Asia",
        "Asia/Tokio",
        "../zoneinfo/UTC",
        "/usr/share/zoneinfo/UTC",
        ":UTC",
        "zone.tab",
        "Asia/../Asia/Tokyo",
        "JST-9",
        "Asia/Tokyo/And/A/Name/That/Is/Much/Too/Long/For/Any/Zone/Of/The/Database"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct zone zone;
        struct fault fault = {""};
        assert_false(zone_open(&zone, wrong[i], &fault));
        assert_non_null(strstr(fault.text, "is no time zone"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days_have_their_numbers),
        cmocka_unit_test(each_day_of_a_thousand_years_is_the_c_librarys),
        cmocka_unit_test(leap_days_exist_only_in_leap_years),
        cmocka_unit_test(days_are_read_strictly),
        cmocka_unit_test(months_are_read_strictly),
        cmocka_unit_test(months_meet_at_the_year_end),
        cmocka_unit_test(days_are_written_as_they_are_read),
        cmocka_unit_test(weekdays_are_right_before_and_after_1970),
        cmocka_unit_test(a_day_in_tokyo_begins_at_fifteen_hours_universal_time),
        cmocka_unit_test(a_day_in_berlin_lasts_23_or_25_hours_when_clocks_change),
        cmocka_unit_test(a_day_in_new_york_lasts_23_or_25_hours_when_clocks_change),
        cmocka_unit_test(a_day_without_midnight_begins_at_one),
        cmocka_unit_test(a_midnight_that_comes_twice_begins_one_day),
        cmocka_unit_test(a_day_that_never_was_is_empty),
        cmocka_unit_test(days_before_1970_and_far_times_have_a_day),
        cmocka_unit_test(names_that_are_no_zone_are_refused),
    };
    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}

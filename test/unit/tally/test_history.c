#include "desk.h"

#define see(desk, ...)                                                                                       \
    do {                                                                                                     \
        struct sighting rows_[] = {__VA_ARGS__};                                                             \
        desk_see((desk), rows_, sizeof rows_ / sizeof *rows_);                                               \
    } while (0)

static void history_stands_where_a_table_has_no_rows(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_import(&desk, "history",
                "2011-09,virus.detections,21291\n2011-09,virus.reports,906\n2011-09,program.detections,12\n"
                "2011-10,virus.detections,20409\n2011-10,virus.reports,795\n"
                "2011-11,virus.detections,1\n" /* November has records */
                "2011-05,virus.detections,77\n");
    desk_import(&desk, "malware",
                "taro,2011-11-01,2011-11-01,A,virus,20585,web\n"
                "taro,2011-08-01,2011-08-01,A,program,5,web\n"); /* August has a row: no viruses is 0 */
    desk_import(&desk, "history", "2011-08,virus.detections,25143\n");
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->virus.detections, 0, 0, 0, 21291, 20409, 20585);
    expect_six(figures->virus.reports, 0, 0, 0, 906, 795, 1);
    expect_six(figures->program.detections, 0, 0, 5, 12, 0, 0);
    assert_int_equal(figures->virus.detections_change.tenths, 9);
}

static void each_table_has_its_own_months(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_import(
        &desk, "history",
        "2011-10,access.reports.total,15\n2011-10,access.reports.harm,8\n2011-10,access.reports.no_harm,7\n"
        "2011-10,access.consultations.harm,7\n2011-10,access.consultations.no_harm,39\n"
        "2011-10,consultations.total,1496\n2011-10,consultations.auto,865\n2011-10,consultations.phone,564\n"
        "2011-10,consultations.mail,55\n2011-10,consultations.other,12\n");
    desk_import(&desk, "access", "a,2011-10-05,yes,dos,\n");
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->access.reports.total, 0, 0, 0, 0, 1, 0);
    expect_six(figures->access.consultations.total, 0, 0, 0, 0, 46, 0); /* not named: the sum of the two */
    expect_six(figures->access.all.total, 0, 0, 0, 0, 47, 0);
    expect_six(figures->access.all.harm, 0, 0, 0, 0, 8, 0);
    expect_six(figures->consultations.total, 0, 0, 0, 0, 1496, 0);
}

static void a_total_that_history_does_not_name_is_the_sum(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_import(&desk, "history", "2011-10,consultations.auto,865\n2011-10,consultations.phone,564\n");
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->consultations.total, 0, 0, 0, 0, 1429, 0);
}

static void averages_of_history_are_its_own_or_made_of_its_totals(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_point(&desk, "east", "192.0.2.1", "2011-07-01", NULL);
    desk_import(&desk, "history",
                "2011-06,observation.accesses,3000\n2011-06,observation.sources,600\n" /* nobody watched */
                "2011-07,observation.accesses,3130\n2011-07,observation.sources,630\n"
                "2011-08,observation.accesses,3130\n2011-08,observation.sources,630\n"
                "2011-08,observation.accesses_per_point_day,99\n"
                "2011-09,observation.sources_per_point_day,120\n"
                "2011-11,observation.accesses_per_point_day,5\n"); /* November has sightings */
    see(&desk, desk_sighting("2011-11-01", 445, 1, "CN", 60));
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->observation.accesses, 3000, 3130, 3130, 0, 0, 60);
    expect_six(figures->observation.accesses_per_point_day, 0, 100, 99, 0, 0, 2);
    expect_six(figures->observation.sources_per_point_day, 0, 20, 20, 120, 0, 0);
}

static void all_of_a_month_from_history_is_other_ports(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_point(&desk, "east", "192.0.2.1", NULL, NULL);
    desk_import(&desk, "history", "2011-10,observation.accesses,3130\n2011-10,observation.sources,630\n");
    see(&desk, desk_sighting("2011-11-01", 445, 1, "CN", 60));
    OWNED(figures_free) struct figures *november = desk_figures(&desk, "2011-11");
    assert_int_equal(november->observation.ports[0].accesses[0], 0);
    assert_int_equal(november->observation.ports[0].rank[0], 0);
    assert_int_equal(november->observation.other.accesses[0], 3130);
    assert_int_equal(november->observation.other.sources[0], 630);
    OWNED(figures_free) struct figures *october = desk_figures(&desk, "2011-10");
    assert_int_equal(october->observation.port_count, 0);
    assert_int_equal(october->observation.other.accesses[1], 3130);
}

/* Each of these adds up nowhere; the sentence names the table, the month and the two numbers. */
static const struct {
    const char *history, *sentence;
} refused[] = {
    {"2011-08,access.reports.total,10\n2011-08,access.reports.harm,5\n2011-08,access.reports.no_harm,3\n",
     "2011-08: access reports: with harm 5 and without harm 3 make 8, but the total is 10 (expected them to "
     "agree)"},
    {"2011-11,access.reports.total,0\n2011-11,access.reports.harm,5\n",
     "2011-11: access reports: with harm 5 and without harm 0 make 5, but the total is 0 (expected them to "
     "agree)"},
    {"2011-06,access.consultations.total,32\n2011-06,access.consultations.harm,7\n"
     "2011-06,access.consultations.no_harm,24\n2011-06,consultations.auto,999\n",
     "2011-06: access consultations: with harm 7 and without harm 24 make 31, but the total is 32 (expected "
     "them to "
     "agree)"},
    {"2011-10,consultations.total,1497\n2011-10,consultations.auto,865\n2011-10,consultations.phone,564\n"
     "2011-10,consultations.mail,55\n2011-10,consultations.other,12\n",
     "2011-10: consultations: auto 865, phone 564, mail 55 and other 12 make 1496, but the total is 1497 "
     "(expected them "
     "to agree)"},
    {"2011-07,access.consultations.harm,7\n2011-07,consultations.mail,6\n",
     "2011-07: consultations: the number about unauthorised access is 7, but the total is 6 (expected no "
     "more than that)"},
    {"2011-09,observation.accesses,10\n2011-09,observation.sources,11\n",
     "2011-09: observation: the number of sources is 11, but that of accesses is 10 (expected no more than "
     "that)"},
};

static void what_does_not_add_up_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        CLEANUP(desk_close) struct desk desk;
        desk_open(&desk);
        desk_import(&desk, "history", refused[i].history);
        desk_refuses(&desk, "2011-11", refused[i].sentence);
    }
}

static void what_lies_outside_the_six_months_refuses_nothing(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_import(&desk, "history", refused[0].history);
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2012-02");
    expect_six(figures->access.reports.total, 0, 0, 0, 0, 0, 0);
    desk_refuses(&desk, "2012-01", refused[0].sentence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(history_stands_where_a_table_has_no_rows),
        cmocka_unit_test(each_table_has_its_own_months),
        cmocka_unit_test(a_total_that_history_does_not_name_is_the_sum),
        cmocka_unit_test(averages_of_history_are_its_own_or_made_of_its_totals),
        cmocka_unit_test(all_of_a_month_from_history_is_other_ports),
        cmocka_unit_test(what_does_not_add_up_is_refused),
        cmocka_unit_test(what_lies_outside_the_six_months_refuses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

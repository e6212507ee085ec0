#include "desk.h"

static void a_report_is_counted_once_for_reporter_day_and_name(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_import(
        &desk, "malware",
        "taro,2011-11-02,2011-11-01,W32/Mytob,virus,3,mail\n"
        "taro,2011-11-09,2011-11-01,W32/Mytob,virus,4,mail\n" /* the same report again: its detections add */
        "taro,2011-11-09,2011-11-02,W32/Mytob,virus,1,mail\n" /* another day */
        "hanako,2011-11-09,2011-11-01,W32/Mytob,virus,1,mail\n" /* another reporter */
        "hanako,2011-11-09,2011-11-01,W32/Netsky,virus,9,web\n");
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->virus.detections, 0, 0, 0, 0, 0, 18);
    expect_six(figures->virus.reports, 0, 0, 0, 0, 0, 4);
    assert_int_equal(figures->virus.by_name.count, 2);
    assert_string_equal(figures->virus.by_name.items[0].name, "W32/Mytob"); /* 9 and 9: by name */
    expect_six(figures->virus.by_name.items[0].detections, 0, 0, 0, 0, 0, 9);
    expect_six(figures->virus.by_name.items[0].reports, 0, 0, 0, 0, 0, 3);
    assert_string_equal(figures->virus.by_name.items[1].name, "W32/Netsky");
    expect_six(figures->virus.by_name.items[1].reports, 0, 0, 0, 0, 0, 1);
}

static void the_month_is_that_of_acceptance(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_import(&desk, "malware",
                "taro,2011-11-01,2011-10-31,W32/Mytob,virus,3,mail\n"
                "taro,2011-10-31,2011-10-31,W32/Mytob,virus,5,mail\n"
                "taro,2011-11-30,2011-06-01,W32/Mytob,virus,7,mail\n"
                "taro,2011-12-01,2011-11-30,W32/Mytob,virus,11,mail\n"
                "taro,2011-05-31,2011-05-31,W32/Mytob,virus,13,mail\n"
                "taro,2011-06-01,2011-05-31,W32/Mytob,virus,17,mail\n");
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->virus.detections, 17, 0, 0, 0, 5, 10);
    expect_six(figures->virus.reports, 1, 0, 0, 0, 1, 2);
    assert_int_equal(figures->virus.detections_change.tenths, 1000);
}

static void programs_are_counted_apart_and_by_the_day_accepted(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_import(&desk, "malware",
                "taro,2011-11-01,2011-10-30,BACKDOOR,program,3,web\n"
                "taro,2011-11-30,2011-11-30,BACKDOOR,program,4,web\n"
                "taro,2011-09-30,2011-09-30,BACKDOOR,program,5,web\n"
                "taro,2011-11-30,2011-11-29,RLTRAP,program,8,mail\n"
                "taro,2011-08-15,2011-08-15,INVO,program,2,mail\n"
                "taro,2011-11-30,2011-11-29,W32/Mytob,virus,1,mail\n");
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->virus.detections, 0, 0, 0, 0, 0, 1);
    expect_six(figures->program.detections, 0, 0, 2, 5, 0, 15);
    assert_int_equal(figures->program.by_name.count, 3);
    assert_string_equal(figures->program.by_name.items[0].name, "RLTRAP");
    assert_string_equal(figures->program.by_name.items[1].name, "BACKDOOR");
    assert_string_equal(figures->program.by_name.items[2].name,
                        "INVO"); /* nothing this month, but in the window */
    assert_int_equal(figures->days, 183);
    const uint64_t *daily = figures->program.by_name.items[1].daily;
    assert_int_equal(daily[183 - 30], 3);
    assert_int_equal(daily[182], 4);
    assert_int_equal(daily[30 + 31 + 31 + 29], 5);
}

static void a_name_may_be_a_virus_and_a_program(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_import(&desk, "malware",
                "taro,2011-11-01,2011-11-01,BOTH,virus,3,web\n"
                "hanako,2011-11-02,2011-11-02,BOTH,program,4,web\n");
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->virus.detections, 0, 0, 0, 0, 0, 3);
    expect_six(figures->program.detections, 0, 0, 0, 0, 0, 4);
    assert_int_equal(figures->program.by_name.items[0].daily[182 - 28], 4);
}

static void an_empty_ledger_is_all_zero_and_no_percentage(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->virus.detections, 0, 0, 0, 0, 0, 0);
    assert_false(figures->virus.detections_change.known);
    assert_false(figures->virus.reports_change.known);
    assert_int_equal(figures->observation.points, 0);
    assert_int_equal(figures->observation.port_count, 0);
}

static void february_of_a_leap_year_has_its_last_day(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_import(&desk, "malware",
                "taro,2012-02-29,2012-02-29,A,program,3,web\n"
                "taro,2012-03-01,2012-02-29,A,program,5,web\n");
    desk_import(&desk, "consultations",
                "2012-02-29,phone,winny,,\n"
                "2012-03-01,phone,winny,,\n"
                "2012-03-01,phone,winny,,\n");
    OWNED(figures_free) struct figures *february = desk_figures(&desk, "2012-02");
    assert_int_equal(february->month_length, 29);
    assert_int_equal(february->program.by_name.items[0].daily[february->days - 1], 3);
    expect_six(february->consultations.total, 0, 0, 0, 0, 0, 1);
    OWNED(figures_free) struct figures *march = desk_figures(&desk, "2012-03");
    expect_six(march->program.detections, 0, 0, 0, 0, 3, 5);
    expect_six(march->consultations.total, 0, 0, 0, 0, 1, 2);
}

static void the_month_before_january_is_december(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_import(&desk, "malware",
                "taro,2011-12-31,2011-12-31,A,virus,906,web\n"
                "taro,2012-01-01,2011-12-31,A,virus,795,web\n");
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2012-01");
    expect_six(figures->virus.detections, 0, 0, 0, 0, 906, 795);
    assert_true(figures->virus.detections_change.known);
    assert_int_equal(figures->virus.detections_change.tenths, -123);
}

static void access_reports_are_told_by_harm_and_category(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_import(&desk, "access",
                "a,2011-11-01,yes,intrusion,password\n"
                "b,2011-11-30,yes,intrusion,unknown\n"
                "c,2011-11-30,yes,impersonation,unknown\n"
                "c,2011-11-30,yes,dos,\n"
                "d,2011-11-15,no,probe,\n"
                "e,2011-10-31,yes,worm,\n"
                "f,2011-12-01,yes,worm,\n"
                "g,2011-06-01,no,other,\n"
                "h,2011-05-31,no,other,\n");
    desk_import(&desk, "consultations",
                "2011-11-03,phone,one-click,yes,yes\n"
                "2011-11-03,auto,one-click,yes,no\n"
                "2011-11-03,mail,one-click,no,\n"
                "2011-10-03,other,winny,yes,no\n");
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->access.reports.total, 1, 0, 0, 0, 1, 5);
    expect_six(figures->access.reports.harm, 0, 0, 0, 0, 1, 4);
    expect_six(figures->access.reports.no_harm, 1, 0, 0, 0, 0, 1);
    expect_six(figures->access.consultations.total, 0, 0, 0, 0, 1, 2);
    expect_six(figures->access.consultations.harm, 0, 0, 0, 0, 0, 1);
    expect_six(figures->access.consultations.no_harm, 0, 0, 0, 0, 1, 1);
    expect_six(figures->access.all.total, 1, 0, 0, 0, 2, 7);
    expect_six(figures->access.all.harm, 0, 0, 0, 0, 1, 5);
    expect_six(figures->access.all.no_harm, 1, 0, 0, 0, 1, 2);
    const struct figures_counts *categories = &figures->access.harm_by_category;
    assert_int_equal(categories->count, 3); /* neither October's worm nor November's probe */
    assert_string_equal(categories->items[0].name, "intrusion");
    assert_int_equal(categories->items[0].count[FIGURES_NOW], 2);
    assert_string_equal(categories->items[1].name, "dos"); /* 1 and 1: by name */
    assert_string_equal(categories->items[2].name, "impersonation");
}

static void consultations_are_told_by_channel_and_topic(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_import(&desk, "consultations",
                "2011-11-01,auto,winny,,\n"
                "2011-11-02,auto,one-click,,\n"
                "2011-11-03,auto,one-click,,\n"
                "2011-11-04,phone,winny,,\n"
                "2011-11-05,mail,zombie,,\n"
                "2011-11-30,other,apple,yes,yes\n"
                "2011-09-01,other,targeted-mail,,\n"
                "2011-09-30,phone,winny,,\n");
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    expect_six(figures->consultations.total, 0, 0, 0, 2, 0, 6);
    expect_six(figures->consultations.automatic, 0, 0, 0, 0, 0, 3);
    expect_six(figures->consultations.phone, 0, 0, 0, 1, 0, 1);
    expect_six(figures->consultations.mail, 0, 0, 0, 0, 0, 1);
    expect_six(figures->consultations.other, 0, 0, 0, 1, 0, 1);
    const char *const order[] = {"one-click", "winny", "apple", "zombie", "targeted-mail"};
    assert_int_equal(figures->consultations.topics.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(figures->consultations.topics.items[i].name, order[i]);
    expect_six(figures->consultations.topics.items[1].count, 0, 0, 0, 1, 0, 2);
    expect_six(figures->consultations.topics.items[4].count, 0, 0, 0, 1, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_counted_once_for_reporter_day_and_name),
        cmocka_unit_test(the_month_is_that_of_acceptance),
        cmocka_unit_test(programs_are_counted_apart_and_by_the_day_accepted),
        cmocka_unit_test(a_name_may_be_a_virus_and_a_program),
        cmocka_unit_test(an_empty_ledger_is_all_zero_and_no_percentage),
        cmocka_unit_test(february_of_a_leap_year_has_its_last_day),
        cmocka_unit_test(the_month_before_january_is_december),
        cmocka_unit_test(access_reports_are_told_by_harm_and_category),
        cmocka_unit_test(consultations_are_told_by_channel_and_topic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

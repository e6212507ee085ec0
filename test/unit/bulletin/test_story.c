#include "bulletin/story.h"
#include "month.h"

#include "unit.h"

static void the_month_is_told_with_the_month_before(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("en");
    assert_string_equal(
        story_virus_detections(&month->issue),
        "Virus detections came to 20,585 in November 2011, 0.9% above the 20,409 of October.");
    assert_string_equal(story_virus_reports(&month->issue),
                        "Virus reports came to 1,115 in November, 40.3% above the 795 of October.");
    assert_string_equal(story_virus_condensed(&month->issue),
                        "Counted once for each reporter, day and virus, the 20,585 "
                        "detections of November make 1,115 reports.");
    assert_string_equal(story_consultations(&month->issue),
                        "Consultations in all came to 1,420 in November, 5.1% below the 1,496 of October.");
}

static void the_month_is_told_in_japanese(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("ja");
    assert_string_equal(story_virus_detections(&month->issue),
                        "2011年11月のウイルスの検出数は20,585個で、10月の20,409個を0.9%上回りました。");
    assert_string_equal(story_virus_reports(&month->issue),
                        "11月のウイルスの届出件数は1,115件で、10月の795件を40.3%上回りました。");
    assert_string_equal(story_virus_condensed(&month->issue),
                        "11月に寄せられた検出数20,585個を、届出者・発見日・種類ごとにまとめると、届出件数は1,"
                        "115件になります。");
    assert_string_equal(story_access_reports(&month->issue),
                        "11月に受け付けた不正アクセスの届出は7件で、うち5件に被害がありました。");
    assert_string_equal(story_access_consultations(&month->issue),
                        "不正アクセスに関する相談は69件で、うち14件に被害がありました。");
    assert_string_equal(story_access_harm(&month->issue),
                        "被害のあった届出の内訳は、侵入4件、サービス妨害（DoS）1件です。");
    assert_string_equal(story_consultations(&month->issue),
                        "11月の相談の総件数は1,420件で、10月の1,496件を5.1%下回りました。");
    assert_string_equal(
        story_topics(&month->issue),
        "おもな内容は、「ワンクリック請求」418件（10月：419件）、「Winny」35件（10月：12件）でした。");
    assert_string_equal(story_observation(&month->issue),
                        "2011年11月に10観測点で観測した期待しない（一方的な）アクセスは86,"
                        "568件、延べ発信元数は36,259か所でした。");
    assert_string_equal(
        story_averages(&month->issue),
        "1観測点・1日あたりでは、平均して120か所の発信元から288件のアクセスがあったことになります。");
    assert_string_equal(
        story_notable(&month->issue, month->figures.observation.notable),
        "8909/tcp "
        "へのアクセスがこの数か月増え続け、11月は2,380件になりました。発信元の地域は、おもに中国でした。");
}

static const char *detections(struct month *month, uint64_t before, uint64_t now)
{
    month_pair(month->figures.virus.detections, before, now);
    return story_virus_detections(&month->issue);
}

static void each_kind_of_change_has_its_sentence(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("en");
    assert_string_equal(detections(month, 906, 795),
                        "Virus detections came to 795 in November 2011, 12.3% below the 906 of October.");
    assert_string_equal(detections(month, 5, 5),
                        "Virus detections came to 5 in November 2011, exactly as many as in October.");
    assert_string_equal(detections(month, 0, 5),
                        "Virus detections came to 5 in November 2011; there were none in October.");
    assert_string_equal(detections(month, 1234, 0),
                        "Virus detections: none in November 2011, after 1,234 in October.");
    assert_string_equal(detections(month, 0, 0), "Virus detections: none in November 2011, as in October.");
}

static void each_kind_of_change_has_its_japanese_sentence(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("ja");
    assert_string_equal(detections(month, 906, 795),
                        "2011年11月のウイルスの検出数は795個で、10月の906個を12.3%下回りました。");
    assert_string_equal(detections(month, 5, 5), "2011年11月のウイルスの検出数は5個で、10月と同数でした。");
    assert_string_equal(detections(month, 0, 5),
                        "2011年11月のウイルスの検出数は5個でした。10月にはありませんでした。");
    assert_string_equal(detections(month, 1234, 0),
                        "2011年11月のウイルスの検出数はありませんでした（10月は1,234個）。");
    assert_string_equal(detections(month, 0, 0),
                        "2011年11月のウイルスの検出数は、10月に続いてありませんでした。");
}

static void under_the_threshold_a_sentence_says_level(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("ja");
    month->settings.level_tenths = 10; /* 1.0 % */
    assert_string_equal(detections(month, 20409, 20585),
                        "2011年11月のウイルスの検出数は20,585個で、10月の20,409個と同水準でした。");
    assert_string_equal(story_change_mark(&month->issue, 20585, 20409), "同水準");
    assert_int_equal(story_change(&month->issue, 1010, 1000), STORY_UP); /* exactly 1.0 % is not under it */
    assert_int_equal(story_change(&month->issue, 991, 1000), STORY_LEVEL);
    month->settings.level_tenths = -1;
    assert_int_equal(story_change(&month->issue, 1000001, 1000000),
                     STORY_UP); /* 0.0 % where it is never said */
}

static void one_is_singular_in_english(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("en");
    struct figures *f = &month->figures;
    month_pair(f->virus.detections, 2, 1);
    month_pair(f->virus.reports, 2, 1);
    assert_string_equal(
        story_virus_condensed(&month->issue),
        "Counted once for each reporter, day and virus, the 1 detection of November make 1 report.");
    f->access.reports.total[FIGURES_NOW] = f->access.reports.harm[FIGURES_NOW] = 1;
    assert_string_equal(
        story_access_reports(&month->issue),
        "The desk received 1 report of unauthorised access in November; harm was done in 1 of them.");
    f->observation.points = 1;
    f->observation.accesses[FIGURES_NOW] = f->observation.sources[FIGURES_NOW] = 1;
    assert_string_equal(story_observation(&month->issue),
                        "In November 2011, 1 observation point saw 1 access that nobody "
                        "there had asked for, from 1 source.");
}

static void nothing_is_said_to_be_nothing(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("en");
    struct figures *f = &month->figures;
    memset(&f->virus, 0, sizeof f->virus);
    memset(&f->access, 0, sizeof f->access);
    memset(&f->consultations, 0, sizeof f->consultations);
    memset(&f->observation, 0, sizeof f->observation);
    assert_string_equal(story_virus_condensed(&month->issue),
                        "No virus was reported to the desk in November.");
    assert_null(story_virus_names(&month->issue));
    assert_string_equal(story_access_reports(&month->issue),
                        "No unauthorised access was reported in November.");
    assert_string_equal(story_access_consultations(&month->issue),
                        "Nobody consulted the desk about unauthorised access.");
    assert_null(story_access_harm(&month->issue));
    assert_null(story_topics(&month->issue));
    assert_string_equal(story_observation(&month->issue), "No observation point watched in November 2011.");
    assert_null(story_averages(&month->issue));
    assert_null(story_direction(&month->issue));
    assert_null(story_ports(&month->issue));
}

static void the_ports_outside_the_first_ten_are_compared(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("ja");
    struct figures *f = &month->figures;
    f->observation.other = (struct figures_port){"", {25070, 15878}, {12999, 8056}, {0, 0}};
    static const char told[] =
        "11月の上位10以外のポートへのアクセスは15,878件で、10月の25,070件を36.7%下回りました。";
    assert_non_null(strstr(story_ports(&month->issue), told));
    f->observation.other.accesses[0] = f->observation.other.accesses[1] = 0; /* there are but ten */
    assert_null(strstr(story_ports(&month->issue), "上位10以外"));
    f->observation.other = (struct figures_port){"", {97240, 15878}, {41830, 8056}, {0, 0}};
    for (size_t i = 0; i < f->observation.port_count; i++)
        f->observation.ports[i].rank[0] = 0; /* October is known by its history alone */
    assert_null(strstr(story_ports(&month->issue), "上位10以外"));
}

static void a_card_bears_its_change_with_a_sign(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("en");
    assert_string_equal(story_change_mark(&month->issue, 1115, 795), "+40.3%");
    assert_string_equal(story_change_mark(&month->issue, 795, 906), "−12.3%");
    assert_string_equal(story_change_mark(&month->issue, 0, 906), "−100.0%");
    assert_string_equal(story_change_mark(&month->issue, 7, 7), "unchanged");
    assert_string_equal(story_change_mark(&month->issue, 7, 0), "none before");
}

static void the_direction_of_the_averages_is_told(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("ja");
    uint64_t *six = month->figures.observation.accesses_per_point_day;
    assert_string_equal(story_direction(&month->issue),
                        "1観測点あたりのアクセスは、10月に比べて減りました。");
    month_pair(six, 288, 300);
    assert_string_equal(story_direction(&month->issue),
                        "1観測点あたりのアクセスは、10月に比べて増えました。");
    month_pair(six, 300, 300);
    assert_string_equal(story_direction(&month->issue), "1観測点あたりのアクセスは、10月とほぼ同じでした。");
    month_pair(six, 0, 300);
    assert_string_equal(story_direction(&month->issue), "10月の観測がないため、前月とは比べられません。");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_month_is_told_with_the_month_before),
        cmocka_unit_test(the_month_is_told_in_japanese),
        cmocka_unit_test(each_kind_of_change_has_its_sentence),
        cmocka_unit_test(each_kind_of_change_has_its_japanese_sentence),
        cmocka_unit_test(under_the_threshold_a_sentence_says_level),
        cmocka_unit_test(one_is_singular_in_english),
        cmocka_unit_test(nothing_is_said_to_be_nothing),
        cmocka_unit_test(the_ports_outside_the_first_ten_are_compared),
        cmocka_unit_test(a_card_bears_its_change_with_a_sign),
        cmocka_unit_test(the_direction_of_the_averages_is_told),
    };
    return cmocka_run_group_tests_name("story", tests, NULL, NULL);
}

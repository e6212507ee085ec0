/* Figures of a sound ledger, with one of them pushed aside: each identity is one that can fail. */
#include "desk.h"
#include "ledger/records.h"
#include "tally/month.h"

static struct desk desk;
static struct figures *figures;

static int open_sound_desk(void **state)
{
    (void)state;
    desk_open(&desk);
    desk_point(&desk, "east", "192.0.2.1", NULL, NULL);
    desk_import(&desk, "malware",
                "taro,2011-11-02,2011-11-01,A,virus,3,mail\n"
                "taro,2011-11-02,2011-11-01,B,program,4,mail\n");
    desk_import(&desk, "access", "a,2011-11-01,yes,intrusion,password\nb,2011-11-01,no,probe,\n");
    desk_import(&desk, "consultations", "2011-11-01,auto,winny,yes,yes\n2011-11-01,phone,winny,,\n");
    struct sighting rows[] = {desk_sighting("2011-11-01", 445, 1, "CN", 10),
                              desk_sighting("2011-11-01", 80, 1, "US", 5),
                              desk_sighting("2011-10-01", 80, 1, "US", 2)};
    desk_see(&desk, rows, sizeof rows / sizeof *rows);
    figures = desk_figures(&desk, "2011-11");
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    figures_free(figures);
    desk_close(&desk);
    return 0;
}

struct push {
    uint64_t *number;
    int by;
};

/* Sound as it is, refused with this sentence once these are pushed, and put right again. */
static void refuses(const char *sentence, struct push first, struct push second)
{
    struct month month = {.ledger = desk.ledger, .figures = figures};
    for (int i = 0; i < FIGURES_MONTHS; i++)
        month.malware[i] = month.access[i] = month.consultation[i] = month.sighting[i] = true;
    struct fault fault = {""};
    if (!identities_hold(&month, &fault))
        fail_msg("%s", fault.text);
    uint64_t spare = 0, *other = second.number == NULL ? &spare : second.number;
    *first.number += (uint64_t)first.by;
    *other += (uint64_t)second.by;
    bool holds = identities_hold(&month, &fault);
    *first.number -= (uint64_t)first.by;
    *other -= (uint64_t)second.by;
    assert_false(holds);
    assert_string_equal(fault.text, sentence);
}
#define refuses_one(sentence, number) refuses(sentence, (struct push){&(number), 1}, (struct push){NULL, 0})
#define refuses_two(sentence, number, by, other, by2)                                                        \
    refuses(sentence, (struct push){&(number), by}, (struct push){&(other), by2})

static void the_tables_of_access_add_up(void **state)
{
    (void)state;
    refuses_one("2011-11: access reports: with harm 2 and without harm 1 make 3, but the total is 2 "
                "(expected them to agree)",
                figures->access.reports.harm[5]);
    refuses_one("2011-06: access consultations: with harm 0 and without harm 0 make 0, but the total is 1 "
                "(expected them to "
                "agree)",
                figures->access.consultations.total[0]);
    refuses_one("2011-11: access reports and consultations: with harm 2 and without harm 2 make 4, but the "
                "total is 3 "
                "(expected them to agree)",
                figures->access.all.no_harm[5]);
    refuses_one("2011-11: access reports: the categories with harm make 2, but with harm is 1 (expected them "
                "to agree)",
                figures->access.harm_by_category.items[0].count[5]);
}

static void all_is_reports_and_consultations(void **state)
{
    (void)state;
    refuses_two(
        "2011-11: access reports and consultations: reports 2 and consultations 1 make 3, but the total is 4 "
        "(expected them to agree)",
        figures->access.all.total[5], 1, figures->access.all.harm[5], 1);
    refuses_two("2011-11: access reports and consultations: reports with harm 1 and consultations with harm "
                "1 make 2, but "
                "the total with harm is 1 (expected them to agree)",
                figures->access.all.harm[5], -1, figures->access.all.no_harm[5], 1);
}

static void consultations_add_up(void **state)
{
    (void)state;
    refuses_one("2011-11: consultations: auto 1, phone 2, mail 0 and other 0 make 3, but the total is 2 "
                "(expected them to "
                "agree)",
                figures->consultations.phone[5]);
    refuses_two("2011-11: consultations: the number about unauthorised access is 1, but the total is 0 "
                "(expected no more "
                "than that)",
                figures->consultations.total[5], -2, figures->consultations.automatic[5], -2);
    refuses_one(
        "2011-11: consultations: the sum of the topics is 3, but the total is 2 (expected no more than that)",
        figures->consultations.topics.items[0].count[5]);
}

static void names_and_days_add_up(void **state)
{
    (void)state;
    refuses_one(
        "2011-11: viruses: the detections by name make 4, but the total is 3 (expected them to agree)",
        figures->virus.by_name.items[0].detections[5]);
    refuses_one("2011-11: viruses: the reports by name make 1, but the total is 2 (expected them to agree)",
                figures->virus.reports[5]);
    refuses_one(
        "2011-11: programs: the detections by name make 4, but the total is 5 (expected them to agree)",
        figures->program.detections[5]);
    refuses_one(
        "2011-11: program 'B': the detections by day make 5, but the total is 4 (expected them to agree)",
        figures->program.by_name.items[0].daily[182]);
    refuses_one(
        "2011-06: program 'B': the detections by day make 1, but the total is 0 (expected them to agree)",
        figures->program.by_name.items[0].daily[29]);
}

static void ports_and_regions_add_up(void **state)
{
    (void)state;
    refuses_one("2011-11: observation: the accesses to the top ports and the others make 16, but the total "
                "is 15 (expected "
                "them to agree)",
                figures->observation.ports[1].accesses[1]);
    refuses_one("2011-10: observation: the accesses to the top ports and the others make 3, but the total is "
                "2 (expected "
                "them to agree)",
                figures->observation.other.accesses[0]);
    refuses_one("2011-11: observation: the sources of the top ports and the others make 3, but the total is "
                "2 (expected "
                "them to agree)",
                figures->observation.other.sources[1]);
    refuses_one(
        "2011-11: observation: the accesses by region make 16, but the total is 15 (expected them to agree)",
        figures->observation.regions[0].accesses);
    refuses_one(
        "2011-11: observation: the sources by region make 3, but the total is 2 (expected them to agree)",
        figures->observation.regions[1].sources);
    refuses_one("2011-07: observation: the number of sources is 1, but that of accesses is 0 (expected no "
                "more than that)",
                figures->observation.sources[1]);
}

static void a_tampered_ledger_is_refused(void **state)
{
    (void)state;
    struct fault fault;
    assert_true(records_run(desk.ledger->records,
                            "BEGIN; UPDATE consultation SET channel = 'fax' WHERE channel = 'phone'",
                            &fault));
    desk_refuses(&desk, "2011-11",
                 "2011-11: consultations: auto 1, phone 0, mail 0 and other 0 make 1, but the total is 2 "
                 "(expected them to "
                 "agree)");
    assert_true(records_run(desk.ledger->records,
                            "ROLLBACK; BEGIN; UPDATE malware_report SET accepted_on = accepted_on - 9",
                            &fault));
    desk_refuses(
        &desk, "2011-11",
        "2011-10: program 'B': the detections by day make 4, but the total is 0 (expected them to agree)");
    assert_true(records_run(desk.ledger->records, "ROLLBACK", &fault));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tables_of_access_add_up), cmocka_unit_test(all_is_reports_and_consultations),
        cmocka_unit_test(consultations_add_up),        cmocka_unit_test(names_and_days_add_up),
        cmocka_unit_test(ports_and_regions_add_up),    cmocka_unit_test(a_tampered_ledger_is_refused),
    };
    return cmocka_run_group_tests(tests, open_sound_desk, close_desk);
}

/* What the staff classify is what figures.json shows. */
#include "office.h"
#include "cases/classing.h"
#include "tally/figures.h"
#include <jansson.h>

/* One number of the month's figures.json, by its path: "virus.detections", "access.all.harm.5". */
static int64_t figure(struct office *office, const char *month, const char *path)
{
    struct fault fault;
    int32_t number;
    char names[128], *rest = names;
    CLEANUP(text_clear) struct text text;
    text_init(&text, 1 << 20);
    assert_true(calendar_parse_month(month, &number));
    OWNED(figures_free) struct figures *figures = figures_of_month(office->ledger, number, &fault);
    OFFICE_OK(figures != NULL);
    figures_json(figures, &text);
    json_t *json = json_loadb(text.bytes, text.length, 0, NULL), *at = json;
    snprintf(names, sizeof names, "%s", path);
    for (char *name; at != NULL && (name = strsep(&rest, ".")) != NULL;)
        at = json_is_array(at) ? json_array_get(at, strtoul(name, NULL, 10)) : json_object_get(at, name);
    if (!json_is_integer(at))
        fail_msg("no number at '%s'", path);
    int64_t value = json_integer_value(at);
    json_decref(json);
    return value;
}

static void expect(struct office *office, const char *path, int64_t expected)
{
    int64_t seen = figure(office, "2011-11", path);
    if (seen != expected)
        fail_msg("%s is %lld, not %lld", path, (long long)seen, (long long)expected);
}

static void classified_cases_are_in_the_months_figures_beside_imported_ones(void **state)
{
    struct office *office = *state;
    struct fault fault;
    office_import(office, "malware", "a,2011-11-08,2011-11-03,W32/Netsky,virus,10,mail\n");
    office_import(office, "access", "a,2011-11-08,yes,intrusion,password\n");
    office_import(office, "consultations", "2011-11-08,auto,one-click,no,\n");
    int64_t report = office_take(office, (struct office_case){.reporter = "a"});
    int64_t access = office_take(office, (struct office_case){.kind = CASE_ACCESS, .reporter = "b"});
    int64_t asked =
        office_take(office, (struct office_case){.kind = CASE_CONSULTATION, .channel = CASE_PHONE});
    int64_t late = office_take(office, (struct office_case){.kind = CASE_CONSULTATION, .channel = CASE_FAX});
    expect(office, "virus.detections", 10);

    const struct classed_malware lines[] = {
        {office_day("2011-11-08"), office_day("2011-11-03"), "W32/Netsky", "virus", "mail", 5},
        {office_day("2011-11-08"), office_day("2011-11-04"), "W32/Netsky", "virus", "mail", 2},
        {office_day("2011-11-08"), office_day("2011-11-04"), "RLTRAP", "program", "web", 7},
    };
    OFFICE_OK(classing_malware(office->ledger, report, lines, 3, "", 0, &fault));
    OFFICE_OK(classing_access(office->ledger, access,
                              &(struct classed_access){office_day("2011-11-30"), false, "probe", ""}, "", 0,
                              &fault));
    OFFICE_OK(classing_consultation(office->ledger, asked,
                                    &(struct classed_consultation){office_day("2011-11-01"),
                                                                   classing_channel(CASE_PHONE), "winny",
                                                                   true, true},
                                    "", 0, &fault));
    OFFICE_OK(classing_consultation(office->ledger, late,
                                    &(struct classed_consultation){office_day("2011-12-01"),
                                                                   classing_channel(CASE_FAX), "winny", false,
                                                                   false},
                                    "", 0, &fault));
    expect(office, "virus.detections", 17);
    expect(office, "virus.reports",
           2); /* the same reporter, day and name as the imported one is one report */
    expect(office, "program.detections", 7);
    expect(office, "access.reports.total.5", 2);
    expect(office, "access.reports.harm.5", 1);
    expect(office, "access.consultations.harm.5", 1);
    expect(office, "access.all.total.5", 3);
    expect(office, "consultations.total.5", 2);
    expect(office, "consultations.phone.5", 1);
    assert_int_equal(figure(office, "2011-12", "consultations.other.5"), 1);

    OFFICE_OK(casefile_set_state(office->ledger, report, CASE_REJECTED, 0, &fault));
    OFFICE_OK(casefile_erase(office->ledger, access, 0, &fault)); /* the person goes, the count stays */
    expect(office, "virus.detections", 10);
    expect(office, "virus.reports", 1);
    expect(office, "program.detections", 0);
    expect(office, "access.reports.total.5", 2);
    OFFICE_OK(casefile_set_state(office->ledger, report, CASE_CLOSED, 0, &fault));
    expect(office, "virus.detections", 17);
}

static int setup(void **state)
{
    static struct office office;
    office_open(&office);
    *state = &office;
    return 0;
}

static int teardown(void **state)
{
    office_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(classified_cases_are_in_the_months_figures_beside_imported_ones,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Whatever the staff do, in any order, the records agree with a slow recount of what is classified at the
 * moment, and of what was imported beside. */
#include "office.h"
#include "base/file.h"
#include "cases/classing.h"
#include "ledger/codes.h"
#include "ledger/examine.h"
#include "ledger/import.h"

enum { STEPS = 2500, CASES_MOST = 60 };

static const char mirrors[] =
    /* what was imported, and who told a case, kept by the test itself */
    "CREATE TEMP TABLE imported (reporter BLOB, accepted_on INT, detected_on INT, name TEXT, kind TEXT,"
    " detections INT, route TEXT);"
    "CREATE TEMP TABLE imported_access (received_on INT, harm INT, category TEXT, cause TEXT);"
    "CREATE TEMP TABLE imported_consultation (received_on INT, channel TEXT, topic TEXT, access INT, harm "
    "INT);"
    "CREATE TEMP TABLE who (casefile INTEGER PRIMARY KEY, reporter BLOB);"
    "CREATE TEMP VIEW counting AS SELECT id AS casefile, who.reporter FROM casefile JOIN who ON who.casefile "
    "="
    " casefile.id WHERE state NOT IN ('rejected', 'withdrawn') AND merged_into IS NULL;"
    "CREATE TEMP VIEW each_report AS"
    " SELECT 1 AS imported, reporter, accepted_on, detected_on, name, kind, detections, route FROM imported"
    " UNION ALL SELECT 0, reporter, accepted_on, detected_on, name, kind, detections, route"
    " FROM classed_malware JOIN counting USING (casefile);"
    "CREATE TEMP VIEW month_report AS SELECT *, CAST(strftime('%Y', accepted_on * 86400, 'unixepoch') AS "
    "INT) * 12"
    " + strftime('%m', accepted_on * 86400, 'unixepoch') - 1 AS month FROM each_report;";

/* Counts and kinds always; the day and the route where nothing was imported under the key. */
static const char recounted[] =
    "SELECT month, name, hex(reporter), detected_on, sum(detections), min(kind), max(kind),"
    " CASE WHEN max(imported) THEN '' ELSE min(accepted_on) END, CASE WHEN max(imported) THEN ''"
    " WHEN min(route) = max(route) THEN min(route) ELSE 'unknown' END"
    " FROM month_report GROUP BY month, name, reporter, detected_on ORDER BY 1, 2, 3, 4";
static const char counted[] = "SELECT month, name, hex(reporter), detected_on, detections, kind, kind, CASE "
                              "WHEN old THEN '' ELSE accepted_on"
                              " END, CASE WHEN old THEN '' ELSE route END FROM (SELECT *, EXISTS (SELECT 1 "
                              "FROM month_report AS m WHERE imported"
                              " AND m.month = r.month AND m.name = r.name AND m.reporter = r.reporter AND "
                              "m.detected_on = r.detected_on) AS old"
                              " FROM malware_report AS r) ORDER BY 1, 2, 3, 4";
static const char *const pairs[][2] = {
    {recounted, counted},
    {"SELECT hex(reporter), received_on, harm, category, cause FROM classed_access JOIN counting USING "
     "(casefile)"
     " ORDER BY 1, 2, 3, 4, 5",
     "SELECT hex(reporter), received_on, harm, category, cause FROM access_report WHERE id IN"
     " (SELECT access_report FROM casefile) ORDER BY 1, 2, 3, 4, 5"},
    {"SELECT received_on, harm, category, cause FROM imported_access UNION ALL SELECT received_on, harm, "
     "category,"
     " cause FROM classed_access JOIN counting USING (casefile) ORDER BY 1, 2, 3, 4",
     "SELECT received_on, harm, category, cause FROM access_report ORDER BY 1, 2, 3, 4"},
    {"SELECT * FROM imported_consultation UNION ALL SELECT received_on, channel, topic, access, harm FROM"
     " classed_consultation JOIN counting USING (casefile) ORDER BY 1, 2, 3, 4, 5",
     "SELECT received_on, channel, topic, access, harm FROM consultation ORDER BY 1, 2, 3, 4, 5"},
};

static void check(struct office *office, int step)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char *expected = office_lines(office, pairs[i][0]), *seen = office_lines(office, pairs[i][1]);
        if (strcmp(expected, seen) != 0)
            fail_msg("step %d, %zu:\nrecounted\n%scounted\n%s", step, i, expected, seen);
        free(expected);
        free(seen);
    }
}

/* `ledger check` sees nothing wrong either. */
static void check_by_the_ledger(struct office *office)
{
    struct fault fault;
    CLEANUP(examination_clear) struct examination examination = {0};
    OFFICE_OK(examine_counts(office->ledger, &examination, &fault));
    if (examination.count > 0)
        fail_msg("%s", examination.findings[0].seen);
}

static int32_t some_day(struct office *office)
{
    return office_day("2011-11-28") + (int32_t)office_random(office, 6); /* over the end of a month */
}

static int64_t some_case(struct office *office)
{
    return 1 + (int64_t)office_random(office, office->told);
}

static void note_who(struct office *office, int64_t id)
{
    struct fault fault;
    struct casefile file;
    enum case_found found;
    OFFICE_OK(casefile_read(office->ledger, id, &file, &found, &fault));
    char nobody[17] = "";
    memcpy(nobody + 1, file.once, 16);
    struct pseudonym who = file.has_reporter ? file.reporter : pseudonym_of(office->ledger, nobody, 17);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *note = records_prepare(office->ledger->records, "INSERT INTO who VALUES (?1, ?2)", &fault);
    OFFICE_OK(note != NULL);
    sqlite3_bind_int64(note, 1, id);
    sqlite3_bind_blob(note, 2, who.bytes, sizeof who.bytes, SQLITE_STATIC);
    OFFICE_OK(records_do(note, &fault));
}

static bool take(struct office *office, struct fault *fault)
{
    (void)fault;
    static const char *const reporters[] = {"r0", "r1", NULL};
    if (office->told < CASES_MOST)
        note_who(office, office_take(office, (struct office_case){
                                                 .kind = (enum case_kind)office_random(office, CASE_KINDS),
                                                 .reporter = reporters[office_random(office, 3)]}));
    return true;
}

static bool class_malware(struct office *office, struct fault *fault)
{
    static const char *const names[] = {"A", "B"};
    static const char *const routes[] = {"mail", "web", "", "unknown"};
    struct classed_malware lines[3];
    size_t count = 1 + office_random(office, 3);
    for (size_t i = 0; i < count; i++) {
        lines[i] = (struct classed_malware){
            .accepted_on = some_day(office),
            .name = names[office_random(office, 2)],
            .kind = codes_kinds[office_random(office, 12) == 0],
            .route = routes[office_random(office, 4)],
            .detections = 1 + (int64_t)office_random(office, 9),
        };
        lines[i].detected_on = office_day("2011-11-26") + (int32_t)office_random(office, 2);
    }
    return classing_malware(office->ledger, some_case(office), lines, count, "", 0, fault);
}

static bool class_access(struct office *office, struct fault *fault)
{
    const char *category = codes_categories[office_random(office, 11)];
    const struct classed_access classed = {some_day(office), codes_category_harms(category), category,
                                           codes_causes[office_random(office, 6)]};
    return classing_access(office->ledger, some_case(office), &classed, "", 0, fault);
}

static bool class_consultation(struct office *office, struct fault *fault)
{
    const bool access = office_random(office, 2);
    const struct classed_consultation classed = {some_day(office), codes_channels[office_random(office, 4)],
                                                 codes_topics[office_random(office, 4)], access,
                                                 access && office_random(office, 2)};
    return classing_consultation(office->ledger, some_case(office), &classed, "", 0, fault);
}

static bool clear(struct office *office, struct fault *fault)
{
    return classing_clear(office->ledger, some_case(office), 0, fault);
}

static bool set_state(struct office *office, struct fault *fault)
{
    return casefile_set_state(office->ledger, some_case(office),
                              (enum case_state)office_random(office, CASE_STATES), 0, fault);
}

static bool merge(struct office *office, struct fault *fault)
{
    return casefile_merge(office->ledger, some_case(office), some_case(office), 0, fault);
}

static bool unmerge(struct office *office, struct fault *fault)
{
    return casefile_unmerge(office->ledger, some_case(office), 0, fault);
}

static bool erase(struct office *office, struct fault *fault)
{
    return office_random(office, 12) != 0 || casefile_erase(office->ledger, some_case(office), 0, fault);
}

static bool settle(struct office *office, struct fault *fault)
{
    struct fault ignored;
    if (!records_run(office->ledger->records, "BEGIN IMMEDIATE", fault))
        return false;
    bool well = classing_settle(office->ledger, some_case(office), fault);
    return records_run(office->ledger->records, well ? "COMMIT" : "ROLLBACK", &ignored) && well;
}

/* One row of each kind of record. */
static bool import(struct office *office, struct fault *fault)
{
    static int imports;
    static const char *const kinds[] = {"malware", "access", "consultations"};
    char rows[256], accepted[CALENDAR_DAY_SIZE], path[128], mirror[512];
    size_t kind = office_random(office, 3);
    int detected = (int)office_random(office, 2), reporter = (int)office_random(office, 2);
    int32_t day = some_day(office);
    if (office_random(office, 5) != 0)
        return true;
    imports++;
    calendar_day_text(accepted, day);
    if (kind == 0) {
        snprintf(
            rows, sizeof rows,
            "reporter,accepted_on,detected_on,name,kind,detections,route\nr%d,%s,2011-11-%d,A,virus,7,mail\n",
            reporter, accepted, 26 + detected);
        snprintf(mirror, sizeof mirror,
                 "INSERT INTO imported SELECT reporter, %d, %d, 'A', 'virus', 7, 'mail' FROM who WHERE "
                 "casefile = %d",
                 (int)day, (int)office_day("2011-11-26") + detected, reporter + 1);
    } else if (kind == 1) {
        snprintf(rows, sizeof rows, "reporter,received_on,harm,category,cause\nr%d,%s,no,probe,\n", reporter,
                 accepted);
        snprintf(mirror, sizeof mirror, "INSERT INTO imported_access VALUES (%d, 0, 'probe', '')", (int)day);
    } else {
        snprintf(rows, sizeof rows, "received_on,channel,topic,access,harm\n%s,auto,winny,no,\n", accepted);
        snprintf(mirror, sizeof mirror,
                 "INSERT INTO imported_consultation VALUES (%d, 'auto', 'winny', 0, NULL)", (int)day);
    }
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, 1 << 20);
    text_add_string(&csv, rows);
    for (int i = 0; i < imports; i++) /* no two files have the same bytes */
        text_add_byte(&csv, '\n');
    snprintf(path, sizeof path, "%s/rows.csv", office->folder);
    const struct import_order order = {.kind = import_kind_find(kinds[kind]), .path = path};
    CLEANUP(import_account_clear) struct import_account account = {0};
    if (!file_write(path, csv.bytes, csv.length, fault) ||
        !import_run(office->ledger, &order, &account, fault))
        fail_msg("%s", fault->text);
    if (account.outcome == IMPORT_TAKEN)
        office_run(office, mirror);
    return account.outcome == IMPORT_TAKEN;
}

static void the_records_agree_with_a_slow_recount_after_every_step(void **state)
{
    static bool (*const steps[])(struct office * office, struct fault * fault) = {
        take,  class_malware, class_malware, class_malware, class_access, class_consultation,
        clear, merge,         set_state,     set_state,     unmerge,      unmerge,
        erase, settle,        import};
    enum { KINDS_OF_STEPS = sizeof steps / sizeof *steps };
    struct office *office = *state;
    struct fault fault;
    unsigned done[KINDS_OF_STEPS] = {0}, refused = 0;
    office_run(office, "PRAGMA synchronous = OFF"); /* nothing is killed here */
    office_run(office, mirrors);
    for (int reporter = 0; reporter < 2;
         reporter++) /* cases 1 and 2 tell the test the pseudonyms of r0, r1 */
        note_who(office, office_take(office, (struct office_case){.reporter = reporter == 0 ? "r0" : "r1"}));
    for (int step = 0; step < STEPS; step++) {
        size_t at = office_random(office, KINDS_OF_STEPS);
        if (steps[at](office, &fault))
            done[at]++;
        else
            refused++;
        check(office, step);
        if (step % 50 == 0)
            check_by_the_ledger(office);
    }
    for (size_t i = 0; i < KINDS_OF_STEPS; i++)
        assert_true(done[i] > 10); /* each was really done, many times */
    assert_true(refused > 10);
    assert_true(office_number(office, "SELECT count(*) FROM imported") > 5);
    assert_true(office_number(office, "SELECT count(*) FROM casefile WHERE erased_s IS NOT NULL") > 5);
    assert_true(office_number(office, "SELECT count(*) FROM malware_report") > 5);
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
        cmocka_unit_test_setup_teardown(the_records_agree_with_a_slow_recount_after_every_step, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

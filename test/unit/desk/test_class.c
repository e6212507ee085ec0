/* Classifying a case, typing one in, and the lists that help: what the pages say is what is counted. */
#include "cases.h"

static int64_t malware(const char *email)
{
    return cases_take(CASE_MALWARE, CASE_WEB,
                      json_pack("{s:s, s:s, s:s, s:s, s:s}", "virus_name", "w32/netsky.d", "detected_on",
                                "2026-11-02", "detections", "4", "route", "mail", "email", email));
}

static int64_t reports(const char *name)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM malware_report WHERE name = '%s'", name);
    return asked_number(&asked, sql);
}

#define LINE(n, name, kind, detections, day)                                                                 \
    "name_" n, name, "kind_" n, kind, "detections_" n, detections, "detected_on_" n, day, "route_" n, "mail"

static void what_was_told_stands_in_the_form_by_our_name(void **state)
{
    (void)state;
    cases_post("/staff/names", 0, "name", "W32/Netsky", "kind", "virus", NULL);
    cases_post("/staff/names/alias", 0, "alias", "W32/NETSKY.D", "of", "W32/Netsky", NULL);
    cases_expect(303);
    int64_t id = malware("one@example.jp");
    cases_get("/staff/case/%lld/class", id);
    cases_expect(200);
    assert_true(cases_says("value=\"W32/Netsky\""));
    assert_true(cases_says("value=\"4\"") && cases_says("value=\"2026-11-02\""));
    assert_true(cases_says("<option value=\"virus\" selected>"));
}

static void a_classified_report_says_what_it_counts_as(void **state)
{
    (void)state;
    int64_t id = malware("two@example.jp");
    for (int i = 0; i < 2; i++) /* sent twice, counted once */
        cases_post("/staff/case/%lld/class/malware", id, LINE("1", "W32/Counted", "virus", "3", "2026-11-02"),
                   LINE("2", "W32/Counted", "virus", "2", "2026-11-02"),
                   LINE("3", "PROGRAM/Counted", "program", "7", "2026-11-03"), "accepted_on", "2026-11-05",
                   "press", "save", NULL);
    cases_expect(303);
    assert_int_equal(reports("W32/Counted"), 1);
    assert_int_equal(
        asked_number(&asked, "SELECT sum(detections) FROM malware_report WHERE name = 'W32/Counted'"), 5);
    cases_get("/staff/case/%lld", id);
    assert_true(cases_says("November 2026") && cases_says("1 virus report, 5 detections"));
    assert_true(cases_says("7 detections of other programs"));
    cases_post("/staff/case/%lld/work", id, "state", "rejected", "state_was", "new", "press", "save", NULL);
    assert_int_equal(reports("W32/Counted"), 0);
    cases_get("/staff/case/%lld", id);
    assert_true(cases_says("It counts as nothing: it was not accepted."));
}

static void a_second_report_of_the_same_is_said_to_be_one_with_the_first(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        int64_t id = malware("same@example.jp");
        cases_post("/staff/case/%lld/class/malware", id, LINE("1", "W32/Same", "virus", "1", "2026-11-02"),
                   "accepted_on", "2026-11-05", "press", "save", NULL);
        cases_expect(303);
        cases_get("/staff/case/%lld", id);
        assert_int_equal(cases_says("together they are one"), i == 1);
    }
    assert_int_equal(reports("W32/Same"), 1);
}

static void what_cannot_be_counted_comes_back_with_a_sentence_and_all_that_was_typed(void **state)
{
    (void)state;
    int64_t id = malware("three@example.jp");
    cases_post("/staff/case/%lld/class/malware", id, LINE("1", "W32/Late", "virus", "3", "2026-11-09"),
               "accepted_on", "2026-11-05", "press", "save", NULL);
    cases_expect(200);
    assert_true(cases_says("It cannot be found after the day it was accepted.") && cases_says("W32/Late"));
    cases_post("/staff/case/%lld/class/malware", id, LINE("1", "", "virus", "0", "2026-11-02"), "accepted_on",
               "2026-11-05", "press", "save", NULL);
    cases_expect(200);
    cases_post("/staff/case/%lld/class/malware", id, LINE("1", "W32/Half", "", "1", "2026-11-02"),
               "accepted_on", "2026-11-05", "press", "save", NULL);
    cases_expect(200);
    cases_post("/staff/case/%lld/class/malware", id, "accepted_on", "2026-11-05", "press", "save", NULL);
    cases_expect(200);
    assert_int_equal(cases_count("SELECT count(*) FROM classed_malware WHERE casefile = ?1", id), 0);
}

static void one_line_more_keeps_what_was_typed(void **state)
{
    (void)state;
    int64_t id = malware("four@example.jp");
    cases_post("/staff/case/%lld/class/malware", id, LINE("1", "W32/First", "virus", "3", "2026-11-02"),
               "accepted_on", "2026-11-05", "lines", "1", "press", "more", NULL);
    cases_expect(200);
    assert_true(cases_says("value=\"W32/First\"") && cases_says("name=\"name_2\"") &&
                !cases_says("name=\"name_3\""));
    cases_post("/staff/case/%lld/class/malware", id, "accepted_on", "2026-11-05", "lines", "8", "press",
               "more", NULL);
    assert_true(cases_says("name=\"name_8\"") && !cases_says("value=\"more\""));
}

static void a_name_and_kind_against_what_the_same_reporter_said_comes_back(void **state)
{
    (void)state;
    static const char *const kinds[] = {"virus", "program"};
    for (int i = 0; i < 2; i++) {
        int64_t id = malware("torn@example.jp");
        cases_post("/staff/case/%lld/class/malware", id, LINE("1", "W32/Torn", kinds[i], "1", "2026-11-02"),
                   "accepted_on", "2026-11-05", "press", "save", NULL);
        cases_expect(i == 0 ? 303 : 200);
    }
    assert_true(cases_says("counted as the other kind"));
    assert_int_equal(reports("W32/Torn"), 1);
}

static void a_report_that_no_longer_fits_does_not_come_back_by_itself(void **state)
{
    (void)state;
    static const char *const kinds[] = {"virus", "program"};
    int64_t ids[2];
    for (int i = 0; i < 2; i++) {
        ids[i] = malware("back@example.jp");
        cases_post("/staff/case/%lld/class/malware", ids[i],
                   LINE("1", "W32/Back", kinds[i], "1", "2026-11-02"), "accepted_on", "2026-11-05", "press",
                   "save", NULL);
        cases_expect(303);
        if (i == 0)
            cases_post("/staff/case/%lld/work", ids[0], "state", "rejected", "state_was", "new", "press",
                       "save", NULL);
    }
    cases_post("/staff/case/%lld/work", ids[0], "state", "working", "state_was", "rejected", "press", "save",
               NULL);
    cases_expect(200);
    assert_true(cases_says("counts as the other kind"));
    cases_post("/staff/case/%lld/work", ids[1], "state", "rejected", "state_was", "new", "press", "save",
               NULL);
    cases_post("/staff/case/%lld/work", ids[0], "state", "working", "state_was", "rejected", "press", "save",
               NULL);
    cases_expect(303);
    assert_int_equal(reports("W32/Back"), 1);
}

static void many_at_once_stay_a_table(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text rows;
    text_init(&rows, 4096);
    text_add_string(&rows, "detected_on,name,kind,detections,route\n");
    for (int i = 1; i <= 12; i++)
        text_addf(&rows, "2026-10-%02d,W32/Table,virus,2,mail\n", i);
    int64_t id = cases_take(CASE_MALWARE, CASE_WEB,
                            json_pack("{s:s, s:s}", "rows", rows.bytes, "email", "table@example.jp"));
    cases_get("/staff/case/%lld", id);
    assert_true(cases_says("<td>2026-10-12</td><td>W32/Table</td>"));
    cases_get("/staff/case/%lld/class", id);
    cases_expect(200);
    assert_true(cases_says("<textarea id=\"field-table\"") &&
                cases_says("2026-10-12,W32/Table,virus,2,mail"));
    cases_post("/staff/case/%lld/class/malware", id, "table", rows.bytes, "accepted_on", "2026-11-05",
               "press", "save", NULL);
    cases_expect(303);
    assert_int_equal(reports("W32/Table"), 12);
    text_add_string(&rows, "2026-10-40,W32/Table,virus,2,mail\n");
    cases_post("/staff/case/%lld/class/malware", id, "table", rows.bytes, "accepted_on", "2026-11-05",
               "press", "save", NULL);
    cases_expect(200);
    assert_true(cases_says("Row 13:") && cases_says("2026-10-40"));
    assert_int_equal(reports("W32/Table"), 12);
}

static void harm_and_category_that_contradict_each_other_are_refused_at_the_field(void **state)
{
    (void)state;
    int64_t id =
        cases_take(CASE_ACCESS, CASE_WEB, json_pack("{s:s, s:s}", "what", "broke in", "category", "probe"));
    cases_get("/staff/case/%lld/class", id);
    assert_true(cases_says("value=\"no\" checked") && cases_says("<option value=\"probe\" selected>"));
    cases_post("/staff/case/%lld/class/access", id, "harm", "no", "category", "intrusion", "cause",
               "password", "received_on", "2026-11-05", NULL);
    cases_expect(200);
    assert_true(cases_says("This category is with harm."));
    cases_post("/staff/case/%lld/class/access", id, "harm", "yes", "category", "probe", "cause", "",
               "received_on", "2026-11-05", NULL);
    assert_true(cases_says("This category is without harm."));
    assert_int_equal(cases_count("SELECT count(*) FROM classed_access WHERE casefile = ?1", id), 0);
    cases_post("/staff/case/%lld/class/access", id, "harm", "yes", "category", "intrusion", "cause",
               "password", "received_on", "2026-11-05", "rsit", "intrusions/system-compromise", NULL);
    cases_expect(303);
    cases_get("/staff/case/%lld", id);
    assert_true(cases_says("1 report of unauthorised access, with harm"));
    assert_true(cases_says("intrusions/system-compromise"));
}

static void a_case_is_classified_as_its_own_kind_only(void **state)
{
    (void)state;
    static const char *const kinds[] = {"malware", "access", "consultation"};
    int64_t ids[] = {malware("kind@example.jp"),
                     cases_take(CASE_ACCESS, CASE_WEB, json_pack("{s:s}", "what", "x")),
                     cases_take(CASE_CONSULTATION, CASE_WEB, json_pack("{s:s}", "what", "x"))};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            char path[64];
            snprintf(path, sizeof path, "/staff/case/%%lld/class/%s", kinds[j]);
            cases_post(path, ids[i], NULL);
            cases_expect(i == j ? 200 : 404);
        }
    cases_get("/staff/case/%lld/class", 99999);
    cases_expect(404);
}

static void a_call_is_counted_at_once_and_a_double_press_is_one_case(void **state)
{
    (void)state;
    char once[128];
    cases_get("/staff/new/consultation/phone", 0);
    cases_expect(200);
    cases_value("once", once);
    int64_t before = asked_number(&asked, "SELECT count(*) FROM casefile");
    CLEANUP(text_clear) struct text first;
    text_init(&first, 1 << 20);
    for (int i = 0; i < 2; i++) {
        cases_post("/staff/new/consultation/phone", 0, "topic", "one-click", "what", "A bill on the screen",
                   "phone", "03-1234-5678", "about_access", "no", "received_on", "2026-11-03", "language",
                   "ja", "once", once, NULL);
        cases_expect(200);
        assert_true(cases_says("It is classified, and counted."));
        const char *receipt = strstr(asked.reply.body.bytes, "class=\"receipt\"");
        assert_non_null(receipt);
        if (i == 0)
            text_add(&first, receipt, 80);
        else
            assert_memory_equal(first.bytes, receipt, 80);
    }
    cases_post("/staff/new/consultation/phone", 0, "what", "Another bill", "received_on", "2026-11-03",
               "language", "ja", "once", once, NULL);
    cases_expect(409); /* the same page, changed: said, not swallowed */
    assert_true(cases_says("Another bill"));
    assert_int_equal(asked_number(&asked, "SELECT count(*) FROM casefile"), before + 1);
    assert_int_equal(asked_number(&asked,
                                  "SELECT count(*) FROM consultation JOIN casefile ON"
                                  " casefile.consultation = consultation.id WHERE casefile.channel = 'phone'"
                                  " AND consultation.channel = 'phone' AND topic = 'one-click'"),
                     1);
    assert_int_equal(asked_number(&asked,
                                  "SELECT told.staff FROM told JOIN casefile ON casefile.id = told.casefile"
                                  " WHERE channel = 'phone' ORDER BY told.id DESC"),
                     ASKED_FIRST + ASKED_ALL);
}

static void a_letter_is_counted_in_the_month_it_came_and_a_virus_by_our_name(void **state)
{
    (void)state;
    char once[128];
    cases_get("/staff/new/malware/post", 0);
    cases_value("once", once);
    cases_post("/staff/new/malware/post", 0, "virus_name", "W32/Letter", "detected_on", "2026-10-30",
               "detections", "6", "class_kind", "virus", "received_on", "2026-10-29", "language", "ja",
               "once", once, NULL);
    cases_expect(200);
    assert_true(cases_says("It cannot be found after the day it was received."));
    cases_post("/staff/new/malware/post", 0, "virus_name", "W32/Letter", "detected_on", "2026-10-30",
               "detections", "6", "class_kind", "virus", "received_on", "2026-10-31", "language", "ja",
               "once", once, NULL);
    cases_expect(200);
    assert_true(cases_says("It is classified, and counted."));
    assert_int_equal(asked_number(&asked, "SELECT month FROM malware_report WHERE name = 'W32/Letter'"),
                     2026 * 12 + 9);
}

static void what_is_not_known_yet_is_taken_in_and_classified_later(void **state)
{
    (void)state;
    char once[128];
    cases_get("/staff/new/access/counter", 0);
    cases_value("once", once);
    cases_post("/staff/new/access/counter", 0, "detected_on", "2026-11-01", "what", "somebody was in", "harm",
               "unknown", "category", "unknown", "received_on", "2026-11-03", "language", "en", "once", once,
               NULL);
    cases_expect(200);
    assert_true(cases_says("It is not counted yet"));
    cases_post("/staff/new/access/counter", 0, "detected_on", "2026-11-01", "what", "somebody was in", "harm",
               "yes", "category", "probe", "received_on", "2026-11-03", "language", "en", "once", once, NULL);
    assert_true(cases_says("do not fit together"));
    cases_post("/staff/new/access/counter", 0, "detected_on", "2026-11-01", "what", "somebody was in",
               "received_on", "2026-11-03", "language", "en", "once", "no hex", NULL);
    assert_true(cases_says("This page was too old."));
    cases_value("once", once);
    cases_post("/staff/new/access/counter", 0, "detected_on", "2026-11-01", "what", "somebody was in",
               "received_on", "2999-11-03", "language", "en", "once", once, NULL);
    assert_true(cases_says("This day is still to come."));
    cases_post("/staff/new/access/counter", 0, "detected_on", "2026-11-01", "what", "somebody was in",
               "received_on", "2026-11-03", "language", "en", "once", once, NULL);
    assert_true(cases_says("It is not counted yet"));
}

static void a_template_is_changed_and_taken_away(void **state)
{
    (void)state;
    cases_post("/staff/templates", 0, "title", "Old title", "language", "en", "body", "Old body", NULL);
    cases_expect(303);
    int64_t id = asked_number(&asked, "SELECT id FROM answer_template WHERE title = 'Old title'");
    cases_get("/staff/template/%lld", id);
    assert_true(cases_says("Old body"));
    cases_post("/staff/template/%lld", id, "title", "New title", "language", "ja", "body", "", NULL);
    cases_expect(200);
    cases_post("/staff/template/%lld", id, "title", "New title", "language", "ja", "body", "New body", NULL);
    cases_expect(303);
    cases_get("/staff/templates", 0);
    assert_true(cases_says("New body") && !cases_says("Old body"));
    cases_as(ASKED_INTAKE);
    cases_get("/staff/templates", 0);
    assert_true(cases_says("New body") && !cases_says("/remove"));
    cases_as(ASKED_ALL);
    cases_post("/staff/template/%lld/remove", id, NULL);
    cases_get("/staff/template/%lld", id);
    cases_expect(404);
    cases_post("/staff/template/%lld", id, "title", "New title", "language", "ja", "body", "New body", NULL);
    cases_expect(404);
}

static void a_name_leads_to_one_name_only(void **state)
{
    (void)state;
    cases_post("/staff/names", 0, "name", "W32/One", "kind", "virus", NULL);
    cases_post("/staff/names", 0, "name", "W32/Two", "kind", "program", NULL);
    cases_post("/staff/names/alias", 0, "alias", "Other", "of", "W32/One", NULL);
    cases_expect(303);
    cases_post("/staff/names/alias", 0, "alias", "other", "of", "W32/Two", NULL);
    cases_expect(200);
    assert_true(cases_says("leads to another name already"));
    cases_post("/staff/names/alias", 0, "alias", "Third", "of", "W32/Nobody", NULL);
    assert_true(cases_says("not in the list yet"));
    cases_post("/staff/names", 0, "name", "OTHER", "kind", "virus", NULL);
    assert_true(cases_says("by another name already"));
    cases_post("/staff/names/take", 0, "alias", "other", NULL);
    cases_expect(303);
    cases_post("/staff/names/alias", 0, "alias", "other", "of", "W32/Two", NULL);
    cases_expect(303);
    cases_post("/staff/names/take", 0, "name", "W32/Two", NULL);
    cases_get("/staff/names", 0);
    assert_true(cases_says("W32/One") && !cases_says("W32/Two"));
}

static void new_names_are_kept_where_one_says_so(void **state)
{
    (void)state;
    int64_t id = malware("learn@example.jp");
    cases_post("/staff/case/%lld/class/malware", id, LINE("1", "W32/Learnt", "program", "1", "2026-11-02"),
               "accepted_on", "2026-11-05", "learn", "yes", "press", "save", NULL);
    cases_expect(303);
    assert_int_equal(asked_number(&asked,
                                  "SELECT count(*) FROM virus_name WHERE name = 'W32/Learnt' AND kind ="
                                  " 'program'"),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_told_stands_in_the_form_by_our_name),
        cmocka_unit_test(a_classified_report_says_what_it_counts_as),
        cmocka_unit_test(a_second_report_of_the_same_is_said_to_be_one_with_the_first),
        cmocka_unit_test(what_cannot_be_counted_comes_back_with_a_sentence_and_all_that_was_typed),
        cmocka_unit_test(one_line_more_keeps_what_was_typed),
        cmocka_unit_test(a_name_and_kind_against_what_the_same_reporter_said_comes_back),
        cmocka_unit_test(a_report_that_no_longer_fits_does_not_come_back_by_itself),
        cmocka_unit_test(many_at_once_stay_a_table),
        cmocka_unit_test(harm_and_category_that_contradict_each_other_are_refused_at_the_field),
        cmocka_unit_test(a_case_is_classified_as_its_own_kind_only),
        cmocka_unit_test(a_call_is_counted_at_once_and_a_double_press_is_one_case),
        cmocka_unit_test(a_letter_is_counted_in_the_month_it_came_and_a_virus_by_our_name),
        cmocka_unit_test(what_is_not_known_yet_is_taken_in_and_classified_later),
        cmocka_unit_test(a_template_is_changed_and_taken_away),
        cmocka_unit_test(a_name_leads_to_one_name_only),
        cmocka_unit_test(new_names_are_kept_where_one_says_so),
    };
    return cmocka_run_group_tests(tests, cases_open, cases_close);
}

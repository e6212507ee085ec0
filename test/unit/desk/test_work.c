/* The staff's work on cases: the queue, the case page and every change of a case. */
#include "cases.h"

static json_t *ask_for(const char *what)
{
    return json_pack("{s:s, s:s}", "topic", "one-click", "what", what);
}

static int64_t state_is(int64_t id, const char *state)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM casefile WHERE id = ?1 AND state = '%s'", state);
    return cases_count(sql, id);
}

static int64_t answers(int64_t id)
{
    return cases_count("SELECT count(*) FROM told WHERE casefile = ?1 AND what = 'answer'", id);
}

static void the_queue_shows_what_was_told_and_only_what_is_asked_for(void **state)
{
    (void)state;
    int64_t report = cases_take(CASE_MALWARE, CASE_WEB, json_pack("{s:s}", "virus_name", "W32/Queued"));
    int64_t mine = cases_take(CASE_CONSULTATION, CASE_PHONE, ask_for("queued question"));
    cases_post("/staff/case/%lld/work", mine, "press", "take", NULL);
    cases_get("/staff", 0);
    cases_expect(200);
    assert_true(cases_says("W32/Queued") && cases_says("queued question"));
    cases_get("/staff?kind=malware", 0);
    assert_true(cases_says("W32/Queued") && !cases_says("queued question"));
    cases_get("/staff?whose=mine", 0);
    assert_true(!cases_says("W32/Queued") && cases_says("queued question"));
    cases_get("/staff?whose=nobody", 0);
    assert_true(cases_says("W32/Queued") && !cases_says("queued question"));
    cases_get("/staff?state=closed", 0);
    assert_false(cases_says("W32/Queued"));
    cases_post("/staff/case/%lld/work", report, "state", "closed", "state_was", "new", "press", "save", NULL);
    cases_get("/staff", 0);
    assert_false(cases_says("W32/Queued"));
    cases_get("/staff?state=closed", 0);
    assert_true(cases_says("W32/Queued"));
}

static void what_is_overdue_is_found_and_said(void **state)
{
    (void)state;
    int64_t id = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("late question"));
    cases_post("/staff/case/%lld/work", id, "due", "2001-02-03", "due_was", "", "press", "save", NULL);
    cases_expect(303);
    cases_get("/staff?overdue=yes", 0);
    assert_true(cases_says("late question") && cases_says("Overdue since 2001-02-03"));
    cases_post("/staff/case/%lld/work", id, "due", "2001-02-33", "due_was", "2001-02-03", "press", "save",
               NULL);
    cases_expect(200);
    assert_int_equal(cases_count("SELECT count(*) FROM casefile WHERE id = ?1 AND due_on IS NOT NULL", id),
                     1);
    cases_post("/staff/case/%lld/work", id, "due", "", "due_was", "2001-02-03", "press", "save", NULL);
    assert_int_equal(cases_count("SELECT count(*) FROM casefile WHERE id = ?1 AND due_on IS NOT NULL", id),
                     0);
}

static void long_queues_are_read_page_by_page_and_nothing_is_left_out(void **state)
{
    (void)state;
    for (int i = 0; i < 40; i++)
        cases_take(CASE_ACCESS, CASE_POST, json_pack("{s:s}", "what", "paged"));
    int64_t seen = 0;
    char path[160] = "/staff?kind=access", before[32];
    for (int page = 0; page < 3; page++) {
        cases_get(path, 0);
        for (const char *at = asked.reply.body.bytes; (at = strstr(at, "<bdi>paged")) != NULL; at++)
            seen++;
        const char *next = strstr(asked.reply.body.bytes, "rel=\"next\"");
        if (next == NULL)
            break;
        next = strstr(next, "before=");
        snprintf(before, sizeof before, "%.*s", (int)strspn(next + 7, "0123456789"), next + 7);
        snprintf(path, sizeof path, "/staff?kind=access&before=%s", before);
    }
    assert_int_equal(seen, 40);
}

static void a_case_shows_its_labels_and_what_comes_from_strangers_stays_words(void **state)
{
    (void)state;
    int64_t id = cases_take(
        CASE_MALWARE, CASE_WEB,
        json_pack("{s:s, s:s, s:s}", "virus_name", "<b>W32/Bold</b>", "place", "pc,server", "route", "mail"));
    cases_get("/staff/case/%lld", id);
    cases_expect(200);
    assert_true(cases_says("Name of the virus") && cases_says("&lt;b&gt;W32/Bold&lt;/b&gt;"));
    assert_true(cases_says("Personal computer, Server"));
    assert_false(cases_says("<b>W32/Bold"));
}

static void a_case_that_is_not_there_is_no_page(void **state)
{
    (void)state;
    static const char *const posts[] = {"work", "write", "merge", "unmerge", "link", "report", "erase"};
    cases_get("/staff/case/%lld", 99999);
    cases_expect(404);
    for (size_t i = 0; i < sizeof posts / sizeof posts[0]; i++) {
        char path[64];
        snprintf(path, sizeof path, "/staff/case/%%lld/%s", posts[i]);
        cases_post(path, 99999, NULL);
        cases_expect(404);
    }
}

static void an_attachment_is_a_download_of_its_own_case_only(void **state)
{
    (void)state;
    int64_t own = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("with a file"));
    int64_t other = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("without one"));
    int64_t attachment = cases_attach(own, "in\xe2\x80\xaevoice.exe");
    char path[64];
    snprintf(path, sizeof path, "/staff/case/%%lld/attachment/%lld", (long long)attachment);
    cases_get(path, own);
    cases_expect(200);
    assert_true(asked.reply.download[0] != '\0');
    assert_memory_equal(asked.reply.body.bytes, "bytes", 5);
    cases_get(path, other);
    cases_expect(404);
    cases_get(path, 99999);
    cases_expect(404);
    cases_get("/staff/case/%lld", own);
    assert_true(cases_says("make it read as another"));
    assert_false(cases_says("\xe2\x80\xae"));
}

static void one_press_gives_a_case_to_me(void **state)
{
    (void)state;
    int64_t id = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("mine"));
    cases_post("/staff/case/%lld/work", id, "press", "take", NULL);
    cases_expect(303);
    assert_int_equal(cases_count("SELECT assigned FROM casefile WHERE id = ?1", id), ASKED_FIRST + ASKED_ALL);
    assert_int_equal(state_is(id, "working"), 1);
}

static void an_old_page_does_not_undo_what_another_did(void **state)
{
    (void)state;
    int64_t id = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("two at once"));
    cases_post("/staff/case/%lld/work", id, "press", "take", NULL);
    /* somebody else's page was made before: nobody's and new; only the day is changed there */
    cases_post("/staff/case/%lld/work", id, "state", "new", "state_was", "new", "person", "0", "person_was",
               "0", "due", "2030-01-02", "due_was", "", "press", "save", NULL);
    cases_expect(303);
    assert_int_equal(cases_count("SELECT assigned FROM casefile WHERE id = ?1", id), ASKED_FIRST + ASKED_ALL);
    assert_int_equal(state_is(id, "working"), 1);
    assert_int_equal(cases_count("SELECT due_on IS NOT NULL FROM casefile WHERE id = ?1", id), 1);
}

static void nobody_of_another_number_is_given_a_case(void **state)
{
    (void)state;
    int64_t id = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("whose"));
    cases_post("/staff/case/%lld/work", id, "person", "4711", "person_was", "0", "press", "save", NULL);
    cases_expect(200);
    assert_true(cases_says("Nobody of this number works here."));
    assert_int_equal(cases_count("SELECT count(*) FROM casefile WHERE id = ?1 AND assigned IS NULL", id), 1);
    cases_post("/staff/case/%lld/work", id, "state", "withdrawn", "state_was", "new", "press", "save", NULL);
    assert_int_equal(state_is(id, "new"), 1); /* only the reporter withdraws */
}

static void an_answer_sent_twice_is_one_answer(void **state)
{
    (void)state;
    char once[128];
    int64_t id = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("answer me"));
    cases_get("/staff/case/%lld", id);
    cases_value("once", once);
    for (int i = 0; i < 2; i++) {
        cases_post("/staff/case/%lld/write", id, "text", "Do not pay.", "note", "", "then", "answered",
                   "once", once, "press", "answer", NULL);
        cases_expect(303);
        assert_true(cases_says("done=answered"));
    }
    assert_int_equal(answers(id), 1);
    assert_int_equal(state_is(id, "answered"), 1);
    assert_int_equal(cases_count("SELECT count(*) FROM outbox WHERE casefile = ?1", id), 0);
    /* back, another word, and sent: that is another answer, and not lost */
    cases_post("/staff/case/%lld/write", id, "text", "Do not pay at all.", "once", once, "press", "answer",
               NULL);
    assert_int_equal(answers(id), 2);
    cases_get("/staff/case/%lld", id);
    assert_true(cases_says("Do not pay."));
}

static void a_case_that_came_by_mail_is_answered_by_mail_once(void **state)
{
    (void)state;
    char once[128];
    int64_t id = cases_take(CASE_CONSULTATION, CASE_MAIL,
                            json_pack("{s:s, s:s, s:s, s:s}", "subject", "help", "text", "please", "email",
                                      "bob@example.com", "message_id", "<1@example.com>"));
    cases_get("/staff/case/%lld", id);
    assert_false(cases_says("&lt;1@example.com&gt;"));
    cases_value("once", once);
    for (int i = 0; i < 2; i++)
        cases_post("/staff/case/%lld/write", id, "text", "Yes.", "then", "waiting", "once", once, "press",
                   "answer", NULL);
    assert_int_equal(cases_count("SELECT count(*) FROM outbox WHERE casefile = ?1", id), 1);
    assert_int_equal(state_is(id, "waiting"), 1);
}

static void intake_leaves_notes_and_answers_nothing(void **state)
{
    (void)state;
    char once[128];
    int64_t id = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("intake"));
    cases_as(ASKED_INTAKE);
    cases_get("/staff/case/%lld", id);
    cases_expect(200);
    assert_false(cases_says("name=\"text\""));
    cases_value("once", once);
    cases_post("/staff/case/%lld/write", id, "text", "Pay at once.", "once", once, "press", "answer", NULL);
    cases_expect(200);
    assert_int_equal(answers(id), 0);
    assert_int_equal(cases_count("SELECT count(*) FROM told WHERE casefile = ?1", id), 1);
    cases_post("/staff/case/%lld/write", id, "note", "called back", "once", once, "press", "note", NULL);
    cases_expect(303);
    assert_int_equal(cases_count("SELECT count(*) FROM told WHERE casefile = ?1 AND what = 'note'", id), 1);
    cases_as(ASKED_ALL);
}

static void a_template_fills_the_answer_and_loses_nothing_typed(void **state)
{
    (void)state;
    char id_text[32];
    int64_t id = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("templates"));
    for (int i = 0; i < 2; i++) /* sent twice, kept once */
        cases_post("/staff/templates", 0, "title", "Do not pay", "language", "en", "body", "You owe nothing.",
                   NULL);
    assert_int_equal(cases_count("SELECT count(*) FROM answer_template WHERE title = 'Do not pay'", 0), 1);
    snprintf(id_text, sizeof id_text, "%lld",
             (long long)asked_number(&asked, "SELECT id FROM answer_template WHERE title = 'Do not pay'"));
    cases_post("/staff/case/%lld/write", id, "text", "Dear caller,", "note", "half a note", "then", "closed",
               "template", id_text, "press", "use", NULL);
    cases_expect(200);
    assert_true(cases_says("Dear caller,\n\nYou owe nothing."));
    assert_true(cases_says("half a note"));
    assert_true(cases_says("<option value=\"closed\" selected>"));
    assert_int_equal(cases_count("SELECT count(*) FROM told WHERE casefile = ?1", id), 1);
}

static void a_note_is_kept_while_the_answer_is_still_being_written(void **state)
{
    (void)state;
    char once[128], next[128];
    int64_t id = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("both"));
    cases_get("/staff/case/%lld", id);
    cases_value("once", once);
    cases_post("/staff/case/%lld/write", id, "text", "half an answer", "note", "a note", "once", once,
               "press", "note", NULL);
    cases_expect(200);
    assert_true(cases_says("half an answer"));
    cases_value("once", next);
    assert_string_not_equal(once, next);
    assert_int_equal(cases_count("SELECT count(*) FROM told WHERE casefile = ?1 AND what = 'note'", id), 1);
    assert_int_equal(answers(id), 0);
}

static void cases_are_merged_and_parted_again(void **state)
{
    (void)state;
    char other[32];
    int64_t first = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("first of two"));
    int64_t second = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("second of two"));
    int64_t report = cases_take(CASE_ACCESS, CASE_WEB, json_pack("{s:s}", "what", "another kind"));
    snprintf(other, sizeof other, "%lld", (long long)first);
    cases_post("/staff/case/%lld/merge", first, "case", other, NULL);
    assert_true(cases_says("This is the same case."));
    cases_post("/staff/case/%lld/merge", report, "case", other, NULL);
    assert_true(cases_says("Only cases of the same kind can be merged."));
    cases_post("/staff/case/%lld/merge", second, "case", "99999", NULL);
    assert_true(cases_says("There is no case of this number."));
    cases_post("/staff/case/%lld/merge", second, "case", "", NULL);
    cases_expect(200);
    cases_post("/staff/case/%lld/merge", second, "case", other, NULL);
    cases_expect(303);
    assert_int_equal(cases_count("SELECT merged_into FROM casefile WHERE id = ?1", second), first);
    cases_get("/staff/case/%lld", first);
    assert_true(cases_says("second of two"));
    cases_post("/staff/case/%lld/unmerge", second, NULL);
    cases_expect(303);
    assert_int_equal(
        cases_count("SELECT count(*) FROM casefile WHERE id = ?1 AND merged_into IS NULL", second), 1);
}

static void a_consultation_becomes_a_report_once_however_often_it_is_pressed(void **state)
{
    (void)state;
    int64_t id = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("also a report"));
    for (int i = 0; i < 2; i++) {
        cases_post("/staff/case/%lld/report", id, "kind", "access", NULL);
        cases_expect(303);
    }
    int64_t report = cases_count("SELECT linked FROM casefile WHERE id = ?1", id);
    assert_true(report > id);
    assert_int_equal(cases_count("SELECT linked FROM casefile WHERE id = ?1", report), id);
    assert_int_equal(cases_count("SELECT count(*) FROM casefile WHERE linked = ?1", id), 1);
    cases_get("/staff/case/%lld", report);
    assert_true(cases_says("also a report"));
    cases_post("/staff/case/%lld/report", report, "kind", "access", NULL);
    cases_expect(409);
    cases_post("/staff/case/%lld/link", id, "case", "", NULL); /* nothing typed takes nothing away */
    assert_int_equal(cases_count("SELECT linked FROM casefile WHERE id = ?1", id), report);
    cases_post("/staff/case/%lld/link", id, "case", "0", NULL);
    assert_int_equal(cases_count("SELECT count(*) FROM casefile WHERE id = ?1 AND linked IS NULL", id), 1);
}

static void erasing_asks_first_and_keeps_the_count(void **state)
{
    (void)state;
    char once[128];
    int64_t id = cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("forget my question"));
    cases_post("/staff/case/%lld/class/consultation", id, "topic", "one-click", "about_access", "no",
               "received_on", "2026-11-03", NULL);
    cases_expect(303);
    cases_get("/staff/case/%lld", id);
    cases_value("once", once);
    cases_get("/staff/case/%lld/erase", id);
    cases_expect(200);
    assert_true(cases_says("1 consultation"));
    cases_post("/staff/case/%lld/erase", id, NULL);
    cases_expect(200);
    assert_int_equal(cases_count("SELECT count(*) FROM casefile WHERE id = ?1 AND erased_s IS NULL", id), 1);
    cases_post("/staff/case/%lld/erase", id, "sure", "yes", NULL);
    cases_expect(303);
    cases_post("/staff/case/%lld/erase", id, "sure", "yes", NULL);
    cases_expect(409);
    cases_get("/staff/case/%lld", id);
    cases_expect(200);
    assert_false(cases_says("forget my question"));
    assert_int_equal(cases_count("SELECT count(*) FROM consultation JOIN casefile ON casefile.consultation ="
                                 " consultation.id WHERE casefile.id = ?1",
                                 id),
                     1);
    cases_post("/staff/case/%lld/write", id, "note", "too late", "once", once, "press", "note", NULL);
    cases_expect(409);
}

static void the_search_finds_words_of_two_characters_and_keeps_them_out_of_addresses(void **state)
{
    (void)state;
    cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("花子さんの届出について"));
    cases_take(CASE_CONSULTATION, CASE_WEB, ask_for("太郎さんの件"));
    cases_post("/staff/search", 0, "words", "花子", NULL);
    cases_expect(200);
    assert_true(cases_says("花子さんの届出") && !cases_says("太郎さんの件"));
    assert_false(strstr(asked.reply.body.bytes, "href=\"/en/staff/search?") != NULL);
    cases_post("/staff/search", 0, "words", "次郎", NULL);
    assert_true(cases_says("Nothing was found"));
    cases_post("/staff/search", 0, "words", "", NULL);
    cases_expect(200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_queue_shows_what_was_told_and_only_what_is_asked_for),
        cmocka_unit_test(what_is_overdue_is_found_and_said),
        cmocka_unit_test(long_queues_are_read_page_by_page_and_nothing_is_left_out),
        cmocka_unit_test(a_case_shows_its_labels_and_what_comes_from_strangers_stays_words),
        cmocka_unit_test(a_case_that_is_not_there_is_no_page),
        cmocka_unit_test(an_attachment_is_a_download_of_its_own_case_only),
        cmocka_unit_test(one_press_gives_a_case_to_me),
        cmocka_unit_test(an_old_page_does_not_undo_what_another_did),
        cmocka_unit_test(nobody_of_another_number_is_given_a_case),
        cmocka_unit_test(an_answer_sent_twice_is_one_answer),
        cmocka_unit_test(a_case_that_came_by_mail_is_answered_by_mail_once),
        cmocka_unit_test(intake_leaves_notes_and_answers_nothing),
        cmocka_unit_test(a_template_fills_the_answer_and_loses_nothing_typed),
        cmocka_unit_test(a_note_is_kept_while_the_answer_is_still_being_written),
        cmocka_unit_test(cases_are_merged_and_parted_again),
        cmocka_unit_test(a_consultation_becomes_a_report_once_however_often_it_is_pressed),
        cmocka_unit_test(erasing_asks_first_and_keeps_the_count),
        cmocka_unit_test(the_search_finds_words_of_two_characters_and_keeps_them_out_of_addresses),
    };
    return cmocka_run_group_tests(tests, cases_open, cases_close);
}

#include "office.h"
#include "base/file.h"
#include "cases/classing.h"
#include "cases/deeds.h"
#include "cases/told.h"
#include <sodium.h>

static struct office office;

static const char bytes_of_picture[] = "\x89PNG\r\n\x1a\n, and a NUL:\0 and more";
static const struct case_attachment picture = {"画面.png", bytes_of_picture, sizeof bytes_of_picture - 1};

/* A case that came with a receipt, by this reporter, with a picture. */
struct come {
    int64_t id;
    struct receipt receipt;
    struct seal_pair own;
};

static struct come come(enum case_kind kind, const char *reporter, const char *what)
{
    struct fault fault;
    struct come come;
    enum case_taken taken;
    randombytes_buf(come.receipt.bytes, sizeof come.receipt.bytes);
    receipt_pair(&come.receipt, &come.own);
    json_t *told =
        json_pack("{s:s, s:s, s:s}", "what", what, "name", "山田花子", "email", "hanako@example.jp");
    struct case_intake intake = {.kind = kind,
                                 .channel = CASE_WEB,
                                 .language = "ja",
                                 .receipt = &come.receipt,
                                 .reporter = reporter,
                                 .told = told,
                                 .attachments = &picture,
                                 .attachments_count = 1,
                                 .at_s = 1320710400 /* 2011-11-08 09:00 in Tokyo */};
    casefile_once(office.ledger, &come.receipt, sizeof come.receipt, intake.once);
    OFFICE_OK(casefile_take(office.ledger, &intake, &taken, &come.id, &fault));
    json_decref(told);
    assert_int_equal(taken, CASE_TAKEN);
    return come;
}

static struct casefile file_of(int64_t id)
{
    struct fault fault;
    struct casefile file;
    enum case_found found;
    OFFICE_OK(casefile_read(office.ledger, id, &file, &found, &fault));
    assert_int_equal(found, CASE_FOUND);
    return file;
}

static json_t *told_to(int64_t id, const struct seal_pair *pair, bool for_reporter)
{
    struct fault fault;
    struct casefile file = file_of(id);
    json_t *told = casefile_told(office.ledger, &file, pair, for_reporter, &fault);
    OFFICE_OK(told != NULL);
    return told;
}

/* What a reader of it sees, as "what:text what:text ..."; in memory the caller frees. */
static char *seen_by(int64_t id, const struct seal_pair *pair, bool for_reporter)
{
    struct text out;
    size_t at;
    json_t *part, *told = told_to(id, pair, for_reporter);
    text_init(&out, 65536);
    json_array_foreach(told, at, part)
    {
        json_t *fields = json_object_get(part, "fields");
        const char *text = json_string_value(json_object_get(fields, "text"));
        text = text == NULL ? json_string_value(json_object_get(fields, "what")) : text;
        text_addf(&out, "%s%s:%s", at == 0 ? "" : " ", json_string_value(json_object_get(part, "what")),
                  text != NULL                                     ? text
                  : json_is_true(json_object_get(part, "erased"))  ? "ERASED"
                  : json_is_true(json_object_get(part, "damaged")) ? "DAMAGED"
                                                                   : "?");
    }
    json_decref(told);
    text_add_byte(&out, '\0');
    return out.bytes;
}

static void assert_seen(int64_t id, const struct seal_pair *pair, bool for_reporter, const char *expected)
{
    char *seen = seen_by(id, pair, for_reporter);
    assert_string_equal(seen, expected);
    free(seen);
}

static enum case_taken add(int64_t id, enum case_told what, int64_t staff, const char *text)
{
    struct fault fault;
    struct seal_key key;
    enum case_taken taken;
    static int64_t now_s = 1320800000;
    struct casefile file = file_of(id);
    json_t *fields = json_pack("{s:s}", "text", text);
    unsigned char once[16];
    casefile_once(office.ledger, text, strlen(text), once);
    const struct case_add part = {.what = what,
                                  .fields = fields,
                                  .attachments = &picture,
                                  .attachments_count = what == CASE_NOTE,
                                  .staff = staff,
                                  .once = once,
                                  .at_s = now_s++};
    assert_true(casefile_key(&file, &office.desk, &key));
    if (what == CASE_ANSWER)
        OFFICE_OK(casefile_answer(office.ledger, &file, &office.desk, &part, &taken, &fault));
    else
        OFFICE_OK(casefile_add(office.ledger, &file, &key, &part, &taken, &fault));
    json_decref(fields);
    return taken;
}

static void assert_whole_chain(void)
{
    struct fault fault;
    struct deeds_proof proof;
    OFFICE_OK(deeds_verify(office.ledger, NULL, &proof, &fault));
    assert_int_equal(proof.found, DEEDS_WHOLE);
}

static void assert_lines(const char *sql, const char *expected)
{
    char *lines = office_lines(&office, sql);
    assert_string_equal(lines, expected);
    free(lines);
}

static int setup(void **state)
{
    (void)state;
    office_open(&office);
    office_run(
        &office,
        "INSERT INTO staff (id, name, shown, rights, language, state, salt, wrapped, code_step, made_s)"
        " VALUES (1, 'taro', '太郎', 3, 'ja', 'active', x'', x'', 0, 0),"
        " (2, 'jiro', '次郎', 3, 'ja', 'active', x'', x'', 0, 0)");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    assert_whole_chain();
    office_close(&office);
    return 0;
}

static void what_was_told_opens_for_the_desk_and_for_its_receipt_only(void **state)
{
    (void)state;
    struct come one = come(CASE_MALWARE, "hanako", "メールの添付ファイル"),
                other = come(CASE_ACCESS, NULL, "x");
    assert_seen(one.id, &office.desk, false, "told:メールの添付ファイル");
    assert_seen(one.id, &one.own, true, "told:メールの添付ファイル");
    assert_seen(one.id, &other.own, true, "told:DAMAGED");
    json_t *told = told_to(one.id, &one.own, true);
    json_t *part = json_array_get(told, 0);
    assert_string_equal(json_string_value(json_object_get(json_object_get(part, "fields"), "name")),
                        "山田花子");
    json_t *attachment = json_array_get(json_object_get(part, "attachments"), 0);
    assert_string_equal(json_string_value(json_object_get(attachment, "name")), "画面.png");
    assert_int_equal(json_integer_value(json_object_get(attachment, "bytes")), picture.length);
    assert_int_equal(json_integer_value(json_object_get(part, "at_s")), 1320710400);
    json_decref(told);
}

static void a_case_is_found_by_its_receipt_and_says_what_it_is(void **state)
{
    (void)state;
    struct fault fault;
    struct casefile file;
    enum case_found found;
    come(CASE_MALWARE, NULL, "x");
    struct come one = come(CASE_ACCESS, "hanako", "x");
    OFFICE_OK(casefile_by_receipt(office.ledger, &one.receipt, &file, &found, &fault));
    assert_int_equal(found, CASE_FOUND);
    assert_int_equal(file.id, one.id);
    assert_int_equal(file.kind, CASE_ACCESS);
    assert_int_equal(file.channel, CASE_WEB);
    assert_int_equal(file.state, CASE_NEW);
    assert_int_equal(file.received_on, office_day("2011-11-08"));
    assert_int_equal(file.due_on, INT32_MIN);
    assert_true(file.has_receipt && file.has_reporter && !file.classed);
    const struct pseudonym hanako = pseudonym_of(office.ledger, "hanako", 6);
    assert_memory_equal(&file.reporter, &hanako, sizeof hanako);
    one.receipt.bytes[15] ^= 1;
    OFFICE_OK(casefile_by_receipt(office.ledger, &one.receipt, &file, &found, &fault));
    assert_int_equal(found, CASE_NONE);
    OFFICE_OK(casefile_read(office.ledger, 99, &file, &found, &fault));
    assert_int_equal(found, CASE_NONE);
}

static void nothing_that_was_told_stands_in_the_database(void **state)
{
    (void)state;
    struct fault fault;
    struct come one = come(CASE_ACCESS, "hanako-the-reporter", "MARK-IN-THE-TEXT");
    add(one.id, CASE_ADDED, 0, "MARK-ADDED");
    add(one.id, CASE_NOTE, 1, "MARK-NOTED");
    static const char *const files[] = {"desk.sqlite", "desk.sqlite-wal"};
    static const char *const marks[] = {"MARK-", "hanako", "山田", "画面", "PNG"};
    char text[RECEIPT_TEXT];
    receipt_text(&one.receipt, text);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct text bytes;
        OWNED_MEMORY char *path = ledger_path(office.ledger, "%s", files[i]);
        text_init(&bytes, 64 << 20);
        OFFICE_OK(file_read(path, &bytes, &fault));
        for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
            if (memmem(bytes.bytes, bytes.length, marks[m], strlen(marks[m])) != NULL)
                fail_msg("'%s' stands in %s", marks[m], files[i]);
        assert_null(memmem(bytes.bytes, bytes.length, text, 9));
        assert_null(memmem(bytes.bytes, bytes.length, one.receipt.bytes, sizeof one.receipt.bytes));
        text_clear(&bytes);
    }
}

static void a_title_is_the_first_line_of_what_says_most(void **state)
{
    (void)state;
    struct fault fault;
    struct text title;
    struct come one = come(CASE_ACCESS, NULL,
                           "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
                           "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十あ"),
                other = come(CASE_ACCESS, NULL, "first \x1b[31m line\nsecond");
    struct casefile file = file_of(one.id);
    text_init(&title, 4096);
    OFFICE_OK(casefile_title(office.ledger, &file, &office.desk, &title, &fault));
    assert_string_equal(title.bytes, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
                                     "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十…");
    file = file_of(other.id);
    text_empty(&title);
    OFFICE_OK(casefile_title(office.ledger, &file, &office.desk, &title, &fault));
    assert_string_equal(title.bytes, "first ?[31m line");
    text_empty(&title);
    OFFICE_OK(casefile_title(office.ledger, &file, &one.own, &title, &fault)); /* not theirs */
    assert_string_equal(title.bytes, "");
    text_clear(&title);
}

static int64_t attachment_number(int64_t casefile, const char *what)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT attachment.id FROM attachment JOIN told ON told.id = told WHERE casefile = %lld AND "
             "what = '%s'",
             (long long)casefile, what);
    return office_number(&office, sql);
}

static bool attachment_opens(int64_t id, const struct seal_pair *pair, int64_t attachment)
{
    struct fault fault;
    struct text name, bytes;
    enum case_found found;
    struct casefile file = file_of(id);
    text_init(&name, 4096);
    text_init(&bytes, 1 << 20);
    OFFICE_OK(casefile_attachment(office.ledger, &file, pair, attachment, &name, &bytes, &found, &fault));
    if (found == CASE_FOUND) {
        assert_string_equal(name.bytes, "画面.png");
        assert_int_equal(bytes.length, picture.length);
        assert_memory_equal(bytes.bytes, picture.bytes, picture.length);
    }
    text_clear(&name);
    text_clear(&bytes);
    return found == CASE_FOUND;
}

static void an_attachment_opens_in_its_own_case_only(void **state)
{
    (void)state;
    struct come one = come(CASE_ACCESS, NULL, "x"), other = come(CASE_ACCESS, NULL, "y");
    int64_t attachment = attachment_number(one.id, "told");
    assert_true(attachment_opens(one.id, &one.own, attachment));
    assert_true(attachment_opens(one.id, &office.desk, attachment));
    assert_false(attachment_opens(one.id, &other.own, attachment));
    assert_false(attachment_opens(other.id, &other.own, attachment));
    assert_false(
        attachment_opens(other.id, &office.desk, attachment)); /* a number in an address proves nothing */
    assert_false(attachment_opens(one.id, &one.own, 99));
}

static void a_name_that_is_no_text_hides_no_attachment(void **state)
{
    (void)state;
    struct fault fault;
    enum case_taken taken;
    int64_t id;
    const struct case_attachment odd = {"\xff\xfe.png", "x", 1};
    json_t *fields = json_pack("{s:s}", "what", "x");
    struct case_intake intake = {.kind = CASE_ACCESS,
                                 .language = "ja",
                                 .told = fields,
                                 .attachments = &odd,
                                 .attachments_count = 1,
                                 .at_s = 1320710400};
    OFFICE_OK(casefile_take(office.ledger, &intake, &taken, &id, &fault));
    json_decref(fields);
    json_t *told = told_to(id, &office.desk, false);
    json_t *list = json_object_get(json_array_get(told, 0), "attachments");
    assert_int_equal(json_array_size(list), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(list, 0), "name")), "?");
    json_decref(told);
}

static void a_note_of_the_staff_opens_for_the_desk_only(void **state)
{
    (void)state;
    struct come one = come(CASE_ACCESS, NULL, "x");
    add(one.id, CASE_NOTE, 1, "our own");
    assert_seen(one.id, &office.desk, false, "told:x note:our own");
    assert_seen(one.id, &one.own, true, "told:x");
    assert_seen(one.id, &one.own, false,
                "told:x note:DAMAGED"); /* even where a page forgets to leave it out */
    assert_true(attachment_opens(one.id, &office.desk, attachment_number(one.id, "note")));
    assert_false(attachment_opens(one.id, &one.own, attachment_number(one.id, "note")));
}

static void what_is_added_stands_behind_and_is_added_once(void **state)
{
    (void)state;
    struct come one = come(CASE_ACCESS, NULL, "x");
    assert_int_equal(add(one.id, CASE_ANSWER, 2, "our answer"), CASE_TAKEN);
    assert_int_equal(add(one.id, CASE_ADDED, 0, "thanks"), CASE_TAKEN);
    assert_int_equal(add(one.id, CASE_ADDED, 0, "thanks"), CASE_KNOWN); /* sent twice */
    assert_seen(one.id, &one.own, true, "told:x answer:our answer added:thanks");
    assert_lines("SELECT staff, what, casefile, detail FROM deed ORDER BY id",
                 "-1|case.taken|1|web\n2|case.answered|1|\n-1|case.added|1|\n");
}

static void sealed_bytes_moved_to_another_case_do_not_open(void **state)
{
    (void)state;
    struct come one = come(CASE_ACCESS, NULL, "one's"), other = come(CASE_ACCESS, NULL, "other's");
    office_run(&office,
               "UPDATE told SET sealed = (SELECT sealed FROM told WHERE casefile = 1) WHERE casefile = 2");
    assert_seen(other.id, &office.desk, false, "told:DAMAGED");
    office_run(&office,
               "UPDATE casefile SET desk_key = (SELECT desk_key FROM casefile WHERE id = 1) WHERE id = 2");
    assert_seen(other.id, &office.desk, false,
                "told:DAMAGED"); /* nor with its key: it is of that case's `once` */
    assert_seen(one.id, &office.desk, false, "told:one's");
}

static void a_line_of_the_reporters_brings_a_case_back_to_work(void **state)
{
    (void)state;
    struct fault fault;
    static const struct {
        enum case_state before, after;
    } expected[] = {
        {CASE_NEW, CASE_NEW},
        {CASE_WORKING, CASE_WORKING},
        {CASE_WAITING, CASE_WORKING},
        {CASE_ANSWERED, CASE_WORKING},
        {CASE_CLOSED, CASE_WORKING},
        {CASE_REJECTED, CASE_REJECTED},
        {CASE_WITHDRAWN, CASE_WITHDRAWN},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct come one = come(CASE_ACCESS, NULL, "x");
        char text[32];
        OFFICE_OK(casefile_set_state(office.ledger, one.id, expected[i].before, 1, &fault));
        snprintf(text, sizeof text, "our own %zu", i);
        add(one.id, CASE_NOTE, 1, text);
        assert_int_equal(file_of(one.id).state, expected[i].before);
        snprintf(text, sizeof text, "a line %zu", i);
        add(one.id, CASE_ADDED, 0, text);
        assert_int_equal(file_of(one.id).state, expected[i].after);
    }
}

static void class(int64_t id, const char *name)
{
    struct fault fault;
    const struct classed_malware line = {
        office_day("2011-11-08"), office_day("2011-11-07"), name, "virus", "mail", 3};
    OFFICE_OK(classing_malware(office.ledger, id, &line, 1, "", 1, &fault));
}

#define REPORTS "SELECT count(*), sum(detections) FROM malware_report"

static void a_state_counts_anew_and_says_who_set_it(void **state)
{
    (void)state;
    struct fault fault;
    struct come one = come(CASE_MALWARE, "hanako", "x");
    class(one.id, "W32/Netsky");
    assert_lines(REPORTS, "1|3\n");
    OFFICE_OK(casefile_set_state(office.ledger, one.id, CASE_REJECTED, 2, &fault));
    assert_lines(REPORTS, "0|-\n");
    OFFICE_OK(casefile_set_state(office.ledger, one.id, CASE_WORKING, 2, &fault));
    assert_lines(REPORTS, "1|3\n");
    OFFICE_OK(casefile_set_state(office.ledger, one.id, CASE_WITHDRAWN, 0, &fault));
    OFFICE_OK(
        casefile_set_state(office.ledger, one.id, CASE_WITHDRAWN, 0, &fault)); /* nothing changes: no deed */
    assert_lines(REPORTS, "0|-\n");
    assert_lines("SELECT staff, detail FROM deed WHERE what = 'case.state' ORDER BY id",
                 "2|new > rejected\n2|rejected > working\n-1|working > withdrawn\n");
    assert_false(casefile_set_state(office.ledger, 99, CASE_CLOSED, 1, &fault));
    assert_non_null(strstr(fault.text, "there is no case 99"));
}

static void a_case_is_given_to_somebody_and_is_due(void **state)
{
    (void)state;
    struct fault fault;
    struct come one = come(CASE_MALWARE, NULL, "x");
    OFFICE_OK(casefile_assign(office.ledger, one.id, 2, 1, &fault));
    OFFICE_OK(casefile_set_due(office.ledger, one.id, office_day("2011-11-30"), 1, &fault));
    struct casefile file = file_of(one.id);
    assert_int_equal(file.assigned, 2);
    assert_int_equal(file.due_on, office_day("2011-11-30"));
    OFFICE_OK(casefile_assign(office.ledger, one.id, 0, 1, &fault));
    OFFICE_OK(casefile_set_due(office.ledger, one.id, INT32_MIN, 1, &fault));
    file = file_of(one.id);
    assert_int_equal(file.assigned, 0);
    assert_int_equal(file.due_on, INT32_MIN);
    assert_false(casefile_assign(office.ledger, one.id, 77, 1, &fault)); /* nobody of that number */
    assert_lines("SELECT what, detail FROM deed WHERE staff = 1 ORDER BY id",
                 "case.assigned|staff 2\ncase.due|2011-11-30\ncase.assigned|nobody\ncase.due|none\n");
}

static void merged_cases_are_told_together_and_count_once(void **state)
{
    (void)state;
    struct fault fault;
    struct come one = come(CASE_MALWARE, "a", "first"), again = come(CASE_MALWARE, "b", "again");
    class(one.id, "W32/Netsky");
    class(again.id, "W32/Netsky");
    assert_lines(REPORTS, "2|6\n");
    OFFICE_OK(casefile_merge(office.ledger, again.id, one.id, 1, &fault));
    assert_lines(REPORTS, "1|3\n");
    assert_seen(one.id, &office.desk, false, "told:first told:again");
    assert_seen(one.id, &one.own, true, "told:first"); /* who knows whether they are the same person */
    assert_seen(again.id, &again.own, true, "told:again");
    assert_true(attachment_opens(one.id, &office.desk, attachment_number(again.id, "told")));
    assert_false(attachment_opens(one.id, &one.own, attachment_number(again.id, "told")));
    json_t *told = told_to(one.id, &office.desk, false);
    assert_null(json_object_get(json_array_get(told, 0), "casefile"));
    assert_int_equal(json_integer_value(json_object_get(json_array_get(told, 1), "casefile")), again.id);
    json_decref(told);

    OFFICE_OK(casefile_unmerge(office.ledger, again.id, 1, &fault));
    assert_lines(REPORTS, "2|6\n");
    assert_seen(one.id, &office.desk, false, "told:first");
    assert_lines("SELECT what, casefile, detail FROM deed WHERE what LIKE 'case.%merged' ORDER BY id",
                 "case.merged|2|into 1\ncase.unmerged|2|from 1\n");
}

static void an_answer_reaches_the_reporters_of_all_merged_cases(void **state)
{
    (void)state;
    struct fault fault;
    struct come one = come(CASE_MALWARE, "a", "first"), again = come(CASE_MALWARE, "b", "again");
    OFFICE_OK(casefile_merge(office.ledger, again.id, one.id, 1, &fault));
    assert_int_equal(add(one.id, CASE_ANSWER, 2, "clean it"), CASE_TAKEN);
    assert_int_equal(add(one.id, CASE_ANSWER, 2, "clean it"), CASE_KNOWN);
    assert_seen(one.id, &one.own, true, "told:first answer:clean it");
    assert_seen(again.id, &again.own, true, "told:again answer:clean it");
    assert_seen(one.id, &office.desk, false, "told:first told:again answer:clean it");
    /* and a line of the merged case's reporter brings the other back to work */
    OFFICE_OK(casefile_set_state(office.ledger, one.id, CASE_ANSWERED, 2, &fault));
    add(again.id, CASE_ADDED, 0, "it is back");
    assert_int_equal(file_of(one.id).state, CASE_WORKING);
    assert_seen(one.id, &office.desk, false, "told:first told:again answer:clean it added:it is back");
}

static void only_a_merge_that_one_step_undoes_is_made(void **state)
{
    (void)state;
    struct fault fault;
    struct come one = come(CASE_MALWARE, NULL, "1"), two = come(CASE_MALWARE, NULL, "2"),
                three = come(CASE_MALWARE, NULL, "3"), access = come(CASE_ACCESS, NULL, "4");
    assert_false(casefile_merge(office.ledger, one.id, one.id, 1, &fault));
    assert_false(casefile_merge(office.ledger, one.id, access.id, 1, &fault));
    assert_false(casefile_merge(office.ledger, one.id, 99, 1, &fault));
    OFFICE_OK(casefile_merge(office.ledger, two.id, one.id, 1, &fault));
    assert_false(casefile_merge(office.ledger, two.id, three.id, 1, &fault)); /* twice */
    assert_false(casefile_merge(office.ledger, three.id, two.id, 1, &fault)); /* a chain */
    assert_false(casefile_merge(office.ledger, one.id, three.id, 1, &fault)); /* a chain from its other end */
    assert_non_null(strstr(fault.text, "others are merged into case 1"));
    assert_int_equal(office_number(&office, "SELECT count(*) FROM deed WHERE what = 'case.merged'"), 1);
    OFFICE_OK(casefile_merge(office.ledger, three.id, one.id, 1, &fault)); /* many into one */
    assert_seen(one.id, &office.desk, false, "told:1 told:2 told:3");
    OFFICE_OK(casefile_unmerge(office.ledger, one.id, 1, &fault)); /* it never was: no deed */
    assert_int_equal(office_number(&office, "SELECT count(*) FROM deed WHERE what = 'case.unmerged'"), 0);
}

static void a_link_goes_both_ways_and_is_of_two(void **state)
{
    (void)state;
    struct fault fault;
    struct come one = come(CASE_CONSULTATION, NULL, "1"), two = come(CASE_ACCESS, NULL, "2"),
                three = come(CASE_ACCESS, NULL, "3");
    OFFICE_OK(casefile_link(office.ledger, one.id, two.id, 1, &fault));
    assert_lines("SELECT linked FROM casefile ORDER BY id", "2\n1\n-\n");
    OFFICE_OK(casefile_link(office.ledger, three.id, one.id, 1, &fault));
    assert_lines("SELECT linked FROM casefile ORDER BY id", "3\n-\n1\n");
    OFFICE_OK(casefile_link(office.ledger, one.id, 0, 1, &fault));
    assert_lines("SELECT linked FROM casefile ORDER BY id", "-\n-\n-\n");
    assert_false(casefile_link(office.ledger, one.id, one.id, 1, &fault));
    assert_false(casefile_link(office.ledger, one.id, 99, 1, &fault));
    assert_lines("SELECT linked FROM casefile ORDER BY id", "-\n-\n-\n");
}

/* How often these bytes stand in the files of the database. */
static unsigned standing(const void *bytes, size_t length)
{
    struct fault fault;
    unsigned count = 0;
    static const char *const files[] = {"desk.sqlite", "desk.sqlite-wal"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct text all;
        OWNED_MEMORY char *path = ledger_path(office.ledger, "%s", files[i]);
        text_init(&all, 64 << 20);
        OFFICE_OK(file_read(path, &all, &fault));
        count += memmem(all.bytes, all.length, bytes, length) != NULL;
        text_clear(&all);
    }
    return count;
}

static struct text blob(const char *sql)
{
    struct fault fault;
    struct text found;
    bool row = false;
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(office.ledger->records, sql, &fault);
    OFFICE_OK(statement != NULL && records_step(statement, &row, &fault) && row);
    text_init(&found, 1 << 20);
    text_add(&found, sqlite3_column_blob(statement, 0), (size_t)sqlite3_column_bytes(statement, 0));
    return found;
}

static void an_erased_person_is_gone_and_stays_counted(void **state)
{
    (void)state;
    struct fault fault;
    struct come one = come(CASE_MALWARE, "hanako", "x"), again = come(CASE_MALWARE, "hanako", "y"),
                other = come(CASE_MALWARE, "hanako", "z");
    class(one.id, "W32/Netsky");
    class(other.id, "W32/Mydoom");
    add(one.id, CASE_ANSWER, 2, "an answer");
    OFFICE_OK(casefile_merge(office.ledger, again.id, one.id, 1, &fault));
    office_run(&office,
               "INSERT INTO outbox (casefile, made_s, due_s, tries, sealed) VALUES (1, 0, 0, 0, x'00')");
    struct text key = blob("SELECT desk_key FROM casefile WHERE id = 1"),
                own = blob("SELECT own_key FROM casefile WHERE id = 2"),
                told = blob("SELECT sealed FROM told WHERE casefile = 1"),
                attached = blob(
                    "SELECT a.sealed FROM attachment AS a JOIN told ON told.id = a.told WHERE casefile = 2");
    assert_true(standing(key.bytes, key.length) > 0 && standing(told.bytes, told.length) > 0);

    OFFICE_OK(casefile_erase(office.ledger, one.id, 1, &fault));
    assert_lines(REPORTS, "2|6\n");
    assert_int_equal(standing(key.bytes, key.length), 0); /* nowhere in the files, not even deleted */
    assert_int_equal(standing(own.bytes, own.length), 0);
    assert_int_equal(standing(told.bytes, told.length), 0);
    assert_int_equal(standing(attached.bytes, attached.length), 0);
    text_clear(&key);
    text_clear(&own);
    text_clear(&told);
    text_clear(&attached);

    struct casefile file = file_of(one.id);
    enum case_found found;
    assert_true(file.erased_s > 0 && !file.has_receipt && !file.has_reporter && file.classed);
    assert_true(file_of(again.id).erased_s > 0); /* it is the same person's */
    assert_int_equal(file_of(other.id).erased_s, 0);
    assert_seen(one.id, &office.desk, false, "told:ERASED told:ERASED answer:ERASED");
    OFFICE_OK(casefile_by_receipt(office.ledger, &one.receipt, &file, &found, &fault));
    assert_int_equal(found, CASE_NONE);
    assert_lines("SELECT count(*) FROM attachment UNION ALL SELECT count(*) FROM outbox", "1\n0\n");
    assert_lines("SELECT casefile FROM deed WHERE what = 'case.erased' ORDER BY id", "1\n2\n");
    assert_seen(other.id, &other.own, true, "told:z");

    /* and what it counts as stays */
    assert_false(casefile_set_state(office.ledger, one.id, CASE_REJECTED, 1, &fault));
    assert_non_null(strstr(fault.text, "was erased"));
    assert_false(classing_clear(office.ledger, one.id, 1, &fault));
    assert_false(casefile_unmerge(office.ledger, again.id, 1, &fault));
    OFFICE_OK(casefile_erase(office.ledger, one.id, 1, &fault)); /* once more: nothing is left to do */
    assert_lines(REPORTS, "2|6\n");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM deed WHERE what = 'case.erased'"), 2);
}

static void nothing_is_added_to_a_case_erased_since_its_page_was_made(void **state)
{
    (void)state;
    struct fault fault;
    enum case_taken taken;
    struct seal_key key;
    struct come one = come(CASE_MALWARE, "hanako", "x");
    struct casefile before = file_of(one.id);
    assert_true(casefile_key(&before, &one.own, &key));
    OFFICE_OK(casefile_erase(office.ledger, one.id, 1, &fault));
    json_t *fields = json_pack("{s:s}", "text", "late");
    assert_false(casefile_add(office.ledger, &before, &key,
                              &(struct case_add){.what = CASE_ADDED, .fields = fields, .at_s = 1}, &taken,
                              &fault));
    json_decref(fields);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 1);
}

/* A part of the caller's: what comes after it fails, and none of it was. */
static void changes_within_the_callers_transaction_are_the_callers(void **state)
{
    (void)state;
    struct fault fault;
    struct come one = come(CASE_MALWARE, "hanako", "x");
    office_run(&office, "BEGIN IMMEDIATE");
    add(one.id, CASE_ANSWER, 2, "an answer");
    OFFICE_OK(casefile_set_state(office.ledger, one.id, CASE_ANSWERED, 2, &fault));
    office_run(&office, "ROLLBACK");
    assert_int_equal(file_of(one.id).state, CASE_NEW);
    assert_seen(one.id, &one.own, true, "told:x");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM deed"), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_was_told_opens_for_the_desk_and_for_its_receipt_only),
        TEST(a_case_is_found_by_its_receipt_and_says_what_it_is),
        TEST(nothing_that_was_told_stands_in_the_database),
        TEST(a_title_is_the_first_line_of_what_says_most),
        TEST(an_attachment_opens_in_its_own_case_only),
        TEST(a_name_that_is_no_text_hides_no_attachment),
        TEST(a_note_of_the_staff_opens_for_the_desk_only),
        TEST(what_is_added_stands_behind_and_is_added_once),
        TEST(sealed_bytes_moved_to_another_case_do_not_open),
        TEST(a_line_of_the_reporters_brings_a_case_back_to_work),
        TEST(a_state_counts_anew_and_says_who_set_it),
        TEST(a_case_is_given_to_somebody_and_is_due),
        TEST(merged_cases_are_told_together_and_count_once),
        TEST(an_answer_reaches_the_reporters_of_all_merged_cases),
        TEST(only_a_merge_that_one_step_undoes_is_made),
        TEST(a_link_goes_both_ways_and_is_of_two),
        TEST(an_erased_person_is_gone_and_stays_counted),
        TEST(nothing_is_added_to_a_case_erased_since_its_page_was_made),
        TEST(changes_within_the_callers_transaction_are_the_callers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "made.h"
#include "ledger/conf.h"
#include "ledger/content.h"
#include "ledger/history.h"
#include "ledger/pseudonym.h"
#include "ledger/records.h"
#include <sys/stat.h>

/* Writes `text` over a file of the ledger, and says whether it still opens. */
static struct ledger *open_with(struct made *made, const char *file, const char *text, struct fault *fault)
{
    char path[160];
    ledger_free(made->ledger);
    made->ledger = NULL;
    snprintf(path, sizeof path, "%s/%s", made->path, file);
    assert_true(file_write(path, text, strlen(text), fault));
    return ledger_open(made->path, LEDGER_READ, fault);
}

static void what_ledger_conf_does_not_say_has_its_default(void **state)
{
    (void)state;
    struct made made;
    struct fault fault;
    made_open(&made, "ledger");
    OWNED(ledger_free) struct ledger *ledger = open_with(&made, "ledger.conf", "# nothing\n\n", &fault);
    assert_non_null(ledger);
    assert_string_equal(ledger->settings.zone, "Asia/Tokyo");
    assert_string_equal(ledger->settings.language, "ja");
    assert_int_equal(ledger->settings.average, NUMBER_CUT);
    assert_int_equal(ledger->settings.level_tenths, -1);
    assert_null(ledger->settings.country_database);
    assert_string_equal(ledger->settings.desk_name, "");
    assert_string_equal(ledger->settings.desk_contact, "");
    assert_string_equal(ledger->settings.desk_address, "");
    assert_string_equal(ledger->settings.desk_mail, "");
    assert_null(ledger->settings.desk_maildir);
    assert_null(ledger->settings.desk_sendmail);
    assert_null(ledger->settings.desk_smtp);
    made_close(&made);
}

static void ledger_conf_is_read_to_the_letter(void **state)
{
    (void)state;
    struct made made;
    struct fault fault;
    made_open(&made, "ledger");
    OWNED(ledger_free)
    struct ledger *ledger = open_with(
        &made, "ledger.conf",
        "zone = Europe/Berlin\nlanguage = en\naverage = round\nlevel-threshold-percent = 2.5\n"
        "country-database = /x y.mmdb\ndesk-name = 見守り デスク\ndesk-contact = a\ndesk-contact = b\n",
        &fault);
    assert_non_null(ledger);
    assert_string_equal(ledger->zone.name, "Europe/Berlin");
    assert_string_equal(ledger->settings.language, "en");
    assert_int_equal(ledger->settings.average, NUMBER_ROUND);
    assert_int_equal(ledger->settings.level_tenths, 25);
    assert_string_equal(ledger->settings.country_database, "/x y.mmdb");
    assert_string_equal(ledger->settings.desk_name, "見守り デスク");
    assert_string_equal(ledger->settings.desk_contact, "a\nb");
    made_close(&made);
}

static void the_desk_is_told_its_address_and_the_ways_of_its_mail(void **state)
{
    (void)state;
    struct made made;
    struct fault fault;
    made_open(&made, "ledger");
    OWNED(ledger_free)
    struct ledger *ledger = open_with(
        &made, "ledger.conf",
        "desk-address = https://desk.example.jp/\ndesk-mail = desk+a@example.jp\ndesk-maildir = /mail/a b\n"
        "desk-smtp = [::1]:25\n",
        &fault);
    assert_non_null(ledger);
    assert_string_equal(ledger->settings.desk_address, "https://desk.example.jp");
    assert_string_equal(ledger->settings.desk_mail, "desk+a@example.jp");
    assert_string_equal(ledger->settings.desk_maildir, "/mail/a b");
    assert_string_equal(ledger->settings.desk_smtp, "[::1]:25");
    assert_null(ledger->settings.desk_sendmail);
    made_close(&made);
}

static void a_wrong_setting_is_told_by_file_and_line(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "average = floor",
        "zone = Asia/Edo",
        "zone =",
        "language = fr",
        "level-threshold-percent = 2.55",
        "level-threshold-percent = -1",
        "level-threshold-percent = 2.",
        "level-threshold-percent = .5",
        "level-threshold-percent =",
        "country-database =",
        "average = cut\naverage = cut",
        "averages = cut",
        "desk-address = desk.example.jp",
        "desk-address = https://",
        "desk-address = https://desk.example.jp/path",
        "desk-address = https://desk.example.jp\" onload=",
        "desk-mail = desk",
        "desk-mail = @example.jp",
        "desk-mail = a@b@example.jp",
        "desk-mail = desk@example.jp, other@example.jp",
        "desk-mail = -bs@example.jp",
        "desk-mail = desk@.example.jp",
        "desk-maildir = mail",
        "desk-sendmail = sendmail",
        "desk-smtp = localhost",
        "desk-smtp = localhost:0",
        "desk-smtp = local host:25",
        "desk-smtp = :25",
        "desk-smtp = localhost:25\ndesk-sendmail = /usr/sbin/sendmail",
        "desk-sendmail = /usr/sbin/sendmail\ndesk-smtp = localhost:25",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct made made;
        struct fault fault = {""};
        made_open(&made, "ledger");
        struct ledger *ledger = open_with(&made, "ledger.conf", wrong[i], &fault);
        if (ledger != NULL)
            fail_msg("taken: %s", wrong[i]);
        assert_non_null(strstr(fault.text, "ledger.conf"));
        made_close(&made);
    }
}

static void a_key_of_another_length_and_another_format_are_refused(void **state)
{
    (void)state;
    struct made made;
    struct fault fault;
    made_open(&made, "ledger");
    MADE_OK(records_run(made.ledger->records, "UPDATE meta SET value = '4' WHERE name = 'format'", &fault));
    ledger_free(made.ledger);
    made.ledger = NULL;
    assert_null(ledger_open(made.path, LEDGER_READ, &fault));
    assert_non_null(strstr(fault.text, "expected 3"));
    assert_null(open_with(&made, "reporter.key", "short", &fault));
    assert_non_null(strstr(fault.text, "expected 32"));
    assert_null(open_with(&made, "reporter.key", "012345678901234567890123456789012", &fault));
    made_close(&made);
}

static void a_ledger_open_for_reading_cannot_be_written(void **state)
{
    (void)state;
    struct made made;
    struct fault fault;
    made_open(&made, "ledger");
    OWNED(ledger_free)
    struct ledger *reader = ledger_open(made.path, LEDGER_READ, &fault); /* beside a writer */
    MADE_OK(reader != NULL);
    assert_int_equal(reader->lock, -1);
    assert_false(records_run(reader->records, "DELETE FROM point_watch", &fault));
    MADE_OK(records_run(made.ledger->records, "SELECT 1", &fault));
    made_close(&made);
}

static struct content sum_of(const struct ledger *ledger, const char *bytes, size_t step)
{
    OWNED(content_sum_free) struct content_sum *sum = content_sum_new(ledger);
    for (size_t at = 0; at < strlen(bytes); at += step)
        content_sum_add(sum, bytes + at, strlen(bytes) - at < step ? strlen(bytes) - at : step);
    return content_sum_value(sum);
}

static void a_content_is_its_bytes_and_the_ledger(void **state)
{
    (void)state;
    struct made one, two;
    made_open(&one, "ledger");
    made_open(&two, "ledger");
    struct content whole = sum_of(one.ledger, "the bytes of a file", 100);
    struct content pieces = sum_of(one.ledger, "the bytes of a file", 3);
    struct content other = sum_of(one.ledger, "the bytes of a fill", 100);
    struct content elsewhere = sum_of(two.ledger, "the bytes of a file", 100);
    assert_memory_equal(whole.sum, pieces.sum, sizeof whole.sum);
    assert_memory_not_equal(whole.sum, other.sum, sizeof whole.sum);
    assert_memory_not_equal(whole.sum, elsewhere.sum, sizeof whole.sum);
    made_close(&one);
    made_close(&two);
}

static void a_reporter_has_one_pseudonym_in_a_ledger_and_another_elsewhere(void **state)
{
    (void)state;
    struct made one, two;
    made_open(&one, "ledger");
    made_open(&two, "ledger");
    struct pseudonym a = pseudonym_of(one.ledger, "hanako", 6),
                     again = pseudonym_of(one.ledger, "hanako!", 6);
    struct pseudonym b = pseudonym_of(one.ledger, "hanako ", 7),
                     elsewhere = pseudonym_of(two.ledger, "hanako", 6);
    assert_memory_equal(a.bytes, again.bytes, sizeof a.bytes);
    assert_memory_not_equal(a.bytes, b.bytes, sizeof a.bytes);
    assert_memory_not_equal(a.bytes, elsewhere.bytes, sizeof a.bytes);
    made_close(&one);
    made_close(&two);
}

static void every_figure_of_history_is_found_by_its_name_alone(void **state)
{
    (void)state;
    for (enum history_figure figure = 0; figure < HISTORY_FIGURES; figure++) {
        const char *name = history_figure_names[figure];
        assert_non_null(name);
        assert_int_equal(history_figure_find(name, strlen(name)), figure);
        assert_int_equal(history_figure_find(name, strlen(name) - 1), HISTORY_FIGURES);
    }
    assert_int_equal(history_figure_find("", 0), HISTORY_FIGURES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_ledger_conf_does_not_say_has_its_default),
        cmocka_unit_test(ledger_conf_is_read_to_the_letter),
        cmocka_unit_test(the_desk_is_told_its_address_and_the_ways_of_its_mail),
        cmocka_unit_test(a_wrong_setting_is_told_by_file_and_line),
        cmocka_unit_test(a_key_of_another_length_and_another_format_are_refused),
        cmocka_unit_test(a_ledger_open_for_reading_cannot_be_written),
        cmocka_unit_test(a_content_is_its_bytes_and_the_ledger),
        cmocka_unit_test(a_reporter_has_one_pseudonym_in_a_ledger_and_another_elsewhere),
        cmocka_unit_test(every_figure_of_history_is_found_by_its_name_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "office.h"
#include "cases/change.h"
#include "cases/outbox.h"
#include "cases/state.h"
#include <time.h>

static void give_key(struct office *office, const struct seal_public *mailer)
{
    struct fault fault;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *set = records_prepare(office->ledger->records, "UPDATE desk_key SET mailer = ?1", &fault);
    OFFICE_OK(set != NULL);
    sqlite3_bind_blob(set, 1, mailer->bytes, sizeof mailer->bytes, SQLITE_STATIC);
    OFFICE_OK(records_do(set, &fault));
}

static void add(struct office *office, const char *text)
{
    struct fault fault;
    json_t *mail = json_pack("{s:s, s:s}", "to", "hanako@example.com", "text", text);
    OFFICE_OK(outbox_add(office->ledger, 7, mail, &fault));
    json_decref(mail);
}

static enum outbox_found next(struct office *office, const struct seal_pair *pair, int64_t at_s,
                              struct outbox_mail *mail)
{
    struct fault fault;
    enum outbox_found found;
    OFFICE_OK(outbox_next(office->ledger, pair, at_s, mail, &found, &fault));
    return found;
}

static void a_mail_is_read_by_the_mailer_only_and_gone_once_it_is_sent(void **state)
{
    (void)state;
    struct office office;
    struct seal_pair mailer, other;
    struct outbox_mail mail = {0};
    struct fault fault;
    office_open(&office);
    seal_pair_make(&mailer);
    seal_pair_make(&other);
    give_key(&office, &mailer.public);
    add(&office, "a secret of 2026");
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM outbox WHERE instr(sealed, CAST('secret' AS BLOB)) > 0"),
        0);
    assert_int_equal(next(&office, &other, time(NULL), &mail), OUTBOX_SHUT);
    assert_null(mail.mail);
    assert_int_equal(next(&office, &office.desk, time(NULL), &mail), OUTBOX_SHUT);
    assert_int_equal(next(&office, &mailer, time(NULL) - 10, &mail), OUTBOX_NONE);
    assert_int_equal(next(&office, &mailer, time(NULL), &mail), OUTBOX_FOUND);
    assert_int_equal(mail.casefile, 7);
    assert_string_equal(json_string_value(json_object_get(mail.mail, "text")), "a secret of 2026");
    OFFICE_OK(outbox_forget(office.ledger, mail.id, &fault));
    outbox_clear(&mail);
    assert_int_equal(next(&office, &mailer, INT64_MAX, &mail), OUTBOX_NONE);
    office_close(&office);
}

static void a_mail_belongs_to_the_transaction_it_was_written_in(void **state)
{
    (void)state;
    struct office office;
    struct seal_pair mailer;
    struct fault fault;
    office_open(&office);
    seal_pair_make(&mailer);
    give_key(&office, &mailer.public);
    {
        CLEANUP(change_undo) struct change change = {0};
        OFFICE_OK(change_begin(&change, office.ledger, &fault));
        add(&office, "never");
    }
    assert_int_equal(office_number(&office, "SELECT count(*) FROM outbox"), 0);
    office_close(&office);
}

static void a_mail_waits_longer_each_time_and_three_days_at_most(void **state)
{
    (void)state;
    struct office office;
    struct seal_pair mailer;
    struct fault fault;
    bool later = true;
    int64_t at_s = time(NULL), begun_s = at_s, before_s = 0;
    unsigned tries = 0;
    office_open(&office);
    seal_pair_make(&mailer);
    give_key(&office, &mailer.public);
    add(&office, "x");
    while (later) {
        struct outbox_mail mail = {0};
        assert_int_equal(next(&office, &mailer, at_s, &mail), OUTBOX_FOUND);
        assert_int_equal(mail.tries, tries++);
        OFFICE_OK(outbox_later(office.ledger, &mail, at_s, &later, &fault));
        outbox_clear(&mail);
        int64_t due_s = office_number(&office, "SELECT due_s FROM outbox");
        if (later) {
            assert_true(due_s - at_s >= 60 && due_s - at_s >= before_s && due_s - at_s <= 6 * 3600);
            before_s = due_s - at_s;
            assert_int_equal(next(&office, &mailer, due_s - 1, &mail), OUTBOX_NONE);
            at_s = due_s;
        }
    }
    assert_true(at_s - begun_s >= OUTBOX_GIVE_UP_S - 2 && at_s - begun_s <= OUTBOX_GIVE_UP_S + 6 * 3600);
    assert_true(tries > 10 && tries < 40);
    office_close(&office);
}

static void without_a_key_nothing_can_be_written(void **state)
{
    (void)state;
    struct office office;
    struct fault fault;
    office_open(&office);
    office_run(&office, "DELETE FROM desk_key");
    json_t *mail = json_pack("{s:s}", "text", "x");
    assert_false(outbox_add(office.ledger, 0, mail, &fault));
    assert_non_null(strstr(fault.text, "desk staff add"));
    json_decref(mail);
    office_close(&office);
}

static void how_many_wait_and_since_when_is_told(void **state)
{
    (void)state;
    struct office office;
    struct seal_pair mailer;
    struct fault fault;
    uint64_t count = 9;
    int64_t oldest_s = 9;
    office_open(&office);
    seal_pair_make(&mailer);
    give_key(&office, &mailer.public);
    OFFICE_OK(outbox_waiting(office.ledger, &count, &oldest_s, &fault));
    assert_int_equal(count + (uint64_t)oldest_s, 0);
    add(&office, "x");
    add(&office, "y");
    office_run(&office, "UPDATE outbox SET made_s = id * 100");
    OFFICE_OK(outbox_waiting(office.ledger, &count, &oldest_s, &fault));
    assert_int_equal(count, 2);
    assert_int_equal(oldest_s, 100);
    office_close(&office);
}

static void what_the_processes_tell_is_kept_by_name(void **state)
{
    (void)state;
    struct office office;
    struct fault fault;
    office_open(&office);
    OFFICE_OK(state_set(office.ledger, "mail.stuck", "one", &fault));
    OFFICE_OK(state_set(office.ledger, "mail.stuck", "two", &fault));
    OFFICE_OK(state_count(office.ledger, "mail.refused", &fault));
    OFFICE_OK(state_count(office.ledger, "mail.refused", &fault));
    OFFICE_OK(state_set(office.ledger, "gone", "", &fault));
    OFFICE_OK(state_unset(office.ledger, "gone", &fault));
    OFFICE_OK(state_unset(office.ledger, "never", &fault));
    json_t *list = state_list(office.ledger, &fault);
    OFFICE_OK(list != NULL);
    assert_int_equal(json_object_size(list), 2);
    assert_string_equal(json_string_value(json_object_get(json_object_get(list, "mail.stuck"), "value")),
                        "two");
    assert_string_equal(json_string_value(json_object_get(json_object_get(list, "mail.refused"), "value")),
                        "2");
    assert_true(json_integer_value(json_object_get(json_object_get(list, "mail.refused"), "at_s")) >
                1700000000);
    json_decref(list);
    office_close(&office);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mail_is_read_by_the_mailer_only_and_gone_once_it_is_sent),
        cmocka_unit_test(a_mail_belongs_to_the_transaction_it_was_written_in),
        cmocka_unit_test(a_mail_waits_longer_each_time_and_three_days_at_most),
        cmocka_unit_test(without_a_key_nothing_can_be_written),
        cmocka_unit_test(how_many_wait_and_since_when_is_told),
        cmocka_unit_test(what_the_processes_tell_is_kept_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The desk inspects itself: each line says well only where all is well. */
#include "../unit.h"
#include "base/file.h"
#include "base/memory.h"
#include "cases/state.h"
#include "desk/inspect.h"
#include "ledger/records.h"
#include <sys/stat.h>
#include <time.h>

enum { NOW_S = 1700000000 /* 2023-11-15 in Tokyo */, DAY_S = 86400 };
#define OK(call)                                                                                             \
    do {                                                                                                     \
        if (!(call))                                                                                         \
            fail_msg("%s", fault.text);                                                                      \
    } while (0)

struct inspected {
    char folder[64], path[80];
    struct ledger *ledger;
    struct inspect_line lines[INSPECT_LINES_MOST];
    size_t count;
};

static void begin(struct inspected *in)
{
    struct fault fault;
    *in = (struct inspected){.folder = "/tmp/mimamori-test-XXXXXX"};
    assert_non_null(mkdtemp(in->folder));
    snprintf(in->path, sizeof in->path, "%s/ledger", in->folder);
    OK(ledger_make(in->path, "Asia/Tokyo", "ja", &fault));
    in->ledger = ledger_open(in->path, LEDGER_SHARE, &fault);
    OK(in->ledger != NULL);
}

static void end(struct inspected *in)
{
    struct fault fault;
    ledger_free(in->ledger);
    OK(file_remove_tree(in->folder, &fault));
}

static void run(struct inspected *in, const char *sql)
{
    struct fault fault;
    OK(records_run(in->ledger->records, sql, &fault));
}

static const struct inspect_line *look(struct inspected *in, const char *id)
{
    struct fault fault;
    OK(inspect_all(in->ledger, NOW_S, in->lines, &in->count, &fault));
    for (size_t i = 0; i < in->count; i++)
        if (strcmp(in->lines[i].id, id) == 0)
            return &in->lines[i];
    fail_msg("there is no line '%s'", id);
    return NULL;
}

static void expect(struct inspected *in, const char *id, enum inspect_result result)
{
    const struct inspect_line *line = look(in, id);
    if (line->result != result)
        fail_msg("'%s' is %d (expected %d): %s", id, line->result, result, line->seen);
    assert_true(line->seen[0] != '\0' && line->title[0] != '\0');
    if (result == INSPECT_ATTENTION) /* whoever is told that something is wrong is told what to do */
        assert_true(line->advice != NULL && line->advice[0] != '\0');
}

static void set_state(struct inspected *in, const char *name, int64_t at_s, const char *value)
{
    struct fault fault;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *set =
        records_prepare(in->ledger->records, "INSERT OR REPLACE INTO desk_state VALUES (?1, ?2, ?3)", &fault);
    OK(set != NULL);
    sqlite3_bind_text(set, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(set, 2, at_s);
    sqlite3_bind_text(set, 3, value, -1, SQLITE_STATIC);
    OK(records_do(set, &fault));
}

static void set_setting(char **setting, const char *value)
{
    free(*setting);
    *setting = value == NULL ? NULL : memory_string(value);
}

/* Nobody has told anything: that is not good news. */
static void test_what_nobody_knows_is_not_well(void **state)
{
    struct inspected in;
    (void)state;
    begin(&in);
    expect(&in, "way", INSPECT_UNKNOWN);
    expect(&in, "address", INSPECT_ATTENTION);
    expect(&in, "backup", INSPECT_ATTENTION);
    expect(&in, "chain", INSPECT_ATTENTION);
    expect(&in, "administrators", INSPECT_ATTENTION);
    expect(&in, "contact", INSPECT_ATTENTION);
    end(&in);
}

static void test_listening_in_the_open_without_tls(void **state)
{
    struct inspected in;
    (void)state;
    begin(&in);
    set_state(&in, "desk.listens", NOW_S - 5, "open plain");
    expect(&in, "way", INSPECT_ATTENTION);
    set_state(&in, "desk.listens", NOW_S - 5, "open tls");
    expect(&in, "way", INSPECT_WELL);
    set_state(&in, "desk.listens", NOW_S - 5, "local plain");
    expect(&in, "way", INSPECT_ATTENTION);
    set_setting(&in.ledger->settings.desk_address, "http://desk.example.jp");
    expect(&in, "way", INSPECT_ATTENTION);
    expect(&in, "address", INSPECT_ATTENTION);
    set_setting(&in.ledger->settings.desk_address, "https://desk.example.jp");
    expect(&in, "way", INSPECT_WELL);
    expect(&in, "address", INSPECT_WELL);
    set_state(&in, "desk.listens", NOW_S - 5, "open plain"); /* the proxy can be gone around */
    expect(&in, "way", INSPECT_ATTENTION);
    end(&in);
}

static void test_a_backup_is_of_today(void **state)
{
    struct inspected in;
    (void)state;
    begin(&in);
    set_state(&in, "backup.last", NOW_S - DAY_S + 60, "");
    expect(&in, "backup", INSPECT_WELL);
    set_state(&in, "backup.last", NOW_S - DAY_S - 60, "");
    expect(&in, "backup", INSPECT_ATTENTION);
    end(&in);
}

static void test_the_chain_was_proven_lately_and_is_whole(void **state)
{
    struct inspected in;
    (void)state;
    begin(&in);
    set_state(&in, "deeds.checked", NOW_S - 30 * DAY_S, "whole");
    expect(&in, "chain", INSPECT_WELL);
    set_state(&in, "deeds.checked", NOW_S - 32 * DAY_S, "whole");
    expect(&in, "chain", INSPECT_ATTENTION);
    set_state(&in, "deeds.checked", NOW_S, "broken");
    expect(&in, "chain", INSPECT_ATTENTION);
    end(&in);
}

static const char person_sql[] =
    "INSERT INTO staff (name, shown, rights, language, state, salt, wrapped, code_step, made_s) VALUES"
    " ('%s', 'x', %d, 'ja', '%s', zeroblob(16), zeroblob(%zu), 0, %d)";

static void add_person(struct inspected *in, const char *name, int rights, const char *state, int made_s)
{
    char sql[512];
    size_t whole = 24 + 32 + 20 + 16; /* nonce, the desk's secret, that of the codes, tag */
    snprintf(sql, sizeof sql, person_sql, name, rights, state, strcmp(name, "odd") == 0 ? 5 : whole, made_s);
    run(in, sql);
}

static void test_who_works_here(void **state)
{
    struct inspected in;
    (void)state;
    begin(&in);
    add_person(&in, "hanako", STAFF_ADMINISTRATOR, "active", 0);
    add_person(&in, "taro", STAFF_ADMINISTRATOR, "invited", NOW_S - DAY_S);
    add_person(&in, "jiro", STAFF_ADMINISTRATOR, "stopped", 0);
    expect(&in, "administrators", INSPECT_ATTENTION);
    expect(&in, "invitations", INSPECT_WELL);
    expect(&in, "second-factor", INSPECT_WELL);
    run(&in, "UPDATE staff SET state = 'active' WHERE name = 'taro'");
    expect(&in, "administrators", INSPECT_WELL);
    add_person(&in, "saburo", STAFF_INTAKE, "invited", NOW_S - 3 * DAY_S);
    expect(&in, "invitations", INSPECT_ATTENTION);
    add_person(&in, "odd", STAFF_INTAKE, "active", 0);
    expect(&in, "second-factor", INSPECT_ATTENTION);
    end(&in);
}

static void test_sessions_and_failed_tries(void **state)
{
    struct inspected in;
    (void)state;
    begin(&in);
    add_person(&in, "hanako", STAFF_INTAKE, "active", 0);
    expect(&in, "sessions", INSPECT_WELL);
    expect(&in, "attempts", INSPECT_WELL);
    run(&in, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4)"
             " INSERT INTO session SELECT randomblob(16), 1, 1699999000, 1699999990, x'00' FROM n");
    expect(&in, "sessions", INSPECT_ATTENTION);
    assert_string_equal(look(&in, "sessions")->value, "4");
    run(&in, "UPDATE session SET seen_s = 1699990000, made_s = 1699990000"); /* long idle */
    expect(&in, "sessions", INSPECT_WELL);
    run(&in, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)"
             " INSERT INTO attempt (staff, source, at_s) SELECT 1, randomblob(16), 1699999000 FROM n");
    expect(&in, "attempts", INSPECT_ATTENTION);
    run(&in, "UPDATE attempt SET at_s = at_s - 3600");
    expect(&in, "attempts", INSPECT_WELL);
    end(&in);
}

static void test_mail_that_is_stuck(void **state)
{
    struct inspected in;
    (void)state;
    begin(&in);
    expect(&in, "mail-in", INSPECT_WELL); /* there is to be none */
    set_setting(&in.ledger->settings.desk_maildir, "/somewhere");
    expect(&in, "mail-in", INSPECT_ATTENTION);
    set_state(&in, "mail.seen", NOW_S - 60, "");
    expect(&in, "mail-in", INSPECT_WELL);
    set_state(&in, "mail.stuck", NOW_S - 60, "3 since 1699990000");
    expect(&in, "mail-in", INSPECT_ATTENTION);
    run(&in, "DELETE FROM desk_state WHERE name = 'mail.stuck'");
    set_state(&in, "mail.seen", NOW_S - 3600, "");
    expect(&in, "mail-in", INSPECT_ATTENTION);
    end(&in);
}

static void test_mail_that_waits(void **state)
{
    struct inspected in;
    (void)state;
    begin(&in);
    expect(&in, "mail-out", INSPECT_WELL);
    run(&in, "INSERT INTO outbox (made_s, due_s, tries, sealed) VALUES (1699999990, 1699999990, 0, x'00')");
    expect(&in, "mail-out", INSPECT_ATTENTION); /* nobody would ever send it */
    set_setting(&in.ledger->settings.desk_sendmail, "/usr/sbin/sendmail");
    expect(&in, "mail-out", INSPECT_WELL);
    run(&in, "UPDATE outbox SET tries = 3");
    expect(&in, "mail-out", INSPECT_ATTENTION);
    run(&in, "UPDATE outbox SET tries = 0, made_s = made_s - 7200");
    expect(&in, "mail-out", INSPECT_ATTENTION);
    run(&in, "DELETE FROM outbox");
    expect(&in, "mail-out", INSPECT_WELL);
    end(&in);
}

static void test_keys_that_others_may_read(void **state)
{
    struct inspected in;
    char path[128];
    (void)state;
    begin(&in);
    expect(&in, "modes", INSPECT_WELL); /* the folder is closed, whatever the database's own mode is */
    snprintf(path, sizeof path, "%s/reporter.key", in.path);
    assert_int_equal(chmod(path, 0640), 0);
    expect(&in, "modes", INSPECT_ATTENTION);
    assert_string_equal(look(&in, "modes")->value, "reporter.key");
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(chmod(in.path, 0755), 0);
    snprintf(path, sizeof path, "%s/desk.sqlite", in.path);
    assert_int_equal(chmod(path, 0644), 0);
    expect(&in, "modes", INSPECT_ATTENTION);
    assert_int_equal(chmod(path, 0600), 0);
    snprintf(path, sizeof path, "%s/desk.sqlite-wal", in.path);
    chmod(path, 0600);
    expect(&in, "modes", INSPECT_WELL);
    end(&in);
}

/* Last month is 2023-10: days 19631 to 19661. */
static void test_cases_of_last_month_that_nobody_classified(void **state)
{
    struct inspected in;
    static const char add[] =
        "INSERT INTO casefile (kind, channel, language, state, received_s, received_on, changed_s,"
        " once) VALUES ('consultation', 'web', 'ja', 'closed', 0, 19650, 0, randomblob(16))";
    (void)state;
    begin(&in);
    expect(&in, "unclassified", INSPECT_WELL);
    run(&in, add);
    expect(&in, "unclassified", INSPECT_ATTENTION);
    assert_string_equal(look(&in, "unclassified")->value, "1");
    run(&in, "UPDATE casefile SET received_on = 19670"); /* this month's have time */
    expect(&in, "unclassified", INSPECT_WELL);
    run(&in, "UPDATE casefile SET received_on = 19650, state = 'rejected'");
    expect(&in, "unclassified", INSPECT_WELL);
    end(&in);
}

static void test_a_desk_that_runs_for_long(void **state)
{
    struct inspected in;
    (void)state;
    begin(&in);
    set_state(&in, "desk.listens", NOW_S - 10 * DAY_S, "open tls");
    expect(&in, "software", INSPECT_WELL);
    assert_non_null(strstr(look(&in, "software")->value, MIMAMORI_VERSION));
    set_state(&in, "desk.listens", NOW_S - 200 * DAY_S, "open tls");
    expect(&in, "software", INSPECT_ATTENTION);
    end(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_nobody_knows_is_not_well),
        cmocka_unit_test(test_listening_in_the_open_without_tls),
        cmocka_unit_test(test_a_backup_is_of_today),
        cmocka_unit_test(test_the_chain_was_proven_lately_and_is_whole),
        cmocka_unit_test(test_who_works_here),
        cmocka_unit_test(test_sessions_and_failed_tries),
        cmocka_unit_test(test_mail_that_is_stuck),
        cmocka_unit_test(test_mail_that_waits),
        cmocka_unit_test(test_keys_that_others_may_read),
        cmocka_unit_test(test_cases_of_last_month_that_nobody_classified),
        cmocka_unit_test(test_a_desk_that_runs_for_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

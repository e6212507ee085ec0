#include "people.h"

void people_open(struct people *people)
{
    struct fault fault;
    *people = (struct people){0};
    snprintf(people->folder, sizeof people->folder, "/tmp/mimamori-test-XXXXXX");
    assert_non_null(mkdtemp(people->folder));
    snprintf(people->path, sizeof people->path, "%s/ledger", people->folder);
    PEOPLE_OK(ledger_make(people->path, "Asia/Tokyo", "ja", &fault));
    people->ledger = people_ledger(people, LEDGER_SHARE);
    PEOPLE_OK(staff_key_make(people->ledger, &people->recovery, &people->desk, &fault));
}

struct ledger *people_ledger(const struct people *people, enum ledger_for what)
{
    struct fault fault;
    struct ledger *ledger = ledger_open(people->path, what, &fault);
    PEOPLE_OK(ledger != NULL);
    return ledger;
}

void people_close(struct people *people)
{
    struct fault fault;
    ledger_free(people->ledger);
    PEOPLE_OK(file_remove_tree(people->folder, &fault));
}

void people_add(struct people *people, struct person *person, unsigned rights)
{
    struct fault fault;
    struct receipt invitation;
    enum staff_change change;
    enum enrol_outcome outcome;
    char text[RECEIPT_TEXT], code[TOTP_CODE];
    const struct staff_new new = {person->name, "", "ja", rights};
    struct enrol enrol = {person->name, text, person->password, code, NULL, {{0}}, PEOPLE_NOW_S - 3600};
    PEOPLE_OK(staff_invite(people->ledger, &new, &people->desk, 0, &invitation, &change, &fault));
    assert_int_equal(change, STAFF_CHANGED);
    receipt_text(&invitation, text);
    totp_make(&person->totp);
    enrol.totp = person->totp;
    totp_code(&person->totp, enrol.now_s / TOTP_STEP_S, code);
    PEOPLE_OK(enrol_finish(people->ledger, &enrol, &outcome, &person->welcome, &fault));
    assert_int_equal(outcome, ENROL_DONE);
    person->id = person->welcome.staff;
}

struct sign_in people_claim(const struct person *person, int64_t now_s, char code[TOTP_CODE])
{
    totp_code(&person->totp, now_s / TOTP_STEP_S, code);
    return (struct sign_in){person->name, person->password, code, NULL, address_from_ipv4(0xc0000201), now_s};
}

enum sign_in_answer people_try(struct people *people, const struct sign_in *claim,
                               struct sign_in_welcome *welcome)
{
    struct fault fault;
    enum sign_in_answer answer;
    struct sign_in_welcome ignored;
    PEOPLE_OK(sign_in_try(people->ledger, claim, &answer, welcome != NULL ? welcome : &ignored, &fault));
    return answer;
}

int64_t people_number(struct people *people, const char *sql)
{
    struct fault fault;
    bool row;
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(people->ledger->records, sql, &fault);
    PEOPLE_OK(statement != NULL && records_step(statement, &row, &fault));
    return sqlite3_column_int64(statement, 0);
}

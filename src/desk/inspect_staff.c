/* What there is to say of the staff and their signing in. */
#include "base/words.h"
#include "desk/inspect.h"
#include "cases/staff_row.h"
#include "ledger/records.h"
#include <string.h>

enum { DAY_S = 24 * 3600, INVITED_LONG_S = 2 * DAY_S, ATTEMPTS_MANY = 20 };

static bool has_state(const json_t *person, enum staff_state state)
{
    return strcmp(json_string_value(json_object_get(person, "state")), staff_states[state]) == 0;
}

static bool is_administrator(const json_t *person)
{
    size_t i;
    json_t *right;
    json_array_foreach(json_object_get(person, "rights"), i,
                       right) if (strcmp(json_string_value(right), "administrator") == 0) return true;
    return false;
}

bool inspect_administrators(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)fault;
    size_t i;
    json_t *person;
    int64_t count = 0;
    json_array_foreach(in->people, i, person) count +=
        has_state(person, STAFF_ACTIVE) && is_administrator(person);
    inspect_number(line, count);
    if (count < 2)
        inspect_attention(
            line, N_("Only one administrator can sign in."),
            N_("If that person falls ill, only the recovery code helps. Give a second person the right, "
               "and see that the recovery code lies where it should."));
    else
        inspect_well(line, N_("{} administrators can sign in."));
    return true;
}

/* Nobody enrols without one, so this can only be a row that something else has written. */
static const char second_factor_sql[] =
    "SELECT count(*), count(*) FILTER (WHERE length(wrapped) <> ?1 OR length(salt) <> ?2) FROM staff"
    " WHERE state = 'active'";

bool inspect_second_factor(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    bool row;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *find = records_prepare(in->ledger->records, second_factor_sql, fault);
    if (find == NULL)
        return false;
    sqlite3_bind_int(find, 1, STAFF_ROW_WRAPPED);
    sqlite3_bind_int(find, 2, SECRET_SALT);
    if (!records_step(find, &row, fault))
        return false;
    int64_t without = sqlite3_column_int64(find, 1);
    inspect_number(line, without > 0 ? without : sqlite3_column_int64(find, 0));
    if (without > 0)
        inspect_attention(
            line, N_("Staff kept without a one-time code: {}."),
            N_("The desk makes no such entry: somebody changed the database. Stop these people, and look "
               "at the record of deeds."));
    else
        inspect_well(line, N_("Everybody signs in with a one-time code ({})."));
    return true;
}

bool inspect_invitations(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)fault;
    size_t i;
    json_t *person;
    int64_t waiting = 0;
    json_array_foreach(in->people, i, person) waiting +=
        has_state(person, STAFF_INVITED) &&
        in->now_s - json_integer_value(json_object_get(person, "made_s")) > INVITED_LONG_S;
    inspect_number(line, waiting);
    if (waiting > 0)
        inspect_attention(
            line, N_("Invited more than two days ago, and not come yet: {}."),
            N_("An invitation that lies about can be found by somebody else. Ask them, or stop them."));
    else
        inspect_well(line, N_("No invitation lies unused for long."));
    return true;
}

bool inspect_sessions(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)fault;
    size_t i;
    json_t *person;
    int64_t sessions = 0, most = 0;
    enum { MANY = 3 };
    json_array_foreach(in->people, i, person)
    {
        int64_t here = json_integer_value(json_object_get(person, "sessions"));
        sessions += here;
        most = here > most ? here : most;
    }
    inspect_number(line, most > MANY ? most : sessions);
    if (most > MANY)
        inspect_attention(line, N_("One person is signed in at {} places at once."),
                          N_("Ask them whether that is so. A new password signs them out everywhere else."));
    else
        inspect_well(line, N_("Open sessions: {}."));
    return true;
}

bool inspect_attempts(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    bool row;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *find =
        records_prepare(in->ledger->records, "SELECT count(*) FROM attempt WHERE at_s > ?1", fault);
    if (find == NULL)
        return false;
    sqlite3_bind_int64(find, 1, in->now_s - 3600);
    if (!records_step(find, &row, fault))
        return false;
    int64_t count = sqlite3_column_int64(find, 0);
    inspect_number(line, count);
    if (count >= ATTEMPTS_MANY)
        inspect_attention(
            line, N_("{} tries to sign in have failed within the last hour."),
            N_("Somebody may be guessing. They do not get far: an account that is tried too often lets in "
               "only browsers it knows. Whoever has a new browser may have to wait an hour."));
    else
        inspect_well(line, N_("Within the last hour: {}."));
    return true;
}

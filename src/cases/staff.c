/* Who there is: invited, given rights, stopped. */
#include "cases/staff.h"
#include "base/text.h"
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/secret.h"
#include "cases/session.h"
#include "cases/staff_row.h"
#include "ledger/conf.h"
#include "ledger/records.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { STAFF_WRAPPED_MOST = 512, STAFF_DETAIL = 128 };

static void rights_text(struct text *out, unsigned rights)
{
    for (unsigned i = 0; staff_rights[i] != NULL; i++)
        if ((rights & 1U << i) != 0)
            text_addf(out, "%s%s", out->length == 0 ? "" : ",", staff_rights[i]);
}

/* Whom it is about, and, where they matter, the rights: "3 intake,analyst". */
static bool add_deed(struct ledger *ledger, int64_t by, const char *what, int64_t id, const unsigned *rights,
                     struct fault *fault)
{
    CLEANUP(text_clear) struct text detail, words;
    text_init(&detail, STAFF_DETAIL);
    text_init(&words, STAFF_DETAIL);
    text_addf(&detail, "%jd", (intmax_t)id);
    if (rights != NULL) {
        rights_text(&words, *rights);
        text_addf(&detail, " %s", words.length == 0 ? "none" : words.bytes);
    }
    return deeds_add(ledger, by, what, 0, detail.bytes, fault);
}

/* An invitation opens nothing but the desk's key; the one-time code's secret comes with the person. */
static void wrap_for_invitation(const char *name, const struct seal_pair *desk, struct receipt *invitation,
                                struct text *wrapped)
{
    struct seal_key key;
    struct staff_secrets secrets = {{0}};
    randombytes_buf(invitation->bytes, sizeof invitation->bytes);
    secret_of_code(invitation, "invitation", &key);
    memcpy(secrets.desk, desk->secret, sizeof secrets.desk);
    secret_close(&key, name, &secrets, sizeof secrets, wrapped);
    sodium_memzero(&secrets, sizeof secrets);
    sodium_memzero(&key, sizeof key);
}

static bool is_shown(const char *shown)
{
    struct staff_session limits;
    size_t length = strlen(shown);
    bool plain = length > 0 && length < sizeof limits.shown && text_is_utf8(shown, length) &&
                 strspn(shown, " ") < length;
    for (; plain && *shown != '\0'; shown++)
        plain = text_unruly(shown) == 0;
    return plain;
}

static const char staff_insert_sql[] =
    "INSERT INTO staff (name, shown, rights, language, state, salt, wrapped, code_step, made_s)"
    " VALUES (?1, ?2, ?3, ?4, 'invited', x'', ?5, 0, ?6) ON CONFLICT (name) DO NOTHING";

static bool insert(struct ledger *ledger, const struct staff_new *new, const struct text *wrapped, bool *done,
                   struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *insert = records_prepare(ledger->records, staff_insert_sql, fault);
    if (insert == NULL)
        return false;
    sqlite3_bind_text(insert, 1, new->name, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 2, new->shown, -1, SQLITE_STATIC);
    sqlite3_bind_int(insert, 3, (int)(new->rights &STAFF_ALL_RIGHTS));
    sqlite3_bind_text(insert, 4, new->language, -1, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 5, wrapped->bytes, (int)wrapped->length, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 6, time(NULL));
    if (!records_do(insert, fault))
        return false;
    *done = sqlite3_changes(ledger->records) == 1;
    return true;
}

bool staff_invite(struct ledger *ledger, const struct staff_new *new, const struct seal_pair *desk,
                  int64_t by, struct receipt *invitation, enum staff_change *change, struct fault *fault)
{
    char name[64];
    bool inserted;
    struct receipt made;
    struct staff_new fit = *new;
    CLEANUP(text_clear) struct text wrapped;
    text_init(&wrapped, STAFF_WRAPPED_MOST);
    *change = STAFF_UNFIT;
    fit.name = name;
    if (!staff_fold_name(new->name, name) || !conf_is_language(new->language))
        return true;
    fit.shown = new->shown[0] == '\0' ? name : new->shown;
    if (!is_shown(fit.shown))
        return true;
    wrap_for_invitation(name, desk, &made, &wrapped);
    CLEANUP(change_undo) struct change whole = {0};
    if (!change_begin(&whole, ledger, fault) || !insert(ledger, &fit, &wrapped, &inserted, fault))
        return false;
    *change = STAFF_TAKEN;
    if (!inserted)
        return true;
    if (!add_deed(ledger, by, "staff.invite", sqlite3_last_insert_rowid(ledger->records), &new->rights,
                  fault) ||
        !change_commit(&whole, fault))
        return false;
    *invitation = made;
    *change = STAFF_CHANGED;
    return true;
}

static const char staff_administrators_sql[] =
    "SELECT count(*) FILTER (WHERE id <> ?1), count(*) FILTER (WHERE id = ?1) FROM staff"
    " WHERE state = 'active' AND rights & 8";

/* Would the desk be without an administrator who can sign in, and had one before? The command line, with the
 * recovery code, may also invite the last one again: that is what the code is for. */
static bool is_last(struct ledger *ledger, int64_t id, bool *last, struct fault *fault)
{
    bool row;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *count = records_prepare(ledger->records, staff_administrators_sql, fault);
    if (count == NULL)
        return false;
    sqlite3_bind_int64(count, 1, id);
    if (!records_step(count, &row, fault))
        return false;
    *last = row && sqlite3_column_int64(count, 0) == 0 && sqlite3_column_int64(count, 1) == 1;
    return true;
}

/* What was known of this person's browsers and tries is forgotten, and whoever is signed in is not any more.
 */
static bool forget_traces(struct ledger *ledger, int64_t id, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *browsers = records_prepare(ledger->records, "DELETE FROM browser WHERE staff = ?1", fault);
    if (browsers == NULL)
        return false;
    sqlite3_bind_int64(browsers, 1, id);
    return records_do(browsers, fault) && session_end_all(ledger, id, NULL, fault);
}

static const char staff_again_sql[] =
    "UPDATE staff SET state = 'invited', salt = x'', wrapped = ?2, made_s = ?3"
    " WHERE id = ?1";

static bool write_again(struct ledger *ledger, const struct staff_row *person, const struct seal_pair *desk,
                        struct receipt *invitation, struct fault *fault)
{
    CLEANUP(text_clear) struct text wrapped;
    text_init(&wrapped, STAFF_WRAPPED_MOST);
    wrap_for_invitation(person->name, desk, invitation, &wrapped);
    OWNED(sqlite3_finalize) sqlite3_stmt *again = records_prepare(ledger->records, staff_again_sql, fault);
    if (again == NULL)
        return false;
    sqlite3_bind_int64(again, 1, person->id);
    sqlite3_bind_blob(again, 2, wrapped.bytes, (int)wrapped.length, SQLITE_STATIC);
    sqlite3_bind_int64(again, 3, time(NULL));
    return records_do(again, fault) && forget_traces(ledger, person->id, fault);
}

bool staff_invite_again(struct ledger *ledger, int64_t id, const struct seal_pair *desk, int64_t by,
                        struct receipt *invitation, enum staff_change *change, struct fault *fault)
{
    struct receipt made;
    bool found, last;
    struct staff_row person;
    CLEANUP(change_undo) struct change whole = {0};
    if (!change_begin(&whole, ledger, fault) || !staff_row_by_id(ledger, id, &person, &found, fault) ||
        !is_last(ledger, id, &last, fault))
        return false;
    *change = found ? STAFF_LAST : STAFF_NOBODY;
    if (!found || (last && by != 0))
        return true;
    if (!write_again(ledger, &person, desk, &made, fault) ||
        !add_deed(ledger, by, "staff.again", id, NULL, fault) || !change_commit(&whole, fault))
        return false;
    *invitation = made;
    *change = STAFF_CHANGED;
    return true;
}

/* One column of one person; the sessions end. */
static bool write_one(struct ledger *ledger, int64_t id, const char *sql, int rights, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *write = records_prepare(ledger->records, sql, fault);
    if (write == NULL)
        return false;
    sqlite3_bind_int64(write, 1, id);
    if (sqlite3_bind_parameter_count(write) > 1)
        sqlite3_bind_int(write, 2, rights);
    return records_do(write, fault);
}

bool staff_set_rights(struct ledger *ledger, int64_t id, unsigned rights, int64_t by,
                      enum staff_change *change, struct fault *fault)
{
    bool found, last;
    struct staff_row person;
    CLEANUP(change_undo) struct change whole = {0};
    if (!change_begin(&whole, ledger, fault) || !staff_row_by_id(ledger, id, &person, &found, fault) ||
        !is_last(ledger, id, &last, fault))
        return false;
    rights &= STAFF_ALL_RIGHTS;
    *change = !found ? STAFF_NOBODY : STAFF_LAST;
    if (!found || (last && (rights & STAFF_ADMINISTRATOR) == 0))
        return true;
    if (rights != person.rights &&
        (!write_one(ledger, id, "UPDATE staff SET rights = ?2 WHERE id = ?1", (int)rights, fault) ||
         !session_end_all(ledger, id, NULL, fault) ||
         !add_deed(ledger, by, "staff.rights", id, &rights, fault)))
        return false;
    *change = STAFF_CHANGED;
    return change_commit(&whole, fault);
}

/* Nothing of the desk's key stays with who is stopped. */
static const char staff_stop_sql[] =
    "UPDATE staff SET state = 'stopped', salt = x'', wrapped = x'' WHERE id = ?1";

bool staff_stop(struct ledger *ledger, int64_t id, int64_t by, enum staff_change *change, struct fault *fault)
{
    bool found, last;
    struct staff_row person;
    CLEANUP(change_undo) struct change whole = {0};
    if (!change_begin(&whole, ledger, fault) || !staff_row_by_id(ledger, id, &person, &found, fault) ||
        !is_last(ledger, id, &last, fault))
        return false;
    *change = !found ? STAFF_NOBODY : STAFF_LAST;
    if (!found || last)
        return true;
    if (!write_one(ledger, id, staff_stop_sql, 0, fault) || !forget_traces(ledger, id, fault) ||
        !add_deed(ledger, by, "staff.stop", id, NULL, fault))
        return false;
    *change = STAFF_CHANGED;
    return change_commit(&whole, fault);
}

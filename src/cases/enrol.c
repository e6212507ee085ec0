#include "cases/enrol.h"
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/limit.h"
#include "cases/secret.h"
#include "cases/staff_row.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static bool is_fresh(const struct staff_row *row, int64_t now_s)
{
    return row->state == STAFF_INVITED && now_s - row->made_s < STAFF_INVITATION_S;
}

/* *row and *secrets are only filled where the invitation holds. */
static bool open_invitation(struct ledger *ledger, const struct enrol *enrol, struct staff_row *row,
                            struct staff_secrets *secrets, bool *holds, struct fault *fault)
{
    char name[64];
    bool found = false;
    struct receipt code;
    struct seal_key key;
    *holds = false;
    if (!staff_fold_name(enrol->name, name) ||
        !receipt_parse(enrol->invitation, strlen(enrol->invitation), &code))
        return true;
    if (!staff_row_by_name(ledger, name, row, &found, fault))
        return false;
    secret_of_code(&code, "invitation", &key);
    *holds = found && is_fresh(row, enrol->now_s) && staff_row_open(row, &key, secrets);
    sodium_memzero(&key, sizeof key);
    return true;
}

bool enrol_invited(struct ledger *ledger, const char *name, const char *invitation, int64_t now_s,
                   bool *invited, struct fault *fault)
{
    const struct enrol enrol = {.name = name, .invitation = invitation, .now_s = now_s};
    struct staff_row row;
    struct staff_secrets secrets;
    bool looked = open_invitation(ledger, &enrol, &row, &secrets, invited, fault);
    sodium_memzero(&secrets, sizeof secrets);
    return looked;
}

struct keeping {
    struct staff_row before, after;
    struct staff_secrets secrets;
};

static bool keep(struct ledger *ledger, const struct enrol *enrol, const struct keeping *keeping,
                 enum enrol_outcome *outcome, struct sign_in_welcome *welcome, struct fault *fault)
{
    bool done;
    struct sign_in_welcome made = {.rights = keeping->before.rights};
    CLEANUP(change_undo) struct change change = {0};
    snprintf(made.language, sizeof made.language, "%s", keeping->before.language);
    if (!change_begin(&change, ledger, fault) ||
        !staff_row_write(ledger, &keeping->before, &keeping->after, &done, fault))
        return false;
    *outcome = ENROL_NOT_INVITED; /* two came with one invitation; this is the second */
    if (!done)
        return true;
    if (!sign_in_welcome(ledger, keeping->after.id, keeping->secrets.desk, enrol->browser, enrol->now_s,
                         &made, fault) ||
        !deeds_add(ledger, keeping->after.id, "staff.enrol", 0, "", fault) || !change_commit(&change, fault))
        return false;
    *outcome = ENROL_DONE;
    *welcome = made;
    return true;
}

/* What can be said without the ledger; the password's work is done here, before any transaction, so that
 * nobody waits for it. */
static enum enrol_outcome prepare(const struct enrol *enrol, const struct staff_secrets *secrets,
                                  struct staff_row *person)
{
    CLEANUP(secret_leave) struct secret_place place = {0};
    if (password_judge(enrol->password, person->name) != PASSWORD_GOOD)
        return ENROL_WEAK;
    if (!totp_step(&enrol->totp, enrol->code, enrol->now_s, 0, &person->code_step))
        return ENROL_CODE;
    bool done = secret_enter(&place, SECRET_KNOWN) &&
                staff_row_wrap(person, enrol->password, secrets, &place) == SECRET_DONE;
    return done ? ENROL_DONE : ENROL_BUSY;
}

bool enrol_finish(struct ledger *ledger, const struct enrol *enrol, enum enrol_outcome *outcome,
                  struct sign_in_welcome *welcome, struct fault *fault)
{
    bool holds;
    struct keeping keeping;
    if (!open_invitation(ledger, enrol, &keeping.before, &keeping.secrets, &holds, fault))
        return false;
    *outcome = ENROL_NOT_INVITED;
    if (holds) {
        keeping.after = keeping.before;
        keeping.secrets.totp = enrol->totp;
        *outcome = prepare(enrol, &keeping.secrets, &keeping.after);
    }
    bool well = *outcome != ENROL_DONE || keep(ledger, enrol, &keeping, outcome, welcome, fault);
    sodium_memzero(&keeping, sizeof keeping);
    return well;
}

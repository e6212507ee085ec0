/* What a person changes of their own: the password, the secret of the one-time codes. */
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/enrol.h"
#include "cases/limit.h"
#include "cases/secret.h"
#include "cases/staff_row.h"
#include <sodium.h>

struct changing {
    struct staff_row before, after;
    struct staff_secrets secrets;
    int64_t attempt;
};

/* The password of before, though they are signed in: whoever sits down at an open browser cannot take it
 * over. */
static enum enrol_outcome prove(const struct secret_place *place, const struct enrol_change *change,
                                struct changing *changing)
{
    struct seal_key key;
    if (changing->before.salt_length == 0)
        return ENROL_REFUSED;
    if (secret_of_password(place, change->password, changing->before.salt, &key) == SECRET_BUSY)
        return ENROL_BUSY;
    bool right = staff_row_open(&changing->before, &key, &changing->secrets);
    sodium_memzero(&key, sizeof key);
    return right ? ENROL_DONE : ENROL_REFUSED;
}

static enum enrol_outcome prepare(const struct enrol_change *change, struct changing *changing)
{
    const char *password = change->new_password != NULL ? change->new_password : change->password;
    CLEANUP(secret_leave) struct secret_place place = {0};
    if (!secret_enter(&place, SECRET_KNOWN))
        return ENROL_BUSY;
    enum enrol_outcome proven = prove(&place, change, changing);
    if (proven != ENROL_DONE)
        return proven;
    changing->after = changing->before;
    if (change->new_password != NULL && password_judge(password, changing->before.name) != PASSWORD_GOOD)
        return ENROL_WEAK;
    if (change->totp != NULL) {
        if (!totp_step(change->totp, change->code, change->now_s, 0, &changing->after.code_step))
            return ENROL_CODE;
        changing->secrets.totp = *change->totp;
    }
    return staff_row_wrap(&changing->after, password, &changing->secrets, &place) == SECRET_DONE ? ENROL_DONE
                                                                                                 : ENROL_BUSY;
}

static bool add_deeds(struct ledger *ledger, int64_t staff, const struct enrol_change *change,
                      struct fault *fault)
{
    return (change->new_password == NULL || deeds_add(ledger, staff, "staff.password", 0, "", fault)) &&
           (change->totp == NULL || deeds_add(ledger, staff, "staff.code", 0, "", fault));
}

static bool keep(struct ledger *ledger, const struct staff_session *session,
                 const struct enrol_change *change, const struct changing *changing,
                 enum enrol_outcome *outcome, struct fault *fault)
{
    bool done;
    CLEANUP(change_undo) struct change whole = {0};
    if (!change_begin(&whole, ledger, fault) ||
        !staff_row_write(ledger, &changing->before, &changing->after, &done, fault))
        return false;
    *outcome = ENROL_REFUSED; /* changed meanwhile, elsewhere */
    if (!done)
        return true;
    if (!limit_give_back(ledger, changing->attempt, fault) ||
        !session_end_all(ledger, session->staff, session->id, fault) ||
        !add_deeds(ledger, session->staff, change, fault) || !change_commit(&whole, fault))
        return false;
    *outcome = ENROL_DONE;
    return true;
}

/* Only a wrong password stays counted as a try. */
static bool settle(struct ledger *ledger, const struct staff_session *session,
                   const struct enrol_change *change, struct changing *changing, enum enrol_outcome *outcome,
                   struct fault *fault)
{
    *outcome = prepare(change, changing);
    if (*outcome == ENROL_DONE)
        return keep(ledger, session, change, changing, outcome, fault);
    return *outcome == ENROL_REFUSED || limit_give_back(ledger, changing->attempt, fault);
}

bool enrol_change(struct ledger *ledger, const struct staff_session *session,
                  const struct enrol_change *change, enum enrol_outcome *outcome, struct fault *fault)
{
    bool found;
    enum limit_verdict verdict;
    struct changing changing;
    const struct limit_try attempt = {session->staff, change->source, session->id, change->now_s};
    if (!staff_row_by_id(ledger, session->staff, &changing.before, &found, fault) ||
        !limit_take(ledger, &attempt, &verdict, &changing.attempt, fault))
        return false;
    if (verdict == LIMIT_WAIT || !found) {
        *outcome = found ? ENROL_WAIT : ENROL_REFUSED;
        return true;
    }
    bool well = settle(ledger, session, change, &changing, outcome, fault);
    sodium_memzero(&changing, sizeof changing);
    return well;
}

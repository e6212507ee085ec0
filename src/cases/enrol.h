/* enrol: an invitation becomes a person who can sign in; and what a person changes of their own. */
#pragma once
#include "cases/password.h"
#include "cases/sign_in.h"
#include "cases/totp.h"

/* Unknown name, wrong, used or lapsed code: all alike. */
bool enrol_invited(struct ledger *ledger, const char *name, const char *invitation, int64_t now_s,
                   bool *invited, struct fault *fault);

enum enrol_outcome {
    ENROL_DONE,
    ENROL_NOT_INVITED,
    ENROL_WEAK,    /* password_judge() says why */
    ENROL_CODE,    /* not a code of this secret, now */
    ENROL_REFUSED, /* the password of before was not right */
    ENROL_WAIT,    /* too many tries */
    ENROL_BUSY     /* too many at once */
};
struct enrol {
    const char *name, *invitation, *password, *code, *browser;
    struct totp totp;
    int64_t now_s;
};
/* They are then signed in: they have just proven all there is to prove. */
bool enrol_finish(struct ledger *ledger, const struct enrol *enrol, enum enrol_outcome *outcome,
                  struct sign_in_welcome *welcome, struct fault *fault);

/* By oneself, with the password of before; all other sessions end. What is NULL stays as it is. */
struct enrol_change {
    const char *password, *new_password;
    const struct totp *totp;
    const char *code; /* of the new secret */
    struct address source;
    int64_t now_s;
};
bool enrol_change(struct ledger *ledger, const struct staff_session *session,
                  const struct enrol_change *change, enum enrol_outcome *outcome, struct fault *fault);

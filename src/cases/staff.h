/* staff: who works at the desk, what each may do, and how that unlocks what is sealed. A password's key
 * (Argon2id) opens `wrapped`: the desk's secret key and the secret of the one-time codes. A session's token
 * opens a copy of the desk's key for as long as the session lives. Nothing here is kept that opens anything
 * by itself.
 *
 *     staff.h  who there is: invited, given rights, stopped        enrol.h  an invitation becomes a person
 *     sign_in.h  three things right, or wait                       session.h  who is asking now */
#pragma once
#include "cases/receipt.h"
#include "cases/seal.h"
#include "ledger/ledger.h"
#include "base/address.h"
#include <jansson.h>
#include <stdint.h>

enum staff_right {
    STAFF_INTAKE = 1,
    STAFF_ANALYST = 2,
    STAFF_EDITOR = 4,
    STAFF_ADMINISTRATOR = 8,
    STAFF_SIGNED_IN = 16 /* any of the staff */
};
enum { STAFF_RIGHTS = 4, STAFF_ALL_RIGHTS = 15, STAFF_INVITATION_S = 7 * 24 * 3600 };
extern const char *const staff_rights[]; /* the words, least bit first; end with NULL */

struct staff_session {
    int64_t staff;
    unsigned rights;
    char name[64], shown[128], language[8];
    struct seal_pair desk;
    unsigned char id[16];
    char token[44] /* for the form's hidden field, not the cookie */;
};

/* A name to sign in with as it is kept: a to z, 0 to 9, '.', '_', '-', a letter first; wide and capital
 * letters are folded. False: it cannot be one. */
bool staff_fold_name(const char *name, char folded[64]);
/* "administrator,analyst" -> bits; false: an unknown word. Nothing is no right at all. */
bool staff_parse_rights(const char *words, unsigned *rights);

/* The desk's key. The first of all the staff makes it, and is given the recovery code, which is kept nowhere:
 * it opens the desk's secret when nobody who could sign in is left. */
enum staff_key { STAFF_KEY_MADE, STAFF_KEY_OPENED, STAFF_KEY_NONE /* not made yet */, STAFF_KEY_WRONG };
bool staff_key_exists(struct ledger *ledger, bool *exists, struct fault *fault);
/* Makes the pair of the desk and the mailer's (LEDGER/mailer.key, 0600). The ledger is open for LEDGER_WRITE.
 */
bool staff_key_make(struct ledger *ledger, struct receipt *recovery, struct seal_pair *desk,
                    struct fault *fault);
bool staff_key_recover(struct ledger *ledger, const struct receipt *recovery, struct seal_pair *desk,
                       enum staff_key *key, struct fault *fault);
/* A new recovery code in place of the old. */
bool staff_key_renew(struct ledger *ledger, const struct seal_pair *desk, int64_t by,
                     struct receipt *recovery, struct fault *fault);

/* What becomes of a change of who works here; nothing is changed but by STAFF_CHANGED. */
enum staff_change {
    STAFF_CHANGED,
    STAFF_NOBODY, /* there is no such person */
    STAFF_TAKEN,  /* somebody has this name already */
    STAFF_UNFIT,  /* that cannot be a name (or is shown as nothing, or too long) */
    STAFF_LAST    /* nobody would be left who can look after the desk */
};
struct staff_new {
    const char *name, *shown, *language; /* shown "": as the name */
    unsigned rights;
};
/* `by`: who does it, 0: the command line. The invitation is for the new person only, works once and lapses
 * after STAFF_INVITATION_S. */
bool staff_invite(struct ledger *ledger, const struct staff_new *new, const struct seal_pair *desk,
                  int64_t by, struct receipt *invitation, enum staff_change *change, struct fault *fault);
/* For whoever lost the password or the telephone, or comes back: until they have enrolled again they are
 * invited, and nothing of before works any more. */
bool staff_invite_again(struct ledger *ledger, int64_t id, const struct seal_pair *desk, int64_t by,
                        struct receipt *invitation, enum staff_change *change, struct fault *fault);
bool staff_set_rights(struct ledger *ledger, int64_t id, unsigned rights, int64_t by,
                      enum staff_change *change, struct fault *fault);
bool staff_stop(struct ledger *ledger, int64_t id, int64_t by, enum staff_change *change,
                struct fault *fault);

bool staff_find(struct ledger *ledger, const char *name, int64_t *id, bool *found, struct fault *fault);
/* By name: [{"id", "name", "shown", "language", "rights": ["intake", ...], "state": "active", "made_s",
 * "signed_in_s" (0: never), "sessions", "lapsed": an invitation that is too old}]. New reference, NULL on a
 * fault. */
json_t *staff_list(struct ledger *ledger, int64_t now_s, struct fault *fault);

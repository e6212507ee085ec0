/* staff_row: one row of the table `staff`, for those who sign people in. */
#pragma once
#include "cases/secret.h"
#include "cases/staff.h"
#include "cases/totp.h"

/* What `wrapped` holds. */
struct staff_secrets {
    unsigned char desk[32];
    struct totp totp;
};
enum staff_state { STAFF_INVITED, STAFF_ACTIVE, STAFF_STOPPED, STAFF_STATES };
extern const char *const staff_states[]; /* end with NULL */

enum { STAFF_ROW_WRAPPED = 24 + sizeof(struct staff_secrets) + 16 };
struct staff_row {
    int64_t id, code_step, made_s;
    unsigned rights;
    enum staff_state state;
    char name[64], language[8];
    unsigned char salt[SECRET_SALT];
    unsigned char wrapped[STAFF_ROW_WRAPPED];
    size_t salt_length, wrapped_length; /* 0: there is none */
};
bool staff_row_by_id(struct ledger *ledger, int64_t id, struct staff_row *row, bool *found,
                     struct fault *fault);
bool staff_row_by_name(struct ledger *ledger, const char *folded, struct staff_row *row, bool *found,
                       struct fault *fault);
bool staff_row_open(const struct staff_row *row, const struct seal_key *key, struct staff_secrets *secrets);
/* A new salt, and what the password now opens. */
enum secret_worked staff_row_wrap(struct staff_row *row, const char *password,
                                  const struct staff_secrets *secrets, const struct secret_place *place);
/* In the caller's transaction: `after` in place of `before`, as an active person. *done is false where the
 * row is not `before` any more. */
bool staff_row_write(struct ledger *ledger, const struct staff_row *before, const struct staff_row *after,
                     bool *done, struct fault *fault);

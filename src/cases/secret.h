/* secret: what opens what the staff's keys are wrapped in: a password, or a code of 128 random bits that is
 * shown once and kept nowhere. What is wrapped says for whom it is: moved to another's row it does not open.
 */
#pragma once
#include "cases/receipt.h"
#include "cases/seal.h"
#include "base/text.h"

enum { SECRET_SALT = 16 };
/* A stranger's tries wait for one another, and for nobody who is known here, nor the other way round: a flood
 * can neither fill the memory nor keep the staff out. */
enum secret_lane { SECRET_STRANGER, SECRET_KNOWN, SECRET_LANES };
struct secret_place {
    enum secret_lane lane;
    bool held;
};
/* A place in the lane, before anything else is done for whoever asks; false: too many wait already. For
 * CLEANUP(secret_leave). */
bool secret_enter(struct secret_place *place, enum secret_lane lane);
void secret_leave(struct secret_place *place);

enum secret_worked { SECRET_DONE, SECRET_BUSY /* there is no memory for it just now */ };
/* Argon2id (RFC 9106); the password in NFKC (SP 800-63B, 5.1.1.2), so that the keyboard's width does not
 * matter. It waits for its turn. */
enum secret_worked secret_of_password(const struct secret_place *place, const char *password,
                                      const unsigned char salt[SECRET_SALT], struct seal_key *key);
/* How often that was computed in this process: to prove that unknown names cost the same. */
unsigned long secret_worked_count(void);
void secret_of_code(const struct receipt *code, const char *what, struct seal_key *key);

/* Adds nonce, bytes and tag. `whose`: what must be told again to open it. */
void secret_close(const struct seal_key *key, const char *whose, const void *bytes, size_t length,
                  struct text *wrapped);
/* False: not this key, not this person, or damaged. `bytes` is written only where all of it opens to
 * `length`.
 */
bool secret_open(const struct seal_key *key, const char *whose, const void *wrapped, size_t wrapped_length,
                 void *bytes, size_t length);

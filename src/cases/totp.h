/* totp: one-time codes by time (RFC 6238): six digits, a step of 30 seconds, HMAC-SHA-1, because that is what
 * every telephone's program knows. */
#pragma once
#include "base/text.h"
#include <stdbool.h>
#include <stdint.h>

enum { TOTP_SECRET = 20 /* as long as the hash, RFC 4226 section 4 */, TOTP_TEXT = 32 + 1, TOTP_STEP_S = 30 };
struct totp {
    unsigned char secret[TOTP_SECRET];
};
void totp_make(struct totp *totp);
/* Base 32 (RFC 4648), for typing in and for forms. */
void totp_text(const struct totp *totp, char out[TOTP_TEXT]);
bool totp_parse(const char *text, struct totp *totp);
/* What the QR code says: otpauth://totp/ISSUER:NAME?secret=...&issuer=ISSUER */
void totp_address(const struct totp *totp, const char *issuer, const char *name, struct text *out);

/* The time step whose code was typed: this one, or one to either side (a clock that is a little off), and
 * always later than `after`, the last one that was accepted. False: none. Blanks, hyphens and wide digits are
 * fine. */
bool totp_step(const struct totp *totp, const char *typed, int64_t now_s, int64_t after, int64_t *step);
/* The code of one step, as a telephone would show it. */
enum { TOTP_CODE = 6 + 1 };
void totp_code(const struct totp *totp, int64_t step, char out[TOTP_CODE]);

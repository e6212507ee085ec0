#include "cases/totp.h"
#include "base/cleanup.h"
#include "cases/fold.h"
#include <liboath/oath.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { TOTP_DIGITS = 6, TOTP_TYPED_MOST = 64 };
static const char totp_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void totp_make(struct totp *totp)
{
    randombytes_buf(totp->secret, sizeof totp->secret);
}

/* 20 bytes are 32 letters of five bits, with nothing left over to pad. */
void totp_text(const struct totp *totp, char out[TOTP_TEXT])
{
    for (size_t letter = 0; letter < TOTP_TEXT - 1; letter++) {
        size_t bit = letter * 5, byte = bit / 8;
        unsigned two =
            (unsigned)totp->secret[byte] << 8 | (byte + 1 < TOTP_SECRET ? totp->secret[byte + 1] : 0);
        out[letter] = totp_letters[two >> (11 - bit % 8) & 31];
    }
    out[TOTP_TEXT - 1] = '\0';
}

bool totp_parse(const char *text, struct totp *totp)
{
    struct totp read = {{0}};
    if (strlen(text) != TOTP_TEXT - 1)
        return false;
    for (size_t letter = 0; letter < TOTP_TEXT - 1; letter++) {
        const char *found = strchr(totp_letters, text[letter]);
        if (found == NULL)
            return false;
        unsigned value = (unsigned)(found - totp_letters);
        for (size_t i = 0; i < 5; i++) {
            size_t bit = letter * 5 + i;
            read.secret[bit / 8] |= (unsigned char)((value >> (4 - i) & 1) << (7 - bit % 8));
        }
    }
    *totp = read;
    sodium_memzero(&read, sizeof read);
    return true;
}

static void add_escaped(struct text *out, const char *string)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (; *string != '\0'; string++)
        if (strchr(plain, *string) != NULL)
            text_add_byte(out, *string);
        else
            text_addf(out, "%%%02X", (unsigned char)*string);
}

void totp_address(const struct totp *totp, const char *issuer, const char *name, struct text *out)
{
    char secret[TOTP_TEXT];
    totp_text(totp, secret);
    text_add_string(out, "otpauth://totp/");
    add_escaped(out, issuer);
    text_add_byte(out, ':');
    add_escaped(out, name);
    text_addf(out, "?secret=%s&issuer=", secret);
    add_escaped(out, issuer);
    sodium_memzero(secret, sizeof secret);
}

void totp_code(const struct totp *totp, int64_t step, char out[TOTP_CODE])
{
    if (oath_hotp_generate((const char *)totp->secret, sizeof totp->secret, (uint64_t)step, TOTP_DIGITS,
                           false, OATH_HOTP_DYNAMIC_TRUNCATION, out) != OATH_OK)
        memset(out, 0, TOTP_CODE); /* no code that anybody could type */
}

/* The six digits of what was typed; false: not six, or something else. */
static bool digits_of(const char *typed, char digits[TOTP_CODE])
{
    CLEANUP(text_clear) struct text folded;
    text_init(&folded, TOTP_TYPED_MOST);
    fold_add(&folded, typed, FOLD_BLANKS_NONE);
    size_t count = 0;
    for (const char *at = folded.bytes; at != NULL && *at != '\0'; at++) {
        if (*at == '-')
            continue;
        if (*at < '0' || *at > '9' || count == TOTP_DIGITS)
            return false;
        digits[count++] = *at;
    }
    digits[count] = '\0';
    return count == TOTP_DIGITS && text_whole(&folded);
}

bool totp_step(const struct totp *totp, const char *typed, int64_t now_s, int64_t after, int64_t *step)
{
    char digits[TOTP_CODE], code[TOTP_CODE];
    if (!digits_of(typed, digits))
        return false;
    bool found = false;
    for (int64_t i = now_s / TOTP_STEP_S - 1; i <= now_s / TOTP_STEP_S + 1; i++) {
        totp_code(totp, i, code);
        if (sodium_memcmp(code, digits, sizeof code) == 0 && i > after && !found) {
            *step = i;
            found = true;
        }
    }
    return found;
}

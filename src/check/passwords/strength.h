/* strength: how hard a password is to guess, for somebody who knows Japanese: zxcvbn, after kana has become
 * romaji, with Japanese words and names beside zxcvbn's own; and the rule of the advice (8 or more, every
 * kind of character, no word or name). */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { STRENGTH_LENGTH = 8, STRENGTH_LOWER = 1, STRENGTH_UPPER = 2, STRENGTH_DIGIT = 4, STRENGTH_SIGN = 8 };

struct strength {
    size_t length;    /* characters, not bytes */
    unsigned missing; /* STRENGTH_LOWER and the like that it lacks; letters that are neither (kana) count as
                         signs */
    bool dictionary;  /* a word or a name (or two that belong together), at most decorated */
    double bits;      /* log2 of the guesses it takes; of a very long one, what its beginning takes */
};
/* `near` is what an attacker would try first: the service's name, the user's name; NULL-ended, may be NULL.
 * Nothing of the password stays in memory that this knows of. */
void strength_of(const char *password, const char *const *near, struct strength *strength);
/* Below this a password is `guessable`: 10^10 guesses, the edge between zxcvbn's classes 3 and 4. A leaked,
 * slowly hashed password then falls within a day. */
#define STRENGTH_BITS 33.0

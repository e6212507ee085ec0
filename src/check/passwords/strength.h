/* strength: how hard a password is to guess, for somebody who knows Japanese: zxcvbn, after kana has become
 * romaji, with Japanese words and names beside zxcvbn's own; and the rule of the advice (8 or more, every
 * kind of character, no word or name). */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include <stdbool.h>
#include <stddef.h>

enum { STRENGTH_LENGTH = 8, STRENGTH_LOWER = 1, STRENGTH_UPPER = 2, STRENGTH_DIGIT = 4, STRENGTH_SIGN = 8 };

struct strength_words; /* words and names with their rank */
struct strength_words *strength_words_open(struct fault *fault);
void strength_words_free(struct strength_words *words);
OWNED_TYPE(strength_words_free, struct strength_words)

struct strength {
    size_t length;    /* characters, not bytes */
    unsigned missing; /* STRENGTH_LOWER and the like that it lacks; letters that are neither (kana) count as
                         signs */
    bool dictionary;  /* a word or a name, at most decorated */
    double bits;      /* log2 of the guesses it takes */
};
/* What an attacker would try first: the service's name, the user's name; NULL-ended, may be NULL. */
void strength_of(const struct strength_words *words, const char *password, const char *const *near,
                 struct strength *strength);
/* Below this a password is `guessable`. */
#define STRENGTH_BITS 33.0

/* known: what of a password somebody would guess at once: Japanese words and names, what is near (the names
 * of the user and the service), and what zxcvbn knows (English, keyboards, dates, sequences). */
#pragma once
#include "check/passwords/cover.h"

enum { KNOWN_NEAR_MOST = 8 };
struct known_near {
    size_t count;
    char words[KNOWN_NEAR_MOST][ROMAJI_MOST + 1]; /* folded */
};
/* "hanako@example.jp" is hanako and example: runs of three letters and more. `names` ends with NULL, may be
 * NULL. */
void known_near(const char *const *names, struct known_near *near);

/* Words in `cover`'s password: as it is, with signs for letters (p@suwad0), and backwards. */
void known_add_words(struct cover *cover, const struct known_near *near);
/* Adds zxcvbn's parts, and returns its own bits for the whole. */
double known_add_zxcvbn(struct cover *cover);

/* romaji: Japanese in Latin letters, so that パスワード, ﾊﾟｽﾜｰﾄﾞ, pasuwaado and pasuwa-do are seen to be the
 * same word.
 *
 * Two steps. Reading makes ASCII of a password: kana as it is commonly typed (shi, tsu, kyou), full-width
 * letters and digits as plain ones. Folding makes one spelling of the many (Hepburn shi, kunrei si; ou, oo,
 * o; shimbun, shinbun): nobody writes that one, it is only for comparing. Our own tables: of Unicode's
 * compatible forms (NFKC) a Japanese keyboard gives just these, which is too little for a library. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ROMAJI_MOST = 64 };

enum romaji_kind {
    ROMAJI_LOWER,
    ROMAJI_UPPER,
    ROMAJI_DIGIT,
    ROMAJI_SIGN,
    ROMAJI_KANA,
    ROMAJI_OTHER,  /* kanji, other letters, bytes that are no UTF-8 */
    ROMAJI_GOES_ON /* a character that began further left */
};

struct romaji_character {
    uint32_t code; /* ASCII for full-width, hiragana for all kana, with its sounding mark within */
    enum romaji_kind kind;
};
/* The next character of `*at`, which moves on; false at the end. */
bool romaji_next(const char **at, struct romaji_character *character);

/* The first ROMAJI_MOST letters of a password. */
struct romaji {
    size_t length;
    bool whole;                       /* there was no more */
    char text[ROMAJI_MOST + 1];       /* ASCII; 0x80 and up for ROMAJI_OTHER, alike for alike */
    unsigned char kinds[ROMAJI_MOST]; /* enum romaji_kind of each letter */
};
void romaji_read(const char *password, struct romaji *out);
/* The same characters, last first: くら becomes raku. */
void romaji_reverse(const struct romaji *romaji, struct romaji *out);

/* One step of folding: takes one letter or more from `text`, which ends with a NUL, and gives 0 to 2 for
 * them. `before` is the letter given last, NUL at the beginning of a word. Returns how many were taken. */
size_t romaji_fold_step(const char *text, char before, char out[3]);
/* All of `text` folded, cut where `out` is full; returns its length. */
size_t romaji_fold(const char *text, char *out, size_t size);

/* cover: a password as a row of parts (words, dates, sequences, single characters), and the row that takes
 * the fewest guesses: whoever guesses cleverly tries parts, not characters. */
#pragma once
#include "check/passwords/romaji.h"
#include <stddef.h>
#include <stdint.h>

enum cover_kind {
    COVER_WORD,       /* a word or a name of three letters or more */
    COVER_DECORATION, /* digits and signs: a year, 123 */
    COVER_OTHER       /* what else is easy to guess: qwerty, a particle of two letters */
};

struct cover_part {
    size_t begin, end; /* letters of the romaji */
    enum cover_kind kind;
    double bits; /* log2 of the guesses that it takes */
};

enum { COVER_PARTS_MOST = 2048 /* the most seen: 1737, of nannannan... */ };

struct cover {
    const struct romaji *romaji;
    size_t count;
    uint16_t heads[ROMAJI_MOST]; /* the parts that begin at a letter: index + 1 of the last one added */
    struct {
        struct cover_part part;
        uint16_t next;
    } parts[COVER_PARTS_MOST];
};

void cover_init(struct cover *cover, const struct romaji *romaji);
/* A part that begins or ends within a character, and what is past COVER_PARTS_MOST, is left out. */
void cover_add(struct cover *cover, struct cover_part part);

struct cover_bits {
    double any;       /* of the best row of all */
    double decorated; /* of the best that is one word or two, and decoration; HUGE_VAL: there is none */
};
struct cover_bits cover_solve(const struct cover *cover);

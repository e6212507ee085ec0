/* range_table: the words of notes on versions, in both languages, folded (feed_fold.h). To add one: its row.
 */
#pragma once
#include "check/versions/range_words.h"

struct range_word {
    const char *word;
    enum range_kind kind;
    enum range_place place;
};
extern const struct range_word range_table[]; /* the longest that fits is taken; ends with {0} */
extern const char *const range_fillers[];     /* say nothing of their own; ends with NULL */
extern const char *const range_families[];    /* behind "3.6" they make a branch of it; ends with NULL */

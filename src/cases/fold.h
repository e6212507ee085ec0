/* fold: text as it is compared, however it was typed: NFKC (full-width letters, half-width kana, composed
 * marks), letters of any case as one, characters that are not seen left out. */
#pragma once
#include "base/text.h"

enum fold_blanks {
    FOLD_BLANKS_ONE, /* a run of blanks is one space, none at the ends */
    FOLD_BLANKS_NONE,
};
/* Adds `string` folded. What is not UTF-8 becomes U+FFFD. */
void fold_add(struct text *out, const char *string, enum fold_blanks blanks);

#include "check/passwords/known.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zxcvbn.h>

enum { WORD_LETTERS = 3, LEET_LETTERS = 4 };
static const double kanji_bits = 11; /* those of everyday use: 2136 */

static bool holds(const struct romaji *romaji, const ZxcMatch_t *match, bool (*is)(enum romaji_kind kind))
{
    for (int i = match->Begin; i < match->Begin + match->Length; i++) {
        if (is((enum romaji_kind)romaji->kinds[i]))
            return true;
    }
    return false;
}

static bool is_letter(enum romaji_kind kind)
{
    return kind != ROMAJI_DIGIT && kind != ROMAJI_SIGN;
}

static bool is_other(enum romaji_kind kind)
{
    return kind == ROMAJI_OTHER;
}

/* How long the word is that a match says again and again. */
static size_t unit(const struct romaji *romaji, const ZxcMatch_t *match)
{
    const char *text = romaji->text + match->Begin;
    size_t length = (size_t)match->Length, period = 1;
    if ((match->Type & MULTIPLE_MATCH) == 0)
        return length;
    while (period < length && strncasecmp(text, text + period, length - period) != 0)
        period++;
    return period;
}

static enum cover_kind kind_of(const struct romaji *romaji, const ZxcMatch_t *match)
{
    unsigned type = match->Type & ~(unsigned)MULTIPLE_MATCH;
    if (!holds(romaji, match, is_letter))
        return COVER_DECORATION;
    bool is_word = (type == DICTIONARY_MATCH && unit(romaji, match) >= WORD_LETTERS) ||
                   (type == DICT_LEET_MATCH && unit(romaji, match) >= LEET_LETTERS);
    return is_word ? COVER_WORD : COVER_OTHER;
}

/* Single characters are counted by cover itself. What is no ASCII zxcvbn sees as some byte: only that it
 * comes again is true of it. */
static void add(struct cover *cover, const ZxcMatch_t *match)
{
    const struct romaji *romaji = cover->romaji;
    bool has_other = holds(romaji, match, is_other);
    bool is_again = (match->Type & MULTIPLE_MATCH) != 0 || match->Type == REPEATS_MATCH;
    if (match->Type == BRUTE_MATCH || (has_other && !is_again))
        return;
    size_t begin = (size_t)match->Begin;
    cover_add(cover, (struct cover_part){begin, begin + (size_t)match->Length, kind_of(romaji, match),
                                         has_other ? fmax(match->Entrpy, kanji_bits) : match->Entrpy});
}

double known_add_zxcvbn(struct cover *cover)
{
    const struct romaji *romaji = cover->romaji;
    ZxcMatch_t *matches = NULL;
    double bits = ZxcvbnMatch(romaji->text, NULL, &matches);
    for (const ZxcMatch_t *match = matches; match != NULL; match = match->Next)
        add(cover, match);
    ZxcvbnFreeInfo(matches);
    for (size_t i = 0; i < romaji->length; i++) {
        if (romaji->kinds[i] == ROMAJI_OTHER)
            return HUGE_VAL;
    }
    return bits;
}

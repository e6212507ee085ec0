#include "check/passwords/strength.h"
#include "check/passwords/known.h"
#include <math.h>
#include <string.h>

/* A word and its decoration together: more than that is not "at most decorated", and with it some of a
 * thousand random passwords would be words. */
static const double decorated_bits = 28;

/* All of it, however long. */
static void look_over(const char *password, struct strength *strength)
{
    static const unsigned kinds[] = {
        [ROMAJI_LOWER] = STRENGTH_LOWER, [ROMAJI_UPPER] = STRENGTH_UPPER, [ROMAJI_DIGIT] = STRENGTH_DIGIT,
        [ROMAJI_SIGN] = STRENGTH_SIGN,   [ROMAJI_KANA] = STRENGTH_SIGN,   [ROMAJI_OTHER] = STRENGTH_SIGN,
    };
    struct romaji_character character;
    strength->length = 0;
    strength->missing = STRENGTH_LOWER | STRENGTH_UPPER | STRENGTH_DIGIT | STRENGTH_SIGN;
    while (romaji_next(&password, &character)) {
        strength->length++;
        strength->missing &= ~kinds[character.kind];
    }
    explicit_bzero(&character, sizeof character);
}

void strength_of(const char *password, const char *const *near, struct strength *strength)
{
    look_over(password, strength);
    struct romaji romaji;
    struct known_near names;
    struct cover cover;
    romaji_read(password, &romaji);
    known_near(near, &names);
    cover_init(&cover, &romaji);
    double zxcvbn = known_add_zxcvbn(&cover);
    known_add_words(&cover, &names);
    struct cover_bits bits = cover_solve(&cover);
    strength->bits = romaji.length == 0 ? 0 : fmin(bits.any, zxcvbn);
    /* What follows behind the judged letters is no decoration. */
    strength->dictionary = romaji.whole && bits.decorated < decorated_bits;
    explicit_bzero(&romaji, sizeof romaji);
}

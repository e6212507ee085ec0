#include "check/passwords/kana.h"
#include <stdbool.h>
#include <stddef.h>

enum { FIRST = 0x3041, LAST = 0x3096, TO_KATAKANA = 0x60 };

/* U+3041 to U+3096 */
static const char letters[LAST - FIRST + 1][4] = {
    "a",  "a",  "i",   "i",  "u",   "u",   "e",  "e",  "o",  "o",        /* ぁあぃいぅ */
    "ka", "ga", "ki",  "gi", "ku",  "gu",  "ke", "ge", "ko", "go",       /* か */
    "sa", "za", "shi", "ji", "su",  "zu",  "se", "ze", "so", "zo",       /* さ */
    "ta", "da", "chi", "ji", "tsu", "tsu", "zu", "te", "de", "to", "do", /* たちぢっつ */
    "na", "ni", "nu",  "ne", "no",                                       /* な */
    "ha", "ba", "pa",  "hi", "bi",  "pi",  "fu", "bu", "pu", "he", "be", "pe", "ho", "bo", "po", /* は */
    "ma", "mi", "mu",  "me", "mo",                                                               /* ま */
    "ya", "ya", "yu",  "yu", "yo",  "yo",                                                        /* ゃや */
    "ra", "ri", "ru",  "re", "ro",                                                               /* ら */
    "wa", "wa", "i",   "e",  "o",   "n", /* ゎわゐゑをん */
    "vu", "ka", "ke",                    /* ゔゕゖ */
};

/* U+FF66 to U+FF9D as distances from U+3040 */
static const unsigned char half[] = {
    0x52, 0x01, 0x03, 0x05, 0x07, 0x09, 0x43, 0x45, 0x47, 0x23, 0,    0x02, 0x04, 0x06, /* ｦ ｧ ｬ ｯ ｰ ｱ */
    0x08, 0x0a, 0x0b, 0x0d, 0x0f, 0x11, 0x13, 0x15, 0x17, 0x19, 0x1b, 0x1d, 0x1f, 0x21, /* ｶ ｻ ﾀ */
    0x24, 0x26, 0x28, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x32, 0x35, 0x38, 0x3b, 0x3e, /* ﾅ ﾊ ﾏ */
    0x3f, 0x40, 0x41, 0x42, 0x44, 0x46, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4f, 0x53, /* ﾔ ﾗ ﾜ ﾝ */
};

uint32_t kana_hiragana(uint32_t code)
{
    if (code == KANA_MARK_LONG || code == 0xff70)
        return KANA_MARK_LONG;
    if (code >= FIRST && code <= LAST)
        return code;
    if (code >= FIRST + TO_KATAKANA && code <= LAST + TO_KATAKANA)
        return code - TO_KATAKANA;
    if (code >= 0xff66 && code - 0xff66 < sizeof half)
        return 0x3040u + half[code - 0xff66];
    return 0;
}

const char *kana_letters(uint32_t hiragana)
{
    return hiragana >= FIRST && hiragana <= LAST ? letters[hiragana - FIRST] : "-";
}

enum kana_class kana_class(uint32_t hiragana)
{
    switch (hiragana) {
    case 0x3041: /* ぁ */
    case 0x3043:
    case 0x3045:
    case 0x3047:
    case 0x3049:
        return KANA_SMALL_VOWEL;
    case 0x3063: /* っ */
        return KANA_SMALL_TSU;
    case 0x3083: /* ゃ */
    case 0x3085:
    case 0x3087:
        return KANA_SMALL_Y;
    case KANA_MARK_LONG:
        return KANA_LONG;
    default:
        return KANA_ORDINARY;
    }
}

/* か to と stand in pairs with their sounded kana, with っ among them; は to ほ in threes. */
uint32_t kana_sounded(uint32_t hiragana, uint32_t mark)
{
    bool voiced = mark == 0x3099 || mark == 0x309b || mark == 0xff9e;
    bool half_voiced = mark == 0x309a || mark == 0x309c || mark == 0xff9f;
    if (hiragana == 0x3046 && voiced)
        return 0x3094; /* ゔ */
    bool is_pair = (hiragana >= 0x304b && hiragana <= 0x3061 && hiragana % 2 == 1) ||
                   (hiragana >= 0x3064 && hiragana <= 0x3068 && hiragana % 2 == 0);
    bool is_three = hiragana >= 0x306f && hiragana <= 0x307b && hiragana % 3 == 0x306f % 3;
    if (voiced && (is_pair || is_three))
        return hiragana + 1;
    return half_voiced && is_three ? hiragana + 2 : 0;
}

uint32_t kana_plain(uint32_t code)
{
    static const struct {
        uint16_t code;
        char plain;
    } others[] = {
        {0x00a5, '\\'}, {0x3000, ' '}, {0x3001, ','}, {0x3002, '.'},  {0x300c, '['},
        {0x300d, ']'},  {0x301c, '~'}, {0x30fb, '/'}, {0xff61, '.'},  {0xff62, '['},
        {0xff63, ']'},  {0xff64, ','}, {0xff65, '/'}, {0xffe5, '\\'},
    };
    if (code < 0x80)
        return code;
    if (code >= 0xff01 && code <= 0xff5e)
        return code - 0xfee0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].code == code)
            return (uint32_t)(unsigned char)others[i].plain;
    return 0;
}

char kana_macron(uint32_t code)
{
    switch (code) {
    case 0x101: /* ā â */
    case 0xe2:
        return 'a';
    case 0x12b: /* ī î */
    case 0xee:
        return 'i';
    case 0x16b: /* ū û */
    case 0xfb:
        return 'u';
    case 0x113: /* ē ê */
    case 0xea:
        return 'e';
    case 0x14d: /* ō ô */
    case 0xf4:
        return 'o';
    default:
        return '\0';
    }
}

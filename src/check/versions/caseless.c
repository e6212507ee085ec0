#include "check/versions/caseless.h"
#include <locale.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <wctype.h>

/* The C library's own table, whatever language was chosen; made once, kept until the end. */
static locale_t letters(void)
{
    static locale_t made;
    if (made == (locale_t)0)
        made = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return made;
}

static wint_t folded(wint_t character)
{
    if (character < 0x80)
        return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
    locale_t locale = letters();
    return locale == (locale_t)0 ? character : towlower_l(character, locale);
}

/* The next character and its length; a byte that begins none stands for itself, beyond Unicode. */
static wint_t character_at(const char *at, size_t left, size_t *length)
{
    const unsigned char *b = (const unsigned char *)at;
    size_t need = b[0] < 0x80 ? 1 : b[0] < 0xe0 ? 2 : b[0] < 0xf0 ? 3 : 4;
    *length = 1;
    if (need == 1)
        return b[0];
    if (b[0] < 0xc2 || b[0] > 0xf4 || left < need)
        return 0x110000u + b[0];
    wint_t character = b[0] & (0x7fu >> need);
    for (size_t i = 1; i < need; i++) {
        if ((b[i] & 0xc0) != 0x80)
            return 0x110000u + b[0];
        character = character << 6 | (b[i] & 0x3f);
    }
    *length = need;
    return character;
}

bool caseless_equal_to(const char *a, const char *b, size_t length)
{
    size_t a_left = strlen(a);
    while (a_left > 0 && length > 0) {
        size_t a_length, b_length;
        wint_t a_character = character_at(a, a_left, &a_length);
        wint_t b_character = character_at(b, length, &b_length);
        if (a_character != b_character && folded(a_character) != folded(b_character))
            return false;
        a += a_length, a_left -= a_length;
        b += b_length, length -= b_length;
    }
    return a_left == 0 && length == 0;
}

bool caseless_equal(const char *a, const char *b)
{
    return caseless_equal_to(a, b, strlen(b));
}

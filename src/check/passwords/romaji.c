#include "check/passwords/romaji.h"
#include "check/passwords/kana.h"
#include <string.h>

static void add_letter(struct romaji *out, char letter, enum romaji_kind kind)
{
    if (out->length == ROMAJI_MOST) {
        out->whole = false;
        return;
    }
    out->text[out->length] = letter;
    out->kinds[out->length++] = (unsigned char)kind;
}

static void add_kana(struct romaji *out, const char *letters)
{
    add_letter(out, *letters, ROMAJI_KANA);
    for (letters++; *letters != '\0'; letters++)
        add_letter(out, *letters, ROMAJI_GOES_ON);
}

static bool is_vowel(char letter)
{
    return letter != '\0' && strchr("aiueo", letter) != NULL;
}

static char last_letter(const struct romaji *out)
{
    return out->length == 0 ? '\0' : out->text[out->length - 1];
}

/* Whether the last letter is the vowel of a kana that a small one behind it may take the place of. */
static bool ends_open(const struct romaji *out, char vowel)
{
    return out->length >= 2 && last_letter(out) == vowel && out->kinds[out->length - 1] == ROMAJI_GOES_ON;
}

/* ゃ: き and ゃ are kya, し and ゃ are sha. */
static void add_small_y(struct romaji *out, const char *letters)
{
    if (!ends_open(out, 'i')) {
        add_kana(out, letters);
        return;
    }
    out->length--;
    char before = last_letter(out);
    add_kana(out, before == 'h' || before == 'j' ? letters + 1 : letters);
}

/* ァ: フ and ァ are fa, テ and ィ are ti, シ and ェ are she, ウ and ィ are wi; but ネ and ェ are nee. */
static void add_small_vowel(struct romaji *out, const char *letters)
{
    char before = last_letter(out);
    if (before != *letters && before != 'a' && is_vowel(before) && ends_open(out, before))
        out->length--;
    else if (before == 'u' && *letters != 'u' && out->kinds[out->length - 1] == ROMAJI_KANA)
        out->text[out->length - 1] = 'w';
    add_kana(out, letters);
}

/* ッ doubles the consonant of the kana that comes. */
static void add_small_tsu(struct romaji *out, const char *rest)
{
    struct romaji_character next;
    const char *letters =
        romaji_next(&rest, &next) && next.kind == ROMAJI_KANA ? kana_letters(next.code) : "t";
    bool is_consonant = !is_vowel(*letters) && *letters != 'c' && *letters != '-';
    add_kana(out, (char[]){is_consonant ? *letters : 't', '\0'});
}

static void add_character(struct romaji *out, struct romaji_character character, const char *rest)
{
    if (character.kind == ROMAJI_OTHER) { /* scattered, so that neighbours do not look like a sequence */
        add_letter(out, (char)(0x80 | ((character.code * 37 ^ character.code >> 7) & 0x7f)), ROMAJI_OTHER);
        return;
    }
    if (character.kind != ROMAJI_KANA) {
        char vowel = kana_macron(character.code);
        add_letter(out, vowel != '\0' ? vowel : (char)character.code, character.kind);
        if (vowel != '\0')
            add_letter(out, vowel, ROMAJI_GOES_ON);
        return;
    }
    const char *letters = kana_letters(character.code);
    switch (kana_class(character.code)) {
    case KANA_ORDINARY:
        add_kana(out, letters);
        break;
    case KANA_SMALL_Y:
        add_small_y(out, letters);
        break;
    case KANA_SMALL_VOWEL:
        add_small_vowel(out, letters);
        break;
    case KANA_SMALL_TSU:
        add_small_tsu(out, rest);
        break;
    case KANA_LONG:
        add_kana(out, is_vowel(last_letter(out)) ? (char[]){last_letter(out), '\0'} : letters);
        break;
    }
}

void romaji_read(const char *password, struct romaji *out)
{
    *out = (struct romaji){.whole = true};
    struct romaji_character character;
    while (out->whole && romaji_next(&password, &character))
        add_character(out, character, password);
    out->text[out->length] = '\0';
}

void romaji_reverse(const struct romaji *romaji, struct romaji *out)
{
    *out = (struct romaji){.whole = romaji->whole};
    for (size_t end = romaji->length; end > 0;) {
        size_t begin = end - 1;
        while (begin > 0 && romaji->kinds[begin] == ROMAJI_GOES_ON)
            begin--;
        memcpy(out->text + out->length, romaji->text + begin, end - begin);
        memcpy(out->kinds + out->length, romaji->kinds + begin, end - begin);
        out->length += end - begin;
        end = begin;
    }
}

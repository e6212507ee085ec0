#include "check/versions/feed_fold.h"
#include <stdint.h>
#include <string.h>

/* One character of UTF-8; what is none is given as it is, a byte at a time. */
static uint32_t next_character(const char **at)
{
    const unsigned char *byte = (const unsigned char *)*at;
    if (byte[0] >= 0xE0 && byte[0] < 0xF0 && (byte[1] & 0xC0) == 0x80 && (byte[2] & 0xC0) == 0x80) {
        *at += 3;
        return (uint32_t)(byte[0] & 0x0F) << 12 | (uint32_t)(byte[1] & 0x3F) << 6 | (byte[2] & 0x3F);
    }
    if (byte[0] >= 0xC2 && byte[0] < 0xE0 && (byte[1] & 0xC0) == 0x80) {
        *at += 2;
        return (uint32_t)(byte[0] & 0x1F) << 6 | (byte[1] & 0x3F);
    }
    *at += 1;
    return byte[0] < 0x80 ? byte[0] : 0x110000u + byte[0]; /* no character: kept as the byte it is */
}

static void add_character(struct text *out, uint32_t character)
{
    if (character >= 0x110000) {
        text_add_byte(out, (char)(character - 0x110000));
    } else if (character < 0x80) {
        text_add_byte(out, (char)character);
    } else if (character < 0x800) {
        text_add_byte(out, (char)(0xC0 | character >> 6));
        text_add_byte(out, (char)(0x80 | (character & 0x3F)));
    } else {
        text_add_byte(out, (char)(0xE0 | character >> 12));
        text_add_byte(out, (char)(0x80 | (character >> 6 & 0x3F)));
        text_add_byte(out, (char)(0x80 | (character & 0x3F)));
    }
}

/* U+FF61 to U+FF9D, the half-width forms of JIS X 0201, in their order. */
static uint32_t full_kana(uint32_t half)
{
    static const char full[] =
        "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノ"
        "ハヒフヘホマミムメモヤユヨラリルレロワン";
    const char *at = full + 3 * (half - 0xFF61);
    return next_character(&at);
}

/* A kana with the voiced (U+FF9E) or half-voiced (U+FF9F) mark that stands behind it; 0: they do not join. */
static uint32_t voiced(uint32_t kana, uint32_t mark)
{
    bool h_row = kana >= 0x30CF && kana <= 0x30DB; /* ハ to ホ, three code points each */
    if (mark == 0xFF9F)
        return h_row ? kana + 2 : 0;
    if (kana == 0x30A6)
        return 0x30F4; /* ヴ */
    return (kana >= 0x30AB && kana <= 0x30C8) || h_row ? kana + 1 : 0;
}

static uint32_t folded(uint32_t character)
{
    if (character >= 0xFF01 && character <= 0xFF5E)
        character -= 0xFEE0;
    if (character >= 'A' && character <= 'Z')
        return character + 'a' - 'A';
    if (character == 0x3000 || character == 0xA0 || (character < ' ' && character > 0))
        return ' ';
    if ((character >= 0x2010 && character <= 0x2015) || character == 0x2212)
        return '-';
    if (character == 0x301C || character == 0x223C)
        return '~';
    return character;
}

static bool is_mark(uint32_t character)
{
    return character == 0xA9 || character == 0xAE || character == 0x2122; /* (C), (R), (TM) */
}

void feed_fold(const char *string, struct text *out)
{
    uint32_t before = ' '; /* so that it does not begin with a space */
    for (const char *at = string; *at != '\0';) {
        uint32_t character = folded(next_character(&at));
        if (character >= 0xFF61 && character <= 0xFF9D)
            character = full_kana(character);
        const char *after = at;
        uint32_t mark = *at == '\0' ? 0 : next_character(&after);
        uint32_t joined = mark == 0xFF9E || mark == 0xFF9F ? voiced(character, mark) : 0;
        if (joined != 0) {
            character = joined;
            at = after;
        }
        if (is_mark(character) || (character == ' ' && before == ' '))
            continue;
        add_character(out, character);
        before = character;
    }
    while (out->length > 0 && out->bytes[out->length - 1] == ' ')
        out->bytes[--out->length] = '\0';
}

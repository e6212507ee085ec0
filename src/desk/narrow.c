#include "desk/narrow.h"
#include "base/cleanup.h"
#include <stdint.h>
#include <string.h>

/* One character of well-formed UTF-8. */
static size_t take(const char *at, uint32_t *value)
{
    const unsigned char *bytes = (const unsigned char *)at;
    size_t length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4;
    static const unsigned char first_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    *value = bytes[0] & first_bits[length];
    for (size_t i = 1; i < length; i++)
        *value = *value << 6 | (bytes[i] & 0x3f);
    return length;
}

static bool is_blank(uint32_t value)
{
    return value == ' ' || (value >= '\t' && value <= '\r') || value == 0xa0 || value == 0x3000;
}

/* Hyphens and dashes that keyboards and tables of Japan put between digits. */
static bool is_dash(uint32_t value)
{
    return (value >= 0x2010 && value <= 0x2015) || value == 0x2212 || value == 0x30fc || value == 0xff70;
}

static void add_visible(struct text *out, const char *at, size_t length, uint32_t value)
{
    char character[5] = {0};
    memcpy(character, at, length);
    if (text_unruly(character) > 0)
        text_addf(out, "[U+%04X]", value);
    else
        text_add(out, at, length);
}

void narrow_line(const char *value, size_t length, enum narrow_how how, struct text *out)
{
    bool blank = false;
    for (size_t i = 0; i < length;) {
        uint32_t character;
        size_t taken = take(value + i, &character);
        bool wide = how == NARROW_WIDTH && character >= 0xff01 && character <= 0xff5e;
        if (is_blank(character)) {
            blank = true;
        } else {
            if (blank && out->length > 0)
                text_add_byte(out, ' ');
            blank = false;
            if (wide || (how == NARROW_WIDTH && is_dash(character)))
                text_add_byte(out, wide ? (char)(character - 0xff01 + '!') : '-');
            else
                add_visible(out, value + i, taken, character);
        }
        i += taken;
    }
}

void narrow_lines(const char *value, size_t length, struct text *out)
{
    size_t kept = 0; /* up to the last character that is not blank */
    for (size_t i = 0; i < length;) {
        uint32_t character;
        size_t taken = take(value + i, &character);
        if (character == '\r') {
            if (i + 1 >= length || value[i + 1] != '\n')
                text_add_byte(out, '\n');
        } else if (character == '\n' || character == '\t') {
            text_add_byte(out, value[i]);
        } else {
            add_visible(out, value + i, taken, character);
        }
        kept = is_blank(character) ? kept : out->length;
        i += taken;
    }
    if (out->length > kept)
        out->bytes[out->length = kept] = '\0';
}

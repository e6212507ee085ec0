#include "check/versions/utf16.h"
#include <stdint.h>

enum { REPLACEMENT = 0xfffd };

static uint32_t unit_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
}

static void add_character(struct text *out, uint32_t character)
{
    if (character < 0x80) {
        text_add_byte(out, (char)character);
    } else if (character < 0x800) {
        text_add_byte(out, (char)(0xc0 | character >> 6));
        text_add_byte(out, (char)(0x80 | (character & 0x3f)));
    } else if (character < 0x10000) {
        text_add_byte(out, (char)(0xe0 | character >> 12));
        text_add_byte(out, (char)(0x80 | (character >> 6 & 0x3f)));
        text_add_byte(out, (char)(0x80 | (character & 0x3f)));
    } else {
        text_add_byte(out, (char)(0xf0 | character >> 18));
        text_add_byte(out, (char)(0x80 | (character >> 12 & 0x3f)));
        text_add_byte(out, (char)(0x80 | (character >> 6 & 0x3f)));
        text_add_byte(out, (char)(0x80 | (character & 0x3f)));
    }
}

size_t utf16_add(struct text *out, const unsigned char *bytes, size_t length)
{
    size_t at = 0;
    while (length - at >= 2) {
        uint32_t unit = unit_at(bytes + at);
        at += 2;
        if (unit == 0)
            return at;
        if (unit < 0xd800 || unit > 0xdfff) {
            add_character(out, unit);
            continue;
        }
        /* RFC 2781 section 2.2: a high half and a low one behind it */
        uint32_t low = unit < 0xdc00 && length - at >= 2 ? unit_at(bytes + at) : 0;
        bool pair = low >= 0xdc00 && low <= 0xdfff;
        add_character(out, pair ? 0x10000 + ((unit & 0x3ff) << 10 | (low & 0x3ff)) : REPLACEMENT);
        at += pair ? 2 : 0;
    }
    return at;
}

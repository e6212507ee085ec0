#include "wide.h"
#include <stdint.h>

void wide_add(struct text *out, const char *string, bool many)
{
    const unsigned char *at = (const unsigned char *)string;
    while (*at != '\0') {
        size_t more = *at < 0x80 ? 0 : *at < 0xe0 ? 1 : *at < 0xf0 ? 2 : 3;
        uint32_t character = more == 0 ? *at : *at & (0x3fu >> more);
        for (at++; more > 0; more--, at++)
            character = character << 6 | (*at & 0x3f);
        if (many && character == '|')
            character = 0;
        if (character >= 0x10000) {
            uint32_t high = 0xd800 + ((character - 0x10000) >> 10);
            text_add_byte(out, (char)high), text_add_byte(out, (char)(high >> 8));
            character = 0xdc00 + (character & 0x3ff);
        }
        text_add_byte(out, (char)character), text_add_byte(out, (char)(character >> 8));
    }
    text_add(out, "\0\0\0\0", many ? 4 : 2);
}

/* romaji_next: one character of a password after the other. */
#include "check/passwords/kana.h"
#include "check/passwords/romaji.h"

enum { NO_CHARACTER = 0xfffd };

/* One code point (RFC 3629); a byte that begins none is one by itself. */
static uint32_t decode(const char **at)
{
    const unsigned char *bytes = (const unsigned char *)*at;
    size_t more = bytes[0] < 0x80 ? 0 : bytes[0] < 0xc2 ? 9 : bytes[0] < 0xe0 ? 1 : bytes[0] < 0xf0 ? 2 : 3;
    uint32_t code = more == 0 ? bytes[0] : bytes[0] & (0x3fu >> more);
    size_t taken = 1;
    while (taken <= more && more < 9 && (bytes[taken] & 0xc0) == 0x80)
        code = code << 6 | (bytes[taken++] & 0x3f);
    bool whole = taken == more + 1;
    *at += whole ? taken : 1;
    return whole ? code : NO_CHARACTER;
}

static enum romaji_kind plain_kind(uint32_t code)
{
    if (code >= 'a' && code <= 'z')
        return ROMAJI_LOWER;
    if (code >= 'A' && code <= 'Z')
        return ROMAJI_UPPER;
    return code >= '0' && code <= '9' ? ROMAJI_DIGIT : ROMAJI_SIGN;
}

bool romaji_next(const char **at, struct romaji_character *character)
{
    if (**at == '\0')
        return false;
    uint32_t code = decode(at), plain = kana_plain(code), hiragana = kana_hiragana(code);
    if (plain != 0) {
        *character = (struct romaji_character){plain, plain_kind(plain)};
    } else if (hiragana != 0) {
        const char *next = *at;
        uint32_t sounded = kana_sounded(hiragana, decode(&next));
        if (sounded != 0)
            *at = next;
        *character = (struct romaji_character){sounded != 0 ? sounded : hiragana, ROMAJI_KANA};
    } else {
        *character = (struct romaji_character){code, kana_macron(code) != '\0' ? ROMAJI_LOWER : ROMAJI_OTHER};
    }
    return true;
}

/* charset_table: the ways of writing that a mail may name, and what converts them. For charset*.c only. */
#pragma once
#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>

enum charset_way {
    CHARSET_ASCII, /* says nothing: what goes beyond it is guessed */
    CHARSET_UTF8,
    CHARSET_JIS,    /* ISO-2022-JP and its like: charset_jis.c */
    CHARSET_SINGLE, /* a byte a character: nothing is ever wrong in it, so it proves nothing */
    CHARSET_MANY,
    CHARSET_EUC, /* EUC-JP: charset_jis.c */
};
struct charset {
    const char *labels; /* "|shift_jis|sjis|" */
    const char *converter;
    enum charset_way way;
    bool japanese;
};
/* NULL: no such name. */
const struct charset *charset_find(const char *label);
/* By the converter's name, of those in the table. (iconv_t)-1 where this machine has none. */
iconv_t charset_converter(const char *converter);

#include "base/text.h"
/* Adds what `converter` makes of the bytes to `out`, U+FFFD for each byte it cannot read; returns how many.
 */
size_t charset_convert(const char *converter, const char *bytes, size_t length, struct text *out);
/* True where the bytes switch sets by escapes as ISO-2022 does. */
bool charset_has_escapes(const char *bytes, size_t length);
size_t charset_convert_jis(const char *bytes, size_t length, struct text *out);
size_t charset_convert_euc(const char *bytes, size_t length, struct text *out);
#define CHARSET_UNREADABLE "\xef\xbf\xbd" /* U+FFFD */

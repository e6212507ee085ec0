/* charset: bytes of a mail as UTF-8, in whatever way the mail says they are written, or does not say, or says
 * wrongly. Japanese mail has its own ways: ISO-2022-JP with letters that the standard does not have (①, ㈱,
 * half-width kana: Microsoft's code page 50221), EUC-JP and Shift_JIS with the same.
 *
 * One thread at a time: the converters are the process's. */
#pragma once
#include "base/text.h"

/* Opens all converters, which are files of the C library: before the process is confined. May be called
 * again. */
void charset_open(void);

/* Adds `bytes` to `out` as UTF-8: line ends as \n, no other control character but the tab, U+FFFD for what
 * cannot be read. `label` may be NULL, unknown or untrue: what these bytes cannot be is guessed. */
void charset_decode(const char *label, const char *bytes, size_t length, struct text *out);

bool charset_is_japanese(const char *label); /* NULL is fine */

/* utf16: what Windows writes (UTF-16, little-endian) as UTF-8. Never trusted: it stops at the first NUL or at
 * the end, an odd last byte is left out, half a surrogate pair becomes U+FFFD. */
#pragma once
#include "base/text.h"
#include <stddef.h>

/* Adds to `out`; comes back with the bytes that were read, the NUL among them. */
size_t utf16_add(struct text *out, const unsigned char *bytes, size_t length);

/* qr: a QR code as a picture in the page itself (an address `data:`), dark on light whatever the page's
 * colours are, because that is what cameras read. */
#pragma once
#include "base/text.h"

enum { QR_MOST = 64 << 10 };
/* False: it is too long for one (2331 bytes at this level). */
bool qr_address(const char *string, struct text *out);

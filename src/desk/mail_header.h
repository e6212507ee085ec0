/* mail_header: what stands in a header of a mail, from its raw bytes: GMime reads the charsets of Japan less
 * well than desk/charset.h does, and what is broken in the ways mail programs break it is read too. Each adds
 * one line of UTF-8, without control characters. */
#pragma once
#include "base/text.h"

enum { MAIL_HEADER_MOST = 16 << 10 }; /* of one header: what is beyond it is not looked at */

/* Unfolded, with its encoded words (RFC 2047). `raw` may be NULL. */
void mail_header_text(const char *raw, struct text *out);

/* The first mailbox (RFC 5322): its address as it stands, and who is said to write from there. */
void mail_header_address(const char *raw, struct text *address, struct text *name);

/* The value before the first ';', in small letters: "text/plain", "attachment". */
void mail_header_word(const char *raw, struct text *out);

/* A parameter behind it (RFC 2231, and encoded words where they may not be). False: there is none. */
bool mail_header_parameter(const char *raw, const char *name, struct text *out);

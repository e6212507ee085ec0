/* mail_scan: what the readers of headers share (mail_header*.c). */
#pragma once
#include "base/text.h"

void mail_scan_unfold(const char *raw, struct text *out); /* at most MAIL_HEADER_MOST bytes */
/* Adds a run of a header as one line of UTF-8, with its encoded words. */
void mail_scan_decode(const char *raw, size_t length, struct text *out);
void mail_scan_percent(const char *bytes, size_t length, struct text *out); /* "%41" -> "A" */

/* A piece of a header: a quoted string without its quotes and backslashes, a comment without its brackets, or
 * one byte. Bytes of ISO-2022-JP that stand there as they are (which may look like quotes) are one piece. */
enum mail_scan_kind { MAIL_SCAN_BYTE, MAIL_SCAN_QUOTED, MAIL_SCAN_COMMENT, MAIL_SCAN_RUN };
struct mail_scan {
    const char *at, *end;
    enum mail_scan_kind kind;
    struct text piece;
};
void mail_scan_init(struct mail_scan *scan, const struct text *line);
void mail_scan_clear(struct mail_scan *scan);
bool mail_scan_next(struct mail_scan *scan); /* false at the end */

#include "desk/mail_scan.h"
#include <string.h>

static const char escape = '\x1b';

void mail_scan_init(struct mail_scan *scan, const struct text *line)
{
    *scan = (struct mail_scan){.at = line->bytes};
    scan->end = scan->at + line->length;
    text_init(&scan->piece, line->length + 1);
}

void mail_scan_clear(struct mail_scan *scan)
{
    text_clear(&scan->piece);
}

static void add_run(struct mail_scan *scan)
{
    const char *back = memmem(scan->at + 1, (size_t)(scan->end - scan->at) - 1, "\x1b(", 2);
    const char *end = back == NULL || scan->end - back < 3 ? scan->end : back + 3;
    text_add(&scan->piece, scan->at, (size_t)(end - scan->at));
    scan->at = end;
}

static bool begins_run(const struct mail_scan *scan)
{
    return scan->end - scan->at > 2 && scan->at[0] == escape && (scan->at[1] == '$' || scan->at[1] == '(');
}

/* A backslash before any character; but the second byte of some letters of Shift_JIS (表, ソ) looks like one.
 */
static bool quotes_next(const struct mail_scan *scan)
{
    if (*scan->at != '\\' || scan->end - scan->at < 2)
        return false;
    return (unsigned char)scan->at[-1] < 0x80 || scan->at[1] == '"' || scan->at[1] == '\\';
}

/* Up to the closing quote, or to the end where there is none. */
static void add_quoted(struct mail_scan *scan)
{
    for (scan->at++; scan->at < scan->end && *scan->at != '"';) {
        if (begins_run(scan)) {
            add_run(scan);
            continue;
        }
        if (quotes_next(scan))
            scan->at++;
        text_add_byte(&scan->piece, *scan->at++);
    }
    scan->at += scan->at < scan->end;
}

/* Brackets may lie within brackets. */
static void add_comment(struct mail_scan *scan)
{
    size_t depth = 1;
    for (scan->at++; scan->at < scan->end;) {
        if (begins_run(scan)) {
            add_run(scan);
            continue;
        }
        depth += *scan->at == '(';
        depth -= *scan->at == ')';
        if (depth == 0)
            break;
        if (*scan->at == '\\' && scan->end - scan->at > 1)
            scan->at++;
        text_add_byte(&scan->piece, *scan->at++);
    }
    scan->at += scan->at < scan->end;
}

bool mail_scan_next(struct mail_scan *scan)
{
    text_empty(&scan->piece);
    if (scan->at >= scan->end)
        return false;
    if (*scan->at == '"') {
        scan->kind = MAIL_SCAN_QUOTED;
        add_quoted(scan);
    } else if (*scan->at == '(') {
        scan->kind = MAIL_SCAN_COMMENT;
        add_comment(scan);
    } else if (begins_run(scan)) {
        scan->kind = MAIL_SCAN_RUN;
        add_run(scan);
    } else {
        scan->kind = MAIL_SCAN_BYTE;
        text_add_byte(&scan->piece, *scan->at++);
    }
    return true;
}

/* login: one entry of an export: a service, who logs in there, and the password; and the list of all. */
#pragma once
#include "base/fault.h"
#include "check/passwords/secret.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LOGINS_MOST = 1 << 18, LOGIN_FILE_MOST = 512 << 20, LOGIN_TEXT_MOST = 4096, LOGIN_NO_DAY = INT32_MIN };

/* Strings lie in logins.secrets and are never NULL: "" is "not told". UTF-8, at most LOGIN_TEXT_MOST bytes.
 */
struct login {
    const char *service; /* what it is called */
    const char *address; /* "https://example.jp/login" */
    const char *user;
    const char *password; /* "": it has none (a passkey, or a service that is only noted down) */
    bool one_time_code;   /* the export keeps a one-time code's secret for it */
    int32_t used_day;     /* last used, as base/calendar.h counts; LOGIN_NO_DAY: never, or not told */
    size_t line;          /* of the export, from 1; of a JSON export the entry's number */
};

/* Which columns an export has at all: what it never tells is said once, not of every entry. */
struct logins {
    struct secrets *secrets;
    struct login *items;
    size_t count, capacity;
    const char *format; /* "Firefox" */
    bool has_lines;     /* it is read line by line: login.line is one */
    bool tells_used, tells_one_time_code;
};

/* Reads an export, known by its header whatever it is called; "-" is standard input. A fault names file, line
 * and what was expected, and nothing of what the file holds. */
bool logins_read(struct logins *logins, const char *path, struct fault *fault);
/* The same of bytes that lie in logins->secrets with a NUL behind them, and are written over. */
bool logins_parse(struct logins *logins, const char *name, char *bytes, size_t length, struct fault *fault);
void logins_clear(struct logins *logins); /* wipes */
/* For readers of exports: `name` is the file's. What nobody logs in with (a note, a card) is passed over. */
bool logins_add(struct logins *logins, const struct login *login, const char *name, struct fault *fault);

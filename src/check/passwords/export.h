/* export: the forms in which browsers and password managers give passwords out. To add a CSV: its row in
 * export_formats.c. */
#pragma once
#include "check/passwords/login.h"

enum { EXPORT_COLUMNS_MOST = 64, EXPORT_MUST_MOST = 6 };

enum export_column {
    EXPORT_SERVICE,
    EXPORT_ADDRESS,
    EXPORT_USER,
    EXPORT_PASSWORD,
    EXPORT_CODE,    /* a one-time code's secret, or its otpauth: address */
    EXPORT_USED_MS, /* last used: milliseconds since 1970, 0: never */
    EXPORT_KIND,    /* a row of another kind than "login" is none */
    EXPORT_COLUMN_COUNT
};

struct export_format {
    const char *name;
    const char *must[EXPORT_MUST_MOST];       /* a header that has all these is of this format */
    const char *columns[EXPORT_COLUMN_COUNT]; /* what each is called there; NULL: it has no such */
};

/* The first that fits. Names are compared without regard to capitals, as hosts of spreadsheets change them.
 */
const struct export_format *export_format_of(char *const *cells, size_t count);
/* What is known, for a fault: "expected an export of ...". */
extern const char export_known[];

/* Rows of CSV where they lie: a cell is the file's own bytes, unquoted in their place, so that there is no
 * copy to wipe. RFC 4180; CRLF, LF or CR. */
struct export_rows {
    const char *name; /* of the file */
    char *at, *end;   /* *end is NUL */
    size_t line;      /* that `at` is on */
};
struct export_row {
    size_t line, count;
    char *cells[EXPORT_COLUMNS_MOST];
};
enum export_next { EXPORT_ROW, EXPORT_END, EXPORT_BAD /* fault says why */ };
enum export_next export_rows_next(struct export_rows *rows, struct export_row *row, struct fault *fault);

/* What a whole file holds, by its first byte. */
bool export_read_csv(struct logins *logins, const char *name, char *bytes, size_t length,
                     struct fault *fault);
bool export_read_bitwarden(struct logins *logins, const char *name, const char *bytes, size_t length,
                           struct fault *fault);

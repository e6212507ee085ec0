/* import_kind: what one kind of record is: its columns, what their cells may hold, and how a row is kept. To
 * add a kind: one file with a table like import_access.c's, and one line in import.c. */
#pragma once
#include "ledger/import.h"
#include "ledger/records.h"

enum import_type {
    IMPORT_DAY,      /* YYYY-MM-DD that exists */
    IMPORT_MONTH,    /* YYYY-MM */
    IMPORT_NUMBER,   /* digits, from least to most */
    IMPORT_WORD,     /* one of words */
    IMPORT_NAME,     /* any text of 1 to 200 characters */
    IMPORT_REPORTER, /* the same, and never shown */
};

struct import_column {
    const char *name;
    enum import_type type;
    const char *const *words; /* end with NULL; an empty one allows an empty cell */
    int64_t least, most;
};

struct import_value {
    const char *bytes; /* the cell without the blanks around it */
    size_t length;
    int64_t number; /* the day, month or number, or which of the words */
};

enum { IMPORT_COLUMNS_MOST = 8, IMPORT_STATEMENTS_MOST = 3 };

struct import {
    struct ledger *ledger;
    const struct import_order *order;
    struct import_account *account;
    sqlite3_stmt *statements[IMPORT_STATEMENTS_MOST]; /* of the kind's sql, in its order */
};

enum import_row {
    IMPORT_ROW_TAKEN,
    IMPORT_ROW_BAD,    /* fault says what is wrong with it (no file and line) */
    IMPORT_ROW_FAILED, /* the ledger could not be written: fault */
};

struct import_kind {
    const char *name;       /* "malware" */
    const char *one, *many; /* "report", "reports" */
    bool counts_detections;
    bool replaces; /* a row puts its value in the place of an older one: the same file again may change
                      something */
    struct import_column columns[IMPORT_COLUMNS_MOST]; /* end with {0} */
    const char *sql[IMPORT_STATEMENTS_MOST + 1];       /* end with NULL */
    /* `values` in the order of columns, each already what its type asks for. Counts what it made in
     * import->account. */
    enum import_row (*take)(struct import *import, const struct import_value *values, struct fault *fault);
};

extern const struct import_kind import_malware, import_access, import_consultations, import_history;

/* Reads one cell. False: fault says what was expected. */
bool import_cell(const struct import_column *column, bool show, const char *cell, size_t length,
                 struct import_value *value, struct fault *fault);
/* Cuts the blanks off both ends: ASCII's, the no-break space and the ideographic space that Japanese
 * keyboards make. */
void import_trim(const char **bytes, size_t *length);

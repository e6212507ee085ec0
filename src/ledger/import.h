/* import: takes a CSV of records into the ledger, all its rows or none.
 *
 * What the columns are and which words they may hold is said by one table a kind (import_kind.h); the rules
 * are those of the contract's "Records". What a bad row's sentence shows of the row is never what may be a
 * person's name. */
#pragma once
#include "base/text.h"
#include "ledger/ledger.h"

struct import_kind;
const struct import_kind *import_kind_find(const char *name); /* "malware"; NULL: there is none */

struct import_order {
    const struct import_kind *kind;
    const char *path; /* "-": standard input */
    bool skip_bad;    /* leave bad rows in PATH.rejected; not with standard input */
};

enum import_outcome {
    IMPORT_TAKEN,
    IMPORT_KNOWN,   /* this content was taken in before: nothing changed */
    IMPORT_PART,    /* bad rows were left in PATH.rejected */
    IMPORT_REFUSED, /* there are bad rows, which were not to be left out: nothing changed */
};

enum { IMPORT_TOLD_MOST = 20 };

struct import_account {
    enum import_outcome outcome;
    uint64_t rows;       /* rows below the header */
    uint64_t bad;        /* of them */
    uint64_t records;    /* reports, consultations, figures they made */
    uint64_t detections; /* malware only */
    struct text told; /* a line for each of the first IMPORT_TOLD_MOST bad rows: FILE:LINE: what is wrong */
};
void import_account_clear(struct import_account *account);

/* The ledger is open for writing. */
bool import_run(struct ledger *ledger, const struct import_order *order, struct import_account *account,
                struct fault *fault);
/* "1,115 reports (20,585 detections)", for people; and the same for programs, as one line of JSON. */
void import_account_text(const struct import_order *order, const struct import_account *account,
                         struct text *out);
void import_account_json(const struct import_order *order, const struct import_account *account,
                         struct text *out);

/* format: the ways an answer is written: one struct a way, and a table of them. */
#pragma once
#include "ledger/answer.h"
#include <stdio.h>

struct format {
    const char *name; /* "csv" */
    /* Writes all of the answer and counts its rows; a write that fails is seen at `out`. */
    bool (*write)(struct answer *answer, FILE *out, uint64_t *rows, struct fault *fault);
};
extern const struct format formats[]; /* ends with {0} */

bool format_table(struct answer *answer, FILE *out, uint64_t *rows, struct fault *fault);

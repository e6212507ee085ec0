/* import_header: the first row of a CSV, which says in what order the columns stand. */
#pragma once
#include "base/csv.h"
#include "ledger/import_kind.h"

struct import_header {
    const char *name;                   /* of the file, for people: set before it is read */
    struct text raw;                    /* as it lies in the file */
    size_t width;                       /* cells */
    size_t places[IMPORT_COLUMNS_MOST]; /* in which cell each of the kind's columns stands */
};
/* Takes the first row off `reader`. Each column must be there, once, and no other. On a fault there is
 * nothing to clear. */
bool import_header_read(struct import_header *header, const struct import_kind *kind,
                        struct csv_reader *reader, struct fault *fault);
void import_header_clear(struct import_header *header);

/* Whether a row is nothing but names of columns: a header, where it stands among the rows. */
bool import_header_is(const struct import_kind *kind, const struct csv_row *row);

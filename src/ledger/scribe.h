/* scribe: rows into Parquet files, encoded by several threads, written in the order they came. The caller
 * fills the rows in place:
 *
 *     scribe_open(scribe, &file, ...)
 *     rows = scribe_rows(scribe, &file, &room); ...; scribe_add(scribe, &file, count)
 *     scribe_end(scribe, fault)       all rows of all files are written; then parquet_end() each */
#pragma once
#include "ledger/parquet.h"

struct scribe;
struct scribe *scribe_new(unsigned threads);
void scribe_free(struct scribe *scribe);
OWNED_TYPE(scribe_free, struct scribe)

struct scribe_job;
/* All zero but for `parquet`, which parquet_open() fills. Files of one scribe may be filled side by side,
 * SCRIBE_FILES_MOST of them. */
struct scribe_file {
    struct parquet_file parquet;
    struct scribe_job *filling;
};
enum { SCRIBE_FILES_MOST = 2 };

/* Where the next rows go; there is room for one at least. */
void *scribe_rows(struct scribe *scribe, struct scribe_file *file, size_t *room);
/* So many rows lie there now. */
void scribe_add(struct scribe *scribe, struct scribe_file *file, size_t count);
/* False: some could not be written. What is still being filled belongs to the files given here. */
bool scribe_end(struct scribe *scribe, struct scribe_file *const *files, size_t count, struct fault *fault);

/* records: desk.sqlite: how it is opened, and prepared statements whose faults are whole sentences. */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include <sqlite3.h>
#include <stdbool.h>

enum records_for { RECORDS_MAKE, RECORDS_WRITE, RECORDS_READ };

/* RECORDS_MAKE makes an empty file. NULL on a fault. */
sqlite3 *records_open(const char *path, enum records_for what, struct fault *fault);
void records_free(sqlite3 *records); /* what was begun and not committed is undone */
OWNED_TYPE(records_free, sqlite3)

/* Runs SQL that gives no rows: a schema, BEGIN, COMMIT. */
bool records_run(sqlite3 *records, const char *sql, struct fault *fault);

/* Moves what the log holds into the file and empties it, if nobody reads in it for a second: what was deleted
 * is then nowhere. Where somebody does, the next one to come will. */
void records_settle(sqlite3 *records);

/* One prepared statement; NULL on a fault. Bind with sqlite3_bind_*(). */
sqlite3_stmt *records_prepare(sqlite3 *records, const char *sql, struct fault *fault);
OWNED_TYPE(sqlite3_finalize, sqlite3_stmt)
/* The next row: *row is false after the last one, and the statement is then ready to be bound again. */
bool records_step(sqlite3_stmt *statement, bool *row, struct fault *fault);
/* All of a statement that gives no rows; ready to be bound again. */
bool records_do(sqlite3_stmt *statement, struct fault *fault);
/* "FILE: what SQLite says". Always returns false. */
bool records_fault(sqlite3 *records, struct fault *fault);

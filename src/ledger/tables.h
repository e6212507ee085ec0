/* tables: the ledger as SQL tables in an in-process DuckDB, read-only: what `mimamori query` and the tally
 * read.
 *
 * Views: sighting, malware_report, access_report, consultation, point (the contract's columns), and `summary`
 * (day, point, kind, protocol, port, country, accesses, sources): exact also for days whose summary file is
 * out of date. Sightings are those of the moment it was opened, whatever a writer does since. */
#pragma once
#include "base/text.h"
#include "ledger/ledger.h"
#include <duckdb.h>

struct tables;
/* Files named by `ledger` are all it can open; no network, no extension, no file is written (but what does
 * not fit in memory, in the ledger's spool, where that can be written). NULL on a fault. */
struct tables *tables_open(const struct ledger *ledger, struct fault *fault);
/* The same, and the caller's own COPY may write to `output`. */
struct tables *tables_open_with(const struct ledger *ledger, const char *output, struct fault *fault);
void tables_free(struct tables *tables);
OWNED_TYPE(tables_free, struct tables)
/* Runs one statement; *result is the caller's to destroy (duckdb_destroy_result). Faults carry DuckDB's first
 * line. */
bool tables_run(struct tables *tables, const char *sql, duckdb_result *result, struct fault *fault);
duckdb_connection tables_connection(struct tables *tables);

/* True where `sql` is one statement that only reads: SELECT, EXPLAIN (without ANALYZE), DESCRIBE, SHOW,
 * SUMMARIZE. A stranger's statement is checked with this before it is run. */
bool tables_reads_only(struct tables *tables, const char *sql, struct fault *fault);
/* Such a statement in parentheses, as another statement may hold it. */
void tables_add_inside(struct text *out, const char *sql);
enum { TABLES_SQL_MOST = 1 << 20 };

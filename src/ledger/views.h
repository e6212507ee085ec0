/* views: SQL over the files of a snapshot. */
#pragma once
#include "base/text.h"
#include "ledger/snapshot.h"

enum { VIEWS_SQL_MOST = 64 << 20 };

/* A subquery of merged sightings: day, point, kind, protocol, port, source_high, source_low, country,
 * accesses, first_s, last_s, each key once. Days that lie in one file cost nothing extra. */
void views_add_sightings(struct text *sql, const struct snapshot_files *files);
/* A subquery of sightings summed over sources: day, point, kind, protocol, port, country, accesses, sources.
 */
void views_add_sums(struct text *sql, const struct snapshot_files *files);
/* CREATE VIEW sighting and summary, the contract's columns. */
void views_add_all(struct text *sql, const struct snapshot *snapshot);

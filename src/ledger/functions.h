/* functions: what our SQL needs and DuckDB lacks. */
#pragma once
#include "ledger/engine.h"
#include "ledger/snapshot.h"

/* address_text(high, low): RFC 5952, IPv4 dotted. file_day(filename): the day of a file of the snapshot,
 * which must outlive the engine; DuckDB works it out before it opens a file, so that a condition on the day
 * leaves files out. */
bool functions_register(struct engine *engine, const struct snapshot *snapshot, struct fault *fault);

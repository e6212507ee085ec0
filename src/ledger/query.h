/* query: `mimamori query 'SQL'`: read-only SQL over the ledger's tables, written as a table, CSV, JSON or
 * Parquet. */
#pragma once
#include "base/command.h"

extern const struct command_option query_options[];
extern const char query_help[];
enum command_exit query_run(int count, char **words, struct fault *fault);

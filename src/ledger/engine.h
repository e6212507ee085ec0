/* engine: DuckDB in this process, opened for one job and closed with it. It loads no extension and reaches no
 * network; what it may open is up to whoever opens it. */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include <duckdb.h>
#include <stddef.h>

struct engine {
    duckdb_database database;
    duckdb_connection connection;
};

/* `memory` is DuckDB's limit ("512MB"); `spill` a folder for what does not fit, NULL: nothing is written
 * aside. */
bool engine_open(struct engine *engine, const char *memory, const char *spill, struct fault *fault);
/* Two, unless this is said. */
bool engine_use_threads(struct engine *engine, unsigned threads, struct fault *fault);
void engine_close(struct engine *engine);
/* A statement whose rows nobody wants. */
bool engine_run(struct engine *engine, const char *sql, struct fault *fault);

/* The first line of what DuckDB says. Always returns false. */
bool engine_fault(struct fault *fault, const char *message);
/* 'string' with its quotes doubled. */
void engine_add_literal(struct text *sql, const char *string);

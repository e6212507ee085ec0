#include "ledger/engine.h"
#include <stdio.h>
#include <string.h>

static const char *const engine_settings[][2] = {
    {"threads", "2"},
    {"autoinstall_known_extensions", "false"},
    {"autoload_known_extensions", "false"},
    {"allow_community_extensions", "false"},
    {"allow_unsigned_extensions", "false"},
    /* It knows a file by its name and the second it was written in; ours are named /proc/self/fd/N. */
    {"enable_external_file_cache", "false"},
};

bool engine_fault(struct fault *fault, const char *message)
{
    if (message == NULL || message[0] == '\0')
        message = "the statement failed";
    return fault_set(fault, "%.*s", (int)strcspn(message, "\n"), message);
}

static bool configure(duckdb_config config, const char *memory, const char *spill)
{
    for (size_t i = 0; i < sizeof engine_settings / sizeof *engine_settings; i++)
        if (duckdb_set_config(config, engine_settings[i][0], engine_settings[i][1]) != DuckDBSuccess)
            return false;
    /* An empty folder name keeps DuckDB from making `.tmp` where the user happens to stand. */
    return duckdb_set_config(config, "memory_limit", memory) == DuckDBSuccess &&
           duckdb_set_config(config, "temp_directory", spill == NULL ? "" : spill) == DuckDBSuccess;
}

bool engine_open(struct engine *engine, const char *memory, const char *spill, struct fault *fault)
{
    duckdb_config config;
    char *message = NULL;
    struct engine opened = {NULL, NULL};
    if (duckdb_create_config(&config) != DuckDBSuccess || !configure(config, memory, spill)) {
        duckdb_destroy_config(&config);
        return fault_set(fault, "DuckDB refuses its settings (expected version 1.4 or later, this is %s)",
                         duckdb_library_version());
    }
    duckdb_state state = duckdb_open_ext(NULL, &opened.database, config, &message);
    duckdb_destroy_config(&config);
    if (state != DuckDBSuccess) {
        engine_fault(fault, message);
        duckdb_free(message);
        return false;
    }
    if (duckdb_connect(opened.database, &opened.connection) != DuckDBSuccess) {
        duckdb_close(&opened.database);
        return fault_set(fault, "DuckDB gives no connection");
    }
    *engine = opened;
    return true;
}

bool engine_use_threads(struct engine *engine, unsigned threads, struct fault *fault)
{
    char sql[32];
    snprintf(sql, sizeof sql, "SET threads = %u", threads);
    return engine_run(engine, sql, fault);
}

void engine_close(struct engine *engine)
{
    if (engine->connection != NULL)
        duckdb_disconnect(&engine->connection);
    if (engine->database != NULL)
        duckdb_close(&engine->database);
}

bool engine_run(struct engine *engine, const char *sql, struct fault *fault)
{
    duckdb_result result;
    bool done = duckdb_query(engine->connection, sql, &result) == DuckDBSuccess;
    if (!done)
        engine_fault(fault, duckdb_result_error(&result));
    duckdb_destroy_result(&result);
    return done;
}

void engine_add_literal(struct text *sql, const char *string)
{
    text_add_byte(sql, '\'');
    for (; *string != '\0'; string++) {
        if (*string == '\'')
            text_add_byte(sql, '\'');
        text_add_byte(sql, *string);
    }
    text_add_byte(sql, '\'');
}

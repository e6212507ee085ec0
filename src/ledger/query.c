#include "ledger/query.h"
#include "ledger/engine.h"
#include "ledger/format.h"
#include <string.h>
#include <unistd.h>

static const char *query_ledger, *query_format, *query_json;

const struct command_option query_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &query_ledger},
    {"--format", "table|csv|json|parquet", "how the rows are written (table)", &query_format},
    {"--json", NULL, "the same as --format json", &query_json},
    {0},
};

const char query_help[] = "Runs one SELECT (or DESCRIBE, SHOW, SUMMARIZE, EXPLAIN) of DuckDB's SQL over the "
                          "ledger, which it cannot change. "
                          "The tables: sighting, summary (sightings summed over sources), malware_report, "
                          "access_report, consultation, point. "
                          "first_seen and last_seen are UTC; a day is in the ledger's zone.";

/* Parquet is DuckDB's to write: it goes to standard output by its name. */
static const char query_stdout[] = "/dev/stdout";

static bool write_parquet(const struct ledger *ledger, const char *sql, struct fault *fault)
{
    if (isatty(STDOUT_FILENO))
        return fault_set(fault, "Parquet is not for a terminal (expected '> FILE.parquet' or a pipe)");
    OWNED(tables_free) struct tables *tables = tables_open_with(ledger, query_stdout, fault);
    CLEANUP(text_clear) struct text copy;
    text_init(&copy, TABLES_SQL_MOST);
    if (tables == NULL || !tables_reads_only(tables, sql, fault))
        return false;
    text_add_string(&copy, "COPY ");
    tables_add_inside(&copy, sql);
    text_addf(&copy, " TO '%s' (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)", query_stdout);
    duckdb_result result;
    if (!text_whole(&copy))
        return fault_set(fault, "the statement is too long (expected less than %d bytes)",
                         TABLES_SQL_MOST / 2);
    if (!tables_run(tables, copy.bytes, &result, fault))
        return false;
    duckdb_destroy_result(&result);
    return true;
}

static bool write_rows(const struct ledger *ledger, const char *sql, const struct format *format,
                       struct fault *fault)
{
    uint64_t rows = 0;
    OWNED(tables_free) struct tables *tables = tables_open(ledger, fault);
    OWNED(answer_free) struct answer *answer = tables == NULL ? NULL : answer_open(tables, sql, fault);
    if (answer == NULL || !format->write(answer, stdout, &rows, fault))
        return false;
    if (format->write == format_table && isatty(STDERR_FILENO) && isatty(STDOUT_FILENO))
        fprintf(stderr, rows == 1 ? "%ju row\n" : "%ju rows\n", (uintmax_t)rows);
    return true;
}

static const struct format *format_named(const char *name)
{
    for (const struct format *format = formats; format->name != NULL; format++)
        if (strcmp(format->name, name) == 0)
            return format;
    return NULL;
}

enum command_exit query_run(int count, char **words, struct fault *fault)
{
    (void)count;
    const char *name = query_format != NULL ? query_format : query_json != NULL ? "json" : "table";
    if (query_json != NULL && strcmp(name, "json") != 0)
        return fault_set(fault, "--json and --format %s contradict each other", name), COMMAND_NOT;
    const struct format *format = format_named(name);
    bool parquet = strcmp(name, "parquet") == 0;
    if (format == NULL && !parquet)
        return fault_set(fault, "there is no format '%s' (expected table, csv, json or parquet)", name),
               COMMAND_NOT;
    OWNED(ledger_free) struct ledger *ledger = ledger_open(command_ledger(query_ledger), LEDGER_READ, fault);
    if (ledger == NULL)
        return COMMAND_NOT;
    bool done =
        parquet ? write_parquet(ledger, words[0], fault) : write_rows(ledger, words[0], format, fault);
    return done ? COMMAND_DONE : COMMAND_NOT;
}

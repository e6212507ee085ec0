#include "ledger/tables.h"
#include "base/memory.h"
#include "ledger/functions.h"
#include "ledger/lending.h"
#include "ledger/views.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

struct tables {
    struct snapshot snapshot;
    struct engine engine;
};

static void add_allowed(struct text *sql, const struct snapshot_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        engine_add_literal(sql, files->items[i].path);
        text_add_byte(sql, ',');
    }
}

/* From here on nothing but the snapshot's files can be opened, and no setting can be turned back. */
static bool close_doors(struct tables *tables, const char *output, struct fault *fault)
{
    CLEANUP(text_clear) struct text sql;
    text_init(&sql, VIEWS_SQL_MOST);
    text_add_string(&sql, "SET allowed_paths = [");
    add_allowed(&sql, &tables->snapshot.sightings);
    add_allowed(&sql, &tables->snapshot.summaries);
    if (output != NULL)
        engine_add_literal(&sql, output);
    text_add_string(&sql, "]; SET enable_external_access = false; SET lock_configuration = true");
    return text_whole(&sql) ? engine_run(&tables->engine, sql.bytes, fault)
                            : fault_set(fault, "the ledger has too many files of sightings");
}

static bool make_views(struct tables *tables, struct fault *fault)
{
    CLEANUP(text_clear) struct text sql;
    text_init(&sql, VIEWS_SQL_MOST);
    views_add_all(&sql, &tables->snapshot);
    return text_whole(&sql) ? engine_run(&tables->engine, sql.bytes, fault)
                            : fault_set(fault, "the ledger has too many files of sightings");
}

static bool open_engine(struct tables *tables, const struct ledger *ledger, struct fault *fault)
{
    OWNED_MEMORY char *spool = ledger_path(ledger, "spool");
    OWNED_MEMORY char *spill =
        ledger_path(ledger, "spool/query-%ld", (long)getpid()); /* spool_sweep() knows the name */
    return engine_open(&tables->engine, "1GB", access(spool, W_OK) == 0 ? spill : NULL, fault);
}

struct tables *tables_open_with(const struct ledger *ledger, const char *output, struct fault *fault)
{
    OWNED(tables_free) struct tables *tables = memory_new(1, sizeof *tables);
    if (!snapshot_take(ledger, &tables->snapshot, fault) || !open_engine(tables, ledger, fault) ||
        !functions_register(&tables->engine, &tables->snapshot, fault) ||
        !lending_register(&tables->engine, ledger, fault) || !make_views(tables, fault) ||
        !close_doors(tables, output, fault))
        return NULL;
    return HANDOVER(tables);
}

struct tables *tables_open(const struct ledger *ledger, struct fault *fault)
{
    return tables_open_with(ledger, NULL, fault);
}

void tables_free(struct tables *tables)
{
    if (tables == NULL)
        return;
    engine_close(&tables->engine);
    snapshot_clear(&tables->snapshot);
    free(tables);
}

duckdb_connection tables_connection(struct tables *tables)
{
    return tables->engine.connection;
}

bool tables_run(struct tables *tables, const char *sql, duckdb_result *result, struct fault *fault)
{
    duckdb_result made;
    if (duckdb_query(tables->engine.connection, sql, &made) != DuckDBSuccess) {
        engine_fault(fault, duckdb_result_error(&made));
        duckdb_destroy_result(&made);
        return false;
    }
    *result = made;
    return true;
}

static bool refuse(struct fault *fault)
{
    return fault_set(
        fault,
        "the statement is refused (expected one SELECT, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN of them)");
}

static bool type_of(struct tables *tables, const char *sql, duckdb_statement_type *type, struct fault *fault)
{
    duckdb_extracted_statements statements;
    idx_t count = duckdb_extract_statements(tables->engine.connection, sql, &statements);
    duckdb_prepared_statement prepared = NULL;
    bool done = count == 1 && duckdb_prepare_extracted_statement(tables->engine.connection, statements, 0,
                                                                 &prepared) == DuckDBSuccess;
    if (done)
        *type = duckdb_prepared_statement_type(prepared);
    else if (count == 1)
        engine_fault(fault, duckdb_prepare_error(prepared));
    else if (duckdb_extract_statements_error(statements) != NULL)
        engine_fault(fault, duckdb_extract_statements_error(statements));
    else
        refuse(fault);
    duckdb_destroy_prepare(&prepared);
    duckdb_destroy_extracted(&statements);
    return done;
}

/* EXPLAIN tells its own type, not that of what it explains, and EXPLAIN ANALYZE would run it: what follows
 * the word must be a statement that only reads by itself, which "ANALYZE ..." and "(ANALYZE) ..." are not. */
static const char *explained(const char *sql)
{
    while (isspace((unsigned char)*sql))
        sql++;
    return strncasecmp(sql, "explain", 7) == 0 && isspace((unsigned char)sql[7]) ? sql + 8 : NULL;
}

/* The statement without the semicolon that would end it inside parentheses; the line end closes a comment. */
void tables_add_inside(struct text *out, const char *sql)
{
    size_t length = strlen(sql);
    while (length > 0 && strchr("; \t\r\n", sql[length - 1]) != NULL)
        length--;
    text_add_byte(out, '(');
    text_add(out, sql, length);
    text_add_string(out, "\n)");
}

/* PRAGMA also calls itself a SELECT, but has no place in a FROM. */
static bool can_be_read_from(struct tables *tables, const char *sql, struct fault *fault)
{
    CLEANUP(text_clear) struct text wrapped;
    duckdb_statement_type type;
    text_init(&wrapped, TABLES_SQL_MOST);
    text_add_string(&wrapped, "FROM ");
    tables_add_inside(&wrapped, sql);
    if (!text_whole(&wrapped))
        return fault_set(fault, "the statement is too long (expected less than %d bytes)",
                         TABLES_SQL_MOST / 2);
    return type_of(tables, wrapped.bytes, &type, fault) || refuse(fault);
}

bool tables_reads_only(struct tables *tables, const char *sql, struct fault *fault)
{
    duckdb_statement_type type;
    if (!type_of(tables, sql, &type, fault))
        return false;
    if (type == DUCKDB_STATEMENT_TYPE_EXPLAIN) {
        const char *rest = explained(sql);
        if (rest == NULL || !type_of(tables, rest, &type, fault))
            return refuse(fault);
        sql = rest;
    }
    return type == DUCKDB_STATEMENT_TYPE_SELECT ? can_be_read_from(tables, sql, fault) : refuse(fault);
}

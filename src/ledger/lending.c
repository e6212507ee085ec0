#include "ledger/lending.h"
#include "ledger/records.h"

enum { LENT_COLUMNS = 6 };

struct lent_column {
    const char *name;
    duckdb_type type; /* DATE, VARCHAR or BIGINT */
};
struct lent_table {
    const char *name;
    const char *sql;
    struct lent_column columns[LENT_COLUMNS + 1];
};

static const struct lent_table lent_tables[] = {
    {"malware_report",
     "SELECT accepted_on, detected_on, lower(hex(reporter)), name, kind, detections FROM malware_report",
     {{"accepted_on", DUCKDB_TYPE_DATE},
      {"detected_on", DUCKDB_TYPE_DATE},
      {"reporter", DUCKDB_TYPE_VARCHAR},
      {"name", DUCKDB_TYPE_VARCHAR},
      {"kind", DUCKDB_TYPE_VARCHAR},
      {"detections", DUCKDB_TYPE_BIGINT}}},
    {"access_report",
     "SELECT received_on, iif(harm, 'yes', 'no'), category, nullif(cause, '') FROM access_report",
     {{"received_on", DUCKDB_TYPE_DATE},
      {"harm", DUCKDB_TYPE_VARCHAR},
      {"category", DUCKDB_TYPE_VARCHAR},
      {"cause", DUCKDB_TYPE_VARCHAR}}},
    {"consultation",
     "SELECT received_on, channel, topic, iif(access, 'yes', 'no'),"
     " CASE harm WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END FROM consultation",
     {{"received_on", DUCKDB_TYPE_DATE},
      {"channel", DUCKDB_TYPE_VARCHAR},
      {"topic", DUCKDB_TYPE_VARCHAR},
      {"access", DUCKDB_TYPE_VARCHAR},
      {"harm", DUCKDB_TYPE_VARCHAR}}},
    {"point",
     "SELECT name, network, since, until FROM point JOIN point_watch ON point_watch.point = point.id"
     " ORDER BY name, network, since",
     {{"name", DUCKDB_TYPE_VARCHAR},
      {"network", DUCKDB_TYPE_VARCHAR},
      {"since", DUCKDB_TYPE_DATE},
      {"until", DUCKDB_TYPE_DATE}}},
};

/* What a table function of DuckDB carries with it. */
struct lent {
    const struct lent_table *table;
    sqlite3 *records;
};

static void bind(duckdb_bind_info info)
{
    const struct lent *lent = duckdb_bind_get_extra_info(info);
    for (const struct lent_column *column = lent->table->columns; column->name != NULL; column++) {
        duckdb_logical_type type = duckdb_create_logical_type(column->type);
        duckdb_bind_add_result_column(info, column->name, type);
        duckdb_destroy_logical_type(&type);
    }
}

/* One run of the statement. */
struct loan {
    sqlite3_stmt *statement;
    bool ended;
};

static void loan_free(void *loan_)
{
    struct loan *loan = loan_;
    sqlite3_finalize(loan->statement);
    free(loan);
}

static void init(duckdb_init_info info)
{
    const struct lent *lent = duckdb_init_get_extra_info(info);
    struct fault fault;
    sqlite3_stmt *statement = records_prepare(lent->records, lent->table->sql, &fault);
    if (statement == NULL) {
        duckdb_init_set_error(info, fault.text);
        return;
    }
    struct loan *loan = malloc(sizeof *loan);
    if (loan == NULL)
        abort();
    *loan = (struct loan){statement, false};
    duckdb_init_set_init_data(info, loan, loan_free);
    duckdb_init_set_max_threads(info, 1); /* one statement, one reader */
}

static void set_null(duckdb_vector vector, idx_t row)
{
    duckdb_vector_ensure_validity_writable(vector);
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), row);
}

static void set_cell(duckdb_vector vector, idx_t row, duckdb_type type, sqlite3_stmt *statement, int column)
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL)
        set_null(vector, row);
    else if (type == DUCKDB_TYPE_DATE)
        ((int32_t *)duckdb_vector_get_data(vector))[row] =
            sqlite3_column_int(statement, column); /* both from 1970-01-01 */
    else if (type == DUCKDB_TYPE_BIGINT)
        ((int64_t *)duckdb_vector_get_data(vector))[row] = sqlite3_column_int64(statement, column);
    else
        duckdb_vector_assign_string_element_len(vector, row,
                                                (const char *)sqlite3_column_text(statement, column),
                                                (idx_t)sqlite3_column_bytes(statement, column));
}

static void fill(duckdb_function_info info, duckdb_data_chunk chunk)
{
    const struct lent *lent = duckdb_function_get_extra_info(info);
    struct loan *loan = duckdb_function_get_init_data(info);
    struct fault fault;
    idx_t row = 0;
    for (bool more = true; !loan->ended && row < duckdb_vector_size(); row++) {
        if (!records_step(loan->statement, &more, &fault)) {
            duckdb_function_set_error(info, fault.text);
            return;
        }
        loan->ended = !more;
        if (!more)
            break;
        for (int i = 0; lent->table->columns[i].name != NULL; i++)
            set_cell(duckdb_data_chunk_get_vector(chunk, (idx_t)i), row, lent->table->columns[i].type,
                     loan->statement, i);
    }
    duckdb_data_chunk_set_size(chunk, row);
}

static bool lend(struct engine *engine, const struct lent_table *table, sqlite3 *records, struct fault *fault)
{
    struct lent *lent = malloc(sizeof *lent);
    if (lent == NULL)
        abort();
    *lent = (struct lent){table, records};
    duckdb_table_function function = duckdb_create_table_function();
    duckdb_table_function_set_name(function, table->name);
    duckdb_table_function_set_extra_info(function, lent, free);
    duckdb_table_function_set_bind(function, bind);
    duckdb_table_function_set_init(function, init);
    duckdb_table_function_set_function(function, fill);
    duckdb_state state = duckdb_register_table_function(engine->connection, function);
    duckdb_destroy_table_function(&function);
    char sql[128];
    snprintf(sql, sizeof sql, "CREATE VIEW %s AS FROM %s()", table->name, table->name);
    return state == DuckDBSuccess ? engine_run(engine, sql, fault)
                                  : fault_set(fault, "DuckDB takes no table function");
}

bool lending_register(struct engine *engine, const struct ledger *ledger, struct fault *fault)
{
    for (size_t i = 0; i < sizeof lent_tables / sizeof *lent_tables; i++)
        if (!lend(engine, &lent_tables[i], ledger->records, fault))
            return false;
    return true;
}

#include "ledger/summing.h"
#include "ledger/columns.h"
#include "ledger/scribe.h"
#include "ledger/sightings.h"
#include "ledger/sums.h"
#include "ledger/views.h"

enum column { POINT, KIND, PROTOCOL, PORT, COUNTRY, ACCESSES, SOURCES };

/* A country as a number, as columns.c has it; 0: none. */
static const char rest_columns[] =
    ", port::USMALLINT, ifnull(ascii(country) * 256 + ascii(country[2:]), 0)::USMALLINT AS number,"
    " accesses::UBIGINT, sources::UBIGINT FROM (";
static const char order[] = ") ORDER BY 1, 2, 3, 4, number = 0, number";

/* The place of a name among `names`; another name is an error. */
static void add_place(struct text *sql, const char *column, const char *const *names, size_t count)
{
    text_addf(sql, "enum_code(%s::ENUM(", column);
    for (size_t i = 0; i < count; i++) {
        text_add_string(sql, i == 0 ? "" : ",");
        engine_add_literal(sql, names[i]);
    }
    text_add_string(sql, "))");
}

static void add_sums(struct text *sql, const struct points *points, const struct snapshot_files *files)
{
    text_add_string(sql, "SELECT ");
    add_place(sql, "point", (const char *const *)points->names, points->count);
    text_add_string(sql, "::USMALLINT, ");
    add_place(sql, "kind", sighting_kind_names, SIGHTING_BACKSCATTER + 1);
    text_add_string(sql, "::UTINYINT, ");
    add_place(sql, "protocol", sighting_protocol_names, SIGHTING_IP + 1);
    text_add_string(sql, "::UTINYINT");
    text_add_string(sql, rest_columns);
    views_add_sums(sql, files);
    text_add_string(sql, order);
}

static struct sum sum_of(duckdb_data_chunk chunk, idx_t row)
{
#define CELL(column, type)                                                                                   \
    ((const type *)duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, column)))[row]
    uint16_t country = CELL(COUNTRY, uint16_t);
    return (struct sum){.point = CELL(POINT, uint16_t),
                        .kind = CELL(KIND, uint8_t),
                        .protocol = CELL(PROTOCOL, uint8_t),
                        .port = CELL(PORT, uint16_t),
                        .country = {(char)(country >> 8), (char)country},
                        .accesses = CELL(ACCESSES, uint64_t),
                        .sources = CELL(SOURCES, uint64_t)};
#undef CELL
}

static void write_chunk(struct scribe *scribe, struct scribe_file *file, duckdb_data_chunk chunk)
{
    for (idx_t row = 0, rows = duckdb_data_chunk_get_size(chunk); row < rows; row++) {
        size_t room;
        struct sum *sum = scribe_rows(scribe, file, &room);
        *sum = sum_of(chunk, row);
        scribe_add(scribe, file, 1);
    }
}

static bool write_result(duckdb_result *result, struct scribe_file *file, struct fault *fault)
{
    OWNED(scribe_free) struct scribe *scribe = scribe_new(1);
    struct scribe_file *const files[] = {file};
    for (duckdb_data_chunk chunk; (chunk = duckdb_fetch_chunk(*result)) != NULL;) {
        write_chunk(scribe, file, chunk);
        duckdb_destroy_data_chunk(&chunk);
    }
    const char *message = duckdb_result_error(result);
    if (message != NULL && message[0] != '\0')
        return engine_fault(fault, message);
    return scribe_end(scribe, files, 1, fault) && parquet_end(&file->parquet, fault);
}

/* Piece by piece: there may be millions of sums. */
static bool run(const struct engine *engine, const char *sql, duckdb_result *result, struct fault *fault)
{
    duckdb_prepared_statement statement;
    duckdb_pending_result pending;
    if (duckdb_prepare(engine->connection, sql, &statement) != DuckDBSuccess) {
        engine_fault(fault, duckdb_prepare_error(statement));
        duckdb_destroy_prepare(&statement);
        return false;
    }
    bool begun = duckdb_pending_prepared_streaming(statement, &pending) == DuckDBSuccess;
    if (!begun)
        engine_fault(fault, duckdb_pending_error(pending));
    bool running = begun && duckdb_execute_pending(pending, result) == DuckDBSuccess;
    if (begun && !running) {
        engine_fault(fault, duckdb_result_error(result));
        duckdb_destroy_result(result);
    }
    duckdb_destroy_pending(&pending);
    duckdb_destroy_prepare(&statement);
    return running;
}

bool summing_write(const struct engine *engine, const struct points *points,
                   const struct snapshot_files *files, const char *path, struct fault *fault)
{
    CLEANUP(text_clear) struct text sql;
    text_init(&sql, VIEWS_SQL_MOST);
    add_sums(&sql, points, files);
    if (!text_whole(&sql))
        return fault_set(fault, "'%s': the day lies in too many files", path);
    struct parquet_table table = columns_of_sums(points);
    struct scribe_file file = {.filling = NULL};
    duckdb_result result;
    if (!run(engine, sql.bytes, &result, fault))
        return false;
    bool written = parquet_open(&file.parquet, path, &table, fault) && write_result(&result, &file, fault);
    parquet_close(&file.parquet);
    duckdb_destroy_result(&result);
    return written;
}

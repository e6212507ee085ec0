#include "ledger/reading.h"
#include "base/memory.h"
#include <fcntl.h>
#include <string.h>

enum { READING_SQL_MOST = 4096 };

enum column {
    POINT,
    KIND,
    PROTOCOL,
    PORT,
    SOURCE_HIGH,
    SOURCE_LOW,
    COUNTRY,
    ACCESSES,
    FIRST_S,
    LASTED_S,
    COLUMNS
};

static const char columns[] =
    "SELECT point::VARCHAR, kind::VARCHAR, protocol::VARCHAR, port::USMALLINT, coalesce(source_high, "
    "0)::UBIGINT,"
    " source_low::UBIGINT, country::VARCHAR, accesses::UBIGINT, first_s::BIGINT, coalesce(lasted_s, "
    "0)::BIGINT"
    " FROM read_parquet(";

struct reading {
    const struct points *points;
    char *path;
    int32_t day;
    int file; /* held open: its name may hold what DuckDB takes for a pattern */
    duckdb_connection connection;
    duckdb_prepared_statement statement;
    duckdb_result result;
    bool running;
    duckdb_data_chunk chunk;
    void *data[COLUMNS];
    uint64_t *countries; /* which of them are not null; NULL: all */
    idx_t row, rows;
    struct sighting sighting; /* given last */
    bool begun;
};

static bool run(struct reading *reading, struct fault *fault)
{
    duckdb_pending_result pending;
    bool begun = duckdb_pending_prepared_streaming(reading->statement, &pending) == DuckDBSuccess;
    if (!begun)
        engine_fault(fault, duckdb_pending_error(pending));
    bool running = begun && duckdb_execute_pending(pending, &reading->result) == DuckDBSuccess;
    if (begun && !running)
        engine_fault(fault, duckdb_result_error(&reading->result));
    reading->running = begun; /* there is a result to destroy, also one that failed */
    duckdb_destroy_pending(&pending);
    return running;
}

static bool ask(struct reading *reading, const struct engine *engine, struct fault *fault)
{
    char sql[READING_SQL_MOST];
    snprintf(sql, sizeof sql, "%s'/proc/self/fd/%d')", columns, reading->file);
    if (duckdb_connect(engine->database, &reading->connection) != DuckDBSuccess)
        return fault_set(fault, "DuckDB gives no connection");
    if (duckdb_prepare(reading->connection, sql, &reading->statement) != DuckDBSuccess)
        return engine_fault(fault, duckdb_prepare_error(reading->statement));
    return run(reading, fault);
}

struct reading *reading_open(const struct engine *engine, const struct points *points,
                             struct reading_file file, struct fault *fault)
{
    OWNED(reading_free) struct reading *reading = memory_new(1, sizeof *reading);
    reading->points = points;
    reading->day = file.day;
    reading->path = memory_string(file.name == NULL ? file.path : file.name);
    reading->file = open(file.path, O_RDONLY | O_CLOEXEC);
    if (reading->file < 0) {
        fault_errno(fault, "cannot open '%s'", file.path);
        return NULL;
    }
    if (!ask(reading, engine, fault)) {
        fault_while(fault, "cannot read '%s'", file.path);
        return NULL;
    }
    return HANDOVER(reading);
}

void reading_free(struct reading *reading)
{
    if (reading == NULL)
        return;
    if (reading->chunk != NULL)
        duckdb_destroy_data_chunk(&reading->chunk);
    if (reading->running)
        duckdb_destroy_result(&reading->result);
    duckdb_destroy_prepare(&reading->statement);
    if (reading->connection != NULL)
        duckdb_disconnect(&reading->connection);
    if (reading->file >= 0)
        close(reading->file);
    free(reading->path);
    free(reading);
}

/* Every column but the country holds a value in every row. */
static bool look_at_chunk(struct reading *reading, struct fault *fault)
{
    reading->row = 0;
    reading->rows = duckdb_data_chunk_get_size(reading->chunk);
    for (idx_t column = 0; column < COLUMNS; column++) {
        duckdb_vector vector = duckdb_data_chunk_get_vector(reading->chunk, column);
        uint64_t *valid = duckdb_vector_get_validity(vector);
        reading->data[column] = duckdb_vector_get_data(vector);
        if (column == COUNTRY)
            reading->countries = valid;
        for (idx_t row = 0; valid != NULL && column != COUNTRY && row < reading->rows; row++)
            if (!duckdb_validity_row_is_valid(valid, row))
                return fault_set(fault, "'%s' has a sighting that is not whole", reading->path);
    }
    return true;
}

/* *more is false at the end. */
static bool next_chunk(struct reading *reading, bool *more, struct fault *fault)
{
    for (;;) {
        if (reading->chunk != NULL)
            duckdb_destroy_data_chunk(&reading->chunk);
        reading->chunk = duckdb_fetch_chunk(reading->result);
        *more = reading->chunk != NULL;
        if (!*more) {
            const char *message = duckdb_result_error(&reading->result);
            return message == NULL || message[0] == '\0' ||
                   (engine_fault(fault, message), fault_while(fault, "cannot read '%s'", reading->path));
        }
        if (duckdb_data_chunk_get_size(reading->chunk) != 0)
            return look_at_chunk(reading, fault);
    }
}

static bool same(duckdb_string_t *string, const char *name)
{
    size_t length = duckdb_string_t_length(*string);
    return strlen(name) == length && memcmp(duckdb_string_t_data(string), name, length) == 0;
}

/* Which of `names` this cell is: mostly the one before. `count` where it is none of them. */
static size_t which(struct reading *reading, enum column column, const char *const *names, size_t count,
                    size_t before)
{
    duckdb_string_t *cell = (duckdb_string_t *)reading->data[column] + reading->row;
    if (before < count && same(cell, names[before]))
        return before;
    size_t at = 0;
    while (at < count && !same(cell, names[at]))
        at++;
    return at;
}

static bool read_key(struct reading *reading, struct sighting *row, struct fault *fault)
{
    const struct sighting *before = &reading->sighting;
    size_t point = which(reading, POINT, (const char *const *)reading->points->names, reading->points->count,
                         before->point);
    size_t kind = which(reading, KIND, sighting_kind_names, SIGHTING_BACKSCATTER + 1, before->kind);
    size_t protocol = which(reading, PROTOCOL, sighting_protocol_names, SIGHTING_IP + 1, before->protocol);
    if (point == reading->points->count)
        return fault_set(fault, "'%s' names a point that the ledger does not have", reading->path);
    if (kind > SIGHTING_BACKSCATTER || protocol > SIGHTING_IP)
        return fault_set(fault, "'%s' has a sighting of no known kind", reading->path);
    row->point = (uint16_t)point;
    row->kind = (uint8_t)kind;
    row->protocol = (uint8_t)protocol;
    row->port = ((uint16_t *)reading->data[PORT])[reading->row];
    row->source.high = ((uint64_t *)reading->data[SOURCE_HIGH])[reading->row];
    row->source.low = ((uint64_t *)reading->data[SOURCE_LOW])[reading->row];
    row->day = reading->day;
    return true;
}

static bool read_value(struct reading *reading, struct sighting *row, struct fault *fault)
{
    int64_t lasted_s = ((int64_t *)reading->data[LASTED_S])[reading->row];
    row->accesses = ((uint64_t *)reading->data[ACCESSES])[reading->row];
    row->first_s = ((int64_t *)reading->data[FIRST_S])[reading->row];
    if (row->accesses == 0 || lasted_s < 0 || lasted_s > UINT32_MAX)
        return fault_set(fault, "'%s' has a sighting that cannot be", reading->path);
    row->last_s = row->first_s + lasted_s;
    if (reading->countries != NULL && !duckdb_validity_row_is_valid(reading->countries, reading->row))
        return true;
    duckdb_string_t *country = (duckdb_string_t *)reading->data[COUNTRY] + reading->row;
    if (duckdb_string_t_length(*country) != sizeof row->country)
        return fault_set(fault, "'%s' has a country of other than two letters", reading->path);
    memcpy(row->country, duckdb_string_t_data(country), sizeof row->country);
    return true;
}

bool reading_next(struct reading *reading, const struct sighting **sighting, struct fault *fault)
{
    bool more = true;
    if (reading->row == reading->rows && !next_chunk(reading, &more, fault))
        return false;
    if (!more) {
        *sighting = NULL;
        return true;
    }
    struct sighting row = {0};
    if (!read_key(reading, &row, fault) || !read_value(reading, &row, fault))
        return false;
    if (reading->begun && sighting_compare(&reading->sighting, &row) >= 0)
        return fault_set(fault, "'%s' is out of order (expected each sighting once, sorted)", reading->path);
    reading->sighting = row;
    reading->begun = true;
    reading->row++;
    *sighting = &reading->sighting;
    return true;
}

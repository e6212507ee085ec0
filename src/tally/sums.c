#include "tally/sums.h"
#include <string.h>

int64_t sums_number(const struct sums_row *row, idx_t column)
{
    const int64_t *values = duckdb_vector_get_data(duckdb_data_chunk_get_vector(row->chunk, column));
    return values[row->at];
}

void sums_string(const struct sums_row *row, idx_t column, char *out, size_t size)
{
    duckdb_string_t *values = duckdb_vector_get_data(duckdb_data_chunk_get_vector(row->chunk, column));
    size_t length = duckdb_string_t_length(values[row->at]);
    if (length > size - 1)
        length = size - 1;
    memcpy(out, duckdb_string_t_data(&values[row->at]), length);
    out[length] = '\0';
}

static void take_chunk(struct month *month, duckdb_data_chunk chunk,
                       void (*take)(struct month *month, const struct sums_row *row))
{
    struct sums_row row = {.chunk = chunk};
    for (; row.at < duckdb_data_chunk_get_size(chunk); row.at++)
        take(month, &row);
}

bool sums_each(struct month *month, const char *sql,
               void (*take)(struct month *month, const struct sums_row *row), struct fault *fault)
{
    CLEANUP(duckdb_destroy_result) duckdb_result result = {0};
    if (!tables_run(month->tables, sql, &result, fault))
        return false;
    for (duckdb_data_chunk chunk = duckdb_fetch_chunk(result); chunk != NULL;
         chunk = duckdb_fetch_chunk(result)) {
        take_chunk(month, chunk, take);
        duckdb_destroy_data_chunk(&chunk);
    }
    return true;
}

/* sums: one named statement over the view `summary`, row by row. */
#pragma once
#include "tally/month.h"

struct sums_row {
    duckdb_data_chunk chunk;
    idx_t at;
};

bool sums_each(struct month *month, const char *sql,
               void (*take)(struct month *month, const struct sums_row *row), struct fault *fault);
int64_t sums_number(const struct sums_row *row, idx_t column); /* a BIGINT */
/* A VARCHAR, cut to the size of `out`. */
void sums_string(const struct sums_row *row, idx_t column, char *out, size_t size);

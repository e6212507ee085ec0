/* parquet: Parquet files, a row group at a time (https://parquet.apache.org/docs/file-format/).
 *
 * Why not DuckDB's writer: it takes three times the CPU and five times the memory for the same rows
 * (bench/README.md), and reads a stream of ours with one thread. Row groups are encoded by any number of
 * threads; a file's bytes hang on its rows alone. What we need of the format is little: one page a column and
 * row group, numbers as differences (delta.h) or as places in a dictionary, strings as places, zstd. */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PARQUET_ROWS = 1 << 16, PARQUET_COLUMNS_MOST = 10, PARQUET_TEXT_MOST = 64 };

enum parquet_type { PARQUET_TEXT, PARQUET_UINT16, PARQUET_UINT64, PARQUET_INT64 };

enum parquet_encoding {
    PARQUET_PLAIN,
    PARQUET_DELTA,     /* differences between neighbours */
    PARQUET_DICTIONARY /* few distinct values; where they turn out to be many, differences. All text. */
};

struct parquet_column {
    const char *name;
    enum parquet_type type;
    bool optional; /* 0 is NULL */
    bool dense;    /* no compression makes it smaller */
    enum parquet_encoding encoding;
    void (*values)(const void *rows, size_t count, uint64_t *out);
    /* The text a number stands for; returns its length. */
    size_t (*text)(const void *context, uint64_t value, char out[PARQUET_TEXT_MOST]);
};

struct parquet_table {
    const struct parquet_column *columns;
    size_t column_count, row_size;
    const void *context; /* for `text` */
};

/* What a reader must know of one column's bytes. */
struct parquet_chunk {
    size_t at, size, raw_size, dictionary_size; /* where in the group; 0: no dictionary */
    uint64_t nulls;
    enum parquet_encoding encoding;
    bool compressed, bounded; /* has least and most */
    size_t least_length, most_length;
    char least[PARQUET_TEXT_MOST], most[PARQUET_TEXT_MOST];
};

/* Encoded rows. */
struct parquet_group {
    size_t rows;
    struct text bytes;
    struct parquet_chunk chunks[PARQUET_COLUMNS_MOST];
};
void parquet_group_init(struct parquet_group *group);
void parquet_group_clear(struct parquet_group *group);

/* What encoding needs room for; one a thread. */
struct parquet_encoder;
struct parquet_encoder *parquet_encoder_new(void);
void parquet_encoder_free(struct parquet_encoder *encoder);
OWNED_TYPE(parquet_encoder_free, struct parquet_encoder)
/* `count` rows, PARQUET_ROWS at most, into `group`. It cannot fail. */
void parquet_encode(struct parquet_encoder *encoder, const struct parquet_table *table, const void *rows,
                    size_t count, struct parquet_group *group);

struct parquet_file {
    const struct parquet_table *table;
    char *path;
    int descriptor; /* -1: not open */
    uint64_t size, rows;
    struct text groups; /* their descriptions, for the file's end */
    size_t group_count;
};
bool parquet_open(struct parquet_file *file, const char *path, const struct parquet_table *table,
                  struct fault *fault);
bool parquet_add(struct parquet_file *file, const struct parquet_group *group, struct fault *fault);
bool parquet_end(struct parquet_file *file, struct fault *fault); /* whole and synced */
void parquet_close(struct parquet_file *file);                    /* also before its end */

#include "base/memory.h"
#include "ledger/parquet.h"
#include "ledger/thrift.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* A group's description is some 1.5 kB: room for 30 thousand million rows a file. */
enum { FOOTER_MOST = 384 << 20 };

/* Numbers and fields as parquet.thrift has them. */
enum { REQUIRED = 0, OPTIONAL = 1 };
enum { CODEC_NONE = 0, CODEC_ZSTD = 6 };
enum { ENCODING_RLE = 3 };
static const int encodings[] = {[PARQUET_PLAIN] = 0, [PARQUET_DELTA] = 5, [PARQUET_DICTIONARY] = 8};

static const struct {
    int physical, converted; /* -1: none */
} types[] = {
    [PARQUET_TEXT] = {6, 0},    /* BYTE_ARRAY, UTF8 */
    [PARQUET_UINT16] = {1, 12}, /* INT32, UINT_16 */
    [PARQUET_UINT64] = {2, 14}, /* INT64, UINT_64 */
    [PARQUET_INT64] = {2, -1},
};

static bool put(struct parquet_file *file, const void *bytes, size_t length, struct fault *fault)
{
    const char *at = bytes;
    uint64_t begun = file->size;
    while (length > 0) {
        ssize_t written = write(file->descriptor, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return fault_errno(fault, "cannot write '%s'", file->path);
        at += written;
        length -= (size_t)written;
        file->size += (size_t)written;
    }
    /* The disk begins while more is being encoded: less to wait for at the end. */
    sync_file_range(file->descriptor, (off_t)begun, (off_t)(file->size - begun), SYNC_FILE_RANGE_WRITE);
    return true;
}

bool parquet_open(struct parquet_file *file, const char *path, const struct parquet_table *table,
                  struct fault *fault)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return fault_errno(fault, "cannot make '%s'", path);
    *file = (struct parquet_file){.table = table, .path = memory_string(path), .descriptor = descriptor};
    text_init(&file->groups, FOOTER_MOST);
    return put(file, "PAR1", 4, fault);
}

void parquet_close(struct parquet_file *file)
{
    if (file->descriptor >= 0)
        close(file->descriptor);
    file->descriptor = -1;
    free(file->path);
    file->path = NULL;
    text_clear(&file->groups);
}

static void describe_bounds(struct thrift *thrift, const struct parquet_chunk *chunk)
{
    thrift_struct(thrift, 12); /* statistics */
    thrift_integer(thrift, 3, THRIFT_I64, (int64_t)chunk->nulls);
    if (chunk->bounded) {
        thrift_bytes(thrift, 5, chunk->most, chunk->most_length);
        thrift_bytes(thrift, 6, chunk->least, chunk->least_length);
    }
    thrift_end(thrift);
}

static void describe_chunk(struct thrift *thrift, const struct parquet_column *column,
                           const struct parquet_chunk *chunk, size_t rows, uint64_t group_at)
{
    int64_t at = (int64_t)(group_at + chunk->at);
    thrift_element_struct(thrift);
    thrift_integer(thrift, 2, THRIFT_I64, at);
    thrift_struct(thrift, 3); /* meta_data */
    thrift_integer(thrift, 1, THRIFT_I32, types[column->type].physical);
    thrift_list(thrift, 2, THRIFT_I32, 2);
    thrift_element_integer(thrift, ENCODING_RLE); /* of the levels */
    thrift_element_integer(thrift, encodings[chunk->encoding]);
    thrift_list(thrift, 3, THRIFT_BINARY, 1);
    thrift_element_string(thrift, column->name);
    thrift_integer(thrift, 4, THRIFT_I32, chunk->compressed ? CODEC_ZSTD : CODEC_NONE);
    thrift_integer(thrift, 5, THRIFT_I64, (int64_t)rows);
    thrift_integer(thrift, 6, THRIFT_I64, (int64_t)chunk->raw_size);
    thrift_integer(thrift, 7, THRIFT_I64, (int64_t)chunk->size);
    thrift_integer(thrift, 9, THRIFT_I64, at + (int64_t)chunk->dictionary_size);
    if (chunk->dictionary_size > 0)
        thrift_integer(thrift, 11, THRIFT_I64, at);
    describe_bounds(thrift, chunk);
    thrift_end(thrift);
    thrift_end(thrift);
}

static void describe_group(struct parquet_file *file, const struct parquet_group *group)
{
    const struct parquet_table *table = file->table;
    struct thrift thrift = thrift_begin(&file->groups);
    size_t raw_size = 0;
    for (size_t i = 0; i < table->column_count; i++)
        raw_size += group->chunks[i].raw_size;
    thrift_list(&thrift, 1, THRIFT_STRUCT, table->column_count);
    for (size_t i = 0; i < table->column_count; i++)
        describe_chunk(&thrift, &table->columns[i], &group->chunks[i], group->rows, file->size);
    thrift_integer(&thrift, 2, THRIFT_I64, (int64_t)raw_size);
    thrift_integer(&thrift, 3, THRIFT_I64, (int64_t)group->rows);
    thrift_end(&thrift);
}

bool parquet_add(struct parquet_file *file, const struct parquet_group *group, struct fault *fault)
{
    describe_group(file, group);
    file->group_count++;
    file->rows += group->rows;
    return put(file, group->bytes.bytes, group->bytes.length, fault);
}

static void describe_columns(struct thrift *thrift, const struct parquet_table *table)
{
    thrift_list(thrift, 2, THRIFT_STRUCT, table->column_count + 1);
    thrift_element_struct(thrift);
    thrift_string(thrift, 4, "rows");
    thrift_integer(thrift, 5, THRIFT_I32, (int64_t)table->column_count);
    thrift_end(thrift);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct parquet_column *column = &table->columns[i];
        thrift_element_struct(thrift);
        thrift_integer(thrift, 1, THRIFT_I32, types[column->type].physical);
        thrift_integer(thrift, 3, THRIFT_I32, column->optional ? OPTIONAL : REQUIRED);
        thrift_string(thrift, 4, column->name);
        if (types[column->type].converted >= 0)
            thrift_integer(thrift, 6, THRIFT_I32, types[column->type].converted);
        thrift_end(thrift);
    }
}

/* Without an order of columns readers may not trust least and most. */
static void describe_orders(struct thrift *thrift, size_t columns)
{
    thrift_list(thrift, 7, THRIFT_STRUCT, columns);
    for (size_t i = 0; i < columns; i++) {
        thrift_element_struct(thrift);
        thrift_struct(thrift, 1); /* TypeDefinedOrder */
        thrift_end(thrift);
        thrift_end(thrift);
    }
}

static void describe_file(const struct parquet_file *file, struct text *out)
{
    struct thrift thrift = thrift_begin(out);
    thrift_integer(&thrift, 1, THRIFT_I32, 2); /* version: with the encodings of format 2 */
    describe_columns(&thrift, file->table);
    thrift_integer(&thrift, 3, THRIFT_I64, (int64_t)file->rows);
    thrift_list(&thrift, 4, THRIFT_STRUCT, file->group_count);
    text_add(out, file->groups.bytes, file->groups.length);
    thrift_string(&thrift, 6, "mimamori");
    describe_orders(&thrift, file->table->column_count);
    thrift_end(&thrift);
}

bool parquet_end(struct parquet_file *file, struct fault *fault)
{
    CLEANUP(text_clear) struct text footer;
    text_init(&footer, FOOTER_MOST);
    describe_file(file, &footer);
    if (!text_whole(&file->groups) || !text_whole(&footer))
        return fault_set(fault, "'%s': more rows than one file takes", file->path);
    unsigned char tail[8] = {0, 0, 0, 0, 'P', 'A', 'R', '1'};
    for (size_t i = 0; i < 4; i++)
        tail[i] = (unsigned char)(footer.length >> 8 * i);
    if (!put(file, footer.bytes, footer.length, fault) || !put(file, tail, sizeof tail, fault))
        return false;
    return fsync(file->descriptor) == 0 || fault_errno(fault, "cannot sync '%s'", file->path);
}

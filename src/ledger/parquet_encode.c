#include "base/memory.h"
#include "ledger/growing.h"
#include "ledger/thrift.h"
#include <string.h>
#include <zstd.h>

enum { BLOCK = GROWING_BLOCK, GROUP_MOST = 256 << 20 };

/* Numbers of parquet.thrift. */
enum { PAGE_DATA = 0, PAGE_DICTIONARY = 2 };
enum { ENCODING_RLE = 3 };
static const int encodings[] = {[PARQUET_PLAIN] = 0, [PARQUET_DELTA] = 5, [PARQUET_DICTIONARY] = 8};

/* Level 1, but for a larger table of shorter matches: the same source, five bytes that differ, comes back
 * port after port. */
static const struct {
    ZSTD_cParameter parameter;
    int value;
} compression[] = {{ZSTD_c_compressionLevel, 1},
                   {ZSTD_c_strategy, ZSTD_fast},
                   {ZSTD_c_windowLog, 19},
                   {ZSTD_c_hashLog, 17},
                   {ZSTD_c_minMatch, 5}};

struct page {
    int type;
    enum parquet_encoding encoding;
    size_t values;
};

struct parquet_encoder {
    ZSTD_CCtx *zstd;
    struct text page; /* being made */
    char *squeezed;
    size_t squeezed_most;
    struct growing columns[PARQUET_COLUMNS_MOST];
};

struct parquet_encoder *parquet_encoder_new(void)
{
    struct parquet_encoder *encoder = memory_new(1, sizeof *encoder);
    encoder->zstd = ZSTD_createCCtx();
    if (encoder->zstd == NULL)
        abort(); /* out of memory */
    for (size_t i = 0; i < sizeof compression / sizeof *compression; i++)
        ZSTD_CCtx_setParameter(encoder->zstd, compression[i].parameter, compression[i].value);
    text_init(&encoder->page, GROUP_MOST);
    return encoder;
}

void parquet_encoder_free(struct parquet_encoder *encoder)
{
    if (encoder == NULL)
        return;
    ZSTD_freeCCtx(encoder->zstd);
    text_clear(&encoder->page);
    free(encoder->squeezed);
    free(encoder);
}

void parquet_group_init(struct parquet_group *group)
{
    group->rows = 0;
    text_init(&group->bytes, GROUP_MOST);
}

void parquet_group_clear(struct parquet_group *group)
{
    text_clear(&group->bytes);
}

static int compare_texts(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order != 0 ? order : a_length < b_length ? -1 : a_length > b_length;
}

static void see_text(struct parquet_chunk *chunk, const char *text, size_t length)
{
    if (!chunk->bounded || compare_texts(text, length, chunk->least, chunk->least_length) < 0)
        memcpy(chunk->least, text, chunk->least_length = length);
    if (!chunk->bounded || compare_texts(text, length, chunk->most, chunk->most_length) > 0)
        memcpy(chunk->most, text, chunk->most_length = length);
    chunk->bounded = true;
}

static void add_entry(const struct parquet_table *table, const struct parquet_column *column, uint64_t value,
                      struct parquet_chunk *chunk, struct text *page)
{
    if (column->type != PARQUET_TEXT) {
        growing_add_number(page, value, growing_number_size(column));
        return;
    }
    char text[PARQUET_TEXT_MOST];
    size_t length = column->text(table->context, value, text);
    see_text(chunk, text, length);
    growing_add_number(page, length, 4);
    text_add(page, text, length);
}

static void add_header(struct text *out, int type, size_t raw, size_t size, size_t values, int encoding)
{
    struct thrift thrift = thrift_begin(out);
    thrift_integer(&thrift, 1, THRIFT_I32, type);
    thrift_integer(&thrift, 2, THRIFT_I32, (int64_t)raw);
    thrift_integer(&thrift, 3, THRIFT_I32, (int64_t)size);
    thrift_struct(&thrift, type == PAGE_DATA ? 5 : 7);
    thrift_integer(&thrift, 1, THRIFT_I32, (int64_t)values);
    thrift_integer(&thrift, 2, THRIFT_I32, encoding);
    if (type == PAGE_DATA) {
        thrift_integer(&thrift, 3, THRIFT_I32, ENCODING_RLE);
        thrift_integer(&thrift, 4, THRIFT_I32, ENCODING_RLE);
    }
    thrift_end(&thrift);
    thrift_end(&thrift);
}

/* The encoder's page, behind its header, to the group's bytes; the encoder's page is empty after it. */
static void add_page(struct parquet_encoder *encoder, struct parquet_chunk *chunk, struct text *out,
                     struct page page)
{
    const char *bytes = encoder->page.bytes;
    size_t raw = encoder->page.length, size = raw, begun = out->length;
    if (chunk->compressed) {
        size_t most = ZSTD_compressBound(raw);
        if (most > encoder->squeezed_most)
            encoder->squeezed = memory_resize(encoder->squeezed, encoder->squeezed_most = most, 1);
        size = ZSTD_compress2(encoder->zstd, encoder->squeezed, most, bytes, raw);
        if (ZSTD_isError(size))
            abort(); /* out of memory: there is room for whatever comes of it */
        bytes = encoder->squeezed;
    }
    add_header(out, page.type, raw, size, page.values, encodings[page.encoding]);
    chunk->raw_size += out->length - begun + raw;
    text_add(out, bytes, size);
    chunk->size = out->length - chunk->at;
    text_empty(&encoder->page);
}

static void add_dictionary(struct parquet_encoder *encoder, const struct parquet_table *table, size_t at,
                           struct parquet_group *group)
{
    struct parquet_chunk *chunk = &group->chunks[at];
    struct growing *growing = &encoder->columns[at];
    if (growing->dictionary.count == 0) /* no value at all; readers would stumble over a page of nothing */
        add_entry(table, &table->columns[at], 0, chunk, &encoder->page);
    for (size_t i = 0; i < growing->dictionary.count; i++)
        add_entry(table, &table->columns[at], growing->dictionary.values[i], chunk, &encoder->page);
    chunk->bounded = chunk->bounded && growing->values > 0;
    size_t entries = growing->dictionary.count == 0 ? 1 : growing->dictionary.count;
    add_page(encoder, chunk, &group->bytes, (struct page){PAGE_DICTIONARY, PARQUET_PLAIN, entries});
    chunk->dictionary_size = chunk->size;
}

static void add_chunk(struct parquet_encoder *encoder, const struct parquet_table *table, size_t at,
                      struct parquet_group *group)
{
    const struct parquet_column *column = &table->columns[at];
    struct growing *growing = &encoder->columns[at];
    struct parquet_chunk *chunk = &group->chunks[at];
    *chunk = (struct parquet_chunk){.at = group->bytes.length,
                                    .encoding = growing->encoding,
                                    .nulls = group->rows - growing->values,
                                    .compressed = !column->dense};
    if (growing->encoding == PARQUET_DICTIONARY)
        add_dictionary(encoder, table, at, group);
    growing_write(growing, column, group->rows, &encoder->page);
    add_page(encoder, chunk, &group->bytes, (struct page){PAGE_DATA, chunk->encoding, group->rows});
    if (column->type != PARQUET_TEXT && growing->values > 0)
        growing_bound(growing, column, chunk);
}

/* All columns of a few rows at a time, while they are in the cache. */
static void add_rows(struct parquet_encoder *encoder, const struct parquet_table *table, const char *rows,
                     size_t count)
{
    for (size_t at = 0; at < count; at += BLOCK)
        for (size_t i = 0; i < table->column_count; i++)
            growing_add(&encoder->columns[i], &table->columns[i], rows + at * table->row_size, at,
                        count - at < BLOCK ? count - at : BLOCK);
}

/* More distinct values than a dictionary takes: as differences then. */
static void add_again(const struct parquet_table *table, const struct parquet_column *column,
                      struct growing *growing, const char *rows, size_t count)
{
    growing_begin(growing, PARQUET_DELTA);
    for (size_t at = 0; at < count; at += BLOCK)
        growing_add(growing, column, rows + at * table->row_size, at,
                    count - at < BLOCK ? count - at : BLOCK);
}

void parquet_encode(struct parquet_encoder *encoder, const struct parquet_table *table, const void *rows,
                    size_t count, struct parquet_group *group)
{
    for (size_t i = 0; i < table->column_count; i++)
        growing_begin(&encoder->columns[i], table->columns[i].encoding);
    add_rows(encoder, table, rows, count);
    group->rows = count;
    text_empty(&group->bytes);
    for (size_t i = 0; i < table->column_count; i++) {
        if (encoder->columns[i].overfull)
            add_again(table, &table->columns[i], &encoder->columns[i], rows, count);
        add_chunk(encoder, table, i, group);
    }
}

#include "base/memory.h"
#include "ledger/delta.h"
#include "ledger/dictionary.h"
#include "ledger/parquet.h"
#include "ledger/thrift.h"
#include <string.h>
#include <zstd.h>

enum { BLOCK = 512, GROUP_MOST = 256 << 20 };

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
                   {ZSTD_c_hashLog, 16},
                   {ZSTD_c_minMatch, 5}};

struct page {
    int type;
    enum parquet_encoding encoding;
    size_t values;
};

/* One column as it grows. */
struct growing {
    enum parquet_encoding encoding;
    bool overfull;        /* more distinct values than a dictionary takes */
    uint64_t least, most; /* least > most: none yet */
    size_t values;        /* that are not NULL */
    struct delta delta;
    struct dictionary dictionary;
    uint16_t places[PARQUET_ROWS];
    unsigned char levels[PARQUET_ROWS / 8];
    unsigned char packed[DELTA_MOST(PARQUET_ROWS)];
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

static void begin(struct growing *growing, enum parquet_encoding encoding)
{
    growing->encoding = encoding;
    growing->overfull = false;
    growing->least = UINT64_MAX;
    growing->most = 0;
    growing->values = 0;
    dictionary_empty(&growing->dictionary);
    delta_begin(&growing->delta, growing->packed);
}

/* A bit a row, the low ones first; the values that are there move together. Returns how many they are. */
static size_t part_nulls(unsigned char *levels, uint64_t *values, size_t count)
{
    size_t kept = 0;
    memset(levels, 0, (count + 7) / 8);
    for (size_t i = 0; i < count; i++) {
        uint64_t value = values[i];
        levels[i / 8] |= (unsigned char)((value != 0) << i % 8);
        values[kept] = value;
        kept += value != 0;
    }
    return kept;
}

/* Signed numbers in the order of unsigned ones. */
static uint64_t order_of(const struct parquet_column *column)
{
    return column->type == PARQUET_INT64 ? UINT64_C(1) << 63 : 0;
}

static void see_bounds(struct growing *growing, const uint64_t *values, size_t count, uint64_t order)
{
    uint64_t least = growing->least, most = growing->most;
    for (size_t i = 0; i < count; i++) {
        uint64_t value = values[i] ^ order;
        least = value < least ? value : least;
        most = value > most ? value : most;
    }
    growing->least = least;
    growing->most = most;
}

static size_t number_size(const struct parquet_column *column)
{
    return column->type == PARQUET_UINT16 ? 4 : 8; /* INT32 or INT64 */
}

static void add_plain(const struct parquet_column *column, struct growing *growing, const uint64_t *values,
                      size_t count)
{
    size_t size = number_size(column);
    unsigned char *out = growing->packed + growing->values * size;
    for (size_t i = 0; i < count; i++)
        memcpy(out + i * size, &values[i], size); /* the machine is little-endian, as Parquet is */
}

/* `at` is a multiple of 8. */
static void add_block(const struct parquet_column *column, struct growing *growing, const void *rows,
                      size_t at, size_t count)
{
    uint64_t values[BLOCK];
    column->values(rows, count, values);
    if (column->optional)
        count = part_nulls(growing->levels + at / 8, values, count);
    if (growing->encoding != PARQUET_DICTIONARY)
        see_bounds(growing, values, count, order_of(column));
    if (growing->encoding == PARQUET_PLAIN)
        add_plain(column, growing, values, count);
    else if (growing->encoding == PARQUET_DELTA)
        delta_add(&growing->delta, values, count);
    else if (!growing->overfull)
        growing->overfull =
            !dictionary_add(&growing->dictionary, values, count, growing->places + growing->values);
    growing->values += count;
}

static void add_number(struct text *out, uint64_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        text_add_byte(out, (char)(number >> 8 * i));
}

/* Whether rows have a value: levels of one bit (Encodings.md, RLE), behind their length. */
static void add_levels(const struct growing *growing, size_t rows, struct text *page)
{
    unsigned char header[10];
    bool same = growing->values == rows || growing->values == 0;
    size_t groups = (rows + 7) / 8;
    size_t length = thrift_varint(header, same ? rows << 1 : groups << 1 | 1);
    add_number(page, length + (same ? 1 : groups), 4);
    text_add(page, (const char *)header, length);
    if (same)
        text_add_byte(page, growing->values > 0);
    else
        text_add(page, (const char *)growing->levels, groups);
}

/* Whole bytes a place, though fewer bits might do: zstd finds patterns in bytes, not in bits. */
static void add_places(const struct growing *growing, struct text *page)
{
    unsigned char header[10], bytes[BLOCK];
    size_t wide = growing->dictionary.count <= 256 ? 1 : 2, count = growing->values;
    text_add_byte(page, (char)(8 * wide));
    if (growing->dictionary.count == 1) { /* a single run */
        text_add(page, (const char *)header, thrift_varint(header, count << 1));
        add_number(page, 0, wide);
        return;
    }
    size_t groups = (count + 7) / 8;
    text_add(page, (const char *)header, thrift_varint(header, groups << 1 | 1));
    if (wide == 2) {
        text_add(page, (const char *)growing->places, 2 * count);
    } else {
        for (size_t at = 0, some; at < count; at += some) {
            some = count - at < BLOCK ? count - at : BLOCK;
            for (size_t i = 0; i < some; i++)
                bytes[i] = (unsigned char)growing->places[at + i];
            text_add(page, (const char *)bytes, some);
        }
    }
    for (size_t i = count; i < 8 * groups; i++)
        add_number(page, 0, wide);
}

static void add_deltas(struct growing *growing, struct text *page)
{
    unsigned char header[DELTA_HEADER_MOST];
    size_t length = delta_end(&growing->delta);
    text_add(page, (const char *)header, delta_header(&growing->delta, header));
    text_add(page, (const char *)growing->packed, length);
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
        add_number(page, value, number_size(column));
        return;
    }
    char text[PARQUET_TEXT_MOST];
    size_t length = column->text(table->context, value, text);
    see_text(chunk, text, length);
    add_number(page, length, 4);
    text_add(page, text, length);
}

static void bound_numbers(const struct parquet_column *column, const struct growing *growing,
                          struct parquet_chunk *chunk)
{
    uint64_t least = growing->least ^ order_of(column), most = growing->most ^ order_of(column);
    chunk->bounded = true;
    chunk->least_length = chunk->most_length = number_size(column);
    for (size_t i = 0; i < chunk->least_length; i++) {
        chunk->least[i] = (char)(least >> 8 * i);
        chunk->most[i] = (char)(most >> 8 * i);
    }
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
    see_bounds(growing, growing->dictionary.values, growing->dictionary.count, order_of(&table->columns[at]));
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
    if (column->optional)
        add_levels(growing, group->rows, &encoder->page);
    if (growing->encoding == PARQUET_DICTIONARY)
        add_places(growing, &encoder->page);
    else if (growing->encoding == PARQUET_DELTA)
        add_deltas(growing, &encoder->page);
    else
        text_add(&encoder->page, (const char *)growing->packed, growing->values * number_size(column));
    add_page(encoder, chunk, &group->bytes, (struct page){PAGE_DATA, chunk->encoding, group->rows});
    if (column->type != PARQUET_TEXT && growing->values > 0)
        bound_numbers(column, growing, chunk);
}

/* All columns of a few rows at a time, while they are in the cache. */
static void add_rows(struct parquet_encoder *encoder, const struct parquet_table *table, const char *rows,
                     size_t count)
{
    for (size_t at = 0; at < count; at += BLOCK)
        for (size_t i = 0; i < table->column_count; i++)
            add_block(&table->columns[i], &encoder->columns[i], rows + at * table->row_size, at,
                      count - at < BLOCK ? count - at : BLOCK);
}

/* More distinct values than a dictionary takes: as differences then. */
static void add_again(const struct parquet_table *table, const struct parquet_column *column,
                      struct growing *growing, const char *rows, size_t count)
{
    begin(growing, PARQUET_DELTA);
    for (size_t at = 0; at < count; at += BLOCK)
        add_block(column, growing, rows + at * table->row_size, at, count - at < BLOCK ? count - at : BLOCK);
}

void parquet_encode(struct parquet_encoder *encoder, const struct parquet_table *table, const void *rows,
                    size_t count, struct parquet_group *group)
{
    for (size_t i = 0; i < table->column_count; i++)
        begin(&encoder->columns[i], table->columns[i].encoding);
    add_rows(encoder, table, rows, count);
    group->rows = count;
    text_empty(&group->bytes);
    for (size_t i = 0; i < table->column_count; i++) {
        if (encoder->columns[i].overfull)
            add_again(table, &table->columns[i], &encoder->columns[i], rows, count);
        add_chunk(encoder, table, i, group);
    }
}

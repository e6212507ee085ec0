#include "ledger/growing.h"
#include "ledger/thrift.h"
#include <string.h>

/* Parquet's order of bytes: numbers are copied as they lie in memory, here and in delta.c. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "a little-endian machine");

void growing_begin(struct growing *growing, enum parquet_encoding encoding)
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

size_t growing_number_size(const struct parquet_column *column)
{
    return column->type == PARQUET_UINT16 ? 4 : 8; /* INT32 or INT64 */
}

static void add_plain(const struct parquet_column *column, struct growing *growing, const uint64_t *values,
                      size_t count)
{
    size_t size = growing_number_size(column);
    unsigned char *out = growing->packed + growing->values * size;
    for (size_t i = 0; i < count; i++)
        memcpy(out + i * size, &values[i], size);
}

void growing_add(struct growing *growing, const struct parquet_column *column, const void *rows, size_t at,
                 size_t count)
{
    uint64_t values[GROWING_BLOCK];
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

void growing_add_number(struct text *out, uint64_t number, size_t bytes)
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
    growing_add_number(page, length + (same ? 1 : groups), 4);
    text_add(page, (const char *)header, length);
    if (same)
        text_add_byte(page, growing->values > 0);
    else
        text_add(page, (const char *)growing->levels, groups);
}

/* Whole bytes a place, though fewer bits might do: zstd finds patterns in bytes, not in bits. */
static void add_places(const struct growing *growing, struct text *page)
{
    unsigned char header[10], bytes[GROWING_BLOCK];
    size_t wide = growing->dictionary.count <= 256 ? 1 : 2, count = growing->values;
    text_add_byte(page, (char)(8 * wide));
    if (growing->dictionary.count == 1) { /* a single run */
        text_add(page, (const char *)header, thrift_varint(header, count << 1));
        growing_add_number(page, 0, wide);
        return;
    }
    size_t groups = (count + 7) / 8;
    text_add(page, (const char *)header, thrift_varint(header, groups << 1 | 1));
    if (wide == 2) {
        text_add(page, (const char *)growing->places, 2 * count);
    } else {
        for (size_t at = 0, some; at < count; at += some) {
            some = count - at < GROWING_BLOCK ? count - at : GROWING_BLOCK;
            for (size_t i = 0; i < some; i++)
                bytes[i] = (unsigned char)growing->places[at + i];
            text_add(page, (const char *)bytes, some);
        }
    }
    for (size_t i = count; i < 8 * groups; i++)
        growing_add_number(page, 0, wide);
}

static void add_deltas(struct growing *growing, struct text *page)
{
    unsigned char header[DELTA_HEADER_MOST];
    size_t length = delta_end(&growing->delta);
    text_add(page, (const char *)header, delta_header(&growing->delta, header));
    text_add(page, (const char *)growing->packed, length);
}

void growing_write(struct growing *growing, const struct parquet_column *column, size_t rows,
                   struct text *page)
{
    if (column->optional)
        add_levels(growing, rows, page);
    if (growing->encoding == PARQUET_DICTIONARY)
        add_places(growing, page);
    else if (growing->encoding == PARQUET_DELTA)
        add_deltas(growing, page);
    else
        text_add(page, (const char *)growing->packed, growing->values * growing_number_size(column));
}

void growing_bound(struct growing *growing, const struct parquet_column *column, struct parquet_chunk *chunk)
{
    if (growing->encoding == PARQUET_DICTIONARY)
        see_bounds(growing, growing->dictionary.values, growing->dictionary.count, order_of(column));
    uint64_t least = growing->least ^ order_of(column), most = growing->most ^ order_of(column);
    chunk->bounded = true;
    chunk->least_length = chunk->most_length = growing_number_size(column);
    for (size_t i = 0; i < chunk->least_length; i++) {
        chunk->least[i] = (char)(least >> 8 * i);
        chunk->most[i] = (char)(most >> 8 * i);
    }
}

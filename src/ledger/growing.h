/* growing: one column of a row group, value by value, until its page is written. Of parquet_encode.c. */
#pragma once
#include "ledger/delta.h"
#include "ledger/dictionary.h"
#include "ledger/parquet.h"

enum { GROWING_BLOCK = 512 };

struct growing {
    enum parquet_encoding encoding;
    bool overfull;        /* more distinct values than a dictionary takes */
    uint64_t least, most; /* in the column's order; least > most: none yet */
    size_t values;        /* that are not NULL */
    struct delta delta;
    struct dictionary dictionary;
    uint16_t places[PARQUET_ROWS];
    unsigned char levels[PARQUET_ROWS / 8];
    unsigned char packed[DELTA_MOST(PARQUET_ROWS)];
};

void growing_begin(struct growing *growing, enum parquet_encoding encoding); /* all zero, or used before */
/* GROWING_BLOCK rows at most, the first of which is row `at`, a multiple of 8. */
void growing_add(struct growing *growing, const struct parquet_column *column, const void *rows, size_t at,
                 size_t count);
/* What is in a page: levels where the column is optional, and values. */
void growing_write(struct growing *growing, const struct parquet_column *column, size_t rows,
                   struct text *page);
/* The least and the most, of numbers. */
void growing_bound(struct growing *growing, const struct parquet_column *column, struct parquet_chunk *chunk);

/* Numbers lie with their low bytes first. */
size_t growing_number_size(const struct parquet_column *column);
void growing_add_number(struct text *page, uint64_t number, size_t bytes);

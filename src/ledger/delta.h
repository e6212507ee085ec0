/* delta: Parquet's DELTA_BINARY_PACKED (Encodings.md): numbers as the differences between neighbours, packed
 * in as few bits as 32 of them need. Sorted numbers, and numbers whose neighbours are alike, take little
 * room. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { DELTA_BLOCK = 128, DELTA_PACK = 32, DELTA_PACKS = DELTA_BLOCK / DELTA_PACK };
/* What `count` numbers take at most. */
#define DELTA_MOST(count) (64 + ((count) / DELTA_BLOCK + 1) * (10 + DELTA_PACKS + DELTA_BLOCK * 8))

struct delta {
    unsigned char *out, *at; /* room for DELTA_MOST */
    uint64_t first, last;
    size_t count, waiting;
    uint64_t differences[DELTA_BLOCK]; /* of which so many wait for the rest of their block */
};

void delta_begin(struct delta *delta, unsigned char *out);
void delta_add(struct delta *delta, const uint64_t *values, size_t count);
size_t delta_end(struct delta *delta); /* how many bytes are in `out` */
/* After delta_end(): what goes before them, for it says how many numbers there are. */
enum { DELTA_HEADER_MOST = 32 };
size_t delta_header(const struct delta *delta, unsigned char out[DELTA_HEADER_MOST]);

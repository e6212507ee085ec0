#include "ledger/delta.h"
#include "ledger/thrift.h"
#include <string.h>

void delta_begin(struct delta *delta, unsigned char *out)
{
    delta->out = delta->at = out;
    delta->first = delta->last = 0;
    delta->count = delta->waiting = 0;
}

/* 32 numbers of `width` bits, the low bits first. */
static unsigned char *pack(unsigned char *out, const uint64_t *values, unsigned width)
{
    uint64_t word = 0;
    unsigned filled = 0;
    for (size_t i = 0; i < DELTA_PACK; i++) {
        word |= values[i] << filled;
        filled += width;
        if (filled < 64)
            continue;
        memcpy(out, &word, 8);
        out += 8;
        filled -= 64;
        word = filled == 0 ? 0 : values[i] >> (width - filled);
    }
    memcpy(out, &word, filled / 8); /* 0 or 4 bytes */
    return out + filled / 8;
}

static unsigned width_of(const uint64_t *values)
{
    uint64_t all = 0;
    for (size_t i = 0; i < DELTA_PACK; i++)
        all |= values[i];
    return all == 0 ? 0 : 64 - (unsigned)__builtin_clzll(all);
}

/* A block: the least difference, then each pack's width, then the packs of what is more than the least. */
static void flush(struct delta *delta)
{
    uint64_t *differences = delta->differences;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < delta->waiting; i++)
        least = (int64_t)differences[i] < least ? (int64_t)differences[i] : least;
    for (size_t i = 0; i < delta->waiting; i++)
        differences[i] -= (uint64_t)least;
    memset(differences + delta->waiting, 0, (DELTA_BLOCK - delta->waiting) * sizeof *differences);
    delta->at += thrift_varint(delta->at, thrift_zigzag(least));
    unsigned char *widths = delta->at;
    delta->at += DELTA_PACKS;
    for (size_t i = 0; i < DELTA_PACKS; i++) {
        unsigned width = width_of(differences + i * DELTA_PACK);
        widths[i] = (unsigned char)width;
        if (width > 0)
            delta->at = pack(delta->at, differences + i * DELTA_PACK, width);
    }
    delta->waiting = 0;
}

void delta_add(struct delta *delta, const uint64_t *values, size_t count)
{
    size_t at = 0;
    if (count > 0 && delta->count == 0)
        delta->first = delta->last = values[at++];
    delta->count += count;
    while (at < count) {
        size_t room = DELTA_BLOCK - delta->waiting, some = count - at < room ? count - at : room;
        uint64_t *differences = delta->differences + delta->waiting;
        differences[0] = values[at] - delta->last;
        for (size_t i = 1; i < some; i++)
            differences[i] = values[at + i] - values[at + i - 1];
        delta->last = values[at + some - 1];
        delta->waiting += some;
        at += some;
        if (delta->waiting == DELTA_BLOCK)
            flush(delta);
    }
}

size_t delta_end(struct delta *delta)
{
    if (delta->waiting > 0)
        flush(delta);
    return (size_t)(delta->at - delta->out);
}

size_t delta_header(const struct delta *delta, unsigned char out[DELTA_HEADER_MOST])
{
    size_t length = thrift_varint(out, DELTA_BLOCK);
    length += thrift_varint(out + length, DELTA_PACKS);
    length += thrift_varint(out + length, delta->count);
    return length + thrift_varint(out + length, thrift_zigzag((int64_t)delta->first));
}

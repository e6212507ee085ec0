/* runs_format: the bytes of a file of runs, for runs.c and runs_read.c only. All numbers are little-endian.
 */
#pragma once
#include "observe/runs.h"
#include <endian.h>
#include <string.h>
#include <xxhash.h>

#define RUNS_MAGIC "mimaruns"
enum {
    RUNS_FORMAT = 1,
    RUNS_BLOCK_MARK = 0x4e555242,
    RUNS_BEGINS = 1 /* this block is the first of a run */,
    RUNS_BLOCK_ROWS = (1 << 20) / 48,
    /* The zone and all names, each with its NUL. */
    RUNS_BODY_MOST = 64 + POINTS_MOST * (POINT_NAME_MOST + 1),
};

struct runs_header {
    char magic[8];
    uint32_t format;
    uint32_t body; /* bytes that follow: the zone, then the points' names, each ended by a NUL */
    unsigned char name[RUNS_NAME_SIZE];
    uint64_t sum; /* of all above and the body */
};
_Static_assert(sizeof(struct runs_header) == 40, "no padding");

struct runs_block {
    uint32_t mark;
    uint32_t rows;
    uint32_t flags;
    uint32_t zero;
    uint64_t sum; /* of all above, the rows, the file's name and the block's place in it */
};
_Static_assert(sizeof(struct runs_block) == 24, "no padding");

struct runs_row {
    uint64_t source_high, source_low;
    int64_t first_s;
    uint64_t accesses;
    uint32_t lasted_s;
    int32_t day;
    uint16_t point, port;
    uint8_t kind, protocol;
    uint16_t zero;
};
_Static_assert(sizeof(struct runs_row) == 48, "no padding");

static inline uint64_t runs_header_sum(const struct runs_header *header, const char *body, size_t length)
{
    uint64_t seed = XXH3_64bits(header, offsetof(struct runs_header, sum));
    return XXH3_64bits_withSeed(body, length, seed);
}

/* A block that was written to another place or file (a disk may give back old bytes) is not this one. */
static inline uint64_t runs_block_sum(const struct runs_block *block, const struct runs_row *rows,
                                      const unsigned char name[RUNS_NAME_SIZE], uint64_t offset)
{
    uint64_t seed;
    memcpy(&seed, name, sizeof seed);
    seed = XXH3_64bits_withSeed(block, offsetof(struct runs_block, sum), le64toh(seed) + offset);
    return XXH3_64bits_withSeed(rows, le32toh(block->rows) * sizeof *rows, seed);
}

static inline struct runs_row runs_pack(const struct sighting *sighting)
{
    return (struct runs_row){
        .source_high = htole64(sighting->source.high),
        .source_low = htole64(sighting->source.low),
        .first_s = (int64_t)htole64((uint64_t)sighting->first_s),
        .accesses = htole64(sighting->accesses),
        .lasted_s = htole32((uint32_t)(sighting->last_s - sighting->first_s)),
        .day = (int32_t)htole32((uint32_t)sighting->day),
        .point = htole16(sighting->point),
        .port = htole16(sighting->port),
        .kind = sighting->kind,
        .protocol = sighting->protocol,
    };
}

static inline struct sighting runs_unpack(const struct runs_row *row)
{
    int64_t first_s = (int64_t)le64toh((uint64_t)row->first_s);
    return (struct sighting){
        .source = {le64toh(row->source_high), le64toh(row->source_low)},
        .accesses = le64toh(row->accesses),
        .first_s = first_s,
        .last_s = first_s + le32toh(row->lasted_s),
        .day = (int32_t)le32toh((uint32_t)row->day),
        .point = le16toh(row->point),
        .port = le16toh(row->port),
        .kind = row->kind,
        .protocol = row->protocol,
    };
}

/* fold_inlet: one thread's way in. What puts a packet is here, so that it becomes part of the loop that calls
 * it. */
#pragma once
#include "observe/fold_parts.h"

enum { FOLD_KNOWN_DAYS = 16, FOLD_WORDS_A_LINE = 4 };

struct fold_known_day {
    int32_t day;
    bool known;
    uint16_t index;
    int64_t base_s;
};

/* An IPv6 packet, until its source has a number. */
struct fold_wide {
    struct address source;
    struct fold_word word;
};

struct fold_inlet {
    struct fold *fold;
    struct fold_inlet *next;
    uint32_t spread;                             /* what scatters IPv4 sources */
    struct fold_known_day days[FOLD_KNOWN_DAYS]; /* by their number: captures may mix them */
    uint64_t put[2], accesses[2];                /* by kind: not yet taken, and taken */
    /* Of the chunks that are being filled: where the next word goes. NULL: there is none. Chunks begin at
     * multiples of their size, so that one is full where the next word would be another's first. */
    struct fold_word *filling[FOLD_VERSIONS][FOLD_PARTITIONS];
    struct fold_word *taken[FOLD_PARTITIONS]; /* where that was for IPv4 when all was taken, to go back to */
    struct fold_full_chunk *full;             /* since then, */
    size_t full_count, full_capacity;
    struct fold_wide *wide;
    size_t wide_count, wide_taken, wide_capacity;
};

/* The slow parts of what follows. */
bool fold_inlet_day(struct fold_inlet *inlet, int32_t day, int64_t begins_s, struct fold_known_day *known);
struct fold_word *fold_inlet_turn(struct fold_inlet *inlet, size_t partition);

/* NULL: there are too many. */
static inline const struct fold_known_day *fold_inlet_known(struct fold_inlet *inlet, int32_t day,
                                                            int64_t begins_s)
{
    struct fold_known_day *known = &inlet->days[(uint32_t)day % FOLD_KNOWN_DAYS];
    bool right = known->day == day && known->known;
    return __builtin_expect(right, 1) || fold_inlet_day(inlet, day, begins_s, known) ? known : NULL;
}

static inline uint64_t fold_inlet_key(uint16_t point, uint8_t kind, uint8_t protocol, uint16_t port)
{
    return (uint64_t)point << 52 | ((uint64_t)kind * FOLD_CLASSES_A_KIND + protocol) << 48 |
           (uint64_t)port << 32;
}

/* A word whose source is in its key. */
static inline void fold_inlet_scatter(struct fold_inlet *inlet, uint64_t key, uint32_t time, uint16_t day)
{
    size_t partition = (uint32_t)key * inlet->spread >> (32 - FOLD_PARTITION_BITS);
    struct fold_word *next = inlet->filling[FOLD_IPV4][partition];
    inlet->put[key >> FOLD_KIND_SHIFT & 1]++;
    if (__builtin_expect((uintptr_t)next % sizeof(struct fold_chunk) == 0, 0))
        next = fold_inlet_turn(inlet, partition);
    next->key = key;
    next->time = time;
    next->day = day;
    next->version = FOLD_IPV4;
    __builtin_prefetch(next + FOLD_WORDS_A_LINE,
                       1); /* too many chunks are written for the processor to guess */
    inlet->filling[FOLD_IPV4][partition] = next + 1;
}

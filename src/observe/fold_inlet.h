/* fold_inlet: one thread's way in. What puts a packet is here, so that it becomes part of the loop that calls
 * it. */
#pragma once
#include "observe/fold_parts.h"
#include <assert.h>

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

/* The slow parts of fold_put(). */
bool fold_inlet_day(struct fold_inlet *inlet, const struct fold_seen *seen, struct fold_known_day *known);
struct fold_word *fold_inlet_turn(struct fold_inlet *inlet, size_t partition);
void fold_inlet_wide(struct fold_inlet *inlet, struct address source, struct fold_word word);

static inline bool fold_inlet_put(struct fold_inlet *inlet, const struct fold_seen *seen)
{
    struct fold_known_day *day = &inlet->days[(uint32_t)seen->day % FOLD_KNOWN_DAYS];
    if (__builtin_expect(day->day != seen->day || !day->known, 0) && !fold_inlet_day(inlet, seen, day))
        return false;
    int64_t time = seen->time_s - day->base_s;
    assert(time >= 0 && time <= FOLD_TIME_MASK);
    uint64_t class = (uint64_t)seen->kind * FOLD_CLASSES_A_KIND + seen->protocol;
    struct fold_word word = {
        .key = (uint64_t)seen->point << 52 | class << 48 | (uint64_t)seen->port << 32,
        .time = (uint32_t)time,
        .day = day->index,
    };
    inlet->put[seen->kind]++;
    if (__builtin_expect(!address_is_ipv4(seen->source), 0)) {
        fold_inlet_wide(inlet, seen->source, word);
        return true;
    }
    word.key |= address_ipv4(seen->source);
    size_t partition = (uint32_t)word.key * inlet->spread >> (32 - FOLD_PARTITION_BITS);
    struct fold_word *next = inlet->filling[FOLD_IPV4][partition];
    if (__builtin_expect((uintptr_t)next % sizeof(struct fold_chunk) == 0, 0))
        next = fold_inlet_turn(inlet, partition);
    *next = word;
    __builtin_prefetch(next + FOLD_WORDS_A_LINE,
                       1); /* too many chunks are written for the processor to guess */
    inlet->filling[FOLD_IPV4][partition] = next + 1;
    return true;
}

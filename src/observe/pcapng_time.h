/* pcapng_time: an interface's clock: ticks of a power of 10 or of 2 since the epoch, and an offset in
 * seconds. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct pcapng_clock {
    uint64_t ticks_a_second; /* 0: so fine that no time can be told */
    uint64_t ns_a_tick;      /* where that is whole, else 0 */
    int64_t offset_s;
};

/* `resolution` as the option if_tsresol has it: the exponent, with the top bit for a power of 2. */
struct pcapng_clock pcapng_clock(uint8_t resolution, int64_t offset_s);
/* False where the time is outside what 64 bits of nanoseconds hold (years 1677 to 2262). */
bool pcapng_clock_ns(const struct pcapng_clock *clock, uint64_t ticks, int64_t *time_ns);

/* pcapng_time: exact, by 128 bits; a fraction of a nanosecond is cut. */
#include "observe/pcapng_time.h"

enum { NS = 1000000000 };

struct pcapng_clock pcapng_clock(uint8_t resolution, int64_t offset_s)
{
    uint8_t exponent = resolution & 0x7f;
    struct pcapng_clock clock = {.offset_s = offset_s};
    if (resolution & 0x80) {
        clock.ticks_a_second = exponent < 64 ? UINT64_C(1) << exponent : 0;
    } else if (exponent <= 19) { /* 10^19 is the last power of 10 below 2^64 */
        clock.ticks_a_second = 1;
        for (uint8_t i = 0; i < exponent; i++)
            clock.ticks_a_second *= 10;
    }
    if (clock.ticks_a_second != 0 && NS % clock.ticks_a_second == 0)
        clock.ns_a_tick = NS / clock.ticks_a_second;
    return clock;
}

bool pcapng_clock_ns(const struct pcapng_clock *clock, uint64_t ticks, int64_t *time_ns)
{
    if (clock->ticks_a_second == 0)
        return false;
    __int128 ns = clock->ns_a_tick != 0 ? (__int128)ticks * clock->ns_a_tick
                                        : (__int128)ticks * NS / clock->ticks_a_second;
    ns += (__int128)clock->offset_s * NS;
    if (ns < INT64_MIN || ns > INT64_MAX)
        return false;
    *time_ns = (int64_t)ns;
    return true;
}

/* clock: time that only goes forward, whatever is done to the calendar: for waits and limits, never for what
 * is kept. */
#pragma once
#include <stdint.h>
#include <time.h>

static inline int64_t clock_steady_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
static inline int64_t clock_steady_s(void)
{
    return clock_steady_ms() / 1000;
}

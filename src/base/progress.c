#include "base/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { REDRAW_MS = 100 };

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_begin(struct progress *progress, const char *what, uint64_t total)
{
    *progress = (struct progress){what, total, 0, isatty(STDERR_FILENO)};
}

void progress_tell(struct progress *progress, uint64_t done)
{
    if (!progress->on)
        return;
    int64_t now = now_ms();
    if (now - progress->shown_ms < REDRAW_MS)
        return;
    progress->shown_ms = now;
    if (progress->total > 0)
        fprintf(stderr, "\r\033[K%s: %.0f %%", progress->what,
                100.0 * (double)done / (double)progress->total);
    else
        fprintf(stderr, "\r\033[K%s: %llu", progress->what, (unsigned long long)done);
    fflush(stderr);
}

void progress_end(struct progress *progress)
{
    if (progress->on && progress->shown_ms > 0) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    progress->on = 0;
}

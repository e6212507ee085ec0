#include "observe/tell.h"
#include "base/memory.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { DRAW_MS = 500, OUT_MOST = 8 << 20, PATIENCE_S = 2 };

/* The other screen, whose cursor is hidden; and back (xterm's control sequences). */
static const char screen_begin[] = "\033[?1049h\033[?25l\033[2J", screen_end[] = "\033[?25h\033[?1049l";

struct tell {
    struct tell_settings settings;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool end, failed;
    struct text out; /* the thread's own */
};

/* False: nobody reads any more, or there is no room. */
static bool write_out(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

static double seconds(const struct timespec *time)
{
    return (double)time->tv_sec + (double)time->tv_nsec / 1e9;
}

/* True where it is time; false at the end. */
static bool wait_until(struct tell *tell, struct timespec *next, int ms)
{
    next->tv_sec += ms / 1000;
    next->tv_nsec += ms % 1000 * 1000000L;
    next->tv_sec += next->tv_nsec / 1000000000;
    next->tv_nsec %= 1000000000;
    pthread_mutex_lock(&tell->lock);
    while (!tell->end && pthread_cond_timedwait(&tell->changed, &tell->lock, next) == 0)
        ;
    bool end = tell->end;
    pthread_mutex_unlock(&tell->lock);
    return !end;
}

static bool draw(struct tell *tell, double rate)
{
    struct winsize size = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
        size = (struct winsize){.ws_col = 80, .ws_row = 24};
    text_empty(&tell->out);
    text_add_string(&tell->out, "\033[H");
    watch_draw(tell->settings.watch, size.ws_col, size.ws_row, rate, &tell->out);
    return write_out(tell->out.bytes, tell->out.length);
}

static bool run_screen(struct tell *tell, struct timespec *next)
{
    struct timespec before, now;
    uint64_t packets_before = watch_packets(tell->settings.watch);
    bool written = write_out(screen_begin, sizeof screen_begin - 1) && draw(tell, 0);
    clock_gettime(CLOCK_MONOTONIC, &before);
    while (written && wait_until(tell, next, DRAW_MS)) {
        uint64_t packets = watch_packets(tell->settings.watch);
        clock_gettime(CLOCK_MONOTONIC, &now);
        double passed = seconds(&now) - seconds(&before);
        written = draw(tell, passed > 0 ? (double)(packets - packets_before) / passed : 0);
        before = now;
        packets_before = packets;
    }
    return write_out(screen_end, sizeof screen_end - 1) && written;
}

static bool write_line(struct tell *tell)
{
    text_empty(&tell->out);
    watch_line(tell->settings.watch, &tell->out);
    return write_out(tell->out.bytes, tell->out.length);
}

static bool run_lines(struct tell *tell, struct timespec *next)
{
    while (wait_until(tell, next, tell->settings.every_s * 1000))
        if (!write_line(tell))
            return false;
    return write_line(tell);
}

static void *run(void *context)
{
    struct tell *tell = context;
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    bool told = tell->settings.every_s > 0 ? run_lines(tell, &next) : run_screen(tell, &next);
    pthread_mutex_lock(&tell->lock);
    tell->failed = !told;
    pthread_mutex_unlock(&tell->lock);
    return NULL;
}

struct tell *tell_new(const struct tell_settings *settings, struct fault *fault)
{
    struct tell *tell = memory_new(1, sizeof *tell);
    pthread_condattr_t monotonic;
    tell->settings = *settings;
    text_init(&tell->out, OUT_MOST);
    pthread_mutex_init(&tell->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&tell->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    int failed = pthread_create(&tell->thread, NULL, run, tell);
    if (failed == 0)
        return tell;
    errno = failed;
    fault_errno(fault, "cannot begin a thread");
    text_clear(&tell->out);
    free(tell);
    return NULL;
}

bool tell_end(struct tell *tell)
{
    struct timespec until;
    pthread_mutex_lock(&tell->lock);
    tell->end = true;
    pthread_cond_signal(&tell->changed);
    pthread_mutex_unlock(&tell->lock);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    if (pthread_timedjoin_np(tell->thread, NULL, &until) != 0)
        return false; /* it hangs in write(): it is left to hang until the process ends */
    bool told = !tell->failed;
    text_clear(&tell->out);
    pthread_cond_destroy(&tell->changed);
    pthread_mutex_destroy(&tell->lock);
    free(tell);
    return told;
}

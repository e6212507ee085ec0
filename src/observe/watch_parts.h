/* watch_parts: what is watched, for watch*.c only. */
#pragma once
#include "observe/watch.h"
#include <pthread.h>

enum { WATCH_PORTS = 5 * 65536, WATCH_NEWEST = 64, WATCH_SET_MOST = 1 << 24 };

struct watch_count {
    uint64_t accesses, sources;
};
struct watch {
    struct watch_settings settings;
    pthread_mutex_t lock;
    char **names; /* of points */
    size_t point_count;
    struct watch_count *points;
    struct watch_count ports[WATCH_PORTS]; /* protocol * 65536 + port */
    struct watch_count all;
    uint64_t *set; /* hashes of (day, point, protocol, port, source); 0: free */
    size_t set_capacity, set_used;
    bool set_full;                        /* sources are more than is said */
    struct sighting newest[WATCH_NEWEST]; /* by first_s, the newest first */
    size_t newest_count;
    int64_t since_s;
    struct account account, account_before; /* now, and at the last line */
    struct watch_now now, now_before;
};

struct watch_rank {
    size_t index;
    struct watch_count count;
};
/* The `most` with most accesses, most first; returns how many there are. */
size_t watch_top(const struct watch_count *counts, size_t count, struct watch_rank *top, size_t most);

enum { WATCH_PORT_TEXT = 16 };
void watch_port_text(char out[WATCH_PORT_TEXT], unsigned protocol, unsigned port); /* "445/tcp" */

/* live: the packets of an interface, by libpcap's ring (TPACKET_V3). Nothing here waits: the caller polls the
 * descriptor. */
#pragma once
#include "observe/capture.h"
#include "observe/filter.h"

struct live;
struct live_settings {
    const char *interface;
    bool promiscuous;
    uint64_t ring_bytes;
};
/* Needs CAP_NET_RAW; nothing after it does. */
struct live *live_open(const struct live_settings *settings, struct fault *fault);
void live_free(struct live *live);
OWNED_TYPE(live_free, struct live)
int live_descriptor(const struct live *live);

/* Only packets from or to the points reach us from now on; which ones do changes from one packet to the next,
 * and none is lost. */
enum live_filtered {
    LIVE_FILTERED,
    LIVE_FILTERED_WIDER, /* blocks that lie near each other were joined */
    LIVE_NOT_FILTERED,   /* the link type or the kernel does not allow it: all packets reach us */
};
enum live_filtered live_filter(struct live *live, const struct points *points);
/* No more packets are wanted; those in the ring can still be read. */
void live_shut(struct live *live);

enum live_state {
    LIVE_READ, /* *count packets; 0: none are there */
    LIVE_DOWN, /* no packets until somebody sets the interface up again */
    LIVE_GONE, /* the interface was removed */
    LIVE_FAILED,
};
/* Hands packets to `see`, about `most` of them. */
enum live_state live_read(struct live *live, int most,
                          void (*see)(void *context, const struct capture_record *record), void *context,
                          int *count, struct fault *fault);

struct live_counts {
    uint64_t arrived;           /* what the filter let through, also what was dropped then */
    uint64_t dropped;           /* by the kernel: the ring was full */
    uint64_t dropped_interface; /* by the interface and its driver, whoever they were for */
};
void live_counts(struct live *live, struct live_counts *counts);

/* filter: a program for the kernel (classic BPF) that lets only packets from or to the points' addresses
 * reach us. What link.c would find, it finds: behind tags of any depth that occurs, in PPPoE, below MPLS
 * labels and in SNAP. It may let through more than that, never less.
 *
 * Our own and not libpcap's compiler: that one asks anew for every encapsulation, so that a list of points
 * would be a program five times as long, and it cannot change a filter without a moment in which packets are
 * lost. */
#pragma once
#include "ledger/points.h"
#include <linux/filter.h>

/* How the kernel shows a packet to the filter. */
enum filter_frame {
    FILTER_ETHERNET, /* from its Ethernet header on */
    FILTER_COOKED,   /* from its network header on ("any" and devices without a known header) */
    FILTER_RAW,      /* IP itself */
};

struct filter {
    struct sock_filter code[BPF_MAXINSNS];
    uint16_t count;
    bool wider; /* too many blocks for a program of that length: nearby ones were joined */
};

/* `most` instructions: at most BPF_MAXINSNS, which not every kernel has memory for; at least FILTER_LEAST.
 * `snapshot` is how many bytes of a packet are wanted. */
enum { FILTER_LEAST = 512 };
void filter_make(struct filter *filter, const struct points *points, enum filter_frame frame, uint16_t most,
                 uint32_t snapshot);
/* Lets nothing through. */
void filter_none(struct filter *filter);

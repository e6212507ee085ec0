/* plan: what a made capture is to be like. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct plan {
    uint64_t packets, points, seed, sources, days;
    uint64_t ipv6, backscatter; /* of a thousand packets */
    uint64_t noise;     /* percent of what a telescope has: tags, fragments, what is malformed or cut */
    uint64_t asked;     /* of a thousand draws: a conversation with a point, of two packets or more */
    uint64_t hot;       /* of a thousand: from one and the same source */
    uint64_t network;   /* prefix of 10.20.0.0; 0: points of one address each */
    uint64_t each_once; /* 1: every packet has a source of its own */
};

/* Takes options with their values; `--kind NAME` first sets what that kind has of its own. False after
 * telling what is wrong. */
bool plan_take(struct plan *plan, int count, char **words);

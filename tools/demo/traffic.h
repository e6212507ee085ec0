/* traffic: one month at the points: what nobody asked for, to the exact counts of published.h, and beside it
 * everything that a real line carries and that must not be counted. */
#pragma once
#include "demo/capture.h"
#include "demo/dice.h"
#include "demo/pools.h"

struct traffic {
    int month;     /* from 0, June 2011 */
    int32_t first; /* its first day */
    int length;    /* its days */
    const struct pools *pools;
    struct dice dice;
    struct capture capture;
};

/* The first instant of a day in Japan (UTC+9, no summer time). */
int64_t traffic_day_ns(int32_t day);

void traffic_contacts(struct traffic *traffic);    /* contacts.c: exactly the month's accesses and sources */
void traffic_answers(struct traffic *traffic);     /* answers.c: what points ask, and what they get */
void traffic_backscatter(struct traffic *traffic); /* noise.c */
void traffic_noise(struct traffic *traffic);       /* noise.c */

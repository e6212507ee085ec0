/* month: the month being tallied: the window of six months, the ledger it is read from, and what each part
 * adds to it.
 *
 * Each part fills its own figures from the records; a month whose table has no row of its own takes history
 * instead. */
#pragma once
#include "ledger/tables.h"
#include "tally/figures.h"
#include "tally/history.h"
#include <stddef.h>

typedef bool month_six[FIGURES_MONTHS];

/* One port over the six months. */
struct month_port {
    char name[16]; /* "445/tcp" */
    char protocol[8];
    uint32_t number;
    figures_six accesses, sources;
};
struct month_ports {
    struct month_port *items; /* most accesses this month first */
    size_t count;
};

struct month {
    const struct ledger *ledger;
    struct tables *tables; /* for sightings only */
    struct figures *figures;
    struct history history;
    struct month_ports ports;
    struct candidates *candidates; /* of those, the ports that may be notable (candidate.h) */
    month_six malware, access, consultation, sighting; /* this table has rows of its own in the month */
};

/* 0 to FIGURES_NOW, or -1 for a day outside the six months. */
int month_of_day(const struct month *month, int64_t day);

/* Room for one more behind `count` items of an array in the figures' arena: the array, perhaps elsewhere.
 * Only this adds to it, one at a time. */
void *month_more(struct month *month, void *items, size_t count, size_t size);

/* What the parts do, each in the file of its name. */
bool malware_of_month(struct month *month, struct fault *fault);
bool access_of_month(struct month *month, struct fault *fault);
bool consultation_of_month(struct month *month, struct fault *fault); /* and access consultations */
bool observation_of_month(struct month *month, struct fault *fault);
bool notable_of_month(struct month *month, struct fault *fault);
/* Whether it all adds up; a fault names the table, the month and the two numbers that disagree. */
bool identities_hold(const struct month *month, struct fault *fault);

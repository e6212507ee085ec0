/* sums: sightings summed over sources while they pass in their order: one row for each (point, kind,
 * protocol, port, country), in that order, no country last. */
#pragma once
#include "ledger/sightings.h"

struct sum {
    uint64_t accesses, sources;
    uint16_t point, port;
    uint8_t kind, protocol;
    char country[2];
};

struct sums;
/* `give` takes each sum when it is whole. */
struct sums *sums_new(void (*give)(void *context, const struct sum *sum), void *context);
void sums_free(struct sums *sums);
OWNED_TYPE(sums_free, struct sums)
void sums_add(struct sums *sums, const struct sighting *rows, size_t count);
void sums_end(struct sums *sums); /* of a day: gives the rest */

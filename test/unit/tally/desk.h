/* desk: a small ledger in a temporary folder, fed through the ledger's own functions, and the figures it
 * comes to. */
#pragma once
#include "unit.h"

#include "ledger/sightings.h"
#include "tally/figures.h"

struct desk {
    struct ledger *ledger;
    char folder[64];
};

void desk_open(struct desk *desk);
void desk_close(struct desk *desk); /* and removes it */

/* CSV rows without their header, taken in by the import. */
void desk_import(struct desk *desk, const char *kind, const char *rows);
/* Days as 2011-11-08; NULL: open. */
void desk_point(struct desk *desk, const char *name, const char *cidr, const char *since, const char *until);
/* In any order; each key once. */
void desk_see(struct desk *desk, struct sighting *sightings, size_t count);
/* A contact on TCP port 445 and its like, from 198.51.100.0 plus `source`. `country` "" is none. */
struct sighting desk_sighting(const char *day, uint16_t port, uint32_t source, const char *country,
                              uint64_t accesses);

struct figures *desk_figures(struct desk *desk,
                             const char *month); /* the test fails where they are refused */
void desk_refuses(struct desk *desk, const char *month, const char *sentence);

#define SIX(...) ((const figures_six){__VA_ARGS__})
void desk_expect(const figures_six seen, const figures_six expected, const char *file, int line);
#define expect_six(seen, ...) desk_expect((seen), SIX(__VA_ARGS__), __FILE__, __LINE__)

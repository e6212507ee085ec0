/* made: a ledger in a folder of its own, captures of random sightings that overlap, and the same counted the
 * long way. */
#pragma once
#include "../unit.h"
#include "base/file.h"
#include "ledger/sightings.h"
#include "ledger/tables.h"

enum { MADE_POINTS = 3, MADE_DAYS = 3, MADE_FIRST_DAY = 15281 /* 2011-11-03 */, MADE_ROWS_MOST = 8192 };

/* Everything is good, or the test says why not. */
#define MADE_OK(call)                                                                                        \
    do {                                                                                                     \
        if (!(call))                                                                                         \
            fail_msg("%s", fault.text);                                                                      \
    } while (0)

struct made {
    char folder[64], path[96];
    struct ledger *ledger; /* open for writing */
    struct points points;
    uint64_t seed;
};
/* One capture: its rows in order, each key once. */
struct made_capture {
    struct sighting rows[MADE_ROWS_MOST];
    size_t count, given;
    struct content content;
};

void made_open(struct made *made, const char *name); /* `name`: the ledger's folder */
void made_close(struct made *made);
void made_reopen(struct made *made);
uint64_t made_random(struct made *made, uint64_t below);

void made_capture(struct made *made, struct made_capture *capture, size_t rows);
struct sightings_in made_stream(struct made_capture *capture);
void made_store(struct made *made, struct made_capture *capture);
/* Adds a capture's rows to what was counted before: the merge, row by row. */
void made_count(struct made_capture *all, const struct made_capture *capture);

/* What the views hold, and what they should hold, as lines of text; in memory the caller frees. */
char *made_sightings_read(struct made *made);
char *made_sightings_counted(const struct made_capture *all);
char *made_summary_read(struct made *made);
char *made_summary_counted(const struct made_capture *all);
char *made_lines(struct tables *tables, const char *sql);

/* Back to how a ledger was made before there was a desk: the second format. The ledger is closed. */
void made_second_format(struct made *made);
int64_t made_number(struct made *made, const char *sql); /* a SELECT of one number from desk.sqlite */
size_t made_entries(const struct made *made, const char *folder);
/* The views hold what was counted. */
void made_assert_counted(struct made *made, const struct made_capture *all);

/* watch: what has arrived, as a person wants to see it: by point, by port, the newest sources. It is fed with
 * the journal's rows, not with packets, so that nobody who does not look pays for it. All of it may be called
 * by any thread. */
#pragma once
#include "base/text.h"
#include "ledger/sightings.h"
#include "observe/account.h"
#include "observe/origin.h"

struct watch_settings {
    const char *interface;
    struct origin *origin; /* NULL: no countries are shown */
    bool coloured;
};
struct watch;
struct watch *watch_new(const struct watch_settings *settings, const struct points *points);
void watch_free(struct watch *watch);
OWNED_TYPE(watch_free, struct watch)

void watch_points(struct watch *watch, const struct points *points); /* others than before: begins anew */
void watch_rows(struct watch *watch, const struct sighting *rows, size_t count);
/* Of the whole run up to the rows that were given. */
void watch_account(struct watch *watch, const struct account *account);

/* What is known before the rows are. */
struct watch_now {
    int64_t time_s;
    uint64_t packets, dropped, dropped_interface;
    char note[160]; /* what there is to say, "" where there is nothing */
};
void watch_now(struct watch *watch, const struct watch_now *now);
uint64_t watch_packets(struct watch *watch); /* as watch_now() had them last */

/* Forgets all rows: counts from here on. */
void watch_anew(struct watch *watch);

/* One screen of so many columns and lines, without moving the cursor; each line ends with "\r\n" but the
 * last. */
void watch_draw(struct watch *watch, unsigned columns, unsigned lines, double packets_a_second,
                struct text *out);
/* What came since the last line, as JSON, and begins anew. Addresses of sources are not in it. */
void watch_line(struct watch *watch, struct text *out);

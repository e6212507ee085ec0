/* sightings: what was seen at the points, one row for each distinct (day, point, kind, protocol, port,
 * source).
 *
 * On disk, Parquet (parquet.h):
 *   sightings/day=2011-11-08/CONTENT.parquet   one file for each capture that touched the day, until the day
 *     is closed. Columns: point, kind, protocol (text), port, source_high, source_low (the address as two
 *     64-bit numbers, IPv4 mapped; the high one NULL where it is 0), country, accesses, first_s (epoch
 *     seconds), lasted_s (last - first; NULL where it is 0). Sorted by point, kind, protocol, port, source.
 *   summary/day=2011-11-08.parquet             the same summed over sources: point, kind, protocol, port,
 *     country, accesses, sources. Exact, because the key holds day, point and port.
 * Two files of a day may hold the same key: readers merge (accesses add, first is the least, last the most,
 * country the least that is known). Which files count is said by the table sighting_file in desk.sqlite, in
 * one transaction a capture: at any moment a capture is there wholly or not at all. */
#pragma once
#include "base/address.h"
#include "ledger/content.h"
#include "ledger/ledger.h"
#include "ledger/points.h"

enum sighting_kind { SIGHTING_CONTACT, SIGHTING_BACKSCATTER };
enum sighting_protocol { SIGHTING_TCP, SIGHTING_UDP, SIGHTING_ICMP, SIGHTING_ICMP6, SIGHTING_IP };
extern const char *const sighting_kind_names[];     /* "contact", "backscatter" */
extern const char *const sighting_protocol_names[]; /* "tcp", "udp", "icmp", "icmp6", "ip" */

struct sighting {
    struct address source;
    uint64_t accesses;
    int64_t first_s, last_s; /* epoch seconds */
    int32_t day;
    uint16_t point; /* index into struct points' names */
    uint16_t port;  /* TCP, UDP: port; ICMP: type; IP: protocol number */
    uint8_t kind, protocol;
    char country[2]; /* "CN"; {0, 0}: none */
};
int sighting_compare(const struct sighting *a,
                     const struct sighting *b); /* day point kind protocol port source */

/* Where sightings come from: `next` fills up to `most` rows and returns how many, 0 at the end; in the order
 * of sighting_compare, each key once. */
struct sightings_in {
    size_t (*next)(void *context, struct sighting *rows, size_t most);
    void *context;
};

enum sightings_stored {
    SIGHTINGS_NEW,
    SIGHTINGS_KNOWN, /* this content was taken in before: nothing changed */
    SIGHTINGS_MENDED /* it was, but sightings of it were lost since: just those are here again */
};
/* What was left out: sightings of days that were let go (retain.h) cannot be merged with those that are no
 * more. By kind. */
struct sightings_left {
    uint64_t sightings[2], accesses[2];
    int32_t first, last; /* days, where there are any */
};
struct sightings_taken {
    enum sightings_stored stored;
    struct sightings_left left;
};
/* `ledger` is open for writing. `name` is the file's name, for the record. Returns after all is synced. Days
 * that hold nothing else have their summaries too then (adopt.h). Those of the others are due from now on:
 * sightings_settle() makes them, once for all captures of a run; until then readers sum those days' sightings
 * themselves. */
bool sightings_take(struct ledger *ledger, const struct points *points, struct content content,
                    const char *name, struct sightings_in in, struct sightings_taken *taken,
                    struct fault *fault);
/* The same for whoever does not ask what was left out. */
bool sightings_store(struct ledger *ledger, const struct points *points, struct content content,
                     const char *name, struct sightings_in in, enum sightings_stored *stored,
                     struct fault *fault);
/* Closes the days that are over (close.h) and makes the summaries that are due. It cannot fail: what it does
 * not get done (a full disk) the next writer does. */
void sightings_settle(struct ledger *ledger);
/* Finishes or undoes what a killed writer left: called by ledger_open for writing. */
bool sightings_recover(struct ledger *ledger, struct fault *fault);

/* runs: sorted runs of sightings in one file: the journal of a live interface, and what counting puts aside
 * where its memory is full. Read back, all runs are one stream in which each key is there once.
 *
 *     header   what it is, the format's number, a random name, the zone and the points by their index
 *     block    up to 1 MiB of rows with a checksum; a run is one or more of them
 *     block    ...
 *
 * A file grows block by block. One that was cut off anywhere, or ends in rubbish, is read up to its last
 * whole block: all rows of that part are good, and a part of a run is a run. Only a header that is not whole
 * holds nothing. Numbers are little-endian, so that a disk may be carried to another machine. */
#pragma once
#include "ledger/sightings.h"

/* Runs of one file: what merging them needs is bounded by this. */
enum { RUNS_MOST = 16384 };

struct runs;
/* Writes the header to an empty file, which is taken over also where this fails. */
struct runs *runs_new(int file, const char *zone, const struct points *points, struct fault *fault);
void runs_free(struct runs *runs); /* what was not written is lost */
OWNED_TYPE(runs_free, struct runs)

/* All of `in` as one run (none where it is empty). Where it fails (a full disk) nothing is lost: what was
 * taken from `in` waits here, and the same call goes on where this one stopped. At most RUNS_MOST runs. */
bool runs_add(struct runs *runs, struct sightings_in in, struct fault *fault);
bool runs_sync(struct runs *runs, struct fault *fault); /* what was added is on the disk */
uint64_t runs_bytes(const struct runs *runs);           /* how long the file is */
uint32_t runs_count(const struct runs *runs);
int runs_file(const struct runs *runs);

struct runs_reader;
/* Reads all of the file once, and knows then how far it is good. Takes the file over, also where it fails.
 * NULL: no header, another format, more than RUNS_MOST runs; `name` is for the sentence. */
struct runs_reader *runs_open(int file, const char *name, struct fault *fault);
void runs_reader_free(struct runs_reader *reader);
OWNED_TYPE(runs_reader_free, struct runs_reader)

/* The merged stream; it can be read once. Equal keys of several runs are one row. Some MiB of memory, however
 * many runs there are. What was read before and cannot be read again (a failing disk) stops the process: no
 * caller could use half a stream. */
struct sightings_in runs_in(struct runs_reader *reader);
const char *runs_zone(const struct runs_reader *reader);
const struct points *runs_points(const struct runs_reader *reader); /* their names, no watches */
const unsigned char *runs_name(const struct runs_reader *reader);   /* RUNS_NAME_SIZE bytes, random */
uint64_t runs_rows(const struct runs_reader *reader);               /* of all runs: equal keys apart */
uint64_t runs_cut(const struct runs_reader *reader);                /* bytes behind the last whole block */
enum { RUNS_NAME_SIZE = 16 };

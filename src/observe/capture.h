/* capture: the packets of a capture file, one after another, whichever of the two formats it has (pcap.c,
 * pcapng.c). */
#pragma once
#include "observe/source.h"

/* Packets longer than this do not exist: a record that says so is where a file broke (the same limit as
 * libpcap's). */
enum { CAPTURE_PACKET_MOST = 262144 };

struct capture_record {
    int64_t time_ns;            /* since the epoch */
    const unsigned char *bytes; /* good until the next record */
    uint32_t length;            /* bytes captured */
    uint32_t link;              /* LINKTYPE_ number */
    bool timed;                 /* false: the record has no time, or one that is none */
};

enum capture_next {
    CAPTURE_RECORD,
    CAPTURE_END,
    CAPTURE_BROKEN,
    CAPTURE_HELD /* the next record needs a block that source_hold() holds back */
};

/* Where and why a file cannot be read further. */
struct capture_break {
    uint64_t
        offset; /* of the record that could not be read, in bytes from the start of the (unpacked) file */
    uint64_t packet; /* its number, from 1 */
    char why[160];
};

struct capture;
/* Takes the source over. NULL where it is no capture: `name` is for the sentence. */
struct capture *capture_new(struct source *source, const char *name, struct fault *fault);
void capture_free(struct capture *capture);
OWNED_TYPE(capture_free, struct capture)
struct source *capture_source(struct capture *capture);

/* CAPTURE_BROKEN and CAPTURE_END repeat when asked again. */
enum capture_next capture_next(struct capture *capture, struct capture_record *record);
/* As many plain records as lie whole in what has been read, up to `most`; it may be fewer. All stay good
 * until capture_next() or this has to read a block. */
size_t capture_some(struct capture *capture, struct capture_record *records, size_t most);
const struct capture_break *capture_break(const struct capture *capture);

/* What the two formats have in common; for pcap.c and pcapng.c only. */
struct capture_format {
    enum capture_next (*next)(struct capture *capture, struct capture_record *record);
    size_t (*some)(struct capture *capture, struct capture_record *records, size_t most); /* NULL: none */
    void (*free)(void *state);
};
struct capture {
    struct source *source;
    const struct capture_format *format;
    void *state; /* the format's own */
    uint64_t packets;
    bool broken;
    struct capture_break where;
};
/* Notes the break at the source's next byte; always CAPTURE_BROKEN. */
enum capture_next capture_broke(struct capture *capture, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Where bytes are missing: held back, the file ends too early, or its source failed. */
enum capture_next capture_short(struct capture *capture, const char *within);
/* The same between two records, where the end is a good one. */
enum capture_next capture_end(struct capture *capture, const char *within);

/* The format's part of capture_new(): false where the first bytes are not its own. */
bool pcap_begin(struct capture *capture);
bool pcapng_begin(struct capture *capture);

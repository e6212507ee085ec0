/* keeper: the process beside the watcher that opens the ledger: it tells the points, and puts finished
 * journals among the sightings. It holds the ledger's lock only while it stores, waits for other writers, and
 * never makes the watcher wait.
 *
 * What it stores, it stores once: a journal is known by its random name, like a capture by its content. */
#pragma once
#include "ledger/points.h"
#include <sys/types.h>

struct keeper_settings {
    const char *ledger;
    const char *user;             /* NULL: whose the ledger is */
    const char *country_database; /* where the ledger names none */
};

/* What the watcher must know of the ledger. */
struct keeper_ledger {
    char zone[64];
    char country_database[256]; /* "": none */
    struct points points;
};

struct keeper {
    pid_t process;
    int socket; /* -1: it has ended */
    struct {
        unsigned char *bytes;
        size_t length, room;
    } heard; /* what came of its next answer */
};
/* Begins it and waits until it has read the ledger. */
bool keeper_begin(struct keeper *keeper, const struct keeper_settings *settings, struct keeper_ledger *ledger,
                  struct fault *fault);

/* Asks, and does not wait: the answer comes by keeper_hear(). */
void keeper_ask_points(struct keeper *keeper);
void keeper_ask_store(struct keeper *keeper);

enum keeper_answer {
    KEEPER_NOTHING, /* not yet: poll the socket */
    KEEPER_POINTS,
    KEEPER_STORED,
    KEEPER_FAULT, /* what was asked for could not be done; a journal not stored is there still */
    KEEPER_ENDED,
};
struct keeper_said {
    struct points points; /* KEEPER_POINTS: points_clear() it */
    /* KEEPER_STORED */
    uint64_t journals, sources, backscatter_sources;
    uint64_t cut;  /* bytes that a killed watcher had not written wholly */
    uint64_t left; /* packets of days that the ledger has let go of */
};
enum keeper_answer keeper_hear(struct keeper *keeper, struct keeper_said *said, struct fault *fault);

/* Waits until it has stored what there is to store. False: not all was stored, and it has said why. */
bool keeper_end(struct keeper *keeper);
/* Does not wait for it: what is not stored now, the next one stores. */
void keeper_leave(struct keeper *keeper);

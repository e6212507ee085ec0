/* deeds: who did what, never anything personal, each entry chained to the one before:
 * hash = BLAKE2b-256, keyed by the ledger's key, of the hash before and all of this entry. An entry changed,
 * left out or put in breaks the chain; entries cut off the end are seen by whoever kept an earlier head. */
#pragma once
#include "ledger/ledger.h"
#include <stdint.h>

enum { DEEDS_HASH = 32 };
/* In the caller's transaction (BEGIN IMMEDIATE). staff 0: the desk itself; -1: a reporter. casefile 0: none.
 * detail: words of ours only. */
bool deeds_add(struct ledger *ledger, int64_t staff, const char *what, int64_t casefile, const char *detail,
               struct fault *fault);
enum deeds_found { DEEDS_WHOLE, DEEDS_BROKEN };
struct deeds_proof {
    enum deeds_found found;
    uint64_t entries;
    int64_t broken_at; /* the entry that does not follow from the one before */
    unsigned char head[DEEDS_HASH];
    bool knows; /* the head asked for is in the chain */
};
bool deeds_verify(struct ledger *ledger, const unsigned char *expected /* a head kept earlier, or NULL */,
                  struct deeds_proof *proof, struct fault *fault);

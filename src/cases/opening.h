/* opening: one case being opened by one pair, the desk's or a receipt's. */
#pragma once
#include "cases/told.h"
#include "ledger/records.h"

struct opening {
    struct ledger *ledger;
    const struct casefile *file;
    const struct seal_pair *pair;
    struct seal_key key; /* the case's */
    bool opens;
};
struct opening opening_of(struct ledger *ledger, const struct casefile *file, const struct seal_pair *pair);
void opening_clear(struct opening *opening); /* wipes the key */
/* The key of one part; false: not for this pair. Where it is a note, `sealed` then begins behind its key. */
bool opening_key(const struct opening *opening, const char *what, struct told_bytes *sealed,
                 struct seal_key *key);
struct told_bytes opening_bytes(sqlite3_stmt *statement, int column);

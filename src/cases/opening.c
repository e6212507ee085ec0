#include "cases/opening.h"
#include <sodium.h>
#include <string.h>

void opening_clear(struct opening *opening)
{
    sodium_memzero(&opening->key, sizeof opening->key);
}

struct opening opening_of(struct ledger *ledger, const struct casefile *file, const struct seal_pair *pair)
{
    struct opening opening = {.ledger = ledger, .file = file, .pair = pair};
    opening.opens = casefile_key(file, pair, &opening.key);
    return opening;
}

bool opening_key(const struct opening *opening, const char *what, struct told_bytes *sealed,
                 struct seal_key *key)
{
    if (strcmp(what, case_tolds[CASE_NOTE]) == 0)
        return told_note_key(opening->pair, sealed, key);
    *key = opening->key;
    return opening->opens;
}

struct told_bytes opening_bytes(sqlite3_stmt *statement, int column)
{
    return (struct told_bytes){sqlite3_column_blob(statement, column),
                               (size_t)sqlite3_column_bytes(statement, column)};
}

/* told: one part of what was told in a case, as it is kept: sealed, written, opened again. Sealing needs no
 * ledger, so that many threads can do it while one writes.
 *
 * A part is sealed with the key of its case, which the receipt opens too. A note of the staff has a key of
 * its own, wrapped to the desk alone and put before it: not even a fault in our own pages shows it to a
 * reporter. */
#pragma once
#include "cases/casefile.h"

struct told_attachment {
    struct text name, bytes; /* sealed */
    size_t length;
};
struct told {
    enum case_told what;
    int64_t staff, at_s;
    const unsigned char *once; /* borrowed; NULL: none */
    struct text fields;        /* sealed */
    struct told_attachment *attachments;
    size_t attachments_count;
};
/* What the key of a part hangs on. */
struct told_keys {
    const struct seal_key *key;     /* the case's */
    const unsigned char *case_once; /* 16 bytes */
    const struct seal_public *desk; /* for a note */
};
/* The desk's public key; a fault where none of the staff has made it yet. */
bool told_desk(struct ledger *ledger, struct seal_public *desk, struct fault *fault);
/* `told` is to be cleared, whatever comes back. False: larger than what is kept. */
bool told_seal(struct told *told, const struct told_keys *keys, const struct case_add *add,
               struct fault *fault);
void told_clear(struct told *told);
/* In the caller's transaction. */
bool told_write(struct ledger *ledger, int64_t casefile, const struct told *told, enum case_taken *taken,
                struct fault *fault);

/* What lies in a row's `sealed`. A note begins with its key: told_note_key() takes it off. */
struct told_bytes {
    const void *bytes;
    size_t length;
};
bool told_note_key(const struct seal_pair *desk, struct told_bytes *sealed,
                   struct seal_key *key); /* false: not the desk's pair */
/* The fields; NULL where they do not open. New reference. */
json_t *told_fields(const struct seal_key *key, const unsigned char *case_once, struct told_bytes sealed);

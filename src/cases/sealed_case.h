/* sealed_case: a case that came in, sealed and ready to be written. Sealing needs no ledger's transaction,
 * so that many threads can seal while one writes (cases/taker.h). */
#pragma once
#include "cases/told.h"

struct sealed_case {
    const struct case_intake *intake; /* borrowed */
    struct seal_public desk;          /* whom it is sealed to */
    struct seal_wrapped desk_key, own_key;
    struct told told;
};
/* `sealed` is to be cleared, whatever comes back. */
bool sealed_case_make(struct sealed_case *sealed, const struct case_intake *intake,
                      const struct seal_public *desk, struct fault *fault);
void sealed_case_clear(struct sealed_case *sealed);
/* In the caller's transaction. */
bool sealed_case_write(struct ledger *ledger, const struct sealed_case *sealed, enum case_taken *taken,
                       int64_t *id, struct fault *fault);

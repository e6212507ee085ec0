/* taker: takes cases in durably, many at once. Threads hand over what came in and wait; one thread writes
 * what has gathered in one transaction and syncs it once for all of them (group commit). When taker_take() is
 * back with CASE_TAKEN, the case is on the disk. */
#pragma once
#include "cases/casefile.h"

struct taker;
/* Opens the ledger at `path` for itself. NULL on a fault. */
struct taker *taker_new(const char *path, struct fault *fault);
void taker_free(struct taker *taker);
OWNED_TYPE(taker_free, struct taker)
/* Any thread. Sealing is done in the caller's thread, before the queue. A fault of one case (a full disk) is
 * its caller's only, or of all in that transaction: nothing of them was taken in. */
bool taker_take(struct taker *taker, const struct case_intake *intake, enum case_taken *taken, int64_t *id,
                struct fault *fault);

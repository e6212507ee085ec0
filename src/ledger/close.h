/* close: a day that is over is made one sorted file of its many, as one capture of all its packets would have
 * given it.
 *
 *     spool/NAME/day=DAY.parquet        merged and synced                killed after it: spool_sweep removes
 * it manifest_swap                     the one counts, the many do not  killed after it: spool_place goes on
 *     spool_place                       the one is in its place
 *     spool_remove_gone                 the many are removed
 *
 * Who reads meanwhile holds the many open (snapshot.h) and goes on with them. Late packets make a day many
 * files again, and it is closed again. */
#pragma once
#include "ledger/ledger.h"

/* All days over in the ledger's zone that lie in more than one file; a day that cannot be closed is left as
 * it is and does not keep the others from it: the fault is then that of the first one. */
bool close_days(struct ledger *ledger, struct fault *fault);

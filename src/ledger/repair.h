/* repair: mends what examine.h finds, as far as it can be mended without inventing a number.
 *
 * What can be made again is made again: summaries, the manifest's counts of rows, one file of the many of a
 * day. What is lost (a file of sightings that is gone, or whose bytes have changed) is taken out of the
 * count, and its captures may be observed again: exactly the days that were lost of them are then taken in,
 * nothing else. Until then the day keeps its summary, where that is whole. A damaged file is not thrown away:
 * it lies in damaged/. Strays are removed. */
#pragma once
#include "ledger/examine.h"

/* `ledger` is open for LEDGER_MEND. `found` is what was wrong, `left` what still is; both
 * are also told where something could not be mended for another reason (a full disk), which is the fault. */
bool repair(struct ledger *ledger, struct examination *found, struct examination *left, struct fault *fault);

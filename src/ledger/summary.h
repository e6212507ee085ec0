/* summary: a day's sightings summed over sources, kept as summary/day=DAY.parquet (sightings.h tells the
 * columns): what bulletins read. Made anew from all of a day's files, written beside and renamed; the same
 * sightings give the same bytes, also where the sums were made in the stream (adopt.h). */
#pragma once
#include "ledger/ledger.h"

/* Makes the summaries that are due. All sightings must be in their place. */
bool summary_make_due(struct ledger *ledger, struct fault *fault);

/* adopt: the sums that were made while sightings were written (daily.h) become the summary of their day,
 * where those sightings are all there is of it; a day of more than one file is summed anew (summary.h). Until
 * then the day is due, and who reads sums it himself: killed anywhere, no summary counts that does not agree.
 */
#pragma once
#include "ledger/ledger.h"

/* For all days that are due, of sightings that are in their place. */
bool adopt_sums(struct ledger *ledger, struct fault *fault);

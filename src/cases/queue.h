/* queue: how many cases stand in each state. Counting stops at `most`, so that a page that says it walks no
 * millions of closed ones. */
#pragma once
#include "cases/casefile.h"

bool queue_count(struct ledger *ledger, unsigned most, unsigned counts[CASE_STATES], struct fault *fault);

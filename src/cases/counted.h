/* counted: what a case has added to the records at present, read from them. */
#pragma once
#include "cases/classing.h"
#include "ledger/ledger.h"
#include <jansson.h>
#include <stdint.h>

/* {} counts as nothing. {"malware": [{"month", "kind", "reports", "detections", "shared": how many of these
 * reports other cases or imports of the same reporter count as too}]}, {"access": {"month", "harm"}},
 * {"consultation": {"month", "access"}}; months as base/calendar.h counts them. New reference. */
json_t *counted_read(struct ledger *ledger, int64_t casefile, struct fault *fault);

/* The first of these lines that cannot be counted as its kind, because the same reporter's report of that day
 * and name counts as the other kind already, in another case or an earlier line; `count` where all can. */
bool counted_against(struct ledger *ledger, int64_t casefile, const struct classed_malware *lines,
                     size_t count, size_t *first, struct fault *fault);
/* Whether a case that counts as nothing now could be counted as it is classified. */
bool counted_fits(struct ledger *ledger, int64_t casefile, bool *fits, struct fault *fault);

/* counted: what a case has added to the records at present, read from them. */
#pragma once
#include "ledger/ledger.h"
#include <jansson.h>
#include <stdint.h>

/* {} counts as nothing. {"malware": [{"month", "kind", "reports", "detections", "shared": how many of these
 * reports other cases or imports of the same reporter count as too}]}, {"access": {"month", "harm"}},
 * {"consultation": {"month", "access"}}; months as base/calendar.h counts them. New reference. */
json_t *counted_read(struct ledger *ledger, int64_t casefile, struct fault *fault);

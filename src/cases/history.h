/* history: what was done in one case, from the record of deeds. */
#pragma once
#include "ledger/ledger.h"
#include <jansson.h>
#include <stdint.h>

/* In order: [{"at_s", "staff" (0: the desk itself, -1: the reporter), "what", "detail"}]; the last `most` of
 * them. New reference, NULL on a fault. */
json_t *history_read(struct ledger *ledger, int64_t casefile, unsigned most, struct fault *fault);

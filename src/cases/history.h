/* history: what was done, in one case or in all, from the record of deeds. */
#pragma once
#include "ledger/ledger.h"
#include <jansson.h>
#include <stdint.h>

/* In order: [{"at_s", "staff" (0: the desk itself, -1: the reporter), "what", "detail"}]; the last `most` of
 * them. New reference, NULL on a fault. */
json_t *history_read(struct ledger *ledger, int64_t casefile, unsigned most, struct fault *fault);

/* All deeds, the last first, before entry `before` (0: from the last): [{"id", "at_s", "staff", "what",
 * "casefile" (0: none), "detail"}]. New reference, NULL on a fault. */
struct history_filter {
    int64_t casefile, staff; /* 0: any */
    int64_t before;
    unsigned most;
};
json_t *history_list(struct ledger *ledger, const struct history_filter *filter, struct fault *fault);
/* Where the chain ends: how many entries, and the last one's hash in hex; "" where there is none. */
enum { HISTORY_HEAD = 64 + 1 };
bool history_head(struct ledger *ledger, int64_t *entries, char head[HISTORY_HEAD], struct fault *fault);

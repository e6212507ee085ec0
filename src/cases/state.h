/* state: what the processes of the desk tell the administrator's page (desk_state): when a backup was made,
 * that a mail folder is stuck, how many bounces were left out. Words and numbers of ours only, nothing
 * personal. */
#pragma once
#include "base/text.h"
#include "ledger/ledger.h"
#include <jansson.h>
#include <stdint.h>

/* `name` is "mail.stuck", "backup.last" ... Each is one transaction, or part of the caller's. */
bool state_set(struct ledger *ledger, const char *name, const char *value, struct fault *fault);
bool state_unset(struct ledger *ledger, const char *name, struct fault *fault);
/* One more: "mail.left.bounce" counts. */
bool state_count(struct ledger *ledger, const char *name, struct fault *fault);
/* All of it by name: {"mail.stuck": {"at_s": 1700000000, "value": "..."}}. New reference, NULL on a fault. */
json_t *state_list(struct ledger *ledger, struct fault *fault);

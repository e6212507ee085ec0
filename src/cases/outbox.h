/* outbox: mail to be sent, sealed so that only the process that sends it can read it; gone once it is sent.
 */
#pragma once
#include "ledger/ledger.h"
#include <jansson.h>
#include <stdint.h>

/* In the caller's transaction. `mail`: {"to", "subject", "text", "language", "in_reply_to", "receipt"};
 * borrowed. */
bool outbox_add(struct ledger *ledger, int64_t casefile, json_t *mail, struct fault *fault);

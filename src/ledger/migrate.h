/* migrate: a ledger of an older format becomes one of today's, in one transaction, by its first writer. */
#pragma once
#include "ledger/ledger.h"

enum { LEDGER_FORMAT_FIRST = 1, LEDGER_FORMAT = 3 };

bool migrate(struct ledger *ledger, long format, struct fault *fault);

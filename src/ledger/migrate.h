/* migrate: a ledger of the first format becomes one of today's, in one transaction, by its first writer. */
#pragma once
#include "ledger/ledger.h"

enum { LEDGER_FORMAT_FIRST = 1, LEDGER_FORMAT = 2 };

bool migrate(struct ledger *ledger, struct fault *fault);

/* lending: the tables of desk.sqlite lent to DuckDB, row by row as they are asked for, less what tells who a
 * reporter is. */
#pragma once
#include "ledger/engine.h"
#include "ledger/ledger.h"

/* Makes the views malware_report, access_report, consultation and point. `ledger` must outlive the engine. */
bool lending_register(struct engine *engine, const struct ledger *ledger, struct fault *fault);

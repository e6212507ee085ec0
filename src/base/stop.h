/* stop: a program that is told to stop (Ctrl-C, SIGTERM, SIGHUP) clears up what it would leave lying about.
 *
 * Only who writes outside the ledger needs it: what lies half done in the ledger, the next writer sees to.
 * Whoever listens asks often; a second signal kills at once. */
#pragma once
#include "base/fault.h"
#include <stdbool.h>

/* From now on a signal is remembered instead of obeyed; one that is ignored (nohup) stays so. */
void stop_listen(void);

bool stop_asked(void);

/* False, with the fault said, where stop_asked(). */
bool stop_check(struct fault *fault);

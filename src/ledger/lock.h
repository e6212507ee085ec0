/* lock: one writer at a time in a ledger (flock on ledger.lock, which says who holds it). The system lets go
 * of it when the process ends, however it ends. */
#pragma once
#include "base/fault.h"

/* Waits, and says once for whom on standard error. The lock, or -1 on a fault. */
int lock_take(const char *path, const char *ledger, struct fault *fault);
void lock_release(int lock); /* -1 is fine */

/* secret: memory for what must not leave this process: locked (never in swap), left out of core dumps, wiped
 * when it is let go of. Also makes the whole process so: what libraries copy is wiped when they free it. */
#pragma once
#include "base/fault.h"
#include <stdbool.h>
#include <stddef.h>

/* Before any secret is read: no core dumps, no other process may look in (PR_SET_DUMPABLE), freed memory is
 * overwritten (M_PERTURB). A machine that lets nobody lock memory is told of in *locked, and goes on. */
bool secret_begin(bool *locked, struct fault *fault);

/* Whole pages, locked where that is allowed; zeroed. Past `most` bytes in all it is a fault. */
struct secrets;
struct secrets *secrets_new(size_t most);
void secrets_free(struct secrets *secrets); /* wipes */
/* A NUL-ended copy, good until secrets_free(). NULL past the limit. */
const char *secrets_keep(struct secrets *secrets, const char *bytes, size_t length);

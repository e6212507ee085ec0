/* breach: a list of passwords that others have lost, offline: SHA-1 in hex, one a line in order, ":count"
 * behind it or not (as Have I Been Pwned gives it out), or a folder of its ranges (00000 to FFFFF, each line
 * the other 35 digits). Nothing that comes out of here, and no fault, tells anything of a password's hash. */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include <stdbool.h>
#include <stdint.h>

struct breach;
/* Looks at the first and last line, and some between: a file that is not in order, or no such list, is a
 * fault. */
struct breach *breach_open(const char *path, struct fault *fault);
void breach_free(struct breach *breach);
OWNED_TYPE(breach_free, struct breach)
int32_t breach_age_days(const struct breach *breach, int32_t today); /* by the file's date; 0 at least */

/* *times 0: it is not there. 1 where the list has no counts. A fault where the list turns out to be out of
 * order or damaged after all. */
bool breach_look(struct breach *breach, const char *password, uint64_t *times, struct fault *fault);

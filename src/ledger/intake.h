/* intake: which files were taken in, each kind known by its content: records by import.c, captures by
 * manifest.c. */
#pragma once
#include "ledger/content.h"

bool intake_knows(const struct ledger *ledger, const char *kind, struct content content, bool *known,
                  struct fault *fault);
/* One file not known before, inside the caller's transaction. A name that is not UTF-8 is kept as none. */
bool intake_add(struct ledger *ledger, const char *kind, struct content content, const char *name,
                uint64_t rows, struct fault *fault);

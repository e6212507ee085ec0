/* Steps of the manifest's transactions: for manifest_change.c and manifest_mend.c only. */
#pragma once
#include "ledger/manifest.h"

bool manifest_begin(struct ledger *ledger, struct fault *fault);
/* The end of a transaction: all of it, or nothing where a step of it failed (`done` is false). */
bool manifest_end(struct ledger *ledger, bool done, struct fault *fault);
/* A statement about a day (?1), a file (?1 day, ?2 name), or a file and something else (?3). */
bool manifest_of_day(struct ledger *ledger, const char *sql, int32_t day, struct fault *fault);
bool manifest_of_file(struct ledger *ledger, const char *sql, const struct manifest_file *file,
                      const char *other, struct fault *fault);
bool manifest_add_file(struct ledger *ledger, const struct manifest_file *file, struct fault *fault);
/* Readers look again. */
bool manifest_changed(struct ledger *ledger, struct fault *fault);

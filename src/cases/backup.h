/* backup: all that the desk's database and key hold, in one file, made while the desk runs; and back again,
 * while it runs. */
#pragma once
#include "ledger/ledger.h"

bool backup_write(const char *ledger, const char *file,
                  struct fault *fault); /* appears whole or not at all; mode 0600 */
/* In one transaction: records and the desk become what FILE holds; sightings and what was kept of captures
 * stay. Refuses a file that is damaged or of another ledger. */
bool backup_restore(const char *ledger, const char *file, struct fault *fault);

/* windows: what is installed on a Windows that is not running, by its registry: the list of Settings (Apps),
 * which the keys "Uninstall" are, of 64 and 32 bit and of each user, and Windows itself. */
#pragma once
#include "base/fault.h"
#include "check/versions/machine.h"
#include <stdbool.h>

/* A row of the table of inventories (inventory.h). */
bool windows_there(const struct machine *machine);
bool windows_add(struct machine *machine, struct fault *fault);

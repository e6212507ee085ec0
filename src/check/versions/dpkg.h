/* dpkg: what is installed by dpkg(1): var/lib/dpkg/status, and status.d/ as images without dpkg have it. */
#pragma once
#include "check/versions/machine.h"

bool dpkg_there(const struct machine *machine);
/* Adds each package that is installed, and sets the machine's architecture. */
bool dpkg_add(struct machine *machine, struct fault *fault);

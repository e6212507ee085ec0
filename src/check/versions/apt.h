/* apt: what is the latest of each package, by the lists that apt(8) has fetched, as apt itself would choose
 * with no preferences set (apt_preferences(5)): of the versions not older than the installed one, the highest
 * of those with the highest priority. A package whose version no list offers, and for which none offers a
 * newer one, came from elsewhere or is offered no longer: nothing is known of its latest. */
#pragma once
#include "base/fault.h"
#include "check/versions/machine.h"

/* Sets `latest` of the machine's packages of dpkg. A list that cannot be read to its end is a fault, behind
 * which what the others know still stands, without an age. */
bool apt_know(struct machine *machine, struct fault *fault);

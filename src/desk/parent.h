/* parent: begins the desk's processes, joins them, begins again what has died, and ends them in order. It
 * holds no ledger and hears nobody. */
#pragma once
#include "desk/door.h"

struct parent_settings {
    const char *ledger;
    struct door_settings door;
};
/* Until it is told to stop (SIGTERM, SIGINT). False: something could not be begun, or died again and again.
 */
bool parent_run(const struct parent_settings *settings, struct fault *fault);

/* watcher_confine: the list of what the watcher may still do. */
#pragma once
#include "base/fault.h"
#include <sys/types.h>

/* Before its threads begin: no file but those in the journals' folder. *enforced: the kernel has Landlock. */
bool watcher_confine_files(const char *journals, bool *enforced, struct fault *fault);
/* After they have begun: no system call but those in the list. `capture` can be read, and never sent through.
 */
bool watcher_confine_calls(int capture, pid_t keeper, struct fault *fault);

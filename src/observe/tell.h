/* tell: the watcher's third thread: draws the screen twice a second, or writes a line of JSON every so many
 * seconds, to standard output. A terminal that is held (Ctrl-S) or a reader that does not read stops this
 * thread and nothing else. */
#pragma once
#include "base/fault.h"
#include "observe/watch.h"

struct tell_settings {
    struct watch *watch;
    int every_s; /* lines of JSON; 0: the screen */
};
struct tell;
struct tell *tell_new(const struct tell_settings *settings, struct fault *fault);
/* The last line, or the terminal as it was. False where it could not be written. */
bool tell_end(struct tell *tell);

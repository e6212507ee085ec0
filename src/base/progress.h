/* progress: one line on standard error that tells how far a long work is; silent unless that is a terminal.
 */
#pragma once
#include <stdint.h>

struct progress {
    const char *what;
    uint64_t total; /* 0: not known */
    int64_t shown_ms;
    int on;
};
void progress_begin(struct progress *progress, const char *what, uint64_t total);
void progress_tell(struct progress *progress, uint64_t done); /* cheap; draws at most ten times a second */
void progress_end(struct progress *progress);                 /* wipes the line */

/* maildir: a folder in which mail arrives, a file a message (new/, cur/, tmp/). What lies in new/ is taken
 * in, and then moved: to cur/ as seen, or to the folder .left-out, where mail programs show it. Whoever is
 * killed in between finds the message in new/ again, and it is known. */
#pragma once
#include "ledger/ledger.h"

struct maildir {
    const char *path;
    int new; /* the folder new/, and who tells of what comes into it */
    int watch;
    char said[2048]; /* what stood in the way last, so that it is said once */
};
/* Makes .left-out where it is missing. Before the process is confined. */
bool maildir_open(struct maildir *maildir, const char *path, struct fault *fault);
void maildir_close(struct maildir *maildir);

struct maildir_count {
    uint64_t taken, left_out, waiting; /* waiting: not taken in, and to be tried again; or no file at all */
    int64_t oldest_s;                  /* of those that wait: when it came; 0 */
};
/* Takes in all that lies in new/. A message that cannot be, however often it is tried, is moved to .left-out,
 * and one sentence names its file (command_say). A fault: new/ cannot be read. */
bool maildir_scan(struct maildir *maildir, struct ledger *ledger, struct maildir_count *count,
                  struct fault *fault);
/* Until something comes, a signal does, or `most_ms` are over. */
void maildir_wait(struct maildir *maildir, int most_ms);

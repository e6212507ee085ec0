/* notify: tells the service manager how it goes (sd_notify(3)), where one listens at $NOTIFY_SOCKET. What
 * cannot be told is not worth stopping for: none of this can fail. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct notify {
    int socket;          /* -1: nobody listens */
    int64_t watchdog_us; /* how often the watchdog wants to hear of us at most; 0: it does not */
};
/* Before the process is confined. */
void notify_open(struct notify *notify);
void notify_close(struct notify *notify);

/* "READY=1", "STOPPING=1", "WATCHDOG=1", "STATUS=one line": lines as sd_notify(3) has them. Never waits. */
void notify_tell(const struct notify *notify, const char *format, ...) __attribute__((format(printf, 2, 3)));

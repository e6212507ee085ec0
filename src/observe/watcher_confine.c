#include "observe/watcher_confine.h"
#include "base/confine.h"
#include "base/memory.h"
#include <linux/filter.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

bool watcher_confine_files(const char *journals, bool *enforced, struct fault *fault)
{
    const struct confine_path paths[] = {{journals, CONFINE_CHANGE}};
    return confine_capabilities(fault) && confine_paths(paths, 1, enforced, fault);
}

static const struct confine_call plain[] = {
    /* the journals, which Landlock lets be opened */
    {.name = "openat"},
    {.name = "renameat"},
    {.name = "renameat2"},
    {.name = "unlinkat"},
    {.name = "flock"},
    {.name = "fsync"},
    {.name = "fdatasync"},
    {.name = "ioctl", .must = CONFINE_EQUAL, .argument = 1, .value = TIOCGWINSZ},
    {.name = "ioctl", .must = CONFINE_EQUAL, .argument = 1, .value = TCGETS},
    {.name = "ioctl", .must = CONFINE_EQUAL, .argument = 1, .value = SIOCGIFFLAGS}, /* libpcap: is it up? */
    {.name = "wait4"},
    {.name = "waitid"},
    /* sockets that are there: the ring's counters and filter, and what the keeper says */
    {.name = "recvfrom"},
    {.name = "getsockname"},
    {.name = "getsockopt"},
    {.name = "setsockopt", .must = CONFINE_EQUAL, .argument = 2, .value = SO_ATTACH_FILTER},
    {.name = "setsockopt", .must = CONFINE_EQUAL, .argument = 2, .value = SO_DETACH_FILTER},
};
enum { PLAIN = sizeof plain / sizeof *plain };

bool watcher_confine_calls(int capture, pid_t keeper, struct fault *fault)
{
    struct confine_call calls[PLAIN + 4];
    size_t count = PLAIN;
    memcpy(calls, plain, sizeof plain);
    /* Writing to the capture's socket would send a packet. */
    calls[count++] = (struct confine_call){"write", CONFINE_OTHER_THAN, 0, (uint64_t)capture};
    calls[count++] = (struct confine_call){"writev", CONFINE_OTHER_THAN, 0, (uint64_t)capture};
    calls[count++] = (struct confine_call){"kill", CONFINE_EQUAL, 0, (uint64_t)keeper};
    calls[count] = (struct confine_call){0};
    return confine_calls(calls, fault);
}

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

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#define SANITIZED __has_feature(address_sanitizer)
#else
#define SANITIZED 0
#endif

static const struct confine_call plain[] = {
    /* memory: none that could be run */
    {.name = "brk"},
    {.name = "munmap"},
    {.name = "mremap"},
    {.name = "madvise"},
    {.name = "mmap", .must = CONFINE_WITHOUT_BITS, .argument = 2, .value = PROT_EXEC},
    {.name = "mprotect", .must = CONFINE_WITHOUT_BITS, .argument = 2, .value = PROT_EXEC},
    /* what is open; and the journals, which Landlock lets be opened */
    {.name = "read"},
    {.name = "readv"},
    {.name = "pread64"},
    {.name = "pwrite64"},
    {.name = "lseek"},
    {.name = "close"},
    {.name = "fstat"},
    {.name = "newfstatat"},
    {.name = "fstatat64"},
    {.name = "fcntl"},
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
    /* waiting, and the other threads */
    {.name = "poll"},
    {.name = "ppoll"},
    {.name = "futex"},
    {.name = "nanosleep"},
    {.name = "clock_nanosleep"},
    {.name = "clock_gettime"},
    {.name = "clock_gettime64"},
    {.name = "gettimeofday"},
    {.name = "time"},
    {.name = "restart_syscall"},
    {.name = "sched_yield"},
    {.name = "sched_getaffinity"}, /* malloc: how many threads there may be */
    {.name = "getrandom"},
    {.name = "getpid"},
    {.name = "gettid"},
    {.name = "set_robust_list"},
    {.name = "rseq"},
    {.name = "rt_sigaction"},
    {.name = "rt_sigprocmask"},
    {.name = "rt_sigreturn"},
    {.name = "wait4"},
    {.name = "waitid"},
    {.name = "exit"},
    {.name = "exit_group"},
    /* sockets that are there: the ring's counters and filter, and what the keeper says */
    {.name = "recvfrom"},
    {.name = "getsockname"},
    {.name = "getsockopt"},
    {.name = "setsockopt", .must = CONFINE_EQUAL, .argument = 2, .value = SO_ATTACH_FILTER},
    {.name = "setsockopt", .must = CONFINE_EQUAL, .argument = 2, .value = SO_DETACH_FILTER},
#if SANITIZED
    /* what the sanitizer does as threads begin and end */
    {.name = "sigaltstack"},
    {.name = "prlimit64"},
    {.name = "prctl"},
    {.name = "readlink"},
    {.name = "mlock"},
#endif
};
enum { PLAIN = sizeof plain / sizeof *plain };

bool watcher_confine_calls(int capture, pid_t keeper, struct fault *fault)
{
    struct confine_call calls[PLAIN + 6];
    size_t count = PLAIN;
    memcpy(calls, plain, sizeof plain);
    /* Writing to the capture's socket would send a packet. */
    calls[count++] = (struct confine_call){"write", CONFINE_OTHER_THAN, 0, (uint64_t)capture};
    calls[count++] = (struct confine_call){"writev", CONFINE_OTHER_THAN, 0, (uint64_t)capture};
    calls[count++] = (struct confine_call){"kill", CONFINE_EQUAL, 0, (uint64_t)keeper};
    calls[count++] = (struct confine_call){"tgkill", CONFINE_EQUAL, 0, (uint64_t)getpid()}; /* abort() */
    calls[count] = (struct confine_call){0};
    return confine_calls(calls, fault);
}

#include "check/apart_child.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/confine.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum { FILES_MOST = 256, WAIT_FACTOR = 3, READ_MOST = 1 << 16 };

static bool limit(int resource, rlim_t soft, rlim_t hard)
{
    struct rlimit now, wanted = {soft, hard};
    if (getrlimit(resource, &now) != 0)
        return false;
    if (wanted.rlim_max > now.rlim_max)
        wanted.rlim_max = now.rlim_max;
    if (wanted.rlim_cur > wanted.rlim_max)
        wanted.rlim_cur = wanted.rlim_max;
    return setrlimit(resource, &wanted) == 0;
}

static bool limit_all(const struct apart_limits *limits, size_t space)
{
    return limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_NOFILE, FILES_MOST, FILES_MOST) &&
           limit(RLIMIT_CPU, limits->time_s, limits->time_s + 1) &&
           (CONFINE_SANITIZED || limit(RLIMIT_AS, space, space));
}

bool apart_child_begin(const struct apart_limits *limits, pid_t parent, size_t space, struct fault *fault)
{
    CLEANUP(cleanup_descriptor) int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, 0) < 0 || (!CONFINE_SANITIZED && dup2(nothing, 2) < 0) ||
        prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fault_errno(fault, "cannot set a process apart");
    return limit_all(limits, space) || fault_errno(fault, "cannot limit a process");
}

/* All that comes, until the other end is closed. False where time is up; a fault is the pipe's. */
static bool listen_until(int pipe, int64_t deadline_ms, struct text *said)
{
    for (;;) {
        int64_t left_ms = deadline_ms - clock_steady_ms();
        struct pollfd waiting = {.fd = pipe, .events = POLLIN};
        if (left_ms <= 0)
            return false;
        if (poll(&waiting, 1, left_ms > INT32_MAX ? INT32_MAX : (int)left_ms) <= 0)
            continue;
        char bytes[READ_MOST];
        ssize_t length = read(pipe, bytes, sizeof bytes);
        if (length == 0 || (length < 0 && errno != EINTR && errno != EAGAIN))
            return true;
        if (length > 0)
            text_add(said, bytes, (size_t)length);
        if (!text_whole(said))
            return true;
    }
}

/* How it ended: nothing that it does not say itself is taken for an answer. */
static bool ended_well(const struct apart_limits *limits, bool in_time, int status, struct fault *fault)
{
    bool by_signal = WIFSIGNALED(status);
    if (!in_time || (by_signal && WTERMSIG(status) == SIGXCPU))
        return fault_set(fault, "took longer than %u s", limits->time_s);
    if (by_signal)
        return fault_set(fault, "broke off (signal %d)", WTERMSIG(status));
    if (WEXITSTATUS(status) == APART_EXIT_MEMORY)
        return fault_set(fault, "needed more than %zu MiB", limits->memory >> 20);
    if (WEXITSTATUS(status) == APART_EXIT_ABSENT)
        return fault_set(fault, "is not installed here");
    return WEXITSTATUS(status) == 0 || fault_set(fault, "broke off (exit %d)", WEXITSTATUS(status));
}

/* Until it has ended by itself. A kernel without pidfd_open(2) has the limit of processor time left. */
static bool wait_until(pid_t child, int64_t deadline_ms)
{
    CLEANUP(cleanup_descriptor) int handle = (int)syscall(SYS_pidfd_open, child, 0);
    struct pollfd waiting = {.fd = handle, .events = POLLIN};
    for (int64_t left_ms; handle >= 0 && (left_ms = deadline_ms - clock_steady_ms()) > 0;)
        if (poll(&waiting, 1, left_ms > INT32_MAX ? INT32_MAX : (int)left_ms) > 0)
            return true;
    return handle < 0;
}

bool apart_child_hear(const struct apart_limits *limits, pid_t child, int pipe, struct text *said,
                      struct fault *fault)
{
    int64_t deadline_ms = clock_steady_ms() + (int64_t)limits->time_s * WAIT_FACTOR * 1000;
    bool in_time = listen_until(pipe, deadline_ms, said);
    int status = 0;
    /* Who says too much is not waited for. */
    in_time = in_time && (!text_whole(said) || wait_until(child, deadline_ms));
    if (!in_time || !text_whole(said))
        kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return fault_errno(fault, "cannot wait for a process");
    return ended_well(limits, in_time, status, fault);
}

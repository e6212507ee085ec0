/* apart: a fork, limits of the kernel (setrlimit(2)), Landlock and seccomp; what comes back over the pipe is
 * whole or nothing. */
#include "check/apart.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/confine.h"
#include "base/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES_MOST = 256, WAIT_FACTOR = 3, EXIT_SHORT_OF_MEMORY = 77, READ_MOST = 1 << 16 };
enum kind { ANSWER, FAULT };

/* Before what is said, and once more behind it: half an answer has no end. */
struct mark {
    uint64_t magic;
    uint64_t kind;
    uint64_t length;
};
#define MAGIC UINT64_C(0x6d696d616170740a)

/* Files are read, never made or changed: Landlock says so of all ways to open one, and these flags once more
 * of the ordinary way, for a kernel without Landlock. */
static const struct confine_call reading[] = {
    {.name = "openat",
     .must = CONFINE_WITHOUT_BITS,
     .argument = 2,
     .value = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC},
    {.name = "open",
     .must = CONFINE_WITHOUT_BITS,
     .argument = 1,
     .value = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC},
    {.name = "openat2"},
    {.name = "access"},
    {.name = "faccessat"},
    {.name = "faccessat2"},
    {.name = "stat"},
    {.name = "lstat"},
    {.name = "statx"},
    {.name = "statfs"},
    {.name = "fstatfs"},
    {.name = "readlink"},
    {.name = "readlinkat"},
    {.name = "getdents64"},
    {.name = "getcwd"},
    {.name = "fadvise64"},
    {.name = "uname"},
    {.name = "sysinfo"},
    {.name = "getuid"},
    {.name = "geteuid"},
    {.name = "getgid"},
    {.name = "getegid"},
    {.name = "write"}, /* the answer */
    {.name = "mmap"},  /* iconv_open(3) loads its tables as libraries */
    {.name = "mprotect"},
    {0},
};

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

/* Pages of address space that this process has already (proc(5), statm). */
static bool space(size_t *bytes)
{
    CLEANUP(cleanup_file) FILE *file = fopen("/proc/self/statm", "re");
    unsigned long pages;
    if (file == NULL || fscanf(file, "%lu", &pages) != 1)
        return false;
    *bytes = pages * (size_t)sysconf(_SC_PAGESIZE);
    return true;
}

static bool limit_memory(size_t more)
{
    size_t has = 0;
    return CONFINE_SANITIZED || (space(&has) && limit(RLIMIT_AS, has + more, has + more));
}

static bool limit_all(const struct apart_limits *limits, struct fault *fault)
{
    return (limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_FSIZE, 0, 0) &&
            limit(RLIMIT_NOFILE, FILES_MOST, FILES_MOST) &&
            limit(RLIMIT_CPU, limits->time_s, limits->time_s + 1) && limit_memory(limits->memory)) ||
           fault_errno(fault, "cannot limit a process");
}

/* A library that chatters does so to nobody (a sanitizer is heard); the process ends with the one that waits
 * for it. */
static bool withdraw(pid_t parent, struct fault *fault)
{
    CLEANUP(cleanup_descriptor) int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0 ||
        (!CONFINE_SANITIZED && dup2(nothing, 2) < 0) || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 ||
        getppid() != parent || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fault_errno(fault, "cannot set a process apart");
    return true;
}

/* Capabilities stay: an administrator's check reads files of others, and nothing that is left to call could
 * use one for more. */
static bool confine(const struct apart_limits *limits, pid_t parent, struct fault *fault)
{
    const struct confine_path all = {"/", CONFINE_READ};
    bool enforced;
    return withdraw(parent, fault) && limit_all(limits, fault) && confine_paths(&all, 1, &enforced, fault) &&
           confine_calls(reading, fault);
}

static bool say(int pipe, const void *bytes, size_t length)
{
    for (const char *at = bytes; length > 0;) {
        ssize_t written = write(pipe, at, length);
        if (written < 0 && errno != EINTR)
            return false;
        at += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

static bool say_all(int pipe, enum kind kind, const char *bytes, size_t length)
{
    const struct mark mark = {MAGIC, kind, length};
    return say(pipe, &mark, sizeof mark) && say(pipe, bytes, length) && say(pipe, &mark, sizeof mark);
}

static void end_short_of_memory(void)
{
    _exit(EXIT_SHORT_OF_MEMORY);
}

struct job {
    struct apart_limits limits;
    bool (*work)(void *context, struct text *answer, struct fault *fault);
    void *context;
    pid_t parent;
};

_Noreturn static void work_apart(const struct job *job, int pipe)
{
    struct fault fault = {""};
    struct text answer;
    memory_short = end_short_of_memory;
    text_init(&answer, job->limits.answer);
    bool well = confine(&job->limits, job->parent, &fault) && job->work(job->context, &answer, &fault);
    if (well && !text_whole(&answer))
        well = fault_set(&fault, "has more to say than %zu MiB", job->limits.answer >> 20);
    bool told = well ? say_all(pipe, ANSWER, answer.bytes, answer.length)
                     : say_all(pipe, FAULT, fault.text, strlen(fault.text));
    _exit(told ? 0 : 1);
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

/* The end of the process: nothing that it does not say itself is taken for an answer. */
static bool ended_well(const struct apart_limits *limits, bool in_time, int status, struct fault *fault)
{
    bool by_signal = WIFSIGNALED(status);
    if (!in_time || (by_signal && WTERMSIG(status) == SIGXCPU))
        return fault_set(fault, "took longer than %u s", limits->time_s);
    if (by_signal)
        return fault_set(fault, "broke off (signal %d)", WTERMSIG(status));
    if (WEXITSTATUS(status) == EXIT_SHORT_OF_MEMORY)
        return fault_set(fault, "needed more than %zu MiB", limits->memory >> 20);
    return WEXITSTATUS(status) == 0 || fault_set(fault, "broke off (exit %d)", WEXITSTATUS(status));
}

static bool take(const struct text *said, struct text *answer, struct fault *fault)
{
    struct mark first, last;
    if (!text_whole(said) || said->length < sizeof first + sizeof last)
        return fault_set(fault, "broke off (half an answer)");
    memcpy(&first, said->bytes, sizeof first);
    memcpy(&last, said->bytes + said->length - sizeof last, sizeof last);
    size_t length = said->length - sizeof first - sizeof last;
    const char *bytes = said->bytes + sizeof first;
    if (first.magic != MAGIC || first.length != length || memcmp(&first, &last, sizeof first) != 0)
        return fault_set(fault, "broke off (half an answer)");
    if (first.kind != ANSWER)
        return fault_set(fault, "%.*s", (int)length, bytes);
    text_add(answer, bytes, length);
    return text_whole(answer) || fault_set(fault, "has more to say than %zu MiB", answer->limit >> 20);
}

static bool hear(const struct job *job, pid_t child, int pipe, struct text *said, struct fault *fault)
{
    int64_t wait_ms = (int64_t)job->limits.time_s * WAIT_FACTOR * 1000;
    bool in_time = listen_until(pipe, clock_steady_ms() + wait_ms, said);
    int status = 0;
    /* Who closed the pipe by ending keeps his exit code; who did not has nothing left to say. */
    kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return fault_errno(fault, "cannot wait for a process");
    return ended_well(&job->limits, in_time, status, fault);
}

bool apart_run(struct apart_limits limits,
               bool (*work)(void *context, struct text *answer, struct fault *fault), void *context,
               struct text *answer, struct fault *fault)
{
    const struct job job = {limits, work, context, getpid()};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fault_errno(fault, "cannot make a pipe");
    CLEANUP(cleanup_descriptor) int reading_end = ends[0];
    pid_t child = fork();
    if (child == 0)
        work_apart(&job, ends[1]);
    close(ends[1]);
    if (child < 0)
        return fault_errno(fault, "cannot make a process");
    CLEANUP(text_clear) struct text said;
    text_init(&said, limits.answer + sizeof(struct fault) + 2 * sizeof(struct mark));
    return hear(&job, child, reading_end, &said, fault) && take(&said, answer, fault);
}

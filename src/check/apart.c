/* apart: a fork, limits of the kernel (setrlimit(2)), Landlock and seccomp; what comes back over the pipe is
 * whole or nothing. */
#include "check/apart.h"
#include "check/apart_child.h"
#include "base/cleanup.h"
#include "base/confine.h"
#include "base/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

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

/* Capabilities stay: an administrator's check reads files of others, and nothing that is left to call could
 * use one for more. */
static bool confine(const struct apart_limits *limits, pid_t parent, struct fault *fault)
{
    const struct confine_path all = {"/", CONFINE_READ};
    const struct rlimit no_file = {0, 0};
    bool enforced;
    size_t has = 0;
    if (!space(&has) || setrlimit(RLIMIT_FSIZE, &no_file) != 0 || dup2(0, 1) < 0)
        return fault_errno(fault, "cannot set a process apart");
    return apart_child_begin(limits, parent, has + limits->memory, fault) &&
           confine_paths(&all, 1, &enforced, fault) && confine_calls(reading, fault);
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
    _exit(APART_EXIT_MEMORY);
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
    return apart_child_hear(&limits, child, reading_end, &said, fault) && take(&said, answer, fault);
}

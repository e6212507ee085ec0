#include "check/apart_program.h"
#include "base/cleanup.h"
#include "base/confine.h"
#include "check/apart_child.h"
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

_Noreturn static void become(const struct apart_limits *limits, const struct apart_command *command,
                             pid_t parent, int pipe)
{
    static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", locale[] = "LC_ALL=C.UTF-8";
    char *clean[] = {path, locale, NULL};
    const struct confine_path paths[] = {
        {"/", CONFINE_RUN}, {"/dev/null", CONFINE_CHANGE}, {command->change, CONFINE_CHANGE}};
    struct fault fault;
    bool enforced;
    if (dup2(pipe, 1) < 0 || !apart_child_begin(limits, parent, limits->memory, &fault) || dup2(0, 2) < 0 ||
        !confine_paths(paths, sizeof paths / sizeof *paths, &enforced, &fault) || !confine_network(&fault))
        _exit(1);
    environ = clean; /* also where the program is sought */
    execvp(command->words[0], (char *const *)(uintptr_t)command->words);
    _exit(errno == ENOENT ? APART_EXIT_ABSENT : 1);
}

bool apart_program(struct apart_limits limits, const struct apart_command *command, struct text *answer,
                   struct fault *fault)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fault_errno(fault, "cannot make a pipe");
    CLEANUP(cleanup_descriptor) int reading_end = ends[0];
    pid_t parent = getpid(), child = fork();
    if (child == 0)
        become(&limits, command, parent, ends[1]);
    close(ends[1]);
    if (child < 0)
        return fault_errno(fault, "cannot make a process");
    bool well = apart_child_hear(&limits, child, reading_end, answer, fault);
    if (!text_whole(answer))
        return fault_set(fault, "has more to say than %zu MiB", answer->limit >> 20);
    return well;
}

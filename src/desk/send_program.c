#include "base/cleanup.h"
#include "desk/send.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

enum { WAIT_MS = 120 * 1000, CANNOT_RUN = 127 };

/* The message lies in memory, so that a program which does not read it stops nobody. */
static int hold(const struct mail_written *mail, struct fault *why)
{
    int file = memfd_create("mail", MFD_CLOEXEC);
    ssize_t written = file < 0 ? -1 : write(file, mail->message.bytes, mail->message.length);
    if (written == (ssize_t)mail->message.length && lseek(file, 0, SEEK_SET) == 0)
        return file;
    fault_errno(why, "cannot hand over a mail");
    cleanup_descriptor(&file);
    return -1;
}

static _Noreturn void run(const char *program, const struct mail_written *mail, int message)
{
    /* The address is a word of its own behind "--": nothing of it is an option, and no shell reads it. */
    char *const words[] = {
        (char *)program,  "-i", "-f", mail->from[0] == '\0' ? "<>" : (char *)mail->from, "--",
        (char *)mail->to, NULL};
    char *const environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", NULL};
    int nowhere = open("/dev/null", O_RDWR);
    if (nowhere < 0 || dup2(message, STDIN_FILENO) < 0 || dup2(nowhere, STDOUT_FILENO) < 0 ||
        dup2(nowhere, STDERR_FILENO) < 0)
        _exit(CANNOT_RUN);
    static const int defaults[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
        signal(defaults[i], SIG_DFL);
    close_range(STDERR_FILENO + 1, ~0u, 0);
    execve(program, words, environment);
    _exit(CANNOT_RUN);
}

/* False: it took too long, and was ended. */
static bool wait_for(pid_t process, int *status)
{
    CLEANUP(cleanup_descriptor) int handle = (int)syscall(SYS_pidfd_open, process, 0);
    struct pollfd ends = {.fd = handle, .events = POLLIN};
    int ready = 0;
    while (handle >= 0 && (ready = poll(&ends, 1, WAIT_MS)) < 0 && errno == EINTR)
        ;
    if (ready <= 0)
        kill(process, SIGKILL);
    while (waitpid(process, status, 0) < 0 && errno == EINTR)
        ;
    return ready > 0;
}

/* The exit codes of sysexits.h are those that sendmail and all that take its place use. */
static enum send_result judge(const char *program, int status, struct fault *why)
{
    static const int refusals[] = {EX_DATAERR, EX_NOUSER, EX_NOHOST, EX_UNAVAILABLE, EX_NOPERM};
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code == EX_OK)
        return SEND_SENT;
    fault_set(why, "'%s' exited %d (expected 0)", program, code);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (code == refusals[i])
            return SEND_NEVER;
    return code == CANNOT_RUN ? SEND_DOWN : SEND_LATER;
}

enum send_result send_by_program(const char *program, const struct mail_written *mail, struct fault *why)
{
    int status = 0;
    CLEANUP(cleanup_descriptor) int message = hold(mail, why);
    if (message < 0)
        return SEND_DOWN;
    pid_t process = fork();
    if (process == 0)
        run(program, mail, message);
    if (process < 0) {
        fault_errno(why, "cannot run '%s'", program);
        return SEND_DOWN;
    }
    if (!wait_for(process, &status)) {
        fault_set(why, "'%s' took over %d s and was ended", program, WAIT_MS / 1000);
        return SEND_LATER;
    }
    return judge(program, status, why);
}

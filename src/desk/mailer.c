#include "desk/mailer.h"
#include "base/clock.h"
#include "base/command.h"
#include "base/stop.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { READER, SENDER, PARTS, AGAIN_S = 10, END_S = 20 };

struct part {
    const char *name;
    bool (*run)(const char *ledger, struct fault *fault);
    bool wanted;
    pid_t process;  /* 0: not there */
    time_t begin_s; /* not before */
};

static _Noreturn void run_part(const struct part *part, const char *ledger, pid_t parent)
{
    struct fault fault;
    prctl(PR_SET_NAME, part->name);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(COMMAND_NOT);
    bool well = part->run(ledger, &fault);
    if (!well)
        command_say("%s", fault.text);
    exit(well ? COMMAND_DONE : COMMAND_NOT);
}

static void begin(struct part *part, const char *ledger)
{
    pid_t parent = getpid();
    if (!part->wanted || part->process != 0 || clock_steady_s() < part->begin_s)
        return;
    part->begin_s = clock_steady_s() + AGAIN_S;
    pid_t process = fork();
    if (process == 0)
        run_part(part, ledger, parent);
    if (process > 0)
        part->process = process;
}

static void reap(struct part *parts)
{
    int status;
    for (pid_t process; (process = waitpid(-1, &status, WNOHANG)) > 0;)
        for (int i = 0; i < PARTS; i++)
            if (parts[i].process == process) {
                parts[i].process = 0;
                if (WIFSIGNALED(status) && !stop_asked())
                    command_say("the process '%s' has ended by signal %d and is begun again", parts[i].name,
                                WTERMSIG(status));
            }
}

static void pause_ms(long ms)
{
    const struct timespec wait = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&wait, NULL);
}

/* Each finishes the message it is at. */
static void end(struct part *parts)
{
    time_t until_s = clock_steady_s() + END_S;
    for (int i = 0; i < PARTS; i++)
        if (parts[i].process > 0)
            kill(parts[i].process, SIGTERM);
    for (int i = 0; i < PARTS; i++)
        while (parts[i].process > 0) {
            if (clock_steady_s() > until_s)
                kill(parts[i].process, SIGKILL);
            pause_ms(20);
            reap(parts);
        }
}

bool mailer_run(const char *ledger, struct fault *fault)
{
    struct part parts[PARTS] = {[READER] = {.name = "desk-reader", .run = mailer_read},
                                [SENDER] = {.name = "desk-sender", .run = mailer_send}};
    stop_listen();
    {
        OWNED(ledger_free) struct ledger *opened = ledger_open(ledger, LEDGER_READ, fault);
        if (opened == NULL)
            return false;
        const struct ledger_settings *settings = &opened->settings;
        parts[READER].wanted = settings->desk_maildir != NULL;
        parts[SENDER].wanted = settings->desk_sendmail != NULL || settings->desk_smtp != NULL;
        if (parts[SENDER].wanted && settings->desk_mail[0] == '\0')
            return fault_set(fault,
                             "ledger.conf of '%s' has no 'desk-mail' (expected from which address mail is "
                             "sent)",
                             ledger);
    }
    while (!stop_asked()) {
        for (int i = 0; i < PARTS; i++)
            begin(&parts[i], ledger);
        pause_ms(500);
        reap(parts);
    }
    end(parts);
    return true;
}

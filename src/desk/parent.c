#include "desk/parent.h"
#include "base/clock.h"
#include "base/cleanup.h"
#include "base/command.h"
#include "base/notify.h"
#include "desk/channel.h"
#include "desk/mailer.h"
#include "desk/rights.h"
#include "desk/mailer.h"
#include "desk/rights.h"
#include "desk/worker.h"
#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

enum { DOOR, PUBLIC, STAFF, MAILER, CHILDREN };
enum { DEATHS_MOST = 5, DEATHS_S = 60, END_S = 40 };

struct child {
    const char *name;
    pid_t process; /* 0: not there */
    time_t deaths[DEATHS_MOST];
};
struct parent {
    const struct parent_settings *settings;
    struct child children[CHILDREN];
    int control; /* to the door */
    struct notify notify;
    sigset_t signals;
    time_t ending_s; /* since when; 0: it goes on */
};

/* In a child: what the terminal and the service manager tell everybody is the parent's to decide. */
static void settle(const struct parent *parent, int which, pid_t of)
{
    static const char *const names[CHILDREN] = {"desk-door", "desk-public", "desk-staff", "desk-mailer"};
    static const int deaf[] = {SIGINT, SIGHUP, SIGPIPE, SIGTERM};
    /* The mailer is told by a signal, which may be on its way already: that must not be lost. */
    size_t count = sizeof deaf / sizeof *deaf - (which == MAILER);
    for (size_t i = 0; i < count; i++)
        signal(deaf[i], SIG_IGN);
    sigprocmask(SIG_UNBLOCK, &parent->signals, NULL);
    prctl(PR_SET_NAME, names[which]);
    if (getppid() != of)
        _exit(COMMAND_NOT);
}

static _Noreturn void end_child(bool well, const struct fault *fault)
{
    if (!well)
        command_say("%s", fault->text);
    exit(well ? COMMAND_DONE : COMMAND_NOT);
}

/* In a child that is not the door: the key of TLS is the door's, and so are the sockets. */
static void forget_door(struct parent *parent)
{
    const struct door_settings *door = &parent->settings->door;
    if (door->key != NULL)
        sodium_memzero(door->key, strlen(door->key));
    close(parent->control);
    close(door->listener);
    notify_close(&parent->notify);
}

/* 0 in the child, -1 on a fault. */
static pid_t begin(struct parent *parent, int which, struct fault *fault)
{
    pid_t self = getpid(), process = fork();
    if (process < 0)
        fault_errno(fault, "cannot begin a process");
    else if (process == 0)
        settle(parent, which, self);
    else
        parent->children[which].process = process;
    return process;
}

static bool begin_door(struct parent *parent, struct fault *fault)
{
    int ends[2];
    struct fault its;
    if (!channel_pair(ends, fault))
        return false;
    pid_t process = begin(parent, DOOR, fault);
    if (process == 0) {
        close(ends[0]);
        notify_close(&parent->notify);
        end_child(door_run(&parent->settings->door, ends[1], &its), &its);
    }
    close(ends[1]);
    if (parent->control >= 0)
        close(parent->control);
    parent->control = ends[0];
    return process > 0;
}

static bool begin_worker(struct parent *parent, int which, struct fault *fault)
{
    int ends[2];
    struct fault its;
    enum serve_which serves = which == PUBLIC ? SERVE_PUBLIC : SERVE_STAFF;
    if (!channel_pair(ends, fault))
        return false;
    pid_t process = begin(parent, which, fault);
    if (process == 0) {
        close(ends[0]);
        forget_door(parent);
        end_child(worker_run(ends[1], parent->settings->ledger, serves, &its), &its);
    }
    close(ends[1]);
    if (process > 0)
        channel_hand(parent->control, which == PUBLIC ? DOOR_PUBLIC : DOOR_STAFF, ends[0]);
    close(ends[0]);
    return process > 0;
}

/* It is joined to nobody, so it is told to stop by a signal. */
static bool begin_mailer(struct parent *parent, struct fault *fault)
{
    struct fault its;
    pid_t process = begin(parent, MAILER, fault);
    if (process == 0) {
        close(parent->control);
        close(parent->settings->door.listener);
        notify_close(&parent->notify);
        end_child(mailer_run(parent->settings->ledger, &its), &its);
    }
    return process > 0;
}

static bool begin_child(struct parent *parent, int which, struct fault *fault)
{
    return which == DOOR     ? begin_door(parent, fault)
           : which == MAILER ? begin_mailer(parent, fault)
                             : begin_worker(parent, which, fault);
}

/* False: it dies too often. */
static bool may_begin_again(struct child *child)
{
    memmove(child->deaths + 1, child->deaths, sizeof child->deaths - sizeof *child->deaths);
    child->deaths[0] = clock_steady_s();
    time_t oldest = child->deaths[DEATHS_MOST - 1];
    return oldest == 0 || child->deaths[0] - oldest > DEATHS_S;
}

static bool see_death(struct parent *parent, int which, int status, struct fault *fault)
{
    struct child *child = &parent->children[which];
    bool killed = WIFSIGNALED(status);
    child->process = 0;
    if (parent->ending_s != 0)
        return true;
    if (killed)
        command_say("the process '%s' has ended by signal %d and is begun again", child->name,
                    WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        return fault_set(fault, "the process '%s' could not go on", child->name);
    /* One that ended by itself has lost its door: that was counted there. */
    if (killed && !may_begin_again(child))
        return fault_set(fault, "the process '%s' has ended %d times in %d seconds", child->name, DEATHS_MOST,
                         DEATHS_S);
    return begin_child(parent, which, fault);
}

static bool reap(struct parent *parent, struct fault *fault)
{
    bool well = true;
    int status;
    for (pid_t process; (process = waitpid(-1, &status, WNOHANG)) > 0;)
        for (int i = 0; i < CHILDREN; i++)
            if (parent->children[i].process == process)
                well = see_death(parent, i, status, fault) && well;
    return well;
}

static bool any_left(const struct parent *parent)
{
    for (int i = 0; i < CHILDREN; i++)
        if (parent->children[i].process > 0)
            return true;
    return false;
}

static void kill_all(const struct parent *parent)
{
    for (int i = 0; i < CHILDREN; i++)
        if (parent->children[i].process > 0)
            kill(parent->children[i].process, SIGKILL);
}

/* The door finishes what was begun; the others end when they hear that it is gone. */
static void end_all(struct parent *parent)
{
    if (parent->ending_s != 0) {
        kill_all(parent);
        return;
    }
    parent->ending_s = clock_steady_s();
    notify_tell(&parent->notify, "STOPPING=1");
    close(parent->settings->door.listener); /* the place is free for the next desk at once */
    channel_hand(parent->control, DOOR_END, -1);
    if (parent->children[MAILER].process > 0)
        kill(parent->children[MAILER].process, SIGTERM);
}

static bool go_on(struct parent *parent, struct fault *fault)
{
    const struct timespec second = {.tv_sec = 1};
    int signal = sigtimedwait(&parent->signals, NULL, &second);
    notify_tell(&parent->notify, "WATCHDOG=1");
    if (signal == SIGTERM || signal == SIGINT)
        end_all(parent);
    if (parent->ending_s != 0 && clock_steady_s() - parent->ending_s > END_S)
        kill_all(parent);
    return reap(parent, fault);
}

bool parent_run(const struct parent_settings *settings, struct fault *fault)
{
    struct parent parent = {
        .settings = settings,
        .control = -1,
        .children = {{.name = "door"}, {.name = "public"}, {.name = "staff"}, {.name = "mailer"}}};
    bool well;
    struct fault later;
    sigemptyset(&parent.signals);
    static const int heard[] = {SIGTERM, SIGINT, SIGCHLD, SIGHUP};
    for (size_t i = 0; i < sizeof heard / sizeof *heard; i++)
        sigaddset(&parent.signals, heard[i]);
    sigprocmask(SIG_BLOCK, &parent.signals, NULL);
    notify_open(&parent.notify);
    well = rights_hide(fault);
    for (int i = 0; well && i < CHILDREN; i++)
        well = begin_child(&parent, i, fault);
    notify_tell(&parent.notify, "READY=1");
    while (well && any_left(&parent))
        well = go_on(&parent, fault);
    if (!well)
        end_all(&parent);
    while (any_left(&parent))
        go_on(&parent, &later);
    notify_close(&parent.notify);
    cleanup_descriptor(&parent.control);
    return well;
}

#include "desk/rights.h"
#include "base/confine.h"
#include "base/memory.h"
#include "base/cleanup.h"
#include "base/parts.h"
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* The packets between the processes, and memory that must not be swapped out. */
static const struct confine_call plain[] = {
    {.name = "mlock"},  {.name = "munlock"}, {.name = "memfd_create"}, {.name = "write"},
    {.name = "writev"}, {.name = "sendmsg"}, {.name = "recvmsg"},      {0},
};
/* Connections that come in; none goes out. */
static const struct confine_call world[] = {
    {.name = "accept4"},
    {.name = "accept"},
    {.name = "epoll_wait"},
    {.name = "epoll_pwait"},
    {.name = "epoll_ctl"},
    {.name = "epoll_create1"},
    {.name = "recvfrom"},
    {.name = "sendto"},
    {.name = "shutdown"},
    {.name = "getsockname"},
    {.name = "getsockopt"},
    {.name = "setsockopt"},
    {.name = "getpeername"},
    {.name = "ioctl", .must = CONFINE_EQUAL, .argument = 1, .value = FIONBIO},
    {0},
};
/* A SQLite database, as far as Landlock lets it be reached. */
static const struct confine_call files[] = {
    {.name = "openat"},    {.name = "open"},       {.name = "access"},
    {.name = "faccessat"}, {.name = "faccessat2"}, {.name = "stat"},
    {.name = "lstat"},     {.name = "readlink"},   {.name = "readlinkat"},
    {.name = "getcwd"},    {.name = "unlink"},     {.name = "unlinkat"},
    {.name = "ftruncate"}, {.name = "fallocate"},  {.name = "fsync"},
    {.name = "fdatasync"}, {.name = "fchmod"},     {.name = "fchown"},
    {.name = "geteuid"},   {.name = "getuid"},     {.name = "rename"},
    {.name = "renameat"},  {.name = "renameat2"},  {.name = "statfs"},
    {.name = "fstatfs"},   {.name = "getdents64"}, {.name = "statx"},
    {.name = "flock"},     {.name = "msync"},      {.name = "uname"},
    {.name = "sysinfo"},   {.name = "utimensat"},  {0},
};

/* A mail server is looked up and spoken with. */
static const struct confine_call reach[] = {
    {.name = "socket"},
    {.name = "connect"},
    {.name = "bind"},
    {.name = "sendto"},
    {.name = "sendmmsg"},
    {.name = "recvfrom"},
    {.name = "setsockopt"},
    {.name = "getsockopt"},
    {.name = "getsockname"},
    {.name = "getpeername"},
    {.name = "shutdown"},
    {.name = "getrusage"},
    {.name = "ioctl", .must = CONFINE_EQUAL, .argument = 1, .value = FIONREAD},
    {0},
};

static const struct rights {
    const char *name;
    bool ledger; /* the ledger's folder, to change; the templates, to read */
    const struct confine_call *calls[4];
} processes[] = {
    [RIGHTS_DOOR] = {"the door", false, {plain, world}},
    [RIGHTS_PUBLIC] = {"the public's pages", true, {plain, files}},
    [RIGHTS_STAFF] = {"the staff's pages", true, {plain, files}},
    /* It reads what strangers mailed: its folders are those of rights_reader(). */
    [RIGHTS_READER] = {"the reader of mail", false, {plain, files}},
    [RIGHTS_SENDER] = {"the sender of mail", false, {plain, files, reach}},
    /* It sends mail, by a program that may have to be another user for it, or over the net. */
    [RIGHTS_MAILER] = {"the mailer", true, {NULL}},
};

bool rights_hide(struct fault *fault)
{
    struct rlimit none = {0, 0};
    return (setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0) ||
           fault_errno(fault, "cannot do without core dumps");
}

static bool confine_files(const char *ledger, struct fault *fault)
{
    char templates[PATH_MAX];
    bool enforced;
    parts_path("templates", templates);
    const struct confine_path paths[] = {
        {ledger, CONFINE_CHANGE},
        {ledger == NULL ? NULL : templates, CONFINE_READ},
        {ledger == NULL ? NULL : "/usr/share/zoneinfo", CONFINE_READ},
        {ledger == NULL ? NULL : "/dev/urandom", CONFINE_READ}, /* where SQLite has its chance from */
    };
    return confine_paths(paths, sizeof paths / sizeof *paths, &enforced, fault);
}

bool rights_files(enum rights_process process, const char *ledger, struct fault *fault)
{
    const struct rights *rights = &processes[process];
    bool well = rights_hide(fault);
    if (well && rights->calls[0] != NULL)
        well = confine_capabilities(fault) && confine_files(rights->ledger ? ledger : NULL, fault);
    return well || fault_while(fault, "confining %s", rights->name);
}

bool rights_reader(const char *ledger, const char *maildir, struct fault *fault)
{
    static const char *const records[] = {"desk.sqlite", "desk.sqlite-wal", "desk.sqlite-shm"};
    enum { RECORDS = sizeof records / sizeof *records };
    char names[RECORDS][PATH_MAX];
    struct confine_path paths[RECORDS + 2] = {{maildir, CONFINE_CHANGE},
                                              {"/usr/share/zoneinfo", CONFINE_READ}};
    bool enforced;
    for (size_t i = 0; i < RECORDS; i++) {
        snprintf(names[i], sizeof names[i], "%s/%s", ledger, records[i]);
        paths[2 + i] = (struct confine_path){names[i], CONFINE_CHANGE};
    }
    return (rights_hide(fault) && confine_capabilities(fault) &&
            confine_paths(paths, sizeof paths / sizeof *paths, &enforced, fault)) ||
           fault_while(fault, "confining %s", processes[RIGHTS_READER].name);
}

bool rights_sender(const char *ledger, const char *port, struct fault *fault)
{
    const struct confine_path paths[] = {
        {ledger, CONFINE_CHANGE}, {"/etc", CONFINE_READ},  {"/usr/share/zoneinfo", CONFINE_READ},
        {port, CONFINE_CONNECT},  {"53", CONFINE_CONNECT}, /* DNS, where an answer is long */
    };
    bool enforced;
    return (rights_hide(fault) && confine_capabilities(fault) &&
            confine_paths(paths, sizeof paths / sizeof *paths, &enforced, fault)) ||
           fault_while(fault, "confining %s", processes[RIGHTS_SENDER].name);
}

bool rights_calls(enum rights_process process, struct fault *fault)
{
    const struct rights *rights = &processes[process];
    struct confine_call calls[128] = {{0}};
    size_t count = 0;
    for (size_t set = 0; rights->calls[set] != NULL; set++)
        for (const struct confine_call *call = rights->calls[set]; call->name != NULL && count < 126; call++)
            calls[count++] = *call;
    return rights->calls[0] == NULL || confine_calls(calls, fault) ||
           fault_while(fault, "confining %s", rights->name);
}

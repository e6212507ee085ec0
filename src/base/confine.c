/* confine: Landlock by its own system calls, since the C library has none for it (landlock(7)). */
#include "base/confine.h"
#include "base/cleanup.h"
#include "base/number.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <pwd.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool find_user(const char *name, const char *path, uid_t *user, gid_t *group, struct fault *fault)
{
    struct stat status;
    if (name == NULL) {
        if (stat(path, &status) != 0)
            return fault_errno(fault, "cannot see whose '%s' is", path);
        *user = status.st_uid;
        *group = status.st_gid;
        return true;
    }
    const struct passwd *found = getpwnam(name);
    if (found == NULL)
        return fault_set(fault, "there is no user '%s'", name);
    *user = found->pw_uid;
    *group = found->pw_gid;
    return true;
}

bool confine_user(const char *name, const char *path, struct fault *fault)
{
    uid_t user = 0, real, effective, saved;
    gid_t group = 0;
    if (geteuid() != 0)
        return true;
    if (!find_user(name, path, &user, &group, fault))
        return false;
    if (setgroups(0, NULL) != 0 || setresgid(group, group, group) != 0 || setresuid(user, user, user) != 0)
        return fault_errno(fault, "cannot become user %u", (unsigned)user);
    if (getresuid(&real, &effective, &saved) != 0 || real != user || effective != user || saved != user ||
        (user != 0 && setuid(0) == 0))
        return fault_set(fault, "cannot stop being root");
    return true;
}

static int capabilities(long call, struct __user_cap_data_struct data[2])
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    return (int)syscall(call, &header, data);
}

bool confine_capabilities(struct fault *fault)
{
    struct __user_cap_data_struct none[2] = {{0}}, left[2];
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fault_errno(fault, "cannot give up new privileges");
    /* Only who has CAP_SETPCAP may drop these; without new privileges nobody gets them back by them. */
    for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++)
        prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0 ||
        capabilities(SYS_capset, none) != 0 || capabilities(SYS_capget, left) != 0)
        return fault_errno(fault, "cannot give up capabilities");
    for (int i = 0; i < 2; i++)
        if ((left[i].effective | left[i].permitted | left[i].inheritable) != 0)
            return fault_set(fault, "capabilities are left that were given up");
    return true;
}

/* Later than Debian 12's header: what ABI 3 (truncate), 4 (TCP) and 5 (ioctl) brought. */
enum { FS_TRUNCATE = 1 << 14, FS_IOCTL = 1 << 15, NET_BIND = 1 << 0, NET_CONNECT = 1 << 1 };
struct ruleset {
    uint64_t files, net;
};

static uint64_t all_files(int abi)
{
    uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
    rights |= abi >= 2 ? LANDLOCK_ACCESS_FS_REFER : 0;
    rights |= abi >= 3 ? FS_TRUNCATE : 0;
    return rights | (abi >= 5 ? FS_IOCTL : 0);
}

static uint64_t rights_of(const struct confine_path *path, bool is_folder)
{
    uint64_t rights = LANDLOCK_ACCESS_FS_READ_FILE;
    if (is_folder)
        rights |= LANDLOCK_ACCESS_FS_READ_DIR;
    if (path->right == CONFINE_RUN)
        rights |= LANDLOCK_ACCESS_FS_EXECUTE;
    if (path->right != CONFINE_CHANGE)
        return rights;
    rights |= LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE;
    if (is_folder)
        rights |= LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                  LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REFER;
    return rights;
}

/* Later than Debian 12's header: a rule about a port. */
enum { RULE_PORT = 2 };
struct port_rule {
    uint64_t allowed, port;
};

static bool add_port(int ruleset, const char *port, uint64_t handled, struct fault *fault)
{
    struct port_rule rule = {.allowed = NET_CONNECT};
    if (port == NULL || handled == 0)
        return true;
    return (number_parse(port, strlen(port), UINT16_MAX, &rule.port) &&
            syscall(SYS_landlock_add_rule, ruleset, RULE_PORT, &rule, 0) == 0) ||
           fault_errno(fault, "cannot confine to port '%s'", port);
}

static bool add_path(int ruleset, const struct confine_path *path, uint64_t handled, struct fault *fault)
{
    CLEANUP(cleanup_descriptor)
    int file = path->path == NULL ? -1 : open(path->path, O_PATH | O_CLOEXEC);
    struct stat status;
    if (file < 0)
        return path->path == NULL || errno == ENOENT || fault_errno(fault, "cannot open '%s'", path->path);
    if (fstat(file, &status) != 0)
        return fault_errno(fault, "cannot open '%s'", path->path);
    struct landlock_path_beneath_attr rule = {
        .allowed_access = rights_of(path, S_ISDIR(status.st_mode)) & handled, .parent_fd = file};
    return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0 ||
           fault_errno(fault, "cannot confine to '%s'", path->path);
}

bool confine_paths(const struct confine_path *paths, size_t count, bool *enforced, struct fault *fault)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 0 && (errno == ENOSYS || errno == EOPNOTSUPP)) {
        *enforced = false;
        return true;
    }
    struct ruleset rules = {.files = all_files((int)abi), .net = abi >= 4 ? NET_BIND | NET_CONNECT : 0};
    size_t size = abi >= 4 ? sizeof rules : sizeof rules.files;
    CLEANUP(cleanup_descriptor) int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (ruleset < 0)
        return fault_errno(fault, "cannot confine by Landlock");
    for (size_t i = 0; i < count; i++)
        if (paths[i].right == CONFINE_CONNECT ? !add_port(ruleset, paths[i].path, rules.net, fault)
                                              : !add_path(ruleset, &paths[i], rules.files, fault))
            return false;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
        return fault_errno(fault, "cannot confine by Landlock");
    *enforced = true;
    return true;
}

static const struct confine_call harmless[] = {
    {.name = "brk"},
    {.name = "munmap"},
    {.name = "mremap"},
    {.name = "madvise"},
    {.name = "mmap", .must = CONFINE_WITHOUT_BITS, .argument = 2, .value = PROT_EXEC},
    {.name = "mprotect", .must = CONFINE_WITHOUT_BITS, .argument = 2, .value = PROT_EXEC},
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
    {.name = "exit"},
    {.name = "exit_group"},
#if CONFINE_SANITIZED
    /* what the sanitizers do as threads begin and end */
    {.name = "sigaltstack"},
    {.name = "prlimit64"},
    {.name = "prctl"},
    {.name = "readlink"},
    {.name = "mlock"},
    {.name = "openat"},
#endif
    {0},
};

static int add_call(scmp_filter_ctx filter, const struct confine_call *call)
{
    int number = seccomp_syscall_resolve_name(call->name);
    struct scmp_arg_cmp compare = {.arg = call->argument, .datum_a = call->value};
    if (number == __NR_SCMP_ERROR)
        return 0;
    switch (call->must) {
    case CONFINE_ANY:
        return seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0);
    case CONFINE_EQUAL:
        compare.op = SCMP_CMP_EQ;
        break;
    case CONFINE_OTHER_THAN:
        compare.op = SCMP_CMP_NE;
        break;
    case CONFINE_WITHOUT_BITS: /* (argument & value) == 0 */
        compare.op = SCMP_CMP_MASKED_EQ;
        compare.datum_b = 0;
    }
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, 1, &compare);
}

static int add_calls(scmp_filter_ctx filter, const struct confine_call *calls)
{
    int result = 0;
    for (; result == 0 && calls->name != NULL; calls++)
        result = add_call(filter, calls);
    return result;
}

static void free_filter(scmp_filter_ctx *filter)
{
    if (*filter != NULL)
        seccomp_release(*filter);
}

bool confine_calls(const struct confine_call *calls, struct fault *fault)
{
    CLEANUP(free_filter) scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    /* abort() and the sanitizers end this process, and no other */
    const struct confine_call end = {"tgkill", CONFINE_EQUAL, 0, (uint64_t)getpid()};
    int result = filter == NULL ? -ENOMEM : seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    if (result == 0)
        result = add_call(filter, &end);
    if (result == 0)
        result = add_calls(filter, harmless);
    if (result == 0)
        result = add_calls(filter, calls);
    if (result == 0)
        result = seccomp_load(filter);
    if (result == 0)
        return true;
    errno = -result;
    return fault_errno(fault, "cannot confine by seccomp");
}

/* io_uring makes sockets past every filter of calls (io_uring_enter(2), IORING_OP_SOCKET). */
static int refuse_sockets(scmp_filter_ctx filter)
{
    static const int families[] = {AF_INET, AF_INET6, AF_PACKET, AF_VSOCK, AF_BLUETOOTH, AF_CAN, AF_TIPC};
    int result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(io_uring_setup), 0);
    for (size_t i = 0; result == 0 && i < sizeof families / sizeof families[0]; i++) {
        const struct scmp_arg_cmp family = SCMP_A0_32(SCMP_CMP_EQ, (scmp_datum_t)families[i]);
        result = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1, &family);
    }
    return result;
}

bool confine_network(struct fault *fault)
{
    CLEANUP(free_filter) scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int result = filter == NULL ? -ENOMEM : seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    if (result == 0)
        result = refuse_sockets(filter);
    if (result == 0)
        result = seccomp_load(filter);
    if (result == 0)
        return true;
    errno = -result;
    return fault_errno(fault, "cannot confine by seccomp");
}

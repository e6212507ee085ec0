#include "unit.h"
#include "base/confine.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/mimamori-confine-XXXXXX";

/* What is given up is given up for good: each in a process of its own. */
static bool holds(bool (*check)(void))
{
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(check() ? 0 : 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool can_open(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC, 0600);
    if (file >= 0)
        close(file);
    return file >= 0;
}

static const struct confine_call calls[] = {
    {.name = "write", .must = CONFINE_OTHER_THAN, .argument = 0, .value = 99},
    {.name = "openat"},
    {.name = "close"},
    {.name = "exit_group"},
    {.name = "sigaltstack"}, /* the address sanitizer, on its way out */
    {.name = "fstat"},
    {.name = "newfstatat"},
    {.name = "mmap", .must = CONFINE_WITHOUT_BITS, .argument = 2, .value = PROT_EXEC},
    {.name = "munmap"},
    {.name = "a_call_that_no_machine_has"},
    {0},
};

static bool confine_all(void)
{
    struct fault fault;
    bool enforced;
    struct confine_path paths[] = {{folder, CONFINE_CHANGE},
                                   {"/etc/hostname", CONFINE_READ},
                                   {"/nowhere/at/all", CONFINE_READ},
                                   {NULL, CONFINE_READ}};
    bool done = confine_user(NULL, folder, &fault) && confine_capabilities(&fault) &&
                confine_paths(paths, sizeof paths / sizeof *paths, &enforced, &fault) && enforced;
    if (!done)
        fprintf(stderr, "%s\n", fault.text);
    return done;
}

static bool the_rest_is_closed(void)
{
    char inside[128], other[128];
    snprintf(inside, sizeof inside, "%s/inside", folder);
    snprintf(other, sizeof other, "%s/other", folder);
    return confine_all() && !can_open("/etc/passwd", O_RDONLY) &&
           !can_open("/tmp/mimamori-outside", O_CREAT | O_RDWR) && can_open(inside, O_CREAT | O_RDWR) &&
           rename(inside, other) == 0 && unlink(other) == 0 &&
           (access("/etc/hostname", F_OK) != 0 ||
            (can_open("/etc/hostname", O_RDONLY) && !can_open("/etc/hostname", O_WRONLY)));
}

/* 0, or why it was not connected; nobody listens at either port. */
static int reach(uint16_t port)
{
    const struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int problem = connect(file, (const struct sockaddr *)&to, sizeof to) == 0 ? 0 : errno;
    close(file);
    return problem;
}

static bool only_the_port_that_is_said_can_be_reached(void)
{
    struct fault fault;
    bool enforced;
    const struct confine_path paths[] = {{"1", CONFINE_CONNECT}, {NULL, CONFINE_CONNECT}};
    int before = reach(2);
    if (!confine_paths(paths, 2, &enforced, &fault))
        return false;
    /* Landlock closes ports since its fourth version */
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
    return before == ECONNREFUSED && reach(1) == ECONNREFUSED && reach(2) == (version >= 4 ? EACCES : before);
}

static bool nothing_can_be_run(void)
{
    return confine_all() && execl("/bin/true", "true", NULL) < 0 && errno == EACCES;
}

static bool what_is_not_listed_fails(void)
{
    struct fault fault;
    if (!confine_calls(calls, &fault))
        return false;
    int made = socket(AF_INET, SOCK_STREAM, 0);
    if (made >= 0 || errno != EPERM)
        return false;
    if (syscall(SYS_execve, "/bin/true", NULL, NULL) >= 0 || errno != EPERM)
        return false;
    if (mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
        return false;
    if (mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
        return false;
    if (write(99, "x", 1) >= 0 || errno != EPERM)
        return false;
    return write(98, "x", 1) < 0 && errno == EBADF && can_open("/etc/passwd", O_RDONLY);
}

static bool root_and_its_rights_are_gone(void)
{
    struct fault fault;
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2];
    if (!confine_user("nobody", NULL, &fault) || !confine_capabilities(&fault))
        return false;
    if (syscall(SYS_capget, &header, data) != 0 || data[0].permitted != 0 || data[0].effective != 0)
        return false;
    return getuid() != 0 && geteuid() != 0 && getgid() != 0 && setuid(0) != 0 &&
           socket(AF_INET, SOCK_RAW, IPPROTO_UDP) < 0 && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}

static bool the_user_is_whose_the_folder_is(void)
{
    struct fault fault;
    return chown(folder, 12345, 54321) == 0 && confine_user(NULL, folder, &fault) && getuid() == 12345 &&
           getgid() == 54321;
}

static bool nobody_of_that_name_is_a_fault(void)
{
    struct fault fault;
    return !confine_user("no-such-user-here", NULL, &fault) && !confine_user(NULL, "/nowhere/at/all", &fault);
}

static bool kernel_has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) >= 1;
}

static void only_what_was_named_can_be_opened(void **state)
{
    (void)state;
    if (!holds(kernel_has_landlock))
        skip();
    assert_true(holds(the_rest_is_closed));
}

static void no_program_can_be_run(void **state)
{
    (void)state;
    if (!holds(kernel_has_landlock))
        skip();
    assert_true(holds(nothing_can_be_run));
}

static void tcp_goes_out_to_the_ports_that_are_named_only(void **state)
{
    (void)state;
    assert_true(holds(only_the_port_that_is_said_can_be_reached));
}

static void calls_that_are_not_listed_fail(void **state)
{
    (void)state;
    assert_true(holds(what_is_not_listed_fails));
}

static void who_was_root_is_not_any_more(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    assert_true(holds(root_and_its_rights_are_gone));
    assert_true(holds(the_user_is_whose_the_folder_is));
    assert_true(holds(nobody_of_that_name_is_a_fault));
}

static bool no_socket_leaves_the_machine(void)
{
    struct fault fault;
    if (!confine_network(&fault))
        return false;
    bool refused = socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM &&
                   socket(AF_INET6, SOCK_DGRAM, 0) < 0 && errno == EPERM &&
                   socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP) < 0 && errno == EPERM &&
                   syscall(SYS_io_uring_setup, 1, NULL) < 0 && errno == EPERM;
    return refused && socket(AF_UNIX, SOCK_STREAM, 0) >= 0 && can_open("/etc/hostname", O_RDONLY);
}

static void whoever_has_no_business_there_has_no_network(void **state)
{
    (void)state;
    assert_true(holds(no_socket_leaves_the_machine));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_was_named_can_be_opened),
        cmocka_unit_test(no_program_can_be_run),
        cmocka_unit_test(tcp_goes_out_to_the_ports_that_are_named_only),
        cmocka_unit_test(calls_that_are_not_listed_fail),
        cmocka_unit_test(who_was_root_is_not_any_more),
        cmocka_unit_test(whoever_has_no_business_there_has_no_network),
    };
    if (mkdtemp(folder) == NULL)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}

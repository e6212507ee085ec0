#include "unit.h"
#include "desk/rights.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/mimamori-rights-XXXXXX", inside[64];

enum tried {
    OPENS_OWN = 1, /* a file of the ledger */
    WRITES_OWN = 2,
    OPENS_OTHERS = 4, /* one that is not */
    MAKES_SOCKETS = 8,
    RUNS_PROGRAMS = 16,
    FORKS = 32,
    LOOKS_INTO_OTHERS = 64,
};

/* What a process that has given up its rights can still do. */
static int try_all(void)
{
    static char *const words[] = {"true", NULL};
    int done = 0;
    done |= open(inside, O_RDONLY) >= 0 ? OPENS_OWN : 0;
    done |= open(inside, O_WRONLY) >= 0 ? WRITES_OWN : 0;
    done |= open("/etc/passwd", O_RDONLY) >= 0 ? OPENS_OTHERS : 0;
    done |= socket(AF_INET, SOCK_STREAM, 0) >= 0 ? MAKES_SOCKETS : 0;
    done |= open("/proc/1/environ", O_RDONLY) >= 0 ? LOOKS_INTO_OTHERS : 0;
    pid_t process = fork();
    if (process == 0)
        _exit(0);
    done |= process > 0 ? FORKS : 0;
    execv("/bin/true", words);
    return done | (errno != EPERM && errno != EACCES ? RUNS_PROGRAMS : 0);
}

static int left_to(enum rights_process process)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct fault fault;
        if (!rights_files(process, folder, &fault) || !rights_calls(process, &fault))
            _exit(255);
        _exit(try_all());
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_not_equal(WEXITSTATUS(status), 255);
    return WEXITSTATUS(status);
}

static void the_door_reaches_no_file_no_program_and_nobody_outside(void **state)
{
    (void)state;
    assert_int_equal(left_to(RIGHTS_DOOR), 0);
}

static void pages_are_made_with_the_ledger_and_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(left_to(RIGHTS_PUBLIC), OPENS_OWN | WRITES_OWN);
    assert_int_equal(left_to(RIGHTS_STAFF), OPENS_OWN | WRITES_OWN);
}

static void whoever_is_not_confined_can_do_all_that(void **state)
{
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        try_all(); /* becomes true(1) */
        _exit(255);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static int setup(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(inside, sizeof inside, "%s/desk.sqlite", folder);
    int file = open(inside, O_CREAT | O_WRONLY, 0600);
    return file < 0 ? -1 : close(file);
}

static int teardown(void **state)
{
    (void)state;
    unlink(inside);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_door_reaches_no_file_no_program_and_nobody_outside),
        cmocka_unit_test(pages_are_made_with_the_ledger_and_nothing_else),
        cmocka_unit_test(whoever_is_not_confined_can_do_all_that),
    };
    return cmocka_run_group_tests_name("rights", tests, setup, teardown);
}

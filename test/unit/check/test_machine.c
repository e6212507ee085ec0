#include "debian.h"
#include "base/cleanup.h"
#include "check/versions/os_release.h"
#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>

static int begin(void **state)
{
    debian_begin(state);
    disk_bytes(&disk, "inside/file", "inside", 6);
    return 0;
}

static void link_to(const char *target, const char *name)
{
    assert_int_equal(symlink(target, disk_place(&disk, name)), 0);
}

static void holds(const char *path, const char *wanted)
{
    char bytes[64] = "";
    CLEANUP(cleanup_descriptor) int file = machine_open_file(&machine, path);
    if (file < 0)
        fail_msg("'%s': %s", path, strerror(errno));
    assert_true(read(file, bytes, sizeof bytes - 1) >= 0);
    assert_string_equal(bytes, wanted);
}

static void cannot_be_opened(const char *path, int why)
{
    CLEANUP(cleanup_descriptor) int file = machine_open_file(&machine, path);
    assert_int_equal(file, -1);
    assert_int_equal(errno, why);
}

static void links_are_followed_as_if_the_root_were_the_top(void **state)
{
    (void)state;
    link_to("/inside/file", "whole");
    link_to("../../../../../../../../../../inside/file", "up/and/up");
    link_to("/inside", "folder");
    holds("whole", "inside");
    holds("/whole", "inside");
    holds("up/and/up", "inside");
    holds("folder/file", "inside");
    holds("../../../../../inside/file", "inside");
}

static void nothing_leads_out(void **state)
{
    (void)state;
    link_to("/etc/passwd", "passwd");
    link_to("/proc/self/root/etc/passwd", "magic");
    cannot_be_opened("passwd", ENOENT);
    cannot_be_opened("magic", ENOENT);
    cannot_be_opened("../../../../../../../../etc/passwd", ENOENT);
}

static void what_is_no_file_is_never_opened(void **state)
{
    (void)state;
    assert_int_equal(mkfifo(disk_place(&disk, "pipe"), 0600), 0);
    cannot_be_opened("pipe", EINVAL);
    assert_string_equal(machine_why(), "it is not a file");
    cannot_be_opened("inside", EISDIR);
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    snprintf(name.sun_path, sizeof name.sun_path, "%s", disk_place(&disk, "socket"));
    CLEANUP(cleanup_descriptor) int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&name, sizeof name), 0);
    cannot_be_opened("socket", EINVAL);
    link_to("loop", "loop");
    cannot_be_opened("loop", ELOOP);
}

static void devices_are_never_opened(void **state)
{
    (void)state;
    struct machine here;
    assert_true(machine_open(&here, NULL, NULL, &fault));
    CLEANUP(cleanup_descriptor) int file = machine_open_file(&here, "dev/zero");
    assert_int_equal(file, -1);
    assert_true(here.here);
    assert_false(machine.here);
    machine_clear(&here);
}

static void a_root_that_is_none_is_a_fault(void **state)
{
    (void)state;
    struct machine none;
    assert_false(machine_open(&none, "/nowhere/at/all", NULL, &fault));
    assert_non_null(strstr(fault.text, "(expected a folder)"));
    machine_clear(&none);
    disk_bytes(&disk, "plain", "", 0);
    assert_false(machine_open(&none, disk.path, NULL, &fault));
    machine_clear(&none);
}

static void says(const char *text, const char *id, const char *name, const char *version)
{
    struct os_release release;
    struct arena arena;
    arena_init(&arena);
    os_release_read(text, strlen(text), &arena, &release);
    assert_string_equal(release.id, id);
    assert_string_equal(release.name, name);
    assert_string_equal(release.version, version);
    arena_clear(&arena);
}

static void os_release_is_read_as_a_shell_would(void **state)
{
    (void)state;
    says("", "", "", "");
    says("ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME='Debian GNU/Linux 12'\nNAME=other", "debian",
         "Debian GNU/Linux 12", "12");
    says("NAME=\"A \\\"B\\\" \\$C \\\\\"\n", "", "A \"B\" $C \\", "");
    says("# ID=no\nXID=no\n ID=no\nID\nID=yes\nVERSION_ID=\n", "yes", "", "");
    says("ID=\"open\nVERSION_ID=\\", "open", "", "\\");
    says("ID=\xff\xfe\nNAME=a\x1b[31mb\n", "", "a?[31mb", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(links_are_followed_as_if_the_root_were_the_top, begin, debian_end),
        cmocka_unit_test_setup_teardown(nothing_leads_out, begin, debian_end),
        cmocka_unit_test_setup_teardown(what_is_no_file_is_never_opened, begin, debian_end),
        cmocka_unit_test_setup_teardown(devices_are_never_opened, begin, debian_end),
        cmocka_unit_test_setup_teardown(a_root_that_is_none_is_a_fault, begin, debian_end),
        cmocka_unit_test(os_release_is_read_as_a_shell_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

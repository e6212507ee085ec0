#include "unit.h"
#include "base/notify.h"
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int listen_at(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(name);
    memcpy(address.sun_path, name, length);
    if (name[0] == '@')
        address.sun_path[0] = '\0';
    int made = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    assert_int_equal(
        bind(made, (struct sockaddr *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)),
        0);
    setenv("NOTIFY_SOCKET", name, 1);
    return made;
}

static void check_told(int listener, const struct notify *notify)
{
    char heard[64] = "";
    notify_tell(notify, "STATUS=%d packets", 7);
    assert_int_equal(recv(listener, heard, sizeof heard - 1, 0), 16);
    assert_string_equal(heard, "STATUS=7 packets");
}

static void who_listens_at_a_path_is_told(void **state)
{
    (void)state;
    char path[64];
    struct notify notify;
    snprintf(path, sizeof path, "/tmp/mimamori-notify-%d", (int)getpid());
    int listener = listen_at(path);
    notify_open(&notify);
    check_told(listener, &notify);
    notify_close(&notify);
    close(listener);
    unlink(path);
}

static void who_listens_at_an_abstract_name_is_told(void **state)
{
    (void)state;
    char name[64];
    struct notify notify;
    snprintf(name, sizeof name, "@mimamori-notify-%d", (int)getpid());
    int listener = listen_at(name);
    notify_open(&notify);
    check_told(listener, &notify);
    notify_close(&notify);
    close(listener);
}

static void the_watchdog_is_known_where_it_is_meant_for_us(void **state)
{
    (void)state;
    char process[32];
    struct notify notify;
    int listener = listen_at("@mimamori-notify-dog");
    setenv("WATCHDOG_USEC", "30000000", 1);
    notify_open(&notify);
    assert_int_equal(notify.watchdog_us, 30000000);
    notify_close(&notify);
    snprintf(process, sizeof process, "%d", (int)getpid());
    setenv("WATCHDOG_PID", process, 1);
    notify_open(&notify);
    assert_int_equal(notify.watchdog_us, 30000000);
    notify_close(&notify);
    setenv("WATCHDOG_PID", "1", 1);
    notify_open(&notify);
    assert_int_equal(notify.watchdog_us, 0);
    notify_close(&notify);
    close(listener);
}

static void where_nobody_listens_nothing_is_told(void **state)
{
    (void)state;
    struct notify notify;
    const char *const names[] = {"", "nothing", "/nowhere/at/all", "@mimamori-nobody-listens"};
    unsetenv("NOTIFY_SOCKET");
    notify_open(&notify);
    assert_int_equal(notify.socket, -1);
    notify_tell(&notify, "READY=1");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        setenv("NOTIFY_SOCKET", names[i], 1);
        notify_open(&notify);
        assert_int_equal(notify.socket, -1);
    }
    notify_close(&notify);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_listens_at_a_path_is_told),
        cmocka_unit_test(who_listens_at_an_abstract_name_is_told),
        cmocka_unit_test(the_watchdog_is_known_where_it_is_meant_for_us),
        cmocka_unit_test(where_nobody_listens_nothing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

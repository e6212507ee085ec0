#include "base/notify.h"
#include "base/number.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A path, or an abstract name where it begins with '@' (unix(7)). */
static int connect_to(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = name == NULL ? 0 : strlen(name);
    if (length < 2 || length >= sizeof address.sun_path || (name[0] != '/' && name[0] != '@'))
        return -1;
    memcpy(address.sun_path, name, length);
    if (name[0] == '@')
        address.sun_path[0] = '\0';
    int made = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    if (made >= 0 && connect(made, (struct sockaddr *)&address, size) == 0)
        return made;
    if (made >= 0)
        close(made);
    return -1;
}

/* WATCHDOG_PID says for which process it is meant, where it is not for all. */
static int64_t watchdog_us(void)
{
    const char *every = getenv("WATCHDOG_USEC"), *process = getenv("WATCHDOG_PID");
    uint64_t value, of = 0;
    if (every == NULL || !number_parse(every, strlen(every), INT64_MAX, &value))
        return 0;
    if (process != NULL && (!number_parse(process, strlen(process), INT32_MAX, &of) || (pid_t)of != getpid()))
        return 0;
    return (int64_t)value;
}

void notify_open(struct notify *notify)
{
    notify->socket = connect_to(getenv("NOTIFY_SOCKET"));
    notify->watchdog_us = notify->socket < 0 ? 0 : watchdog_us();
}

void notify_close(struct notify *notify)
{
    if (notify->socket >= 0)
        close(notify->socket);
    notify->socket = -1;
}

void notify_tell(const struct notify *notify, const char *format, ...)
{
    char line[512];
    va_list arguments;
    if (notify->socket < 0)
        return;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length > 0 && (size_t)length < sizeof line && write(notify->socket, line, (size_t)length) < 0)
        return; /* nobody listens any more */
}

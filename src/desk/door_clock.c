#include "desk/door_parts.h"
#include "base/clock.h"
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { HEAD_S = 20, HEAD_PRESSED_S = 4, BYTES_A_SECOND = 16 << 10 };

static struct address address_of(const struct sockaddr *socket)
{
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
    if (socket != NULL && socket->sa_family == AF_INET) {
        memcpy(&ipv4, socket, sizeof ipv4);
        return address_from_ipv4(ntohl(ipv4.sin_addr.s_addr));
    }
    if (socket == NULL || socket->sa_family != AF_INET6)
        return (struct address){0};
    memcpy(&ipv6, socket, sizeof ipv6);
    return address_from_ipv6(ipv6.sin6_addr.s6_addr);
}

struct door_connection *door_clock_begin(struct door_clock *clock, struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *socket = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD),
                                   *from = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct door_connection *connection = memory_new(1, sizeof *connection);
    connection->socket = socket == NULL ? -1 : socket->connect_fd;
    connection->source = address_of(from == NULL ? NULL : from->client_addr);
    unsigned count = ++clock->count;
    /* Where three quarters of the places are taken, who has not said what he wants is not waited for long. */
    door_clock_allow(connection, count > clock->most / 4 * 3 ? HEAD_PRESSED_S : HEAD_S, 0);
    pthread_mutex_lock(&clock->lock);
    connection->after = clock->first;
    if (clock->first != NULL)
        clock->first->before = connection;
    clock->first = connection;
    pthread_mutex_unlock(&clock->lock);
    return connection;
}

void door_clock_end(struct door_clock *clock, struct door_connection *connection)
{
    pthread_mutex_lock(&clock->lock);
    if (connection->before != NULL)
        connection->before->after = connection->after;
    else
        clock->first = connection->after;
    if (connection->after != NULL)
        connection->after->before = connection->before;
    pthread_mutex_unlock(&clock->lock);
    clock->count--;
    free(connection);
}

void door_clock_allow(struct door_connection *connection, unsigned seconds, uint64_t bytes)
{
    connection->due_ms = clock_steady_ms() + (int64_t)(seconds + bytes / BYTES_A_SECOND) * 1000;
}

/* The socket is shut, not closed: libmicrohttpd sees its end and closes it, after door_clock_end(). */
void door_clock_sweep(struct door_clock *clock)
{
    int64_t now = clock_steady_ms();
    pthread_mutex_lock(&clock->lock);
    for (struct door_connection *at = clock->first; at != NULL; at = at->after)
        if (at->socket >= 0 && at->due_ms < now) {
            shutdown(at->socket, SHUT_RDWR);
            at->due_ms = INT64_MAX;
        }
    pthread_mutex_unlock(&clock->lock);
}

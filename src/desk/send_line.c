#include "desk/send_line.h"
#include "base/clock.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include <errno.h>
#include <gnutls/gnutls.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_S = 60, BUFFER = 4096, HOST_MOST = 256 };
struct send_line {
    int socket;
    gnutls_session_t session; /* NULL: plain */
    gnutls_certificate_credentials_t credentials;
    char buffer[BUFFER];
    size_t begin, end;
};

/* HOST:PORT, the host perhaps in brackets. */
static struct addrinfo *look_up(const char *server, struct fault *fault)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    char host[HOST_MOST];
    const char *colon = strrchr(server, ':');
    bool brackets = server[0] == '[' && colon > server && colon[-1] == ']';
    snprintf(host, sizeof host, "%.*s", (int)(colon - server) - 2 * brackets, server + brackets);
    int result = getaddrinfo(host, colon + 1, &hints, &found);
    if (result == 0)
        return found;
    fault_set(fault, "cannot find the mail server '%s': %s", server, gai_strerror(result));
    return NULL;
}

static int reach(const struct addrinfo *address)
{
    const struct timeval wait = {.tv_sec = WAIT_S};
    int made = socket(address->ai_family, address->ai_socktype | SOCK_CLOEXEC, address->ai_protocol);
    if (made < 0)
        return -1;
    if (setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) == 0 &&
        setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) == 0 &&
        connect(made, address->ai_addr, address->ai_addrlen) == 0)
        return made;
    int problem = errno;
    close(made);
    errno = problem;
    return -1;
}

struct send_line *send_line_open(const char *server, struct fault *fault)
{
    struct addrinfo *addresses = look_up(server, fault);
    int made = -1;
    if (addresses == NULL)
        return NULL;
    for (const struct addrinfo *at = addresses; at != NULL && made < 0; at = at->ai_next)
        made = reach(at);
    freeaddrinfo(addresses);
    if (made < 0) {
        fault_errno(fault, "cannot reach the mail server '%s'", server);
        return NULL;
    }
    struct send_line *line = memory_new(1, sizeof *line);
    line->socket = made;
    return line;
}

void send_line_close(struct send_line *line)
{
    if (line == NULL)
        return;
    if (line->session != NULL)
        gnutls_deinit(line->session);
    if (line->credentials != NULL)
        gnutls_certificate_free_credentials(line->credentials);
    close(line->socket);
    free(line);
}

bool send_line_secure(struct send_line *line, const char *server, struct fault *fault)
{
    line->begin = line->end = 0;
    int result = gnutls_certificate_allocate_credentials(&line->credentials);
    if (result >= 0)
        result = gnutls_init(&line->session, GNUTLS_CLIENT);
    if (result >= 0)
        result = gnutls_set_default_priority(line->session);
    if (result >= 0)
        result = gnutls_credentials_set(line->session, GNUTLS_CRD_CERTIFICATE, line->credentials);
    if (result >= 0) {
        gnutls_transport_set_int(line->session, line->socket);
        gnutls_handshake_set_timeout(line->session, WAIT_S * 1000);
        do
            result = gnutls_handshake(line->session);
        while (result < 0 && gnutls_error_is_fatal(result) == 0);
    }
    return result >= 0 ||
           fault_set(fault, "no TLS with the mail server '%s': %s", server, gnutls_strerror(result));
}

bool send_line_write(struct send_line *line, const char *bytes, size_t length, struct fault *fault)
{
    while (length > 0) {
        ssize_t sent = line->session != NULL ? gnutls_record_send(line->session, bytes, length)
                                             : send(line->socket, bytes, length, MSG_NOSIGNAL);
        bool again = line->session != NULL ? sent == GNUTLS_E_INTERRUPTED : sent < 0 && errno == EINTR;
        if (sent <= 0 && !again)
            return fault_set(fault, "the mail server does not listen any more");
        bytes += again ? 0 : sent;
        length -= again ? 0 : (size_t)sent;
    }
    return true;
}

/* TLS 1.3 hands over what is not for us (tickets) as "again"; a silence is told the same way. */
static ssize_t receive_secure(struct send_line *line)
{
    time_t until_s = clock_steady_s() + WAIT_S;
    ssize_t got;
    do
        got = gnutls_record_recv(line->session, line->buffer, sizeof line->buffer);
    while ((got == GNUTLS_E_INTERRUPTED || got == GNUTLS_E_AGAIN) && clock_steady_s() < until_s);
    return got;
}

static ssize_t receive_plain(struct send_line *line)
{
    ssize_t got;
    do
        got = recv(line->socket, line->buffer, sizeof line->buffer, 0);
    while (got < 0 && errno == EINTR);
    return got;
}

static bool fill(struct send_line *line)
{
    ssize_t got = line->session != NULL ? receive_secure(line) : receive_plain(line);
    line->begin = 0;
    line->end = got > 0 ? (size_t)got : 0;
    return got > 0;
}

bool send_line_read(struct send_line *line, char *out, size_t size, struct fault *fault)
{
    size_t length = 0;
    for (;;) {
        if (line->begin == line->end && !fill(line))
            return fault_set(fault, "the mail server says nothing more");
        char byte = line->buffer[line->begin++];
        if (byte == '\n')
            break;
        if (byte != '\r' && length + 1 < size)
            out[length++] = byte;
    }
    out[length] = '\0';
    return true;
}

#include "desk/program_listen.h"
#include "base/cleanup.h"
#include "base/number.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum { BACKLOG = 4096, WORD_MOST = 64 };

union place {
    struct sockaddr any;
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
};

static bool is_local(const union place *place)
{
    if (place->any.sa_family == AF_INET)
        return ntohl(place->ipv4.sin_addr.s_addr) >> 24 == 127;
    return IN6_IS_ADDR_LOOPBACK(&place->ipv6.sin6_addr);
}

/* `host` without brackets. */
static bool read_host(const char *host, uint16_t port, union place *place)
{
    memset(place, 0, sizeof *place);
    if (strcmp(host, "localhost") == 0 || host[0] == '\0')
        host = "127.0.0.1";
    if (inet_pton(AF_INET, host, &place->ipv4.sin_addr) == 1) {
        place->ipv4.sin_family = AF_INET;
        place->ipv4.sin_port = htons(port);
        return true;
    }
    place->ipv6.sin6_family = AF_INET6;
    place->ipv6.sin6_port = htons(port);
    return strcmp(host, "*") == 0 || inet_pton(AF_INET6, host, &place->ipv6.sin6_addr) == 1;
}

static bool read_word(const char *word, union place *place)
{
    char host[WORD_MOST] = "";
    const char *colon = strrchr(word, ':'), *digits = colon == NULL ? word : colon + 1;
    size_t length = colon == NULL ? 0 : (size_t)(colon - word);
    uint64_t port;
    if (length >= sizeof host || !number_parse(digits, strlen(digits), 65535, &port) ||
        (colon != NULL && length == 0))
        return false;
    if (length > 2 && word[0] == '[' && word[length - 1] == ']') {
        word++;
        length -= 2;
    } else if (memchr(word, ':', length) != NULL) {
        return false; /* where IPv6's colons end and the port's begins nobody knows */
    }
    memcpy(host, word, length);
    return read_host(host, (uint16_t)port, place);
}

static void write_name(struct program_listen *listen)
{
    char address[INET6_ADDRSTRLEN] = "";
    union place place = {0};
    socklen_t size = sizeof place;
    getsockname(listen->socket, &place.any, &size);
    bool ipv4 = place.any.sa_family == AF_INET;
    const void *bytes = ipv4 ? (const void *)&place.ipv4.sin_addr : (const void *)&place.ipv6.sin6_addr;
    inet_ntop(place.any.sa_family, bytes, address, sizeof address);
    uint16_t port = ntohs(ipv4 ? place.ipv4.sin_port : place.ipv6.sin6_port);
    snprintf(listen->name, sizeof listen->name, ipv4 ? "%s:%u" : "[%s]:%u", address, port);
}

bool program_listen(const char *word, struct program_listen *listening, struct fault *fault)
{
    union place place;
    int yes = 1, no = 0;
    if (!read_word(word, &place))
        return fault_set(fault, "--listen is '%s' (expected ADDRESS:PORT, like 127.0.0.1:8080 or [::1]:8080)",
                         word);
    bool ipv4 = place.any.sa_family == AF_INET;
    CLEANUP(cleanup_descriptor)
    int made = socket(place.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (made < 0)
        return fault_errno(fault, "cannot listen at '%s'", word);
    setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (!ipv4)
        setsockopt(made, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    if (bind(made, &place.any, ipv4 ? sizeof place.ipv4 : sizeof place.ipv6) != 0 ||
        listen(made, BACKLOG) != 0)
        return fault_errno(fault, "cannot listen at '%s'", word);
    listening->socket = made;
    listening->open = !is_local(&place);
    write_name(listening);
    made = -1;
    return true;
}

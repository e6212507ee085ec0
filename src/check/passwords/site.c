#include "check/passwords/site.h"
#include "base/address.h"
#include <libpsl.h>
#include <string.h>
#include <strings.h>

enum { HOST_MOST = 253 }; /* RFC 1035 section 2.3.4, less what only stands on the wire */

/* Names that no public server answers to (RFC 6761, 6762, 8375; .internal by ICANN in 2024), and .onion (RFC
 * 7686), which is encrypted whatever the scheme. */
static bool is_private(const char *host)
{
    static const char *const ends[] = {".localhost", ".local", ".home.arpa", ".internal", ".lan",
                                       ".test",      ".onion", ".home",      ".corp",     ".localdomain"};
    struct address address;
    if (address_parse(host, &address))
        return address_is_special(address);
    size_t length = strlen(host);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t end = strlen(ends[i]);
        if (length > end && strcmp(host + length - end, ends[i]) == 0)
            return true;
    }
    return strchr(host, '.') == NULL;
}

/* The host's bytes: behind what may log in, before port, path, query and fragment. */
static const char *find_host(const char *from, size_t *length)
{
    size_t whole = strcspn(from, "/?#, \\");
    const char *at = memrchr(from, '@', whole);
    if (at != NULL) {
        whole -= (size_t)(at + 1 - from);
        from = at + 1;
    }
    if (from[0] == '[') {
        from++;
        *length = strcspn(from, "]/?#");
        return from;
    }
    size_t named = strcspn(from, ":");
    *length = named < whole ? named : whole;
    return from;
}

static void fold(char *host)
{
    for (; *host != '\0'; host++)
        if (*host >= 'A' && *host <= 'Z')
            *host = (char)(*host - 'A' + 'a');
}

/* "jp.example.shop" is "shop.example.jp". */
static void turn_around(char *out, const char *package)
{
    size_t length = strlen(package), end = length, to = 0;
    for (size_t i = length; i-- > 0;) {
        if (package[i] != '.' && i > 0)
            continue;
        size_t begin = package[i] == '.' ? i + 1 : i;
        memcpy(out + to, package + begin, end - begin);
        to += end - begin;
        if (i > 0)
            out[to++] = '.';
        end = i;
    }
    out[to] = '\0';
}

static const char *registered(const char *host)
{
    struct address address;
    if (address_parse(host, &address))
        return host;
    const char *own = psl_registrable_domain(psl_builtin(), host);
    return own != NULL ? own : host;
}

struct site site_of(const char *address, struct arena *arena)
{
    char host[HOST_MOST + 1] = "", turned[HOST_MOST + 1];
    const char *scheme = strstr(address, "://");
    size_t length;
    const char *found = find_host(scheme != NULL ? scheme + 3 : address, &length);
    if (length > 0 && length <= HOST_MOST) {
        memcpy(host, found, length);
        host[length] = '\0';
    }
    fold(host);
    size_t end = strlen(host);
    if (end > 0 && host[end - 1] == '.')
        host[end - 1] = '\0';
    bool app = strncasecmp(address, "android://", 10) == 0 || strncasecmp(address, "androidapp://", 13) == 0;
    if (app)
        turn_around(turned, host);
    const char *name = app ? turned : host;
    if (strncmp(name, "www.", 4) == 0 && strchr(name + 4, '.') != NULL)
        name += 4;
    const char *kept = arena_string(arena, name, strlen(name));
    bool plain = strncasecmp(address, "http://", 7) == 0;
    return (struct site){kept, registered(kept), plain && kept[0] != '\0' && !is_private(kept)};
}

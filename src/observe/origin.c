/* origin: libmaxminddb is asked once a source: what it said is kept, since one source is many sightings. */
#include "observe/origin.h"
#include "base/memory.h"
#include <arpa/inet.h>
#include <errno.h>
#include <maxminddb.h>
#include <string.h>

/* Kept by a hash, the later answer in the place of the earlier: 8 MB, and what is asked twice is only slower.
 */
enum { KEPT = 1 << 20 };

struct kept {
    uint32_t source; /* IPv4 */
    char country[2];
    bool known;
};

struct origin {
    MMDB_s database;
    struct kept kept[KEPT];
};

struct origin *origin_open(const char *path, struct fault *fault)
{
    struct origin *origin = memory_new(1, sizeof *origin);
    int status = MMDB_open(path, MMDB_MODE_MMAP, &origin->database);
    if (status == MMDB_SUCCESS)
        return origin;
    fault_set(fault, "'%s' is no country database: %s", path,
              status == MMDB_IO_ERROR || status == MMDB_FILE_OPEN_ERROR ? strerror(errno)
                                                                        : MMDB_strerror(status));
    free(origin);
    return NULL;
}

void origin_free(struct origin *origin)
{
    if (origin == NULL)
        return;
    MMDB_close(&origin->database);
    free(origin);
}

static struct sockaddr_in6 socket_address(struct address address)
{
    struct sockaddr_in6 socket = {.sin6_family = AF_INET6};
    for (int i = 0; i < 8; i++) {
        socket.sin6_addr.s6_addr[i] = (unsigned char)(address.high >> (56 - 8 * i));
        socket.sin6_addr.s6_addr[8 + i] = (unsigned char)(address.low >> (56 - 8 * i));
    }
    return socket;
}

static MMDB_lookup_result_s look_up(const struct origin *origin, struct address source, int *status)
{
    if (!address_is_ipv4(source)) {
        struct sockaddr_in6 socket = socket_address(source);
        return MMDB_lookup_sockaddr(&origin->database, (struct sockaddr *)&socket, status);
    }
    struct sockaddr_in socket = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(address_ipv4(source))};
    return MMDB_lookup_sockaddr(&origin->database, (struct sockaddr *)&socket, status);
}

static bool is_code(const MMDB_entry_data_s *data)
{
    return data->has_data && data->type == MMDB_DATA_TYPE_UTF8_STRING && data->data_size == 2 &&
           data->utf8_string[0] >= 'A' && data->utf8_string[0] <= 'Z' && data->utf8_string[1] >= 'A' &&
           data->utf8_string[1] <= 'Z';
}

/* The two ways databases name it: ip-location-db's, and MaxMind's own. */
static void ask(const struct origin *origin, struct address source, char country[2])
{
    static const char *const flat[] = {"country_code", NULL};
    static const char *const nested[] = {"country", "iso_code", NULL};
    int status = MMDB_SUCCESS;
    MMDB_lookup_result_s result = look_up(origin, source, &status);
    if (status != MMDB_SUCCESS || !result.found_entry)
        return;
    MMDB_entry_data_s data = {0};
    bool found = MMDB_aget_value(&result.entry, &data, flat) == MMDB_SUCCESS && is_code(&data);
    if (!found)
        found = MMDB_aget_value(&result.entry, &data, nested) == MMDB_SUCCESS && is_code(&data);
    if (found)
        memcpy(country, data.utf8_string, 2);
}

void origin_country(struct origin *origin, struct address source, char country[2])
{
    memset(country, 0, 2);
    if (origin == NULL || address_is_special(source))
        return;
    if (!address_is_ipv4(source)) {
        ask(origin, source, country);
        return;
    }
    uint32_t ipv4 = address_ipv4(source);
    struct kept *kept = &origin->kept[ipv4 * UINT32_C(0x9e3779b1) >> 12];
    if (!kept->known || kept->source != ipv4) {
        *kept = (struct kept){.source = ipv4, .known = true};
        ask(origin, source, kept->country);
    }
    memcpy(country, kept->country, 2);
}

/* origin: libmaxminddb is asked once a source: what it said is kept, since one source is many sightings. */
#include "observe/origin.h"
#include "base/memory.h"
#include <arpa/inet.h>
#include <errno.h>
#include <maxminddb.h>
#include <string.h>

/* Kept in an open-addressing table, 8 bytes a slot; at its largest (32 MB) the later answer takes the earlier
 * one's place. */
enum { KEPT_LEAST = 1 << 12, KEPT_MOST = 1 << 22 };

struct kept {
    uint32_t source; /* IPv4 */
    char country[2];
    bool known;
};

struct origin {
    MMDB_s database;
    struct kept *kept;
    uint32_t capacity, used; /* a power of two, at most half used but at its largest */
};

struct origin *origin_open(const char *path, struct fault *fault)
{
    struct origin *origin = memory_new(1, sizeof *origin);
    origin->capacity = KEPT_LEAST;
    origin->kept = memory_new(KEPT_LEAST, sizeof *origin->kept);
    int status = MMDB_open(path, MMDB_MODE_MMAP, &origin->database);
    if (status == MMDB_SUCCESS)
        return origin;
    fault_set(fault, "'%s' is no country database: %s", path,
              status == MMDB_IO_ERROR || status == MMDB_FILE_OPEN_ERROR ? strerrordesc_np(errno)
                                                                        : MMDB_strerror(status));
    free(origin->kept);
    free(origin);
    return NULL;
}

void origin_free(struct origin *origin)
{
    if (origin == NULL)
        return;
    MMDB_close(&origin->database);
    free(origin->kept);
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

static uint32_t slot_of(const struct origin *origin, uint32_t source)
{
    return (uint32_t)(source * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (origin->capacity - 1);
}

/* The source's slot, or the free one where it would be; at the largest, one that may be taken from another.
 */
static struct kept *find(const struct origin *origin, uint32_t source)
{
    uint32_t at = slot_of(origin, source);
    bool full = origin->used * 2 > origin->capacity;
    while (origin->kept[at].known && origin->kept[at].source != source && !full)
        at = (at + 1) & (origin->capacity - 1);
    return &origin->kept[at];
}

static void grow(struct origin *origin)
{
    OWNED_MEMORY struct kept *old = origin->kept;
    uint32_t count = origin->capacity;
    origin->capacity *= 2;
    origin->kept = memory_new(origin->capacity, sizeof *origin->kept);
    for (uint32_t i = 0; i < count; i++)
        if (old[i].known)
            *find(origin, old[i].source) = old[i];
}

/* Hurries an answer that will be asked for a little later. */
static void prefetch(const struct origin *origin, struct address source)
{
    if (origin != NULL && address_is_ipv4(source))
        __builtin_prefetch(&origin->kept[slot_of(origin, address_ipv4(source))]);
}

void origin_country(struct origin *origin, struct address source, char country[2])
{
    memset(country, 0, 2);
    if (origin == NULL)
        return;
    if (!address_is_ipv4(source)) {
        if (!address_is_special(source))
            ask(origin, source, country);
        return;
    }
    struct kept *kept = find(origin, address_ipv4(source));
    if (!kept->known || kept->source != address_ipv4(source)) {
        if (!kept->known && origin->used * 2 == origin->capacity && origin->capacity < KEPT_MOST) {
            grow(origin);
            kept = find(origin, address_ipv4(source));
        }
        origin->used += !kept->known;
        *kept = (struct kept){.source = address_ipv4(source), .known = true};
        if (!address_is_special(source))
            ask(origin, source, kept->country);
    }
    memcpy(country, kept->country, 2);
}

void origin_fill(struct origin *origin, struct sighting *rows, size_t count)
{
    enum { AHEAD = 16 }; /* sources to ask for before their turn: memory answers late */
    for (size_t i = 0; i < count; i++) {
        if (i + AHEAD < count)
            prefetch(origin, rows[i + AHEAD].source);
        origin_country(origin, rows[i].source, rows[i].country);
    }
}

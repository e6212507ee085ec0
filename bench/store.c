/* store: what keeping one capture's sightings costs: time, memory, bytes.
 *
 *     store LEDGER SIGHTINGS [ROUNDS]
 *
 * The ledger is new and has its points. Sightings of one day are made as keys in order, then handed to
 * sightings_store() as observe hands its own: ports by a power law with a long tail, sources by one over
 * 800,000, IPv4 but for one in fifty. Everything else about a sighting hangs on its key. Each round is
 * another capture of another day. */
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/memory.h"
#include "base/number.h"
#include "ledger/sightings.h"
#include <math.h>
#include <string.h>
#include <time.h>

enum { SOURCES = 800000, DAY_FIRST = 15281 };

static uint64_t mix(uint64_t value)
{
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

/* point 8, kind 1, protocol 2, port 16, IPv6 1, source 32 bits: in the order of sighting_compare(). */
static uint64_t made_key(uint64_t number, unsigned points)
{
    static const uint16_t heads[] = {23, 22, 445, 80, 443, 3389, 8080, 2323, 5060, 1433, 53, 123};
    uint64_t dice = mix(number * 3), other = mix(number * 3 + 1), third = mix(number * 3 + 2);
    uint64_t point = dice % points, kind = (dice >> 8) % 10 == 0;
    uint64_t protocol = (dice >> 16) % 100 < 78   ? SIGHTING_TCP
                        : (dice >> 16) % 100 < 97 ? SIGHTING_UDP
                                                  : SIGHTING_ICMP;
    double spread = (double)(other >> 40) / (1 << 24);
    uint64_t port = protocol == SIGHTING_ICMP ? 8 : (uint64_t)pow(65535.0, spread);
    if (protocol != SIGHTING_ICMP && (dice >> 32) % 10 < 6)
        port = heads[(size_t)(12 * spread * spread)];
    uint64_t rank = (uint64_t)pow(SOURCES, sqrt((double)(third >> 40) / (1 << 24)));
    uint64_t source = (mix(rank) >> 32) % 0xdf000000 + 0x01000000, six = rank % 50 == 0;
    return point << 52 | kind << 51 | protocol << 49 | port << 33 | six << 32 | source;
}

struct made {
    const uint64_t *keys;
    size_t count, at;
    int32_t day;
};

static size_t next_rows(void *context, struct sighting *out, size_t most)
{
    static const char countries[][3] = {"CN", "US", "JP", "TW", "KR", "RU", "BR",
                                        "IN", "DE", "VN", "",   "NL", "FR"};
    struct made *made = context;
    size_t count = 0;
    for (; count < most && made->at < made->count; count++, made->at++) {
        uint64_t key = made->keys[made->at], dice = mix(key);
        bool once = dice % 10 < 8;
        struct sighting *row = &out[count];
        *row = (struct sighting){
            .source = address_from_ipv4((uint32_t)key),
            .accesses = once ? 1 : 2 + (dice >> 32) % (4 + (dice >> 60) * (dice >> 56 & 15)),
            .first_s = (int64_t)made->day * 86400 + (int64_t)(dice >> 8) % 80000,
            .day = made->day,
            .point = (uint16_t)(key >> 52),
            .port = (uint16_t)(key >> 33),
            .kind = key >> 51 & 1,
            .protocol = key >> 49 & 3,
        };
        if (key >> 32 & 1)
            row->source = (struct address){UINT64_C(0x20010db800000000) | (uint32_t)key, mix((uint32_t)key)};
        row->last_s = row->first_s + (once ? 0 : (int64_t)(dice >> 24) % 6000);
        memcpy(row->country, countries[mix((uint32_t)key >> 18) % 13], 2);
    }
    return count;
}

static int compare_keys(const void *a, const void *b)
{
    uint64_t one = *(const uint64_t *)a, two = *(const uint64_t *)b;
    return one < two ? -1 : one > two;
}

static uint64_t *made_keys(size_t count, unsigned points)
{
    size_t drawn = count + count / 2, kept = 0;
    uint64_t *keys = memory_new(drawn, sizeof *keys);
    for (size_t i = 0; i < drawn; i++)
        keys[i] = made_key(i + 1, points);
    qsort(keys, drawn, sizeof *keys, compare_keys);
    for (size_t i = 0; i < drawn && kept < count; i++)
        if (kept == 0 || keys[kept - 1] != keys[i])
            keys[kept++] = keys[i];
    return memory_resize(keys, count, sizeof *keys);
}

static double now_s(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* proc(5): the most memory this process held since its last clear_refs of 5. */
static long peak_kb(void)
{
    CLEANUP(cleanup_file) FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long kb = 0;
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (sscanf(line, "VmHWM: %ld", &kb) == 1)
            break;
    return kb;
}

static void forget_peak(void)
{
    CLEANUP(cleanup_file) FILE *clear = fopen("/proc/self/clear_refs", "w");
    if (clear != NULL)
        fputs("5", clear);
}

static bool store(struct ledger *ledger, const struct points *points, struct made made, struct fault *fault)
{
    OWNED(content_sum_free) struct content_sum *sum = content_sum_new(ledger);
    content_sum_add(sum, &made.day, sizeof made.day);
    enum sightings_stored stored;
    forget_peak();
    long before = peak_kb();
    double wall = now_s(CLOCK_MONOTONIC), cpu = now_s(CLOCK_PROCESS_CPUTIME_ID);
    if (!sightings_store(ledger, points, content_sum_value(sum), "made",
                         (struct sightings_in){next_rows, &made}, &stored, fault))
        return false;
    double stored_s = now_s(CLOCK_MONOTONIC) - wall;
    sightings_settle(ledger);
    wall = now_s(CLOCK_MONOTONIC) - wall;
    cpu = now_s(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    printf("%.2f s (stored %.2f, settled %.2f), %.2f s of CPU, %ld MB\n", wall, stored_s, wall - stored_s,
           cpu, (peak_kb() - before) / 1000);
    return true;
}

int main(int argc, char **argv)
{
    struct fault fault = {"usage: store LEDGER SIGHTINGS [ROUNDS]"};
    uint64_t sightings = 0, rounds = 1;
    struct points points = {0};
    bool well = argc >= 3 && number_parse(argv[2], strlen(argv[2]), 1 << 30, &sightings) &&
                (argc == 3 || number_parse(argv[3], strlen(argv[3]), 1000, &rounds));
    OWNED(ledger_free) struct ledger *ledger = well ? ledger_open(argv[1], LEDGER_WRITE, &fault) : NULL;
    well = ledger != NULL && points_load(ledger, &points, &fault);
    if (well && (points.count == 0 || points.count > 255))
        well = fault_set(&fault, "the ledger has %zu points (expected 1 to 255)", points.count);
    OWNED_MEMORY uint64_t *keys = well ? made_keys(sightings, (unsigned)points.count) : NULL;
    for (uint64_t round = 0; well && round < rounds; round++) {
        struct made made = {keys, sightings, 0, DAY_FIRST + (int32_t)round};
        well = store(ledger, &points, made, &fault);
    }
    if (!well)
        fprintf(stderr, "store: %s\n", fault.text);
    points_clear(&points);
    return well ? 0 : 2;
}

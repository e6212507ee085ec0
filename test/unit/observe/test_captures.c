/* The captures of other projects' test suites, where they lie beside the repository ($MIMAMORI_CAPTURES): as
 * many packets as tshark reads in them, accounts that add up, and no harm from damaged ones. */
#include "unit.h"
#include "base/file.h"
#include "base/memory.h"
#include "observe/count.h"
#include <sys/stat.h>

enum { FILES_MOST = 1024, COLUMN_FILE = 1, COLUMN_PACKETS = 12, BYTES_MOST = 64 << 20 };

/* Where tshark's number is another, and why ours is right. */
static const struct {
    const char *file;
    uint64_t packets;
} others[] = {
    /* link types it does not know; the records are there all the same */
    {"brcm-tag.pcap", 15},
    {"dsa.pcap", 8},
    /* it counts custom blocks and journal entries as packets */
    {"complex.pcapng", 5},
    {"test102.pcapng", 5},
    {"test017.pcapng", 0},
    {"test018.pcapng", 4},
    {"test202.pcapng", 8},
};

struct known {
    char path[1024];
    uint64_t packets;
};
static struct known files[FILES_MOST];
static size_t file_count;
static struct point_map *map;
static struct zone zone;

static bool ends_with(const char *string, const char *end)
{
    size_t length = strlen(string), wanted = strlen(end);
    return length >= wanted && strcmp(string + length - wanted, end) == 0;
}

static const char *column(const char *line, int number)
{
    for (; number > 0 && line != NULL; number--) {
        line = strchr(line, '\t');
        line = line == NULL ? NULL : line + 1;
    }
    return line;
}

static bool read_manifest(const char *folder)
{
    char path[1024], line[8192];
    snprintf(path, sizeof path, "%s/MANIFEST.tsv", folder);
    FILE *manifest = fopen(path, "r");
    if (manifest == NULL)
        return false;
    while (fgets(line, sizeof line, manifest) != NULL && file_count < FILES_MOST) {
        const char *name = column(line, COLUMN_FILE), *packets = column(line, COLUMN_PACKETS);
        if (name == NULL || packets == NULL || *packets < '0' || *packets > '9')
            continue;
        struct known *file = &files[file_count++];
        snprintf(file->path, sizeof file->path, "%s/%.*s", folder, (int)strcspn(name, "\t"), name);
        file->packets = strtoull(packets, NULL, 10);
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            if (ends_with(file->path, others[i].file))
                file->packets = others[i].packets;
    }
    fclose(manifest);
    return file_count > 0;
}

/* Packets read; 0 also where it is no capture. Everything is a point's, so that the rule sees it all. */
static uint64_t count_all(struct source *source)
{
    struct fault fault;
    struct account_file file = {.name = "capture"};
    OWNED(capture_free) struct capture *capture = capture_new(source, "capture", &fault);
    if (capture == NULL)
        return 0;
    OWNED(asked_free) struct asked *asked = asked_new();
    OWNED(fold_free) struct fold *fold = fold_new(2);
    struct count count = {map, &zone, asked, fold, 2};
    if (!count_packets(&count, capture, &file, &fault))
        return 0; /* damaged times make more days than there may be */
    if (!count_end(&file.account, fold, &fault))
        fail_msg("%s", fault.text);
    uint64_t rows = 0;
    for (struct sighting row; fold_next(fold, &row, 1) == 1;)
        rows++;
    assert_int_equal(rows, file.account.sources + file.account.backscatter_sources);
    return file.account.packets;
}

static void as_many_packets_as_tshark_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < file_count; i++) {
        struct fault fault;
        struct source *source = source_open(files[i].path, &fault);
        assert_non_null(source);
        uint64_t packets = count_all(source);
        if (packets != files[i].packets)
            fail_msg("%s: %llu packets (expected %llu)", files[i].path, (unsigned long long)packets,
                     (unsigned long long)files[i].packets);
    }
}

static void damaged_captures_do_no_harm(void **state)
{
    (void)state;
    uint64_t seed = 2011;
    for (size_t i = 0; i < file_count; i++) {
        CLEANUP(text_clear) struct text bytes;
        struct fault fault;
        text_init(&bytes, BYTES_MOST);
        assert_true(file_read(files[i].path, &bytes, &fault));
        if (bytes.length < 32 || bytes.length > 100000)
            continue;
        for (int damage = 0; damage < 40; damage++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
            bytes.bytes[24 + (seed >> 20) % (bytes.length - 24)] ^= (char)(1 + (seed >> 54) % 255);
            size_t length = damage % 4 == 0 ? (seed >> 33) % bytes.length : bytes.length;
            count_all(source_over(bytes.bytes, length));
        }
    }
}

static bool prepare(const char *folder)
{
    static struct point_watch watches[2] = {{.since = INT32_MIN, .until = INT32_MAX},
                                            {.since = INT32_MIN, .until = INT32_MAX}};
    struct points points = {.watches = watches, .watch_count = 2};
    struct fault fault;
    if (!read_manifest(folder) || !network_parse("0.0.0.0/0", &watches[0].network) ||
        !network_parse("2000::/3", &watches[1].network) || !zone_open(&zone, "Asia/Tokyo", &fault))
        return false;
    map = point_map_new(&points);
    return true;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_packets_as_tshark_are_read),
        cmocka_unit_test(damaged_captures_do_no_harm),
    };
    const char *folder = getenv("MIMAMORI_CAPTURES");
    if (folder == NULL || !prepare(folder)) {
        printf("1..0 # SKIP no captures in '%s' (MIMAMORI_CAPTURES)\n", folder == NULL ? "" : folder);
        return 0;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    point_map_free(map);
    return failed;
}

/* golden: reads CASE.pcap as `observe` does and holds the account and the sightings against CASE.json.
 *
 *     golden [--bless] FOLDER
 *
 * Points, in every case: "desk" is 192.0.2.1 and 2001:db8::1, "net" is 192.0.2.64/26 and 2001:db8:b::/48, and
 * "late" is 192.0.2.2 from the day after the cases' noon on. Days are Tokyo's. */
#include "base/file.h"
#include "observe/count.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_MOST = 16 << 20 };

static char *names[] = {"desk", "late", "net"};
static const struct { /* what make_points() makes of */
    const char *network;
    uint16_t point;
    int32_t since;
} blocks[] = {
    {"192.0.2.1/32", 0, INT32_MIN},    {"2001:db8::1/128", 0, INT32_MIN}, {"192.0.2.64/26", 2, INT32_MIN},
    {"2001:db8:b::/48", 2, INT32_MIN}, {"192.0.2.2/32", 1, 15287},
};
enum { BLOCKS = sizeof blocks / sizeof *blocks };

static void add_sighting(struct text *out, const struct sighting *row, bool first)
{
    char day[CALENDAR_DAY_SIZE], source[ADDRESS_TEXT_SIZE];
    calendar_day_text(day, row->day);
    address_text(source, row->source);
    text_addf(out, "%s\n    [\"%s\", \"%s\", \"%s\", \"%u/%s\", \"%s\", %llu, %lld, %lld]", first ? "" : ",",
              day, names[row->point], sighting_kind_names[row->kind], row->port,
              sighting_protocol_names[row->protocol], source, (unsigned long long)row->accesses,
              (long long)row->first_s, (long long)row->last_s);
}

/* The account, and the sightings as [day, point, kind, port, source, accesses, first, last]. */
static void write_result(struct fold *fold, const struct account_file *file, struct text *out)
{
    text_add_string(out, "{ \"account\":\n");
    account_json(&file->account, file, 1, out);
    text_add_string(out, ", \"sightings\": [");
    struct sighting row, before;
    for (bool first = true; fold_next(fold, &row, 1) == 1; first = false, before = row) {
        if (!first && sighting_compare(&before, &row) >= 0)
            abort(); /* not sorted, or not once each */
        add_sighting(out, &row, first);
    }
    text_add_string(out, "\n] }\n");
}

static bool read_case(const struct points *points, const char *path, const char *name, struct text *out,
                      struct fault *fault)
{
    struct zone zone;
    if (!zone_open(&zone, "Asia/Tokyo", fault))
        return false;
    OWNED(point_map_free) struct point_map *map = point_map_new(points);
    OWNED(asked_free) struct asked *asked = asked_new();
    OWNED(fold_free) struct fold *fold = fold_new(2);
    struct count count = {map, &zone, asked, fold, 2};
    struct account_file file = {.name = name};
    struct source *source = source_open(path, fault);
    if (source == NULL)
        return false;
    OWNED(capture_free) struct capture *capture = capture_new(source, name, fault);
    if (capture == NULL) {
        text_addf(out, "{ \"refused\": \"%s\" }\n", fault->text);
        return true;
    }
    if (!count_packets(&count, capture, &file, fault) || !count_end(&file.account, fold, fault))
        return false;
    write_result(fold, &file, out);
    return true;
}

static bool agree(const char *path, const struct text *seen, struct fault *fault)
{
    CLEANUP(text_clear) struct text expected;
    text_init(&expected, JSON_MOST);
    return file_read(path, &expected, fault) && expected.length == seen->length &&
           memcmp(expected.bytes, seen->bytes, seen->length) == 0;
}

static void tell(const char *heading, const char *text)
{
    printf("# %s\n# ", heading);
    for (; *text != '\0'; text++) {
        putchar(*text);
        if (*text == '\n')
            printf("# ");
    }
    putchar('\n');
}

static bool run_case(const struct points *points, const char *folder, const char *name, bool bless)
{
    char capture[4096], expected[4096], shown[512];
    struct fault fault = {""};
    snprintf(shown, sizeof shown, "%s", name);
    shown[strlen(shown) - strlen(".pcap")] = '\0';
    snprintf(capture, sizeof capture, "%s/%s", folder, name);
    snprintf(expected, sizeof expected, "%s/%s.json", folder, shown);
    CLEANUP(text_clear) struct text out;
    text_init(&out, JSON_MOST);
    bool fine = read_case(points, capture, name, &out, &fault);
    if (fine && bless)
        fine = file_write(expected, out.bytes, out.length, &fault);
    else if (fine)
        fine = agree(expected, &out, &fault);
    if (!fine)
        tell(fault.text[0] != '\0' ? fault.text : "this came instead:", out.bytes);
    return fine;
}

static void make_points(struct points *points, struct point_watch watches[BLOCKS])
{
    *points = (struct points){names, 3, watches, BLOCKS};
    for (size_t i = 0; i < BLOCKS; i++) {
        watches[i] =
            (struct point_watch){.point = blocks[i].point, .since = blocks[i].since, .until = INT32_MAX};
        if (!network_parse(blocks[i].network, &watches[i].network))
            abort();
    }
}

static int is_capture(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".pcap") == 0;
}

int main(int argc, char **argv)
{
    bool bless = argc == 3 && strcmp(argv[1], "--bless") == 0;
    if (argc != (bless ? 3 : 2)) {
        fprintf(stderr, "usage: golden [--bless] FOLDER\n");
        return 2;
    }
    struct dirent **entries;
    int count = scandir(argv[argc - 1], &entries, is_capture, alphasort), failed = 0;
    if (count < 0)
        return 2;
    struct points points;
    struct point_watch watches[BLOCKS];
    make_points(&points, watches);
    printf("1..%d\n", count);
    for (int i = 0; i < count; i++) {
        bool fine = run_case(&points, argv[argc - 1], entries[i]->d_name, bless);
        printf("%sok %d - %.*s reads as it should\n", fine ? "" : "not ", i + 1,
               (int)strlen(entries[i]->d_name) - 5, entries[i]->d_name);
        failed += !fine;
        free(entries[i]);
    }
    free(entries);
    return failed > 0 || count == 0;
}

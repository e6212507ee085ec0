#include "desk.h"
#include "base/file.h"
#include "ledger/import.h"
#include <unistd.h>

static const struct {
    const char *kind, *header;
} headers[] = {
    {"malware", "reporter,accepted_on,detected_on,name,kind,detections,route\n"},
    {"access", "reporter,received_on,harm,category,cause\n"},
    {"consultations", "received_on,channel,topic,access,harm\n"},
    {"history", "month,figure,value\n"},
};

void desk_open(struct desk *desk)
{
    struct fault fault;
    char path[sizeof desk->folder + 16];
    snprintf(desk->folder, sizeof desk->folder, "/tmp/mimamori-test-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    snprintf(path, sizeof path, "%s/ledger", desk->folder);
    if (!ledger_make(path, "Asia/Tokyo", "en", &fault))
        fail_msg("%s", fault.text);
    desk->ledger = ledger_open(path, LEDGER_WRITE, &fault);
    if (desk->ledger == NULL)
        fail_msg("%s", fault.text);
}

void desk_close(struct desk *desk)
{
    struct fault fault;
    ledger_free(desk->ledger);
    if (!file_remove_tree(desk->folder, &fault))
        fail_msg("%s", fault.text);
}

void desk_import(struct desk *desk, const char *kind, const char *rows)
{
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, 16 << 20);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        if (strcmp(headers[i].kind, kind) == 0)
            text_add_string(&csv, headers[i].header);
    text_add_string(&csv, rows);
    assert_true(text_whole(&csv));

    char path[sizeof desk->folder + 16];
    snprintf(path, sizeof path, "%s/records.csv", desk->folder);
    struct fault fault;
    const struct import_order order = {.kind = import_kind_find(kind), .path = path};
    CLEANUP(import_account_clear) struct import_account account = {0};
    if (!file_write(path, csv.bytes, csv.length, &fault) ||
        !import_run(desk->ledger, &order, &account, &fault))
        fail_msg("%s", fault.text);
    if (account.outcome != IMPORT_TAKEN)
        fail_msg("%s", account.told.bytes);
}

void desk_point(struct desk *desk, const char *name, const char *cidr, const char *since, const char *until)
{
    struct network network;
    int32_t first = INT32_MIN, last = INT32_MAX;
    struct fault fault;
    assert_true(network_parse(cidr, &network));
    assert_true(since == NULL || calendar_parse_day(since, &first));
    assert_true(until == NULL || calendar_parse_day(until, &last));
    if (!points_add(desk->ledger, name, &network, 1, first, last, &fault))
        fail_msg("%s", fault.text);
}

struct sighting desk_sighting(const char *day, uint16_t port, uint32_t source, const char *country,
                              uint64_t accesses)
{
    struct sighting sighting = {.source = address_from_ipv4(UINT32_C(0xc6336400) + source),
                                .accesses = accesses,
                                .port = port,
                                .kind = SIGHTING_CONTACT,
                                .protocol = SIGHTING_TCP};
    assert_true(calendar_parse_day(day, &sighting.day));
    sighting.first_s = sighting.last_s = (int64_t)sighting.day * 86400;
    if (country[0] != '\0')
        memcpy(sighting.country, country, sizeof sighting.country);
    return sighting;
}

struct heap {
    const struct sighting *rows;
    size_t count, at;
};

static size_t heap_next(void *context, struct sighting *rows, size_t most)
{
    struct heap *heap = context;
    size_t count = heap->count - heap->at < most ? heap->count - heap->at : most;
    if (count > 0)
        memcpy(rows, heap->rows + heap->at, count * sizeof *rows);
    heap->at += count;
    return count;
}

static int compare(const void *a, const void *b)
{
    return sighting_compare(a, b);
}

void desk_see(struct desk *desk, struct sighting *sightings, size_t count)
{
    CLEANUP(points_clear) struct points points = {0};
    enum sightings_stored stored = SIGHTINGS_KNOWN;
    struct fault fault;
    qsort(sightings, count, sizeof *sightings, compare);
    struct heap heap = {sightings, count, 0};
    OWNED(content_sum_free) struct content_sum *sum = content_sum_new(desk->ledger);
    content_sum_add(sum, sightings, count * sizeof *sightings);
    if (!points_load(desk->ledger, &points, &fault) ||
        !sightings_store(desk->ledger, &points, content_sum_value(sum), "capture",
                         (struct sightings_in){heap_next, &heap}, &stored, &fault))
        fail_msg("%s", fault.text);
    assert_int_equal(stored, SIGHTINGS_NEW);
    sightings_settle(desk->ledger);
}

static struct figures *tally(struct desk *desk, const char *name, struct fault *fault)
{
    int32_t month;
    assert_true(calendar_parse_month(name, &month));
    return figures_of_month(desk->ledger, month, fault);
}

struct figures *desk_figures(struct desk *desk, const char *month)
{
    struct fault fault;
    struct figures *figures = tally(desk, month, &fault);
    if (figures == NULL)
        fail_msg("%s", fault.text);
    return figures;
}

void desk_refuses(struct desk *desk, const char *month, const char *sentence)
{
    struct fault fault;
    assert_null(tally(desk, month, &fault));
    assert_string_equal(fault.text, sentence);
}

void desk_expect(const figures_six seen, const figures_six expected, const char *file, int line)
{
    for (int i = 0; i < FIGURES_MONTHS; i++)
        if (seen[i] != expected[i]) {
            print_error("month %d of six is %llu, expected %llu\n", i, (unsigned long long)seen[i],
                        (unsigned long long)expected[i]);
            _fail(file, line);
        }
}

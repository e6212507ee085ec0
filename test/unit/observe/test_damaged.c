/* Captures damaged in every way we could think of, thousands of them, always the same: nothing crashes, hangs
 * or leaks (the sanitizers look), the account adds up for one thread as for two, and what lies before the
 * damage is counted. The whole captures are the golden ones ($MIMAMORI_GOLDEN) and a made one
 * ($MAKE_CAPTURE). */
#include "unit.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "observe/count.h"
#include "observe/source_packed.h"
#include <dirent.h>
#include <lz4frame.h>
#include <zlib.h>
#include <zstd.h>

enum { SAMPLES_MOST = 256, PACKETS_MOST = 32768, ROUNDS = 5, GROWS = 65536, BYTES_MOST = 16 << 20 };

struct sample {
    struct text bytes;
    size_t packets;
    size_t *ends; /* where the record after each packet begins */
};
static struct sample samples[SAMPLES_MOST], made;
static size_t sample_count;
static struct point_map *map;
static struct zone zone;

static uint64_t seed = 2011;
static size_t below(size_t limit)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return limit == 0 ? 0 : (size_t)((seed >> 33) % limit);
}

/* False: refused, as no capture or for too many days. */
static bool count_once(struct source *source, unsigned threads, struct account_file *file)
{
    struct fault fault;
    OWNED(capture_free) struct capture *capture = capture_new(source, "damaged", &fault);
    *file = (struct account_file){.name = "damaged"};
    if (capture == NULL)
        return false;
    OWNED(asked_free) struct asked *asked = asked_new();
    OWNED(fold_free) struct fold *fold = fold_new(threads);
    struct count count = {map, &zone, asked, fold, threads};
    if (!count_packets(&count, capture, file, &fault))
        return false;
    if (!count_end(&file->account, fold, &fault))
        fail_msg("%s", fault.text);
    uint64_t rows = 0;
    for (struct sighting row; fold_next(fold, &row, 1) == 1;)
        rows++;
    assert_int_equal(rows, file->account.sources + file->account.backscatter_sources);
    if (file->broken)
        assert_true(file->where.packet == file->account.packets + 1 && file->where.why[0] != '\0');
    return true;
}

/* By one thread and by two; the number of packets. */
static uint64_t count_twice(const void *bytes, size_t length)
{
    struct account_file one, two;
    bool counted = count_once(source_over(bytes, length), 1, &one);
    assert_int_equal(counted, count_once(source_over(bytes, length), 2, &two));
    if (!counted)
        return 0;
    assert_memory_equal(&one.account, &two.account, sizeof one.account);
    assert_int_equal(one.broken, two.broken);
    if (one.broken)
        assert_true(one.where.offset <= length && one.where.offset == two.where.offset);
    return one.account.packets;
}

/* Packets that end at or before `offset`. */
static uint64_t packets_before(const struct sample *sample, size_t offset)
{
    uint64_t count = 0;
    while (count < sample->packets && sample->ends[count] <= offset)
        count++;
    return count;
}

static bool find_ends(struct sample *sample)
{
    struct fault fault;
    struct capture_record record;
    OWNED(capture_free)
    struct capture *capture =
        capture_new(source_over(sample->bytes.bytes, sample->bytes.length), "whole", &fault);
    if (capture == NULL)
        return false;
    sample->ends = memory_new(PACKETS_MOST, sizeof *sample->ends);
    while (sample->packets < PACKETS_MOST && capture_next(capture, &record) == CAPTURE_RECORD)
        sample->ends[sample->packets++] = source_offset(capture_source(capture));
    return true;
}

/* Where a record begins, or the end; after the file's own header. */
static size_t some_record(const struct sample *sample)
{
    return sample->packets == 0 ? sample->bytes.length : sample->ends[below(sample->packets)];
}

/* A variant: its bytes, and from where on it differs from the sample. */
struct variant {
    unsigned char *bytes;
    size_t length, from;
};

static void insert(struct variant *variant, size_t at, const void *bytes, size_t length)
{
    memmove(variant->bytes + at + length, variant->bytes + at, variant->length - at);
    memcpy(variant->bytes + at, bytes, length);
    variant->length += length;
    variant->from = at;
}

static void cut(struct variant *variant, const struct sample *sample)
{
    variant->length = variant->from = below(sample->bytes.length);
}

static void flip(struct variant *variant, const struct sample *sample)
{
    variant->from = below(sample->bytes.length);
    variant->bytes[variant->from] ^= (unsigned char)(1 + below(255));
}

/* A word of a record's header becomes nothing, all ones, the largest, the least, one too long a packet, or
 * odd. */
static void lie(struct variant *variant, const struct sample *sample)
{
    static const uint32_t lies[] = {0,          1,          3,      16,     0xffffffff,
                                    0x7fffffff, 0x80000000, 262144, 262145, 0x01000000};
    uint32_t word = lies[below(sizeof lies / sizeof *lies)];
    variant->from = some_record(sample) + 4 * below(8);
    if (variant->from + 4 > variant->length)
        variant->from = variant->length - 4;
    memcpy(variant->bytes + variant->from, &word, 4);
}

static void swap_order(struct variant *variant, const struct sample *sample)
{
    variant->from = some_record(sample);
    for (size_t at = variant->from; at + 4 <= variant->length; at += 4) {
        uint32_t word;
        memcpy(&word, variant->bytes + at, 4);
        word = __builtin_bswap32(word);
        memcpy(variant->bytes + at, &word, 4);
    }
}

static void add_garbage(struct variant *variant, const struct sample *sample)
{
    unsigned char garbage[300];
    size_t length = 1 + below(sizeof garbage);
    for (size_t i = 0; i < length; i++)
        garbage[i] = (unsigned char)below(256);
    insert(variant, below(2) == 0 ? some_record(sample) : below(sample->bytes.length), garbage, length);
}

/* Another capture, with its header, from a record's border or from anywhere: repeated section headers, files
 * of two kinds one behind the other, other byte orders and link types. */
static void splice(struct variant *variant, const struct sample *sample)
{
    const struct sample *other = &samples[below(sample_count)];
    size_t from = below(3) == 0 ? 0 : below(other->bytes.length), at = some_record(sample);
    size_t length = other->bytes.length - from;
    if (below(2) == 0)
        variant->length = at;
    if (length <= GROWS)
        insert(variant, at, other->bytes.bytes + from, length);
}

static void change_link(struct variant *variant, const struct sample *sample)
{
    static const unsigned char links[] = {0, 1, 9, 12, 50, 51, 101, 104, 108, 113, 114, 219, 228, 229, 239};
    (void)sample;
    variant->from = 20; /* pcap's; in pcapng it is within the section's length */
    variant->bytes[variant->from] = links[below(sizeof links)];
}

static void (*const damages[])(struct variant *variant, const struct sample *sample) = {
    cut, flip, flip, lie, lie, swap_order, add_garbage, splice, change_link,
};

static void what_lies_before_the_damage_is_counted(void **state)
{
    (void)state;
    const char *longer = getenv("ROUNDS");
    uint64_t variants = 0, rounds = ROUNDS;
    assert_true(longer == NULL || number_parse(longer, strlen(longer), 100000, &rounds));
    OWNED_MEMORY unsigned char *bytes = memory_new(BYTES_MOST, 1);
    for (size_t round = 0; round < rounds * sample_count; round++) {
        const struct sample *sample = &samples[round % sample_count];
        for (size_t i = 0; i < sizeof damages / sizeof *damages; i++, variants++) {
            struct variant variant = {bytes, sample->bytes.length, sample->bytes.length};
            memcpy(bytes, sample->bytes.bytes, sample->bytes.length);
            damages[i](&variant, sample);
            uint64_t counted = count_twice(variant.bytes, variant.length);
            uint64_t before = packets_before(sample, variant.from);
            if (counted < before || (damages[i] == cut && counted != before))
                fail_msg("sample %zu, damage %zu at byte %zu: %llu packets (expected %llu)",
                         round % sample_count, i, variant.from, (unsigned long long)counted,
                         (unsigned long long)before);
        }
    }
    assert_true(variants > 4000);
}

static size_t pack_gzip(const struct text *plain, unsigned char *out, size_t room)
{
    z_stream zlib = {.next_in = (unsigned char *)plain->bytes, .avail_in = (uInt)plain->length};
    zlib.next_out = out;
    zlib.avail_out = (uInt)room;
    assert_int_equal(deflateInit2(&zlib, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&zlib, Z_FINISH), Z_STREAM_END);
    size_t length = zlib.total_out;
    deflateEnd(&zlib);
    return length;
}

static size_t pack_zstd(const struct text *plain, unsigned char *out, size_t room)
{
    return ZSTD_compress(out, room, plain->bytes, plain->length, 3);
}

static size_t pack_lz4(const struct text *plain, unsigned char *out, size_t room)
{
    return LZ4F_compressFrame(out, room, plain->bytes, plain->length, NULL);
}

static const struct packing {
    size_t (*pack)(const struct text *plain, unsigned char *out, size_t room);
    enum source_packing packing;
} packings[] = {{pack_gzip, SOURCE_GZIP}, {pack_zstd, SOURCE_ZSTD}, {pack_lz4, SOURCE_LZ4}};

struct memory {
    const unsigned char *at, *end;
};

static ptrdiff_t memory_read(void *state, unsigned char *out, size_t room, const char **why)
{
    (void)why;
    struct memory *memory = state;
    size_t left = (size_t)(memory->end - memory->at), length = left < room ? left : room;
    memcpy(out, memory->at, length);
    memory->at += length;
    return (ptrdiff_t)length;
}

static uint64_t count_packed(const unsigned char *bytes, size_t length, enum source_packing packing,
                             struct account_file *file)
{
    struct memory *memory = memory_new(1, sizeof *memory);
    *memory = (struct memory){bytes, bytes + length};
    struct source_from from = source_packed(packing, (struct source_from){memory_read, free, memory});
    return count_once(source_new(from), 2, file) ? file->account.packets : 0;
}

static void packed_captures_are_counted_up_to_where_they_are_cut(void **state)
{
    (void)state;
    size_t room = made.bytes.length + GROWS;
    OWNED_MEMORY unsigned char *packed = memory_new(room, 1);
    for (size_t i = 0; i < sizeof packings / sizeof *packings; i++) {
        struct account_file file;
        size_t length = packings[i].pack(&made.bytes, packed, room);
        assert_int_equal(count_packed(packed, length, packings[i].packing, &file), made.packets);
        assert_false(file.broken);
        uint64_t last = 0;
        for (size_t tenth = 1; tenth < 10; tenth++) {
            uint64_t counted = count_packed(packed, length * tenth / 10, packings[i].packing, &file);
            assert_true(file.broken && counted >= last && counted < made.packets);
            last = counted;
        }
        assert_true(last > made.packets / 2);
    }
}

static void damaged_packed_captures_do_no_harm(void **state)
{
    (void)state;
    size_t room = made.bytes.length + GROWS;
    OWNED_MEMORY unsigned char *packed = memory_new(room, 1);
    for (size_t i = 0; i < sizeof packings / sizeof *packings; i++) {
        size_t length = packings[i].pack(&made.bytes, packed, room);
        for (int round = 0; round < 60; round++) {
            struct account_file file;
            size_t at = below(round % 2 == 0 ? 64 : length);
            unsigned char was = packed[at];
            packed[at] ^= (unsigned char)(1 + below(255));
            count_packed(packed, length, packings[i].packing, &file);
            packed[at] = was;
        }
    }
}

static int is_capture(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".pcap") == 0;
}

/* Those that are refused whole have nothing to damage. */
static void read_sample(const char *folder, const char *name)
{
    char path[4096];
    struct fault fault;
    struct sample *sample = &samples[sample_count];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    text_init(&sample->bytes, BYTES_MOST);
    if (file_read(path, &sample->bytes, &fault) && sample->bytes.length >= 24 && find_ends(sample))
        sample_count++;
    else
        text_clear(&sample->bytes);
}

static bool read_golden(const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_capture, alphasort);
    for (int i = 0; i < count; i++) {
        if (sample_count < SAMPLES_MOST)
            read_sample(folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return sample_count > 50;
}

static bool make_capture(const char *program)
{
    char command[4096], block[4096];
    snprintf(command, sizeof command, "'%s' --kind sensor --packets 20000", program);
    FILE *pipe = popen(command, "r");
    if (pipe == NULL)
        return false;
    text_init(&made.bytes, BYTES_MOST);
    for (size_t got; (got = fread(block, 1, sizeof block, pipe)) > 0;)
        text_add(&made.bytes, block, got);
    return pclose(pipe) == 0 && find_ends(&made) && made.packets == 20000;
}

static void forget(struct sample *sample)
{
    text_clear(&sample->bytes);
    free(sample->ends);
}

int main(void)
{
    static struct point_watch watches[2] = {{.since = INT32_MIN, .until = INT32_MAX},
                                            {.since = INT32_MIN, .until = INT32_MAX}};
    struct points points = {.watches = watches, .watch_count = 2};
    struct fault fault;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_lies_before_the_damage_is_counted),
        cmocka_unit_test(packed_captures_are_counted_up_to_where_they_are_cut),
        cmocka_unit_test(damaged_packed_captures_do_no_harm),
    };
    if (!network_parse("192.0.0.0/2", &watches[0].network) ||
        !network_parse("2000::/3", &watches[1].network) || !zone_open(&zone, "Asia/Tokyo", &fault) ||
        !read_golden(getenv("MIMAMORI_GOLDEN")) || !make_capture(getenv("MAKE_CAPTURE")))
        return 2;
    map = point_map_new(&points);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    point_map_free(map);
    for (size_t i = 0; i < sample_count; i++)
        forget(&samples[i]);
    forget(&made);
    return failed;
}

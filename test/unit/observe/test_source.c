#include "unit.h"
#include "base/memory.h"
#include "observe/source.h"
#include "observe/source_packed.h"
#include <fcntl.h>
#include <lz4frame.h>
#include <sys/stat.h>
#include <zlib.h>
#include <zstd.h>

enum { SIZE = 3 * SOURCE_BLOCK + 12345, PACKED_MOST = 2 * SIZE };

static unsigned char plain[SIZE], packed[PACKED_MOST];
static char path[] = "/tmp/mimamori-test-source-XXXXXX";

static void fill_plain(void)
{
    uint64_t seed = 1;
    for (size_t i = 0; i < SIZE; i++) {
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
        plain[i] = (unsigned char)(seed >> 60);
    }
}

/* One gzip member. */
static size_t pack_gzip(const unsigned char *bytes, size_t length, unsigned char *out)
{
    z_stream zlib = {0};
    assert_int_equal(deflateInit2(&zlib, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    zlib.next_in = (unsigned char *)bytes;
    zlib.avail_in = (uInt)length;
    zlib.next_out = out;
    zlib.avail_out = PACKED_MOST;
    assert_int_equal(deflate(&zlib, Z_FINISH), Z_STREAM_END);
    size_t put = zlib.total_out;
    deflateEnd(&zlib);
    return put;
}
static size_t pack_zstd(const unsigned char *bytes, size_t length, unsigned char *out)
{
    return ZSTD_compress(out, PACKED_MOST, bytes, length, 1);
}
static size_t pack_lz4(const unsigned char *bytes, size_t length, unsigned char *out)
{
    return LZ4F_compressFrame(out, PACKED_MOST, bytes, length, NULL);
}
static size_t (*const packers[])(const unsigned char *, size_t, unsigned char *) = {pack_gzip, pack_zstd,
                                                                                    pack_lz4};

static void write_file(const unsigned char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* Reads in pieces of odd sizes, holds them against `plain`, and returns how many bytes there were. */
static size_t read_all(struct source *source)
{
    size_t at = 0;
    for (size_t piece = 1; !source_ended(source); piece = piece * 3 % 70001 + 1) {
        const unsigned char *bytes = source_peek(source, piece);
        while (bytes == NULL)
            bytes = source_peek(source, piece = piece / 2 + (piece == 1));
        assert_int_equal(source_offset(source), at);
        assert_memory_equal(bytes, plain + at, piece);
        source_skip(source, piece);
        at += piece;
    }
    return at;
}

static size_t read_file(const char **why)
{
    struct fault fault;
    OWNED(source_free) struct source *source = source_open(path, &fault);
    assert_non_null(source);
    size_t length = read_all(source);
    *why = source->why_failed;
    return length;
}

static void records_across_blocks_come_in_one_piece(void **state)
{
    (void)state;
    OWNED(source_free) struct source *source = source_over(plain, SIZE);
    assert_int_equal(read_all(source), SIZE);
    assert_null(source_peek(source, 1));
}

static void a_peek_may_be_larger_than_a_block(void **state)
{
    (void)state;
    OWNED(source_free) struct source *source = source_over(plain, SIZE);
    assert_non_null(source_peek(source, 10));
    source_skip(source, 10);
    const unsigned char *bytes = source_peek(source, SIZE - 10);
    assert_non_null(bytes);
    assert_memory_equal(bytes, plain + 10, SIZE - 10);
    assert_null(source_peek(source, SIZE - 9));
}

static void packed_files_read_like_plain_ones(void **state)
{
    (void)state;
    const char *why;
    for (size_t i = 0; i < 3; i++) {
        write_file(packed, packers[i](plain, SIZE, packed));
        assert_int_equal(read_file(&why), SIZE);
        assert_null(why);
    }
}

static void streams_one_behind_another_are_one(void **state)
{
    (void)state;
    const char *why;
    for (size_t i = 0; i < 3; i++) {
        size_t first = packers[i](plain, 1000, packed);
        size_t second = packers[i](plain + 1000, SIZE - 1000, packed + first);
        write_file(packed, first + second);
        assert_int_equal(read_file(&why), SIZE);
        assert_null(why);
    }
}

/* A frame to be skipped of this length (RFC 8878 section 3.1.2), then 1000 bytes. */
static size_t pack_behind(size_t skipped, unsigned char *out)
{
    const uint32_t head[] = {0x184d2a50, (uint32_t)skipped - 8};
    memset(out, 0, skipped);
    memcpy(out, head, sizeof head);
    return skipped + pack_zstd(plain, 1000, out + skipped);
}

static void zstd_frames_may_begin_anywhere(void **state)
{
    (void)state;
    const char *why;
    for (size_t before = 0; before < 6; before++) {
        write_file(packed, pack_behind((1 << 18) - before, packed));
        assert_int_equal(read_file(&why), 1000);
        assert_null(why);
    }
}

static void zstd_from_before_its_format_was_settled_is_damage(void **state)
{
    (void)state;
    static const unsigned char old[] = {0x26, 0xb5, 0x2f, 0xfd, 0x70, 0, 1, 0, 0};
    const char *why;
    for (size_t before = 0; before < 6; before++) {
        size_t length = pack_behind((1 << 18) - before - pack_zstd(plain, 1000, packed), packed);
        memcpy(packed + length, old, sizeof old);
        write_file(packed, length + sizeof old);
        assert_int_equal(read_file(&why), 1000);
        assert_string_equal(why, "the compressed data is damaged");
    }
}

static void a_packed_file_that_ends_too_early_gives_what_it_has(void **state)
{
    (void)state;
    const char *why;
    for (size_t i = 0; i < 3; i++) {
        size_t length = packers[i](plain, SIZE, packed);
        write_file(packed, length / 2);
        size_t got = read_file(&why);
        assert_true(got > 1000 && got < SIZE);
        assert_string_equal(why, "the compressed data ends too early");
    }
}

static void a_damaged_packed_file_says_so(void **state)
{
    (void)state;
    size_t length = pack_gzip(plain, SIZE, packed); /* gzip alone always carries a sum of what it holds */

    memset(packed + length / 2, 0xff, 200);
    write_file(packed, length);
    struct fault fault;
    OWNED(source_free) struct source *source = source_open(path, &fault);
    assert_non_null(source);
    source_drain(source);
    assert_string_equal(source->why_failed, "the compressed data is damaged");
}

static void files_are_known_by_their_first_bytes(void **state)
{
    (void)state;
    assert_int_equal(source_packing((const unsigned char *)"\x1f\x8b", 2), SOURCE_GZIP);
    assert_int_equal(source_packing((const unsigned char *)"\x1f\x8c\x08\x00", 4), SOURCE_PLAIN);
    assert_int_equal(source_packing((const unsigned char *)"\x28\xb5\x2f\xfd", 4), SOURCE_ZSTD);
    assert_int_equal(source_packing((const unsigned char *)"\x5f\x2a\x4d\x18", 4), SOURCE_ZSTD);
    assert_int_equal(source_packing((const unsigned char *)"\x04\x22\x4d\x18", 4), SOURCE_LZ4);
    assert_int_equal(source_packing((const unsigned char *)"\x28\xb5\x2f", 3), SOURCE_PLAIN);
    assert_int_equal(source_packing((const unsigned char *)"", 0), SOURCE_PLAIN);
}

static void a_missing_file_and_a_folder_are_faults(void **state)
{
    (void)state;
    struct fault fault;
    assert_null(source_open("/tmp/mimamori-no-such-file", &fault));
    assert_string_equal(fault.text,
                        "'/tmp/mimamori-no-such-file' cannot be opened: No such file or directory");
    assert_null(source_open("/tmp", &fault));
    assert_string_equal(fault.text, "'/tmp' cannot be read: Is a directory");
}

struct seen {
    unsigned char *bytes;
    size_t length;
};
static void see(void *context, const void *bytes, size_t length)
{
    struct seen *seen = context;
    memcpy(seen->bytes + seen->length, bytes, length);
    seen->length += length;
}

static void a_watcher_sees_every_byte_once(void **state)
{
    (void)state;
    OWNED_MEMORY unsigned char *bytes = memory_new(SIZE, 1);
    struct seen seen = {bytes, 0};
    OWNED(source_free) struct source *source = source_over(plain, SIZE);
    assert_non_null(source_peek(source, 24));
    source_watch(source, see, &seen);
    source_skip(source, 24);
    assert_non_null(source_peek(source, SOURCE_BLOCK * 2));
    source_drain(source);
    assert_int_equal(seen.length, SIZE);
    assert_memory_equal(seen.bytes, plain, SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_across_blocks_come_in_one_piece),
        cmocka_unit_test(a_peek_may_be_larger_than_a_block),
        cmocka_unit_test(packed_files_read_like_plain_ones),
        cmocka_unit_test(streams_one_behind_another_are_one),
        cmocka_unit_test(zstd_frames_may_begin_anywhere),
        cmocka_unit_test(zstd_from_before_its_format_was_settled_is_damage),
        cmocka_unit_test(a_packed_file_that_ends_too_early_gives_what_it_has),
        cmocka_unit_test(a_damaged_packed_file_says_so),
        cmocka_unit_test(files_are_known_by_their_first_bytes),
        cmocka_unit_test(a_missing_file_and_a_folder_are_faults),
        cmocka_unit_test(a_watcher_sees_every_byte_once),
    };
    int descriptor = mkstemp(path);
    if (descriptor < 0)
        return 1;
    close(descriptor);
    fill_plain();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}

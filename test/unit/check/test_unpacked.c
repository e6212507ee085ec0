#include "disk.h"
#include "check/unpacked.h"

/* "mimamori\n" as gzip(1), xz(1), zstd(1), lz4(1) and bzip2(1) pack it. */
static const struct {
    const char *name;
    const char *bytes;
    size_t length;
} packed[] = {
    {"gzip",
     "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\xcd\xcc\x4d\xcc\xcd\x2f\xca\xe4\x02\x00\x70\xe9\x30\xac"
     "\x09\x00\x00\x00",
     29},
    {"xz",
     "\xfd\x37\x7a\x58\x5a\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2f\xe5\xa3\x01"
     "\x00\x08\x6d\x69\x6d\x61\x6d\x6f\x72\x69\x0a\x00\x00\x00\x00\x9a\xc2\xe7\xe2\x88\xeb\xa8\xff\x00\x01"
     "\x21\x09\x6c\x18\xc5\xd5\x1f\xb6\xf3\x7d\x01\x00\x00\x00\x00\x04\x59\x5a",
     68},
    {"zstd", "\x28\xb5\x2f\xfd\x04\x58\x49\x00\x00\x6d\x69\x6d\x61\x6d\x6f\x72\x69\x0a\xba\x57\x81\x88", 22},
    {"lz4",
     "\x04\x22\x4d\x18\x64\x40\xa7\x09\x00\x00\x80\x6d\x69\x6d\x61\x6d\x6f\x72\x69\x0a\x00\x00\x00\x00\xf5"
     "\x82\xce\x3c",
     28},
    {"bzip2",
     "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\xbf\xaf\x54\xad\x00\x00\x02\xc1\x80\x00\x10\x20\x22\x90\x00"
     "\x20\x00\x30\xc0\x06\x4d\xa2\x43\x74\x29\xbc\x5d\xc9\x14\xe1\x42\x42\xfe\xbd\x52\xb4",
     46},
};

static bool unpack(const void *bytes, size_t length, size_t limit, struct text *out, struct fault *fault)
{
    struct disk disk;
    disk_open(&disk);
    disk_bytes(&disk, "packed", bytes, length);
    text_init(out, 1 << 20);
    struct unpacked *unpacked = unpacked_open(disk.path, limit, fault);
    bool well = unpacked != NULL && unpacked_whole(unpacked, out, fault);
    unpacked_free(unpacked);
    disk_close(&disk);
    return well;
}

static void bytes_are_the_same_whatever_they_are_packed_with(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++) {
        CLEANUP(text_clear) struct text out;
        struct fault fault = {""};
        if (!unpack(packed[i].bytes, packed[i].length, 1 << 20, &out, &fault))
            fail_msg("%s: %s", packed[i].name, fault.text);
        assert_string_equal(out.bytes, "mimamori\n");
    }
}

static void what_is_not_packed_is_as_it_is(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text out;
    struct fault fault;
    assert_true(unpack("a\0b", 3, 16, &out, &fault));
    assert_int_equal(out.length, 3);
    assert_memory_equal(out.bytes, "a\0b", 3);
}

static void an_empty_file_is_no_bytes(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text out;
    struct fault fault = {""};
    assert_true(unpack("", 0, 16, &out, &fault));
    assert_int_equal(out.length, 0);
}

static void more_than_the_limit_is_a_fault(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text exact;
    CLEANUP(text_clear) struct text out;
    struct fault fault;
    assert_true(unpack(packed[0].bytes, packed[0].length, 9, &exact, &fault));
    assert_false(unpack(packed[0].bytes, packed[0].length, 8, &out, &fault));
    assert_non_null(strstr(fault.text, "is longer than 8 bytes when unpacked"));
}

static void what_is_cut_off_is_a_fault(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++) {
        CLEANUP(text_clear) struct text out;
        struct fault fault;
        if (unpack(packed[i].bytes, packed[i].length - 5, 1 << 20, &out, &fault))
            fail_msg("%s: half of it is taken for the whole", packed[i].name);
    }
}

static void a_folder_is_no_file(void **state)
{
    (void)state;
    struct fault fault;
    assert_null(unpacked_open("/tmp", 1, &fault));
    assert_non_null(strstr(fault.text, "is a folder"));
    assert_null(unpacked_open("/nowhere/at/all", 1, &fault));
    assert_non_null(strstr(fault.text, "No such file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_the_same_whatever_they_are_packed_with),
        cmocka_unit_test(what_is_not_packed_is_as_it_is),
        cmocka_unit_test(an_empty_file_is_no_bytes),
        cmocka_unit_test(more_than_the_limit_is_a_fault),
        cmocka_unit_test(what_is_cut_off_is_a_fault),
        cmocka_unit_test(a_folder_is_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

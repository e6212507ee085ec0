#include "disk.h"
#include "base/cleanup.h"
#include "check/versions/hive.h"

static const char text[] = "[A]\n"
                           "@=\"default\"\n"
                           "\"Text\"=\"Ａ é 😀\"\n"
                           "\"Number\"=dword:1a2b\n"
                           "\"Long\"=qword:1234567890abcdef\n"
                           "\"Raw\"=hex:00ff10\n"
                           "\"Path\"=expand:%SystemRoot%\\x\n"
                           "\"Odd\"=1:4100420077\n"
                           "[A\\B\\C]\n"
                           "\"x\"=\"y\"\n"
                           "[A\\Ä]\n"
                           "[Other]\n";

static struct disk disk;

static int open_disk(void **state)
{
    (void)state;
    disk_open(&disk);
    return 0;
}

static int close_disk(void **state)
{
    (void)state;
    disk_close(&disk);
    return 0;
}

static struct hive *open_path(const char *path, struct fault *fault)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(file >= 0);
    return hive_open(file, "SOFTWARE", fault);
}

static struct hive *open_text(const char *hive_text)
{
    struct fault fault;
    disk_hive(&disk, "SOFTWARE", hive_text);
    struct hive *hive = open_path(disk.path, &fault);
    assert_non_null(hive);
    return hive;
}

/* Opened without a fault about the bytes themselves, or the fault. */
static struct hive *open_bytes(const void *bytes, size_t length, struct fault *fault)
{
    disk_bytes(&disk, "SOFTWARE", bytes, length);
    return open_path(disk.path, fault);
}

static struct hive_key key_of(struct hive *hive, const char *path)
{
    struct fault fault;
    struct hive_key key;
    assert_true(hive_descend(hive_root(hive), path, &key, &fault));
    return key;
}

static void a_key_is_found_whatever_its_letters(void **state)
{
    (void)state;
    OWNED(hive_free) struct hive *hive = open_text(text);
    size_t node = key_of(hive, "A\\B\\C").node;
    assert_int_not_equal(node, 0);
    assert_int_equal(key_of(hive, "a\\b\\c").node, node);
    assert_int_equal(key_of(hive, "\\A\\\\B\\C\\").node, node);
    assert_int_not_equal(key_of(hive, "a\\ä").node, 0);
    assert_int_equal(key_of(hive, "").node, hive_root(hive).node);
    assert_int_equal(key_of(hive, "A\\B\\C\\D").node, 0);
    assert_int_equal(key_of(hive, "AB").node, 0);
    assert_int_equal(key_of(hive, "None\\C").node, 0);
}

static void wants_text(struct hive_key key, const char *name, const char *wanted)
{
    struct fault fault;
    CLEANUP(text_clear) struct text out;
    text_init(&out, 1000);
    text_add_string(&out, "");
    assert_true(hive_string(key, name, &out, &fault));
    assert_string_equal(out.bytes, wanted);
}

static void strings_are_read_as_utf8(void **state)
{
    (void)state;
    OWNED(hive_free) struct hive *hive = open_text(text);
    struct hive_key key = key_of(hive, "A");
    wants_text(key, "TEXT", "Ａ é 😀");
    wants_text(key, "", "default");
    wants_text(key, "Path", "%SystemRoot%\\x");
    wants_text(key, "Odd", "AB"); /* an odd byte and no NUL at its end */
    wants_text(key, "Number", "");
    wants_text(key, "None", "");
}

static void wants_number(struct hive_key key, const char *name, uint64_t wanted)
{
    struct fault fault;
    uint64_t number = 77;
    assert_true(hive_number(key, name, &number, &fault));
    assert_int_equal(number, wanted);
}

static void numbers_are_read_whatever_their_size(void **state)
{
    (void)state;
    OWNED(hive_free) struct hive *hive = open_text(text);
    struct hive_key key = key_of(hive, "A");
    wants_number(key, "number", 0x1a2b);
    wants_number(key, "Long", 0x1234567890abcdef);
    wants_number(key, "Text", 77);
    wants_number(key, "None", 77);
    uint64_t number;
    struct hive_value value = {"", HIVE_DWORD_BIG_ENDIAN, (const unsigned char *)"\0\0\1\2", 4};
    assert_true(hive_value_number(&value, &number) && number == 0x102);
    value.length = 3;
    assert_false(hive_value_number(&value, &number));
}

struct seen {
    struct text paths;
    size_t count;
};

static bool note_path(void *context, const char *path, struct hive_key key, struct fault *fault)
{
    (void)key, (void)fault;
    struct seen *seen = context;
    text_addf(&seen->paths, "%s;", path);
    seen->count++;
    return true;
}

static bool walk(struct hive_key key, unsigned depth, struct seen *seen, struct fault *fault)
{
    text_clear(&seen->paths);
    text_init(&seen->paths, 1 << 20);
    seen->count = 0;
    return hive_walk(key, depth, (struct hive_see_key){note_path, seen}, fault);
}

static void a_walk_comes_by_every_key_once(void **state)
{
    (void)state;
    struct fault fault;
    struct seen seen = {0};
    OWNED(hive_free) struct hive *hive = open_text(text);
    assert_true(walk(hive_root(hive), HIVE_DEPTH_MOST, &seen, &fault));
    assert_string_equal(seen.paths.bytes, ";A;A\\B;A\\B\\C;A\\Ä;Other;");
    assert_true(walk(hive_root(hive), 1, &seen, &fault));
    assert_string_equal(seen.paths.bytes, ";A;Other;");
    assert_true(walk(key_of(hive, "A"), 0, &seen, &fault));
    assert_string_equal(seen.paths.bytes, ";");
    text_clear(&seen.paths);
}

/* Where the cell of a key begins ("nk", its name behind 76 bytes; https://github.com/msuhanov/regf). */
static size_t cell_of(const struct text *bytes, const char *name)
{
    size_t length = strlen(name);
    for (size_t at = 4096 + 32; at + 80 + length <= bytes->length; at++)
        if (memcmp(bytes->bytes + at, "nk", 2) == 0 && (unsigned char)bytes->bytes[at + 72] == length &&
            memcmp(bytes->bytes + at + 76, name, length) == 0)
            return at;
    fail_msg("no key %s", name);
    return 0;
}

static void a_hive_whose_keys_lead_back_is_broken(void **state)
{
    (void)state;
    struct fault fault;
    struct seen seen = {0};
    CLEANUP(text_clear) struct text bytes;
    disk_hive(&disk, "SOFTWARE", text);
    disk_read(&disk, &bytes);
    size_t root = cell_of(&bytes, "ROOT"), below = cell_of(&bytes, "C");
    memcpy(bytes.bytes + below + 20, bytes.bytes + root + 20, 4); /* as many keys as the first has, */
    memcpy(bytes.bytes + below + 28, bytes.bytes + root + 28, 4); /* and the same ones */
    OWNED(hive_free) struct hive *hive = open_bytes(bytes.bytes, bytes.length, &fault);
    assert_non_null(hive);
    assert_false(walk(hive_root(hive), HIVE_DEPTH_MOST, &seen, &fault));
    assert_string_equal(fault.text, "SOFTWARE: the hive is broken: its keys lead back to one another");
    assert_true(seen.count < 10);
    assert_int_not_equal(key_of(hive, "A\\B\\C\\A\\B\\C\\A").node, 0); /* a path ends by itself */
    text_clear(&seen.paths);
}

static void a_path_deeper_than_windows_allows_is_none(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(text_clear) struct text bytes;
    disk_hive(&disk, "SOFTWARE", text);
    disk_read(&disk, &bytes);
    size_t root = cell_of(&bytes, "ROOT"), below = cell_of(&bytes, "A");
    memcpy(bytes.bytes + below + 20, bytes.bytes + root + 20, 4);
    memcpy(bytes.bytes + below + 28, bytes.bytes + root + 28, 4);
    OWNED(hive_free) struct hive *hive = open_bytes(bytes.bytes, bytes.length, &fault);
    char path[2 * 513 + 1];
    for (size_t i = 0; i < sizeof path - 1; i += 2)
        path[i] = 'A', path[i + 1] = '\\';
    path[sizeof path - 1] = '\0';
    assert_int_equal(key_of(hive, path).node, 0);
    path[2 * 512] = '\0';
    assert_int_not_equal(key_of(hive, path).node, 0);
}

static void expect_refused(const void *bytes, size_t length, const char *wanted)
{
    struct fault fault = {""};
    OWNED(hive_free) struct hive *hive = open_bytes(bytes, length, &fault);
    assert_null(hive);
    assert_string_equal(fault.text, wanted);
}

static void what_is_no_hive_is_refused_in_a_sentence(void **state)
{
    (void)state;
    static const char none[] = "SOFTWARE: not a hive of Windows' registry (expected 'regf' at its beginning)";
    static const char cut[] = "SOFTWARE: the hive is broken or cut off";
    CLEANUP(text_clear) struct text bytes;
    disk_hive(&disk, "SOFTWARE", text);
    disk_read(&disk, &bytes);
    expect_refused("", 0, none);
    expect_refused("regf", 4, none);
    expect_refused("Windows Registry Editor Version 5.00\r\n", 38, none);
    expect_refused(bytes.bytes, 13, cut);
    expect_refused(bytes.bytes, 4096, cut);
    bytes.bytes[508] ^= 1;
    expect_refused(bytes.bytes, bytes.length, cut); /* the sum of the header */
}

static void a_hive_larger_than_any_is_not_read(void **state)
{
    (void)state;
    struct fault fault;
    disk_bytes(&disk, "SOFTWARE", "regf", 4);
    assert_int_equal(truncate(disk.path, (off_t)4 << 30), 0);
    assert_null(open_path(disk.path, &fault));
    assert_string_equal(fault.text, "SOFTWARE: larger than a hive is read (expected at most 512 MiB)");
    assert_int_equal(unlink(disk.path), 0);
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    struct fault fault;
    assert_null(open_path(disk.folder, &fault));
    assert_string_equal(fault.text, "SOFTWARE: not a file (expected a hive of Windows' registry)");
}

static void one_that_is_cut_off_anywhere_ends_well(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text bytes;
    struct fault fault;
    struct seen whole = {0}, seen = {0};
    disk_hive(&disk, "SOFTWARE", text);
    disk_read(&disk, &bytes);
    size_t faults = 0, cuts = 0;
    for (size_t length = 512; length < bytes.length; length += 256, cuts++) {
        OWNED(hive_free) struct hive *hive = open_bytes(bytes.bytes, length, &fault);
        if (hive == NULL || !walk(hive_root(hive), HIVE_DEPTH_MOST, &seen, &fault))
            faults++;
    }
    assert_int_equal(faults, cuts);
    OWNED(hive_free) struct hive *hive = open_bytes(bytes.bytes, bytes.length, &fault);
    assert_true(walk(hive_root(hive), HIVE_DEPTH_MOST, &whole, &fault));
    text_clear(&whole.paths);
    text_clear(&seen.paths);
}

/* Every cell of a value of that name ("vk", its name behind 20 bytes), those too that the library left behind
 * as it wrote, gets another length. */
static void set_length(const struct text *bytes, const char *name, const char *value_length)
{
    size_t length = strlen(name), count = 0;
    for (size_t at = 4096 + 32; at + 24 + length <= bytes->length; at++) {
        if (memcmp(bytes->bytes + at, "vk", 2) != 0 || (unsigned char)bytes->bytes[at + 2] != length ||
            memcmp(bytes->bytes + at + 20, name, length) != 0)
            continue;
        memcpy(bytes->bytes + at + 4, value_length, 4);
        count++;
    }
    assert_int_not_equal(count, 0);
}

static void a_value_of_a_huge_length_is_broken(void **state)
{
    (void)state;
    static const char *const lengths[] = {"\xff\xff\xff\x7f", "\x01\x00\x10\x00"};
    for (size_t i = 0; i < 2; i++) {
        struct fault fault;
        CLEANUP(text_clear) struct text bytes;
        CLEANUP(text_clear) struct text out;
        text_init(&out, 1000);
        disk_hive(&disk, "SOFTWARE", text);
        disk_read(&disk, &bytes);
        set_length(&bytes, "Text", lengths[i]);
        OWNED(hive_free) struct hive *hive = open_bytes(bytes.bytes, bytes.length, &fault);
        assert_non_null(hive);
        assert_false(hive_string(key_of(hive, "A"), "Text", &out, &fault));
        assert_non_null(strstr(fault.text, "SOFTWARE: the hive is broken: a value"));
    }
}

static void one_that_was_not_closed_well_says_so(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(text_clear) struct text bytes;
    disk_hive(&disk, "SOFTWARE", text);
    disk_read(&disk, &bytes);
    OWNED(hive_free) struct hive *closed = open_bytes(bytes.bytes, bytes.length, &fault);
    assert_false(hive_dirty(closed));
    bytes.bytes[4] ^= 3;
    bytes.bytes[508] ^= 3;
    OWNED(hive_free) struct hive *open = open_bytes(bytes.bytes, bytes.length, &fault);
    assert_true(hive_dirty(open));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_found_whatever_its_letters),
        cmocka_unit_test(strings_are_read_as_utf8),
        cmocka_unit_test(numbers_are_read_whatever_their_size),
        cmocka_unit_test(a_walk_comes_by_every_key_once),
        cmocka_unit_test(a_hive_whose_keys_lead_back_is_broken),
        cmocka_unit_test(a_path_deeper_than_windows_allows_is_none),
        cmocka_unit_test(what_is_no_hive_is_refused_in_a_sentence),
        cmocka_unit_test(a_hive_larger_than_any_is_not_read),
        cmocka_unit_test(what_is_no_file_is_refused),
        cmocka_unit_test(one_that_is_cut_off_anywhere_ends_well),
        cmocka_unit_test(a_value_of_a_huge_length_is_broken),
        cmocka_unit_test(one_that_was_not_closed_well_says_so),
    };
    return cmocka_run_group_tests(tests, open_disk, close_disk);
}

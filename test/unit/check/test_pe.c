#include "disk.h"
#include "base/cleanup.h"
#include "check/versions/pe.h"

static const char firefox[] = "bits=64\n"
                              "file=115.0.2.65535\n"
                              "product=115.0.3.0\n"
                              "CompanyName=Mozilla Corporation\n"
                              "FileVersion=115.0.2\n"
                              "Comments=nobody asks for this\n"
                              "OriginalFilename=firefox.exe\n"
                              "InternalName=firefox\n"
                              "ProductName=ファイアフォックス\n"
                              "ProductVersion=115.0.3 beta\n";

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

static enum pe_answer read_path(const char *path, struct pe *pe)
{
    CLEANUP(cleanup_descriptor) int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(file >= 0);
    return pe_read(file, pe);
}

static enum pe_answer read_bytes(const void *bytes, size_t length, struct pe *pe)
{
    disk_bytes(&disk, "x.exe", bytes, length);
    return read_path(disk.path, pe);
}

static void expect_firefox(const struct pe *pe)
{
    assert_true(pe->has_version);
    assert_int_equal(pe->file_version[0], 115);
    assert_int_equal(pe->file_version[2], 2);
    assert_int_equal(pe->file_version[3], 65535);
    assert_int_equal(pe->product_version[2], 3);
    assert_string_equal(pe->strings[PE_COMPANY], "Mozilla Corporation");
    assert_string_equal(pe->strings[PE_FILE_VERSION], "115.0.2");
    assert_string_equal(pe->strings[PE_INTERNAL_NAME], "firefox");
    assert_string_equal(pe->strings[PE_ORIGINAL_FILENAME], "firefox.exe");
    assert_string_equal(pe->strings[PE_PRODUCT_NAME], "ファイアフォックス");
    assert_string_equal(pe->strings[PE_PRODUCT_VERSION], "115.0.3 beta");
}

static void a_program_of_64_bit_tells_its_versions(void **state)
{
    (void)state;
    struct pe pe = {0};
    disk_pe(&disk, "x.exe", firefox);
    assert_int_equal(read_path(disk.path, &pe), PE_READ);
    expect_firefox(&pe);
}

static void a_program_of_32_bit_tells_them_too(void **state)
{
    (void)state;
    struct pe pe = {0};
    char text[sizeof firefox];
    memcpy(text, firefox, sizeof text);
    memcpy(strstr(text, "64"), "32", 2);
    disk_pe(&disk, "x.exe", text);
    assert_int_equal(read_path(disk.path, &pe), PE_READ);
    expect_firefox(&pe);
}

static void what_is_no_program_is_another_thing(void **state)
{
    (void)state;
    static const char dos[128] = "MZ";
    struct pe pe = {.has_version = true};
    assert_int_equal(read_bytes("", 0, &pe), PE_OTHER);
    assert_int_equal(read_bytes("#!/bin/sh\n", 10, &pe), PE_OTHER);
    assert_int_equal(read_bytes(dos, sizeof dos, &pe), PE_OTHER);
    assert_true(pe.has_version); /* nothing is written where nothing was read */
}

static void one_that_is_cut_off_anywhere_has_no_version(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text whole;
    disk_pe(&disk, "x.exe", firefox);
    disk_read(&disk, &whole);
    for (size_t length = 0; length < whole.length; length++) {
        struct pe pe = {0};
        enum pe_answer answer = read_bytes(whole.bytes, length, &pe);
        assert_int_equal(answer, length < 64 + 24 ? PE_OTHER : PE_BROKEN);
        assert_false(pe.has_version);
    }
}

/* Where the resources begin in what made_pe() makes. */
enum { RESOURCES = 512, VERSION = RESOURCES + 3 * 24 + 16 };

static enum pe_answer with_byte(size_t at, unsigned char byte, struct pe *pe)
{
    CLEANUP(text_clear) struct text whole;
    disk_pe(&disk, "x.exe", firefox);
    disk_read(&disk, &whole);
    assert_true(at < whole.length);
    whole.bytes[at] = (char)byte;
    return read_bytes(whole.bytes, whole.length, pe);
}

static void folders_of_resources_that_loop_are_broken(void **state)
{
    (void)state;
    struct pe pe = {0};
    /* the third folder's entry leads to the first folder again, as a folder */
    CLEANUP(text_clear) struct text whole;
    disk_pe(&disk, "x.exe", firefox);
    disk_read(&disk, &whole);
    memcpy(whole.bytes + RESOURCES + 2 * 24 + 20, "\0\0\0\x80", 4);
    assert_int_equal(read_bytes(whole.bytes, whole.length, &pe), PE_BROKEN);
}

static void a_resource_of_another_kind_is_no_version(void **state)
{
    (void)state;
    struct pe pe = {0};
    assert_int_equal(with_byte(RESOURCES + 16, 3 /* an icon */, &pe), PE_READ);
    assert_false(pe.has_version);
}

static void numbers_that_lead_out_of_the_file_are_broken(void **state)
{
    (void)state;
    struct pe pe = {0};
    assert_int_equal(with_byte(RESOURCES + 15, 0xff, &pe), PE_READ); /* more entries: the first is it */
    assert_int_equal(with_byte(RESOURCES + 20 + 2, 0x7f, &pe), PE_BROKEN);
    assert_int_equal(with_byte(RESOURCES + 3 * 24 + 2, 0x7f, &pe), PE_BROKEN); /* the version's address */
    assert_int_equal(with_byte(RESOURCES + 3 * 24 + 6, 1, &pe), PE_BROKEN);    /* its size: 64 KiB more */
    assert_int_equal(with_byte(64 + 7, 0xff, &pe), PE_BROKEN);                 /* 65,281 sections */
    assert_int_equal(with_byte(64 + 21, 0xff, &pe), PE_BROKEN);                /* 65 KB of optional header */
}

static void a_version_without_its_signature_is_broken(void **state)
{
    (void)state;
    struct pe pe = {0};
    assert_int_equal(with_byte(VERSION + 40, 0, &pe), PE_BROKEN);
    assert_int_equal(with_byte(VERSION + 6, 'X', &pe), PE_BROKEN);  /* nor under another name */
    assert_int_equal(with_byte(VERSION + 1, 0xff, &pe), PE_BROKEN); /* nor of a length beyond its end */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_program_of_64_bit_tells_its_versions),
        cmocka_unit_test(a_program_of_32_bit_tells_them_too),
        cmocka_unit_test(what_is_no_program_is_another_thing),
        cmocka_unit_test(one_that_is_cut_off_anywhere_has_no_version),
        cmocka_unit_test(folders_of_resources_that_loop_are_broken),
        cmocka_unit_test(a_resource_of_another_kind_is_no_version),
        cmocka_unit_test(numbers_that_lead_out_of_the_file_are_broken),
        cmocka_unit_test(a_version_without_its_signature_is_broken),
    };
    return cmocka_run_group_tests(tests, open_disk, close_disk);
}

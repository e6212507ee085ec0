#include "disk.h"
#include "base/cleanup.h"
#include "check/versions/caseless.h"
#include "check/versions/machine.h"
#include "check/versions/utf16.h"
#include "check/versions/windows_path.h"
#include <errno.h>

static struct disk disk;
static struct machine machine;

static int open_disk(void **state)
{
    (void)state;
    disk_open(&disk);
    disk_bytes(&disk, "Program Files/Übung/App.EXE", "x", 1);
    disk_bytes(&disk, "Ａｐｐ/ｘ.txt", "x", 1);
    disk_bytes(&disk, "two/name", "small", 5);
    disk_bytes(&disk, "two/NAME", "large", 5);
    disk_bytes(&disk, "two/Name", "mixed", 5);
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/out", disk.folder);
    assert_int_equal(symlink("/etc", path), 0);
    snprintf(path, sizeof path, "%s/file-out", disk.folder);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    snprintf(path, sizeof path, "%s/pipe", disk.folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    machine = (struct machine){.root_descriptor = open(disk.folder, O_PATH | O_DIRECTORY | O_CLOEXEC)};
    return machine.root_descriptor < 0;
}

static int close_disk(void **state)
{
    (void)state;
    close(machine.root_descriptor);
    disk_close(&disk);
    return 0;
}

/* What stands in the file, "" where it is another; NULL where there is none, and errno. */
static const char *content(const char *path)
{
    static char bytes[16];
    CLEANUP(cleanup_descriptor) int file = machine_open_windows(&machine, path);
    if (file < 0)
        return NULL;
    ssize_t length = read(file, bytes, sizeof bytes - 1);
    assert_true(length >= 0);
    bytes[length] = '\0';
    return bytes;
}

static void expect_none(const char *path, int why)
{
    errno = 0;
    assert_null(content(path));
    assert_int_equal(errno, why);
}

static void letters_are_the_same_large_and_small(void **state)
{
    (void)state;
    assert_string_equal(content("C:\\PROGRAM FILES\\übung\\app.exe"), "x");
    assert_string_equal(content("c:/program files/ÜBUNG/App.Exe"), "x");
    assert_string_equal(content("\\Program Files\\\\Übung\\App.EXE"), "x");
    assert_string_equal(content("\\\\?\\C:\\Program Files\\Übung\\App.EXE"), "x");
    assert_string_equal(content("C:\\ａｐｐ\\Ｘ.TXT"), "x");
}

static void the_name_as_it_was_asked_for_goes_first(void **state)
{
    (void)state;
    assert_string_equal(content("C:\\two\\Name"), "mixed");
    assert_string_equal(content("C:\\two\\name"), "small");
    assert_string_equal(content("C:\\two\\nAmE"), "large"); /* the first in the order of bytes */
}

static void what_is_not_there_is_not(void **state)
{
    (void)state;
    expect_none("C:\\two\\other", ENOENT);
    expect_none("C:\\two\\name\\below", ENOENT);
    expect_none("C:\\none\\name", ENOENT);
    expect_none("C:\\two\\name:stream", ENOENT);
    expect_none("C:\\two", EISDIR);
    expect_none("C:\\", EISDIR);
}

static void nothing_leads_out_of_the_disk(void **state)
{
    (void)state;
    expect_none("C:\\..\\..\\etc\\passwd", ENOENT);
    expect_none("C:\\two\\..\\two\\name", ENOENT);
    expect_none("C:\\out\\passwd", ENOENT);
    expect_none("C:\\file-out", ELOOP);
    expect_none("C:\\pipe", ENOENT);
}

static void another_disk_is_told_apart(void **state)
{
    (void)state;
    expect_none("D:\\two\\name", ENODEV);
    expect_none("\\\\server\\share\\name", ENODEV);
}

static void a_name_longer_than_any_is_none(void **state)
{
    (void)state;
    static char path[200000];
    memset(path, 'a', sizeof path - 1);
    expect_none(path, ENOENT);
    path[300] = '\0';
    expect_none(path, ENOENT);
    for (size_t i = 0; i < sizeof path - 2; i += 2)
        path[i] = 'a', path[i + 1] = '\\';
    expect_none(path, ENOENT);
}

static void only_whole_names_are_equal(void **state)
{
    (void)state;
    assert_true(caseless_equal("", ""));
    assert_true(caseless_equal("ÄÖÜäöü", "äöüÄÖÜ"));
    assert_true(caseless_equal("ΑΩ", "αω"));
    assert_true(caseless_equal("Ｗｉｎ", "ｗＩＮ"));
    assert_false(caseless_equal("a", "ab"));
    assert_false(caseless_equal("ab", "a"));
    assert_false(caseless_equal("か", "が"));
    assert_false(caseless_equal("ß", "ss"));
    assert_true(caseless_equal_to("ab", "ABC", 2));
    assert_false(caseless_equal_to("abc", "ABC", 2));
}

static void what_is_no_text_is_compared_by_its_bytes(void **state)
{
    (void)state;
    assert_true(caseless_equal("\xff\x80", "\xff\x80"));
    assert_false(caseless_equal("\xff", "\xfe"));
    assert_false(caseless_equal("\xe3\x81", "\xe3"));
    assert_false(caseless_equal("\xc3", "Ã"));
}

static const char *narrow(const char *bytes, size_t length, size_t *read)
{
    static struct text text;
    text_clear(&text);
    text_init(&text, 100);
    text_add_string(&text, "");
    *read = utf16_add(&text, (const unsigned char *)bytes, length);
    return text.bytes;
}

static void windows_text_is_read_as_it_comes(void **state)
{
    (void)state;
    size_t read;
    assert_string_equal(narrow("a\0\x42\x30", 4, &read), "aあ");
    assert_string_equal(narrow("a\0\0\0b\0", 6, &read), "a");
    assert_int_equal(read, 4);
    assert_string_equal(narrow("a\0b", 3, &read), "a"); /* half a character */
    assert_int_equal(read, 2);
    assert_string_equal(narrow("", 0, &read), "");
    assert_string_equal(narrow("\x3d\xd8\x00\xde", 4, &read), "😀");
    assert_string_equal(narrow("\x3d\xd8", 2, &read), "\uFFFD");
    assert_string_equal(narrow("\x3d\xd8z\0", 4, &read), "\uFFFDz");
    assert_string_equal(narrow("\x00\xdez\0", 4, &read), "\uFFFDz");
    narrow("", 0, &read);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_the_same_large_and_small),
        cmocka_unit_test(the_name_as_it_was_asked_for_goes_first),
        cmocka_unit_test(what_is_not_there_is_not),
        cmocka_unit_test(nothing_leads_out_of_the_disk),
        cmocka_unit_test(another_disk_is_told_apart),
        cmocka_unit_test(a_name_longer_than_any_is_none),
        cmocka_unit_test(only_whole_names_are_equal),
        cmocka_unit_test(what_is_no_text_is_compared_by_its_bytes),
        cmocka_unit_test(windows_text_is_read_as_it_comes),
    };
    return cmocka_run_group_tests(tests, open_disk, close_disk);
}

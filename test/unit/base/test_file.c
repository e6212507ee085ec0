#include "base/cleanup.h"
#include "base/file.h"

#include "unit.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[32];
static struct fault fault;

static int make_and_enter(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "file-XXXXXX");
    return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int leave_and_remove(void **state)
{
    (void)state;
    return chdir("..") != 0 || !file_remove_tree(folder, &fault);
}

static void expect_holds(const char *path, const char *held)
{
    CLEANUP(text_clear) struct text text;
    text_init(&text, 100);
    if (!file_read(path, &text, &fault))
        fail_msg("%s", fault.text);
    assert_string_equal(text.bytes, held);
}

static int entries(const char *path)
{
    int count = 0;
    DIR *opened = opendir(path);
    assert_non_null(opened);
    while (readdir(opened) != NULL)
        count++;
    closedir(opened);
    return count - 2;
}

static void a_file_is_replaced_whole_and_leaves_nothing_beside(void **state)
{
    (void)state;
    assert_true(file_write("a", "first", 5, &fault));
    expect_holds("a", "first");
    assert_true(file_write("a", "second one", 10, &fault));
    expect_holds("a", "second one");
    assert_true(file_write("empty", "", 0, &fault));
    expect_holds("empty", "");
    assert_int_equal(entries("."), 2);
}

static void a_file_that_cannot_be_written_is_as_it_was(void **state)
{
    (void)state;
    assert_true(file_make_folder("f/held", &fault));
    assert_false(file_write("f", "x", 1, &fault)); /* a folder stands there */
    assert_string_equal(fault.text, "'f': cannot write: Is a directory");
    assert_int_equal(entries("."), 1);
    assert_false(file_write("no/such/folder", "x", 1, &fault));
    assert_string_equal(fault.text, "'no/such/folder': cannot write: No such file or directory");
}

static void a_file_longer_than_the_limit_is_a_fault(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text text;
    text_init(&text, 4);
    assert_true(file_write("a", "12345", 5, &fault));
    assert_false(file_read("a", &text, &fault));
    assert_string_equal(fault.text, "'a' is too large (expected at most 4 bytes)");
    text_empty(&text);
    assert_true(file_write("a", "1234", 4, &fault));
    assert_true(file_read("a", &text, &fault));
}

static void folders_are_made_with_their_parents(void **state)
{
    (void)state;
    assert_true(file_make_folder("a/b//c/", &fault));
    assert_true(file_make_folder("a/b/c", &fault));
    assert_true(file_exists("a/b/c"));
    assert_true(file_write("a/f", "", 0, &fault));
    assert_false(file_make_folder("a/f/g", &fault));
    assert_non_null(strstr(fault.text, "'a/f': cannot make the folder"));
    assert_false(file_make_folder("", &fault));
}

static void a_tree_is_removed_without_following_links(void **state)
{
    (void)state;
    assert_true(file_make_folder("kept", &fault) && file_write("kept/a", "x", 1, &fault));
    assert_true(file_make_folder("gone/deep/er", &fault) && file_write("gone/deep/b", "x", 1, &fault));
    assert_int_equal(symlink("../kept", "gone/link"), 0);
    assert_true(file_remove_tree("gone", &fault));
    assert_false(file_exists("gone"));
    expect_holds("kept/a", "x");
    assert_int_equal(symlink("kept", "link"), 0);
    assert_true(file_remove_tree("link", &fault));
    expect_holds("kept/a", "x");
    assert_true(file_remove_tree("never/was", &fault));
    assert_true(file_remove_tree("kept/a", &fault));
    assert_false(file_exists("kept/a"));
}

static void a_file_is_renamed_between_folders(void **state)
{
    (void)state;
    assert_true(file_make_folder("a", &fault) && file_make_folder("b", &fault));
    assert_true(file_write("a/x", "x", 1, &fault));
    assert_true(file_rename("a/x", "b/y", &fault));
    expect_holds("b/y", "x");
    assert_false(file_exists("a/x"));
    assert_false(file_rename("a/x", "b/z", &fault));
    assert_string_equal(fault.text, "'a/x': cannot rename to 'b/z': No such file or directory");
}

static void files_are_made_as_the_umask_says(void **state)
{
    (void)state;
    struct stat status;
    mode_t mask = umask(027);
    assert_true(file_write("a", "", 0, &fault));
    umask(mask);
    assert_int_equal(stat("a", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
}

int main(void)
{
#define FILE_TEST(test) cmocka_unit_test_setup_teardown(test, make_and_enter, leave_and_remove)
    const struct CMUnitTest tests[] = {
        FILE_TEST(a_file_is_replaced_whole_and_leaves_nothing_beside),
        FILE_TEST(a_file_that_cannot_be_written_is_as_it_was),
        FILE_TEST(a_file_longer_than_the_limit_is_a_fault),
        FILE_TEST(folders_are_made_with_their_parents),
        FILE_TEST(a_tree_is_removed_without_following_links),
        FILE_TEST(a_file_is_renamed_between_folders),
        FILE_TEST(files_are_made_as_the_umask_says),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}

#include "base/cleanup.h"
#include "base/file.h"
#include "bulletin/place.h"

#include "unit.h"

#include <dirent.h>

static char folder[] = "/tmp/mimamori-place-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    struct fault fault;
    return !file_remove_tree(folder, &fault);
}

static const char *in(const char *name)
{
    static char paths[4][512];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void put(const char *path, const char *name, const char *bytes)
{
    struct fault fault;
    char file[1024];
    snprintf(file, sizeof file, "%s/%s", path, name);
    assert_true(file_write(file, bytes, strlen(bytes), &fault));
}

static void write_bulletin(const char *target, const char *words)
{
    struct fault fault;
    struct place place;
    assert_true(place_begin(&place, target, &fault));
    put(place.beside, "index.html", words);
    put(place.beside, "figures.json", "{}");
    assert_true(place_finish(&place, &fault));
    place_give_up(&place);
}

static int entries(void)
{
    int count = 0;
    DIR *listing = opendir(folder);
    for (const struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing))
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(listing);
    return count;
}

static void holds(const char *path, const char *words)
{
    struct fault fault;
    CLEANUP(text_clear) struct text text;
    text_init(&text, 1024);
    assert_true(file_read(path, &text, &fault));
    assert_string_equal(text.bytes, words);
}

static void a_bulletin_takes_the_place_of_the_one_before(void **state)
{
    (void)state;
    write_bulletin(in("a"), "first");
    holds(in("a/index.html"), "first");
    write_bulletin(in("a/"), "second");
    holds(in("a/index.html"), "second");
    assert_int_equal(entries(), 1); /* nothing is left beside it */
}

static void what_is_given_up_leaves_all_as_it_was(void **state)
{
    (void)state;
    struct fault fault;
    struct place place;
    write_bulletin(in("a"), "kept");
    assert_true(place_begin(&place, in("a"), &fault));
    put(place.beside, "index.html", "half");
    place_give_up(&place);
    holds(in("a/index.html"), "kept");
    assert_int_equal(entries(), 1);
}

static void a_folder_of_something_else_is_refused(void **state)
{
    (void)state;
    struct fault fault;
    struct place place;
    assert_true(file_make_folder(in("photos"), &fault));
    put(in("photos"), "cat.jpg", "miaow");
    assert_false(place_begin(&place, in("photos"), &fault));
    assert_non_null(strstr(
        fault.text, "photos' holds something else (expected a new name, an empty folder or a bulletin's)"));
    put(folder, "file", "x");
    assert_false(place_begin(&place, in("file"), &fault));
    assert_non_null(strstr(fault.text, "file' is not a folder"));
    assert_int_equal(symlink(in("photos"), in("link")), 0);
    assert_false(place_begin(&place, in("link"), &fault));
    assert_false(place_begin(&place, "", &fault));
    assert_false(place_begin(&place, in("."), &fault));
    assert_false(place_begin(&place, "..", &fault));
    write_bulletin(in("a"), "kept");
    put(in("a"), "notes.txt", "mine");
    assert_false(place_begin(&place, in("a"), &fault)); /* it would be removed with the bulletin */
    holds(in("a/notes.txt"), "mine");
}

static void an_empty_folder_and_a_new_name_will_do(void **state)
{
    (void)state;
    struct fault fault;
    assert_true(file_make_folder(in("empty"), &fault));
    write_bulletin(in("empty"), "words");
    holds(in("empty/index.html"), "words");
    write_bulletin(in("deep/er/still"), "words");
    holds(in("deep/er/still/index.html"), "words");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bulletin_takes_the_place_of_the_one_before),
        cmocka_unit_test(what_is_given_up_leaves_all_as_it_was),
        cmocka_unit_test(a_folder_of_something_else_is_refused),
        cmocka_unit_test(an_empty_folder_and_a_new_name_will_do),
    };
    return cmocka_run_group_tests_name("place", tests, make_folder, remove_folder);
}

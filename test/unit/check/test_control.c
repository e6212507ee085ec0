#include "disk.h"
#include "check/versions/control.h"

static struct disk disk;
static struct unpacked *unpacked;
static struct control control;
static struct fault fault;

static void read_of(const char *bytes, size_t length)
{
    disk_bytes(&disk, "status", bytes, length);
    unpacked_free(unpacked);
    unpacked = unpacked_open(disk.path, 1 << 30, &fault);
    assert_non_null(unpacked);
    control_init(&control, unpacked);
}

static void next_is(struct control_wish wish, const char *package, const char *version)
{
    struct control_stanza stanza;
    bool more;
    assert_true(control_next(&control, wish, &stanza, &more, &fault));
    assert_true(more);
    assert_string_equal(stanza.package, package);
    assert_string_equal(stanza.version, version);
}

static void end_is_next(struct control_wish wish)
{
    struct control_stanza stanza;
    bool more;
    for (int i = 0; i < 2; i++) { /* and stays so */
        assert_true(control_next(&control, wish, &stanza, &more, &fault));
        assert_false(more);
    }
}

static void stanzas_are_parted_by_blank_lines(void **state)
{
    (void)state;
    static const char text[] = "\n\nPackage: a\nVersion: 1\n\n \t\nPackage: b\nVersion: 2\n\n\n\nPackage: c";
    read_of(text, sizeof text - 1);
    next_is((struct control_wish){0}, "a", "1");
    next_is((struct control_wish){0}, "b", "2");
    next_is((struct control_wish){0}, "c", "");
    end_is_next((struct control_wish){0});
}

static void fields_are_known_whatever_their_letters_and_blanks(void **state)
{
    (void)state;
    static const char text[] = "VERSION:1.0 \r\npackage:\t x\nVersions: 3\nXVersion: 4\n Version: 5\n";
    read_of(text, sizeof text - 1);
    next_is((struct control_wish){0}, "x", "1.0");
    end_is_next((struct control_wish){0});
}

static void a_value_too_long_or_with_a_nul_is_left_empty_and_told(void **state)
{
    (void)state;
    struct control_stanza stanza;
    bool more;
    CLEANUP(text_clear) struct text text;
    text_init(&text, 1 << 20);
    text_add_string(&text, "Package: a\nVersion: ");
    for (int i = 0; i < 256; i++)
        text_add_byte(&text, '1');
    text_add_string(&text, "\n\nPackage: b\nVersion: 1");
    text_add_byte(&text, '\0');
    text_add_string(&text, "2\n\nPackage: c\nVersion: 3\n");
    read_of(text.bytes, text.length);
    for (int i = 0; i < 2; i++) {
        assert_true(control_next(&control, (struct control_wish){0}, &stanza, &more, &fault));
        assert_true(more && stanza.broken);
        assert_string_equal(stanza.version, "");
    }
    next_is((struct control_wish){0}, "c", "3");
}

static void stanzas_without_a_name_are_counted(void **state)
{
    (void)state;
    static const char text[] =
        "Version: 1\n\nDescription: none of ours\n\nPackage: a\nVersion: 2\n\nStatus: x\n";
    read_of(text, sizeof text - 1);
    next_is((struct control_wish){0}, "a", "2");
    end_is_next((struct control_wish){0});
    assert_int_equal(control.nameless, 2);
}

static bool is_b(const void *context, const char *package)
{
    (void)context;
    return strcmp(package, "b") == 0;
}

static void what_nobody_wants_is_passed_over(void **state)
{
    (void)state;
    static const char text[] =
        "Package: a\nVersion: 1\nDescription: x\n Package: b\n\nVersion: 2\nPackage: b\n\nPackage: c\n\n";
    read_of(text, sizeof text - 1);
    next_is((struct control_wish){is_b, NULL}, "b", "2");
    end_is_next((struct control_wish){is_b, NULL});
    assert_int_equal(control.nameless, 0);
}

/* Runs of bytes end anywhere: in a name, in a line's end, between two of them. */
static void it_does_not_matter_where_the_runs_of_bytes_end(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text text;
    text_init(&text, 1 << 24);
    for (unsigned i = 0; text.length < 3 << 20; i++)
        text_addf(&text, "Package: p%u\nFiller: %0*d\nVersion: %u\n%s\n", i, (int)(i % 311) + 1, 7, i,
                  i % 5 == 0 ? "\n" : "");
    read_of(text.bytes, text.length);
    struct control_stanza stanza;
    bool more;
    unsigned count = 0;
    while (control_next(&control, (struct control_wish){0}, &stanza, &more, &fault) && more) {
        char name[32], version[32];
        snprintf(name, sizeof name, "p%u", count);
        snprintf(version, sizeof version, "%u", count++);
        assert_string_equal(stanza.package, name);
        assert_string_equal(stanza.version, version);
    }
    assert_false(more);
    assert_true(count > 10000);
    assert_int_equal(control.read, text.length);
}

static void a_line_of_many_runs_is_not_kept(void **state)
{
    (void)state;
    static const char text[] = "Package: a\nDescription: ", end[] = "\nVersion: 1\n";
    disk_bytes(&disk, "status", text, sizeof text - 1);
    int file = open(disk.path, O_WRONLY | O_APPEND | O_CLOEXEC);
    assert_true(file >= 0 && ftruncate(file, 64 << 20) == 0);
    assert_int_equal(write(file, end, sizeof end - 1), sizeof end - 1);
    close(file);
    unpacked_free(unpacked);
    unpacked = unpacked_open(disk.path, 1 << 30, &fault);
    control_init(&control, unpacked);
    next_is((struct control_wish){0}, "a", "1");
    end_is_next((struct control_wish){0});
}

static int begin(void **state)
{
    (void)state;
    disk_open(&disk);
    return 0;
}

static int end(void **state)
{
    (void)state;
    unpacked_free(unpacked);
    unpacked = NULL;
    disk_close(&disk);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(stanzas_are_parted_by_blank_lines, begin, end),
        cmocka_unit_test_setup_teardown(fields_are_known_whatever_their_letters_and_blanks, begin, end),
        cmocka_unit_test_setup_teardown(a_value_too_long_or_with_a_nul_is_left_empty_and_told, begin, end),
        cmocka_unit_test_setup_teardown(stanzas_without_a_name_are_counted, begin, end),
        cmocka_unit_test_setup_teardown(what_nobody_wants_is_passed_over, begin, end),
        cmocka_unit_test_setup_teardown(it_does_not_matter_where_the_runs_of_bytes_end, begin, end),
        cmocka_unit_test_setup_teardown(a_line_of_many_runs_is_not_kept, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

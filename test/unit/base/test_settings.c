#include "base/file.h"
#include "base/settings.h"

#include "unit.h"

#include <unistd.h>

static const char path[] = "test-settings.conf";

struct taken {
    char zone[32];
    char contacts[64];
};

static bool take_zone(void *target, const char *value, struct fault *fault)
{
    struct taken *taken = target;
    if (strcmp(value, "nowhere") == 0)
        return fault_set(fault, "'zone' is 'nowhere' (expected a time zone)");
    snprintf(taken->zone, sizeof taken->zone, "%s", value);
    return true;
}

static bool take_contact(void *target, const char *value, struct fault *fault)
{
    struct taken *taken = target;
    (void)fault;
    size_t length = strlen(taken->contacts);
    snprintf(taken->contacts + length, sizeof taken->contacts - length, "[%s]", value);
    return true;
}

static const struct setting table[] = {{"zone", take_zone}, {"contact", take_contact, .repeats = true}, {0}};

static bool reads_bytes(const char *bytes, size_t length, struct taken *taken, struct fault *fault)
{
    struct fault unwritten = {""};
    if (!file_write(path, bytes, length, &unwritten))
        fail_msg("%s", unwritten.text);
    memset(taken, 0, sizeof *taken);
    fault->text[0] = '\0';
    bool read = settings_read(path, false, table, taken, fault);
    unlink(path);
    return read;
}

static void expect_fault(const char *bytes, const char *sentence)
{
    struct taken taken;
    struct fault fault;
    assert_false(reads_bytes(bytes, strlen(bytes), &taken, &fault));
    assert_string_equal(fault.text, sentence);
}

static void expect_taken(const char *bytes, const char *zone, const char *contacts)
{
    struct taken taken;
    struct fault fault;
    if (!reads_bytes(bytes, strlen(bytes), &taken, &fault))
        fail_msg("%s", fault.text);
    assert_string_equal(taken.zone, zone);
    assert_string_equal(taken.contacts, contacts);
}

static void values_are_taken_without_the_space_around_them(void **state)
{
    (void)state;
    expect_taken("zone = Asia/Tokyo\n", "Asia/Tokyo", "");
    expect_taken("\t zone=Asia/Tokyo \r\n", "Asia/Tokyo", "");
    expect_taken("zone = a = b # c", "a = b # c", "");
    expect_taken("zone =\n", "", "");
    expect_taken("", "", "");
}

static void comments_blank_lines_and_a_byte_order_mark_are_passed_over(void **state)
{
    (void)state;
    expect_taken("\xef\xbb\xbf# zone = no\n\n   # neither\nzone = UTC\n", "UTC", "");
}

static void a_name_that_repeats_is_taken_each_time(void **state)
{
    (void)state;
    expect_taken("contact = a b\nzone = UTC\ncontact = 見守り\n", "UTC", "[a b][見守り]");
}

static void faults_name_the_file_and_the_line(void **state)
{
    (void)state;
    expect_fault("\n# x\nzoen = UTC\n",
                 "test-settings.conf:3: 'zoen' is no setting (expected zone or contact)");
    expect_fault("zone = UTC\nzone = UTC\n", "test-settings.conf:2: 'zone' is set a second time");
    expect_fault("zone UTC", "test-settings.conf:1: 'zone UTC' has no value (expected 'name = value')");
    expect_fault("\nzone = nowhere\n", "test-settings.conf:2: 'zone' is 'nowhere' (expected a time zone)");
    expect_fault("= UTC\n", "test-settings.conf:1: '' is no setting (expected zone or contact)");
    expect_fault("zone = \xff\n", "'test-settings.conf' is not text (expected UTF-8)");
}

static void a_nul_byte_is_not_text(void **state)
{
    (void)state;
    struct taken taken;
    struct fault fault;
    assert_false(reads_bytes("zone = U\0TC\n", 12, &taken, &fault));
    assert_string_equal(fault.text, "'test-settings.conf' is not text (expected UTF-8)");
}

static void only_an_optional_file_may_be_missing(void **state)
{
    (void)state;
    struct taken taken = {"as it was", ""};
    struct fault fault = {""};
    assert_true(settings_read("no/such.conf", true, table, &taken, &fault));
    assert_string_equal(taken.zone, "as it was");
    assert_false(settings_read("no/such.conf", false, table, &taken, &fault));
    assert_string_equal(fault.text, "'no/such.conf': cannot open: No such file or directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_taken_without_the_space_around_them),
        cmocka_unit_test(comments_blank_lines_and_a_byte_order_mark_are_passed_over),
        cmocka_unit_test(a_name_that_repeats_is_taken_each_time),
        cmocka_unit_test(faults_name_the_file_and_the_line),
        cmocka_unit_test(a_nul_byte_is_not_text),
        cmocka_unit_test(only_an_optional_file_may_be_missing),
    };
    return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}

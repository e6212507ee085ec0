#include "disk.h"
#include "base/cleanup.h"
#include "check/finding.h"
#include "check/versions/registry.h"
#include "check/versions/registry_view.h"
#include "check/versions/windows.h"

static const char software[] = "[Microsoft\\Windows NT\\CurrentVersion]\n"
                               "\"ProductName\"=\"Windows 10 Home\"\n"
                               "\"CurrentBuild\"=\"22631\"\n"
                               "\"CurrentMajorVersionNumber\"=dword:a\n"
                               "\"CurrentMinorVersionNumber\"=dword:0\n"
                               "\"UBR\"=dword:7\n"
                               "[Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1-5-21-1]\n"
                               "\"ProfileImagePath\"=expand:C:\\Users\\HANAKO\n"
                               "[Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1-5-21-2]\n"
                               "\"ProfileImagePath\"=expand:%SystemDrive%\\Users\\taro\n"
                               "[Mozilla]\n"
                               "[Mozilla\\A]\n"
                               "[Classes\\.txt]\n"
                               "[Classes\\CLSID\\{64}]\n"
                               "[Classes\\Wow6432Node\\CLSID\\{32}]\n"
                               "[Wow6432Node\\Mozilla\\B]\n"
                               "[Policies\\P]\n";

static const char system_hive[] = "[Select]\n"
                                  "\"Current\"=dword:3\n"
                                  "[ControlSet001\\Old]\n"
                                  "[ControlSet003\\New]\n"
                                  "[ControlSet003\\Control\\Session Manager\\Environment]\n"
                                  "\"PROCESSOR_ARCHITECTURE\"=\"AMD64\"\n";

static struct disk disk;
static int root = -1;

static int open_disk(void **state)
{
    (void)state;
    disk_open(&disk);
    disk_hive(&disk, "Windows/System32/config/SOFTWARE", software);
    disk_hive(&disk, "Windows/System32/config/SYSTEM", system_hive);
    disk_hive(&disk, "Windows/System32/config/DEFAULT", "[Software\\D]\n");
    disk_hive(&disk, "Users/hanako/NTUSER.DAT", "[Software\\H]\n");
    disk_hive(&disk, "Users/hanako/AppData/Local/Microsoft/Windows/UsrClass.dat",
              "[Local Settings]\n[.own]\n[CLSID\\{h64}]\n[Wow6432Node\\CLSID\\{h32}]\n");
    disk_hive(&disk, "Users/taro/ntuser.dat", "[Software\\T]\n");
    disk_hive(&disk, "Users/Default/NTUSER.DAT", "[Software\\Nobodys]\n");
    root = open(disk.folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return root < 0;
}

static int close_disk(void **state)
{
    (void)state;
    close(root);
    disk_close(&disk);
    return 0;
}

static bool note(void *context, const struct registry_key *key, struct fault *fault)
{
    (void)fault;
    text_addf(context, "%s%s%s;", key->user, key->user[0] == '\0' ? "" : ":", key->path);
    return true;
}

/* What is seen of a place, and the fault behind it. */
static void expect_of(struct registry *registry, struct registry_place place, const char *wanted)
{
    struct fault fault;
    CLEANUP(text_clear) struct text seen;
    text_init(&seen, 1 << 16);
    text_add_string(&seen, "");
    if (!registry_see(registry, &place, (struct registry_see){note, &seen}, &fault))
        text_addf(&seen, "! %s", fault.text);
    assert_string_equal(seen.bytes, wanted);
}

static void expect(struct registry_place place, const char *wanted)
{
    OWNED(registry_free) struct registry *registry = registry_new(root, NULL);
    expect_of(registry, place, wanted);
}

static void a_key_of_the_machine_is_found_under_its_name(void **state)
{
    (void)state;
    expect((struct registry_place){REGISTRY_LOCAL_MACHINE, "software\\mozilla", false, 0},
           "software\\mozilla;");
    expect((struct registry_place){REGISTRY_LOCAL_MACHINE, "SOFTWARE\\Mozilla", false, 5},
           "SOFTWARE\\Mozilla;SOFTWARE\\Mozilla\\A;");
    expect((struct registry_place){REGISTRY_LOCAL_MACHINE, "SOFTWARE\\Mozilla\\None", false, 0}, "");
    expect((struct registry_place){REGISTRY_LOCAL_MACHINE, "SOFTWARE2\\Mozilla", false, 0}, "");
    expect((struct registry_place){REGISTRY_LOCAL_MACHINE, "", false, 1},
           "SOFTWARE;SYSTEM;! HKEY_LOCAL_MACHINE\\SAM: there is no such hive here");
}

static void the_set_that_it_began_with_is_the_current_one(void **state)
{
    (void)state;
    expect((struct registry_place){REGISTRY_LOCAL_MACHINE, "SYSTEM\\CurrentControlSet\\New", false, 0},
           "SYSTEM\\CurrentControlSet\\New;");
    expect((struct registry_place){REGISTRY_LOCAL_MACHINE, "SYSTEM\\CurrentControlSet\\Old", false, 0}, "");
    expect((struct registry_place){REGISTRY_LOCAL_MACHINE, "SYSTEM\\ControlSet001\\Old", false, 0},
           "SYSTEM\\ControlSet001\\Old;");
}

static void programs_of_32_bit_see_their_own(void **state)
{
    (void)state;
    expect((struct registry_place){REGISTRY_LOCAL_MACHINE, "SOFTWARE\\Mozilla\\B", true, 0},
           "SOFTWARE\\Mozilla\\B;");
    expect((struct registry_place){REGISTRY_LOCAL_MACHINE, "SOFTWARE\\Mozilla\\A", true, 0}, "");
    expect((struct registry_place){REGISTRY_LOCAL_MACHINE, "SOFTWARE\\Policies\\P", true, 0},
           "SOFTWARE\\Policies\\P;"); /* which both share */
    expect((struct registry_place){REGISTRY_LOCAL_MACHINE, "SOFTWARE\\Wow6432Node\\Mozilla\\B", true, 0},
           "SOFTWARE\\Wow6432Node\\Mozilla\\B;");
    expect((struct registry_place){REGISTRY_CLASSES_ROOT, "CLSID", true, 1},
           "CLSID;CLSID\\{32};S-1-5-21-1:CLSID;S-1-5-21-1:CLSID\\{h32};");
    expect((struct registry_place){REGISTRY_CLASSES_ROOT, ".txt", true, 0}, ".txt;");
}

static void each_user_is_seen_as_the_current_one(void **state)
{
    (void)state;
    expect((struct registry_place){REGISTRY_CURRENT_USER, "Software", false, 1},
           "S-1-5-21-1:Software;S-1-5-21-1:Software\\H;S-1-5-21-1:Software\\Classes;"
           "S-1-5-21-2:Software;S-1-5-21-2:Software\\T;");
    expect((struct registry_place){REGISTRY_CURRENT_USER, "Software\\Classes\\.own", false, 0},
           "S-1-5-21-1:Software\\Classes\\.own;");
}

static void users_are_told_apart_by_their_number(void **state)
{
    (void)state;
    expect((struct registry_place){REGISTRY_USERS, "S-1-5-21-2\\Software\\T", false, 0},
           "S-1-5-21-2:S-1-5-21-2\\Software\\T;");
    expect((struct registry_place){REGISTRY_USERS, "S-1-5-21-2\\Software\\H", false, 0}, "");
    expect((struct registry_place){REGISTRY_USERS, "S-1-5-21-1_Classes\\.own", false, 0},
           "S-1-5-21-1:S-1-5-21-1_Classes\\.own;");
    expect((struct registry_place){REGISTRY_USERS, ".DEFAULT\\Software\\D", false, 0},
           ".DEFAULT\\Software\\D;");
}

static void classes_are_the_machines_and_each_users(void **state)
{
    (void)state;
    expect((struct registry_place){REGISTRY_CLASSES_ROOT, ".txt", false, 0}, ".txt;");
    expect((struct registry_place){REGISTRY_CLASSES_ROOT, ".own", false, 0}, "S-1-5-21-1:.own;");
}

static void a_hive_alone_is_known_by_its_keys(void **state)
{
    (void)state;
    disk_hive(&disk, "alone", software);
    OWNED(registry_free) struct registry *of_machine = registry_new(-1, disk.path);
    struct registry_place place = {REGISTRY_LOCAL_MACHINE, "SOFTWARE\\Mozilla\\A", false, 0};
    expect_of(of_machine, place, "SOFTWARE\\Mozilla\\A;");
    place.path = "SYSTEM\\CurrentControlSet";
    expect_of(of_machine, place, "! HKEY_LOCAL_MACHINE\\SYSTEM: there is no such hive here");
    place = (struct registry_place){REGISTRY_CURRENT_USER, "Software", false, 0};
    expect_of(of_machine, place, "! HKEY_CURRENT_USER\\: there is no such hive here");

    disk_hive(&disk, "alone-too", "[Software\\H]\n");
    OWNED(registry_free) struct registry *of_user = registry_new(-1, disk.path);
    expect_of(of_user, place, "Software;");
    place = (struct registry_place){REGISTRY_LOCAL_MACHINE, "SOFTWARE", false, 0};
    expect_of(of_user, place, "! HKEY_LOCAL_MACHINE\\SOFTWARE: there is no such hive here");
}

static void a_broken_hive_does_not_hide_the_others(void **state)
{
    (void)state;
    disk_bytes(&disk, "Users/jiro/NTUSER.DAT", "regf", 4);
    expect((struct registry_place){REGISTRY_CURRENT_USER, "Software", false, 0},
           "S-1-5-21-1:Software;S-1-5-21-2:Software;! Users\\jiro\\NTUSER.DAT: not a hive of Windows' "
           "registry (expected 'regf' at its beginning)");
    assert_int_equal(unlink(disk.path), 0);
}

/* For whoever is not root, as a helper may be. */
static void a_user_whose_folder_is_closed_is_not_passed_over(void **state)
{
    (void)state;
    struct disk closed;
    char folder[PATH_MAX];
    disk_open(&closed);
    disk_hive(&closed, "Windows/System32/config/SOFTWARE", software);
    disk_hive(&closed, "Users/jiro/NTUSER.DAT", "[Software\\J]\n");
    snprintf(folder, sizeof folder, "%s/Users/jiro", closed.folder);
    assert_int_equal(chmod(closed.folder, 0755) | chmod(folder, 0), 0);
    int place = open(closed.folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool was_root = geteuid() == 0;
    assert_true(!was_root || seteuid(65534) == 0);
    struct registry *registry = registry_new(place, NULL);
    expect_of(registry, (struct registry_place){REGISTRY_CURRENT_USER, "Software", false, 0},
              "! Users\\jiro\\NTUSER.DAT: Permission denied");
    registry_free(registry);
    assert_true(!was_root || seteuid(0) == 0);
    assert_int_equal(chmod(folder, 0700), 0);
    close(place);
    disk_close(&closed);
}

static bool stop(void *context, const struct registry_key *key, struct fault *fault)
{
    (void)key;
    ++*(int *)context;
    return fault_set(fault, "enough");
}

static void who_sees_can_end_it(void **state)
{
    (void)state;
    struct fault fault;
    int seen = 0;
    OWNED(registry_free) struct registry *registry = registry_new(root, NULL);
    struct registry_place place = {REGISTRY_CURRENT_USER, "Software", false, 0};
    assert_false(registry_see(registry, &place, (struct registry_see){stop, &seen}, &fault));
    assert_string_equal(fault.text, "enough");
    assert_int_equal(seen, 1);
}

static void what_is_behind_a_path_is_counted_in_whole_names(void **state)
{
    (void)state;
    assert_string_equal(registry_below("A\\B\\C", "a\\b"), "C");
    assert_string_equal(registry_below("A\\B", "A\\B"), "");
    assert_string_equal(registry_below("A\\B", ""), "A\\B");
    assert_null(registry_below("A\\BC", "A\\B"));
    assert_null(registry_below("A", "A\\B"));
    assert_null(registry_below("", "A"));
    assert_string_equal(registry_below("Ü\\x", "ü"), "x");
}

static void what_is_installed_and_windows_itself_are_products(void **state)
{
    (void)state;
    struct fault fault;
    struct machine machine;
    disk_hive(&disk, "Users/taro/ntuser.dat",
              "[Software\\T]\n"
              "[Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\z]\n"
              "\"DisplayName\"=\"Zoom\"\n\"DisplayVersion\"=\"5.1\"\n\"Publisher\"=\"Zoom\"\n");
    assert_true(machine_open(&machine, disk.folder, NULL, &fault));
    assert_int_equal(machine.family, MACHINE_WINDOWS);
    assert_true(windows_there(&machine) && windows_add(&machine, &fault));
    assert_string_equal(machine.os_id, "windows");
    assert_string_equal(machine.os_name, "Windows 11 Home");
    assert_string_equal(machine.os_version, "10.0.22631.7");
    assert_string_equal(machine.architecture, "AMD64");
    assert_int_equal(machine.products.count, 2);
    const struct product *zoom = &machine.products.items[1];
    assert_int_equal(zoom->system, PRODUCT_WINDOWS);
    assert_string_equal(zoom->name, "Zoom");
    assert_string_equal(zoom->version, "5.1");
    assert_string_equal(zoom->vendor, "Zoom");
    assert_string_equal(zoom->where,
                        "HKEY_USERS\\S-1-5-21-2\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\z");
    assert_int_equal(zoom->latest_age_days, FINDING_NO_AGE);
    machine_clear(&machine);
}

static void an_old_windows_keeps_its_users_elsewhere(void **state)
{
    (void)state;
    struct disk old;
    disk_open(&old);
    disk_hive(&old, "WINNT/system32/config/software", "[Microsoft]\n");
    disk_hive(&old, "Documents and Settings/花子/NTUSER.DAT", "[Software\\H]\n");
    disk_hive(&old,
              "Documents and Settings/花子/Local Settings/Application Data/Microsoft/Windows/UsrClass.dat",
              "[CLSID\\{h}]\n");
    disk_hive(&old, "Documents and Settings/All Users/NTUSER.DAT", "[Software\\Nobodys]\n");
    int place = open(old.folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    struct registry *registry = registry_new(place, NULL);
    expect_of(registry, (struct registry_place){REGISTRY_CURRENT_USER, "Software", false, 1},
              "花子:Software;花子:Software\\H;花子:Software\\Classes;");
    expect_of(registry, (struct registry_place){REGISTRY_CLASSES_ROOT, "CLSID\\{h}", true, 0},
              "花子:CLSID\\{h};"); /* of 32 bit: both views are one */
    registry_free(registry);
    close(place);
    disk_close(&old);
}

static void a_hive_given_goes_before_the_disks_own(void **state)
{
    (void)state;
    disk_hive(&disk, "given", "[Microsoft]\n[Given]\n");
    OWNED(registry_free) struct registry *registry = registry_new(root, disk.path);
    expect_of(registry, (struct registry_place){REGISTRY_LOCAL_MACHINE, "SOFTWARE\\Given", false, 0},
              "SOFTWARE\\Given;");
    expect_of(registry, (struct registry_place){REGISTRY_LOCAL_MACHINE, "SOFTWARE\\Mozilla", false, 0}, "");
    expect_of(registry, (struct registry_place){REGISTRY_LOCAL_MACHINE, "SYSTEM\\Select", false, 0},
              "SYSTEM\\Select;");
}

static void a_disk_of_another_system_is_no_windows(void **state)
{
    (void)state;
    struct disk other;
    disk_open(&other);
    disk_bytes(&other, "Windows/notes.txt", "x", 1);
    int place = open(other.folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    assert_false(registry_is_windows(place));
    disk_bytes(&other, "WINNT/system32/CONFIG/x", "x", 1);
    assert_true(registry_is_windows(place));
    close(place);
    disk_close(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_of_the_machine_is_found_under_its_name),
        cmocka_unit_test(the_set_that_it_began_with_is_the_current_one),
        cmocka_unit_test(programs_of_32_bit_see_their_own),
        cmocka_unit_test(each_user_is_seen_as_the_current_one),
        cmocka_unit_test(users_are_told_apart_by_their_number),
        cmocka_unit_test(classes_are_the_machines_and_each_users),
        cmocka_unit_test(a_hive_alone_is_known_by_its_keys),
        cmocka_unit_test(a_broken_hive_does_not_hide_the_others),
        cmocka_unit_test(a_user_whose_folder_is_closed_is_not_passed_over),
        cmocka_unit_test(who_sees_can_end_it),
        cmocka_unit_test(what_is_behind_a_path_is_counted_in_whole_names),
        cmocka_unit_test(what_is_installed_and_windows_itself_are_products),
        cmocka_unit_test(an_old_windows_keeps_its_users_elsewhere),
        cmocka_unit_test(a_hive_given_goes_before_the_disks_own),
        cmocka_unit_test(a_disk_of_another_system_is_no_windows),
    };
    return cmocka_run_group_tests(tests, open_disk, close_disk);
}

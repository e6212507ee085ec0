#include "debian.h"
#include "base/calendar.h"
#include "base/cleanup.h"
#include "check/finding.h"
#include "check/versions/apt.h"
#include "check/versions/apt_lists.h"
#include "check/versions/apt_release.h"
#include "check/versions/dpkg.h"

static void write_to(const char *name, const char *text)
{
    disk_bytes(&disk, name, text, strlen(text));
}

static void list_is(const char *suite, const char *text)
{
    char name[PATH_MAX];
    snprintf(name, sizeof name, "var/lib/apt/lists/x_dists_%s_main_binary-amd64_Packages", suite);
    write_to(name, text);
}

static void release_is(const char *suite, const char *more)
{
    char name[PATH_MAX], text[512];
    snprintf(name, sizeof name, "var/lib/apt/lists/x_dists_%s_InRelease", suite);
    snprintf(text, sizeof text, "Label: L\nCodename: %s\nDate: Sun, 22 Nov 2026 02:09:05 UTC\n%sSHA256:\n",
             suite, more);
    write_to(name, text);
}

/* Backports (100) and experimental (1) beside the ordinary suite (500), each offering a version of `p`, ""
 * none; what apt would choose where `installed` is. "" not known. As apt-cache policy says it. */
static void chooses(const char *installed, const char *ordinary, const char *backports,
                    const char *experimental, const char *wanted)
{
    char text[256];
    const char *const suites[] = {"stable", "stable-backports", "experimental"};
    const char *const offers[] = {ordinary, backports, experimental};
    const char *const more[] = {"", "NotAutomatic: yes\nButAutomaticUpgrades: yes\n", "NotAutomatic: yes\n"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(text, sizeof text, "Package: p\nArchitecture: amd64\nVersion: %s\n", offers[i]);
        list_is(suites[i], offers[i][0] != '\0' ? text : "");
        release_is(suites[i], more[i]);
    }
    snprintf(text, sizeof text,
             "Package: p\nStatus: install ok installed\nArchitecture: amd64\nVersion: %s\n", installed);
    write_to("var/lib/dpkg/status", text);
    products_clear(&machine.products);
    products_init(&machine.products);
    assert_true(dpkg_add(&machine, &fault) && apt_know(&machine, &fault));
    assert_int_equal(machine.products.count, 1);
    if (strcmp(machine.products.items[0].latest, wanted) != 0)
        fail_msg("%s: stable %s, backports %s, experimental %s: '%s' (expected '%s')", installed, ordinary,
                 backports, experimental, machine.products.items[0].latest, wanted);
}

static void it_is_chosen_as_apt_chooses(void **state)
{
    (void)state;
    chooses("1", "2", "", "", "2");
    chooses("1", "1", "", "", "1");
    chooses("1", "1", "2", "3", "1"); /* what is ordinary is not left by itself */
    chooses("2", "1", "2", "", "2");  /* from backports */
    chooses("2", "1", "3", "", "3");  /* and no ordinary one is newer */
    chooses("2", "4", "3", "", "4");  /* an ordinary one is */
    chooses("3", "1", "2", "3", "3"); /* from experimental */
    chooses("3", "1", "2", "4", "");  /* its own version is offered no longer */
    chooses("3", "1", "5", "4", "5");
    chooses("9", "1", "2", "3", "");    /* newer than all: from elsewhere */
    chooses("1", "", "", "2", "");      /* experimental alone never counts */
    chooses("1~rc1", "1", "", "", "1"); /* dpkg's own order */
    chooses("1:1", "2", "", "", "");
    chooses("9", "1:1", "", "", "1:1");
}

static void all_is_the_machines_own_architecture(void **state)
{
    (void)state;
    write_to("var/lib/dpkg/status",
             "Package: dpkg\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n"
             "Package: p\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n\n"
             "Package: q\nStatus: install ok installed\nArchitecture: i386\nVersion: 1\n");
    release_is("stable", "");
    list_is("stable",
            "Package: p\nArchitecture: amd64\nVersion: 2\n\nPackage: q\nArchitecture: amd64\nVersion: "
            "3\n\nPackage: q\nArchitecture: i386\nVersion: 2\n\nPackage: p\nArchitecture: "
            "armhf\nVersion: 9\n\nPackage: dpkg\nArchitecture: amd64\nVersion: 1\n");
    assert_true(dpkg_add(&machine, &fault) && apt_know(&machine, &fault));
    assert_string_equal(machine.architecture, "amd64");
    assert_string_equal(machine.products.items[1].latest, "2");
    assert_string_equal(machine.products.items[2].latest, "2");
}

static void the_longest_beginning_names_the_repository(void **state)
{
    (void)state;
    write_to("var/lib/dpkg/status",
             "Package: p\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n");
    release_is("stable", "");
    write_to("var/lib/apt/lists/x_dists_stable_main_InRelease", "Label: other\nSHA256:\n");
    list_is("stable", "");
    write_to("var/lib/apt/lists/x_dists_stable_main_source_Sources", "");
    write_to("var/lib/apt/lists/x_dists_stable_main_i18n_Translation-ja", "");
    write_to("var/lib/apt/lists/x_dists_stable_main_binary-armhf_Packages.gz", "");
    write_to("var/lib/apt/lists/x_dists_stable_main_binary-amd64_Packages.diff_Index", "");
    write_to("var/lib/apt/lists/x_flat_Packages.xz", "");
    CLEANUP(apt_lists_clear) struct apt_lists lists;
    assert_true(dpkg_add(&machine, &fault) && apt_lists_find(&machine, &lists, &fault));
    assert_int_equal(lists.count, 2);
    assert_string_equal(lists.items[0].source, "other ");
    assert_int_equal(lists.items[0].age_days, 1); /* the newest Date of all */
    assert_string_equal(lists.items[1].path, "var/lib/apt/lists/x_flat_Packages.xz");
}

/* `age` FINDING_NO_AGE: not known. */
static void is_old(const char *first, const char *second, int32_t age)
{
    write_to("var/lib/apt/lists/a_InRelease", first);
    write_to("var/lib/apt/lists/b_InRelease", second);
    write_to("var/lib/apt/lists/a_Packages", "");
    CLEANUP(apt_lists_clear) struct apt_lists lists;
    assert_true(apt_lists_find(&machine, &lists, &fault));
    assert_int_equal(lists.items[0].age_days, age);
}

static void the_newest_date_tells_when_lists_were_fetched(void **state)
{
    (void)state;
    static const char july[] = "Date: Sat, 11 Jul 2026 10:16:37 UTC\n", none[] = "",
                      now[] = "Date: Sun, 22 Nov 2026 02:09:05 UTC\n",
                      soon[] = "Date: Tue, 24 Nov 2026 02:09:05 UTC\n",
                      later[] = "Date: Wed, 25 Nov 2026 02:09:05 UTC\n",
                      over[] =
                          "Date: Sat, 11 Jul 2026 10:16:37 UTC\nValid-Until: Sun, 22 Nov 2026 00:00:00 UTC\n",
                      valid[] =
                          "Date: Sat, 11 Jul 2026 10:16:37 UTC\nValid-Until: Mon, 23 Nov 2026 00:00:00 UTC\n";
    is_old(july, none, 135);
    is_old(july, now, 1);
    is_old(now, july, 1);
    is_old(none, now, 1);
    is_old(none, none, FINDING_NO_AGE);
    is_old(over, now, 135); /* past its own day */
    is_old(valid, now, 1);
    is_old(soon, none, 0);               /* another zone's clock */
    is_old(later, none, FINDING_NO_AGE); /* from the future: not to be believed */
    is_old(july, later, 135);
}

static void release_says(const char *text, int32_t written, bool not_automatic)
{
    struct apt_release release;
    apt_release_read(text, strlen(text), &release);
    assert_int_equal(release.written_day, written);
    assert_int_equal(release.not_automatic, not_automatic);
}

static void a_release_file_is_read_up_to_its_checksums(void **state)
{
    (void)state;
    int32_t day = calendar_day(2026, 11, 1);
    release_says(
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nDate: Sun,  1 Nov 2026 02:09:05 UTC\r\n", day,
        false);
    release_says("date: Sun, 01 Nov 2026 02:09:05 +0000\nNOTAUTOMATIC: Yes\n", day, true);
    release_says("SHA256:\n x\nDate: Sun, 01 Nov 2026 02:09:05 UTC\n", APT_RELEASE_NO_DAY, false);
    release_says("Date: Sun, 01 Nov 2026 02:09:05 UTC", APT_RELEASE_NO_DAY, false); /* cut off */
    release_says("Date: Sun, 31 Feb 2026 02:09:05 UTC\n", APT_RELEASE_NO_DAY, false);
    release_says("Date: Sun, 01 anF 2026 02:09:05 UTC\n", APT_RELEASE_NO_DAY, false);
    release_says("Date: 2026-11-01\nNotAutomatic: no\n", APT_RELEASE_NO_DAY, false);
    release_says("", APT_RELEASE_NO_DAY, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_chosen_as_apt_chooses, debian_begin, debian_end),
        cmocka_unit_test_setup_teardown(all_is_the_machines_own_architecture, debian_begin, debian_end),
        cmocka_unit_test_setup_teardown(the_longest_beginning_names_the_repository, debian_begin, debian_end),
        cmocka_unit_test_setup_teardown(the_newest_date_tells_when_lists_were_fetched, debian_begin,
                                        debian_end),
        cmocka_unit_test(a_release_file_is_read_up_to_its_checksums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

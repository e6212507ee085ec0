#include "debian.h"
#include "base/calendar.h"
#include "base/cleanup.h"
#include "check/versions/support.h"
#include <time.h>

/* `day` "": not known. */
static void ends(const char *id, const char *name, const char *version, const char *day)
{
    char got[CALENDAR_DAY_SIZE] = "";
    machine.os_id = id;
    struct support support = support_of(&machine, name, version);
    if (support.last_day != SUPPORT_NO_DAY)
        calendar_day_text(got, support.last_day);
    if (strcmp(got, day) != 0)
        fail_msg("%s %s %s: %s (expected %s)", id, name, version, got, day);
}

static void a_version_is_known_by_its_first_numbers(void **state)
{
    (void)state;
    ends("debian", "Debian GNU/Linux 12 (bookworm)", "12", "2028-06-30");
    ends("debian", "", "1", "");
    ends("debian", "", "120", "");
    ends("debian", "", "", "");
    ends("ubuntu", "Ubuntu 22.04.5 LTS", "22.04", "2027-06-01");
    ends("ubuntu", "", "22", "");
    ends("rhel", "", "8.10", "2029-05-31");
    ends("rocky", "", "9.6", "2032-05-31");
    ends("almalinux", "", "8.9", "2029-03-01");
    ends("fedora", "", "43", "2026-12-09");
    ends("something", "", "12", "");
    ends("", "", "", "");
}

static void ubuntu_pro_is_known_by_its_lists(void **state)
{
    (void)state;
    disk_bytes(&disk, "var/lib/apt/lists/archive.ubuntu.com_esm.ubuntu.com_InRelease", "", 0);
    ends("ubuntu", "", "20.04", "2025-05-31");
    disk_bytes(&disk, "var/lib/apt/lists/esm.ubuntu.com_apps_ubuntu_dists_focal_InRelease", "", 0);
    ends("ubuntu", "", "20.04", "2030-04-23");
    ends("ubuntu", "", "20.10", "2021-07-22"); /* there is none for it */
    ends("debian", "", "11", "2026-08-31");
}

static void windows_is_known_by_its_build_and_its_edition(void **state)
{
    (void)state;
    ends("windows", "Windows 7 Home Premium", "6.1.7601", "2020-01-14");
    ends("windows", "Windows 10 Pro", "10.0.19045", "2025-10-14");
    ends("windows", "Windows 10 Pro", "10.0.19045.3803", "2025-10-14");
    ends("windows", "Windows 10 Enterprise", "10.0.19044.1", "2024-06-11");
    ends("windows", "Windows 10 Enterprise LTSC 2021", "10.0.19044.1", "2027-01-12");
    ends("windows", "Windows 11 Home", "10.0.22631", "2025-11-11");
    ends("windows", "Windows 11 Education", "10.0.22631", "2026-11-10");
    ends("windows", "Windows 11 Pro Education", "10.0.22631", "2025-11-11");
    ends("windows", "Windows Server 2019 Standard", "10.0.17763", "2029-01-09");
    ends("windows", "Windows Server Standard", "10.0.17763", "2020-11-10");
    ends("windows", "Windows Server (R) 2008 Standard", "6.0.6003", "2020-01-14");
    ends("windows", "Windows 10 Pro", "10.0.1904", "");
    ends("windows", "Windows 10 Pro", "10.0", "");
    ends("windows", "Windows 10 Pro", "10.0.99999", "");
}

static void distro_info_is(const char *text, const char *day)
{
    int32_t written;
    disk_bytes(&disk, "usr/share/distro-info/debian.csv", text, strlen(text));
    assert_true(calendar_parse_day(day, &written));
    struct timespec times[2] = {{written * 86400ll, 0}, {written * 86400ll, 0}};
    assert_int_equal(utimensat(AT_FDCWD, disk.path, times, 0), 0);
}

static void distro_info_counts_where_it_is_newer_or_alone(void **state)
{
    (void)state;
    static const char text[] = "version,codename,series,created,release,eol,eol-lts,eol-elts\n"
                               "12,Bookworm,bookworm,2021-08-14,2023-06-10,2026-07-11,2029-01-01,2033-06-30\n"
                               "14 LTS,Forky,forky,2025-08-09,2027-08-01,2030-08-01\n"
                               "15,Duke,duke,2027-08-01\n";
    distro_info_is(text, "2020-01-01");
    ends("debian", "", "12", "2028-06-30"); /* the table is newer */
    ends("debian", "", "14", "2030-08-01"); /* the table does not have it */
    ends("debian", "", "15", "");
    ends("debian", "", "16", "");
    ends("ubuntu", "", "14", "");
}

static void distro_info_that_is_broken_says_nothing(void **state)
{
    (void)state;
    distro_info_is("version,eol\n\"12", "2026-11-23");
    ends("debian", "", "12", "2028-06-30");
    distro_info_is("", "2026-11-23");
    ends("debian", "", "14", "");
    distro_info_is("eol\n2030-01-01\n", "2026-11-23");
    ends("debian", "", "14", "");
}

static void every_row_of_the_table_has_a_day_and_is_there_once(void **state)
{
    (void)state;
    int32_t day;
    assert_true(calendar_parse_day(support_table_day, &day));
    for (const struct support_row *row = support_table; row->id != NULL; row++) {
        if (!calendar_parse_day(row->last_day, &day))
            fail_msg("%s %s: '%s'", row->id, row->version, row->last_day);
        for (const struct support_row *other = row + 1; other->id != NULL; other++)
            if (strcmp(row->id, other->id) == 0 && strcmp(row->version, other->version) == 0 &&
                strcmp(row->edition, other->edition) == 0)
                fail_msg("%s %s %s is there twice", row->id, row->version, row->edition);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_version_is_known_by_its_first_numbers, debian_begin, debian_end),
        cmocka_unit_test_setup_teardown(ubuntu_pro_is_known_by_its_lists, debian_begin, debian_end),
        cmocka_unit_test_setup_teardown(windows_is_known_by_its_build_and_its_edition, debian_begin,
                                        debian_end),
        cmocka_unit_test_setup_teardown(distro_info_counts_where_it_is_newer_or_alone, debian_begin,
                                        debian_end),
        cmocka_unit_test_setup_teardown(distro_info_that_is_broken_says_nothing, debian_begin, debian_end),
        cmocka_unit_test(every_row_of_the_table_has_a_day_and_is_there_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

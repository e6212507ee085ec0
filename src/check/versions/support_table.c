/* The days on which support ends, as the makers announce them:
 *   debian     https://wiki.debian.org/LTS (the end of LTS; before it, of regular support)
 *   ubuntu     https://ubuntu.com/about/release-cycle (the end of standard security maintenance; of "pro" the
 *              end of expanded security maintenance)
 *   rhel       https://access.redhat.com/support/policy/updates/errata (the end of maintenance support)
 *   almalinux  https://wiki.almalinux.org/release-notes/
 *   rocky      https://wiki.rockylinux.org/rocky/version/
 *   centos     https://www.centos.org/centos-linux-eol/ and https://www.centos.org/cl-vs-cs/
 *   fedora     https://fedorapeople.org/groups/schedule/
 *   windows    https://learn.microsoft.com/lifecycle/products/ (the end of servicing, or of extended support)
 */
#include "check/versions/support.h"

const char support_table_day[] = "2026-11-23";

const struct support_row support_table[] = {
    {"debian", "6", "", "2016-02-29"},
    {"debian", "7", "", "2018-05-31"},
    {"debian", "8", "", "2020-06-30"},
    {"debian", "9", "", "2022-06-30"},
    {"debian", "10", "", "2024-06-30"},
    {"debian", "11", "", "2026-08-31"},
    {"debian", "12", "", "2028-06-30"},
    {"debian", "13", "", "2030-06-30"},

    {"ubuntu", "12.04", "", "2017-04-28"},
    {"ubuntu", "14.04", "", "2019-04-25"},
    {"ubuntu", "16.04", "", "2021-04-30"},
    {"ubuntu", "18.04", "", "2023-05-31"},
    {"ubuntu", "18.10", "", "2019-07-18"},
    {"ubuntu", "19.04", "", "2020-01-23"},
    {"ubuntu", "19.10", "", "2020-07-17"},
    {"ubuntu", "20.04", "", "2025-05-31"},
    {"ubuntu", "20.10", "", "2021-07-22"},
    {"ubuntu", "21.04", "", "2022-01-20"},
    {"ubuntu", "21.10", "", "2022-07-14"},
    {"ubuntu", "22.04", "", "2027-06-01"},
    {"ubuntu", "22.10", "", "2023-07-20"},
    {"ubuntu", "23.04", "", "2024-01-25"},
    {"ubuntu", "23.10", "", "2024-07-11"},
    {"ubuntu", "24.04", "", "2029-05-31"},
    {"ubuntu", "24.10", "", "2025-07-10"},
    {"ubuntu", "25.04", "", "2026-01-15"},
    {"ubuntu", "25.10", "", "2026-07-09"},
    {"ubuntu", "26.04", "", "2031-05-29"},

    {"ubuntu", "14.04", "pro", "2024-04-25"},
    {"ubuntu", "16.04", "pro", "2026-04-23"},
    {"ubuntu", "18.04", "pro", "2028-04-26"},
    {"ubuntu", "20.04", "pro", "2030-04-23"},
    {"ubuntu", "22.04", "pro", "2032-04-21"},
    {"ubuntu", "24.04", "pro", "2034-04-25"},
    {"ubuntu", "26.04", "pro", "2036-04-23"},

    {"rhel", "5", "", "2017-03-31"},
    {"rhel", "6", "", "2020-11-30"},
    {"rhel", "7", "", "2024-06-30"},
    {"rhel", "8", "", "2029-05-31"},
    {"rhel", "9", "", "2032-05-31"},
    {"rhel", "10", "", "2035-05-31"},
    {"almalinux", "8", "", "2029-03-01"},
    {"almalinux", "9", "", "2032-05-31"},
    {"almalinux", "10", "", "2035-05-31"},
    {"rocky", "8", "", "2029-05-31"},
    {"rocky", "9", "", "2032-05-31"},
    {"rocky", "10", "", "2035-05-31"},
    {"centos", "6", "", "2020-11-30"},
    {"centos", "7", "", "2024-06-30"},
    {"centos", "8", "", "2024-05-31"}, /* Stream; CentOS Linux 8 ended on 2021-12-31 already */
    {"centos", "9", "", "2027-05-31"},

    {"fedora", "30", "", "2020-05-26"},
    {"fedora", "31", "", "2020-11-24"},
    {"fedora", "32", "", "2021-05-25"},
    {"fedora", "33", "", "2021-11-30"},
    {"fedora", "34", "", "2022-06-07"},
    {"fedora", "35", "", "2022-12-13"},
    {"fedora", "36", "", "2023-05-16"},
    {"fedora", "37", "", "2023-12-05"},
    {"fedora", "38", "", "2024-05-21"},
    {"fedora", "39", "", "2024-11-26"},
    {"fedora", "40", "", "2025-05-13"},
    {"fedora", "41", "", "2025-12-15"},
    {"fedora", "42", "", "2026-05-13"},
    {"fedora", "43", "", "2026-12-09"},

    {"windows", "2600", "home", "2014-04-08"}, /* XP with its third service pack */
    {"windows", "6002", "home", "2017-04-11"}, /* Vista */
    {"windows", "6002", "office", "2017-04-11"},
    {"windows", "7600", "home", "2013-04-09"}, /* 7 without its service pack */
    {"windows", "7600", "office", "2013-04-09"},
    {"windows", "7601", "home", "2020-01-14"},
    {"windows", "7601", "office", "2020-01-14"},
    {"windows", "9200", "home", "2016-01-12"}, /* 8 */
    {"windows", "9200", "office", "2016-01-12"},
    {"windows", "9600", "home", "2023-01-10"}, /* 8.1 */
    {"windows", "9600", "office", "2023-01-10"},
    {"windows", "10240", "home", "2017-05-09"}, /* 10, version 1507 */
    {"windows", "10240", "office", "2017-05-09"},
    {"windows", "10240", "long", "2025-10-14"},
    {"windows", "10586", "home", "2017-10-10"}, /* 1511 */
    {"windows", "10586", "office", "2018-04-10"},
    {"windows", "14393", "home", "2018-04-10"}, /* 1607 */
    {"windows", "14393", "office", "2019-04-09"},
    {"windows", "14393", "long", "2026-10-13"},
    {"windows", "15063", "home", "2018-10-09"}, /* 1703 */
    {"windows", "15063", "office", "2019-10-08"},
    {"windows", "16299", "home", "2019-04-09"}, /* 1709 */
    {"windows", "16299", "office", "2020-10-13"},
    {"windows", "17134", "home", "2019-11-12"}, /* 1803 */
    {"windows", "17134", "office", "2021-05-11"},
    {"windows", "17763", "home", "2020-11-10"}, /* 1809 */
    {"windows", "17763", "office", "2021-05-11"},
    {"windows", "17763", "long", "2029-01-09"},
    {"windows", "18362", "home", "2020-12-08"}, /* 1903 */
    {"windows", "18362", "office", "2020-12-08"},
    {"windows", "18363", "home", "2021-05-11"}, /* 1909 */
    {"windows", "18363", "office", "2022-05-10"},
    {"windows", "19041", "home", "2021-12-14"}, /* 2004 */
    {"windows", "19041", "office", "2021-12-14"},
    {"windows", "19042", "home", "2022-05-10"}, /* 20H2 */
    {"windows", "19042", "office", "2023-05-09"},
    {"windows", "19043", "home", "2022-12-13"}, /* 21H1 */
    {"windows", "19043", "office", "2022-12-13"},
    {"windows", "19044", "home", "2023-06-13"}, /* 21H2 */
    {"windows", "19044", "office", "2024-06-11"},
    {"windows", "19044", "long", "2027-01-12"},
    {"windows", "19045", "home", "2025-10-14"}, /* 22H2 */
    {"windows", "19045", "office", "2025-10-14"},
    {"windows", "22000", "home", "2023-10-10"}, /* 11, version 21H2 */
    {"windows", "22000", "office", "2024-10-08"},
    {"windows", "22621", "home", "2024-10-08"}, /* 22H2 */
    {"windows", "22621", "office", "2025-10-14"},
    {"windows", "22631", "home", "2025-11-11"}, /* 23H2 */
    {"windows", "22631", "office", "2026-11-10"},
    {"windows", "26100", "home", "2026-10-13"}, /* 24H2 */
    {"windows", "26100", "office", "2027-10-12"},
    {"windows", "26100", "long", "2029-10-09"},
    {"windows", "26200", "home", "2027-10-12"}, /* 25H2 */
    {"windows", "26200", "office", "2028-10-10"},
    {"windows", "3790", "server", "2015-07-14"},  /* 2003 */
    {"windows", "6003", "server", "2020-01-14"},  /* 2008 */
    {"windows", "7601", "server", "2020-01-14"},  /* 2008 R2 */
    {"windows", "9200", "server", "2023-10-10"},  /* 2012 */
    {"windows", "9600", "server", "2023-10-10"},  /* 2012 R2 */
    {"windows", "14393", "server", "2027-01-12"}, /* 2016 */
    {"windows", "17763", "server", "2029-01-09"}, /* 2019 */
    {"windows", "20348", "server", "2031-10-14"}, /* 2022 */
    {"windows", "26100", "server", "2034-10-10"}, /* 2025 */
    {"windows", "16299", "annual", "2019-04-09"}, /* Server, version 1709 and on */
    {"windows", "17134", "annual", "2019-11-12"},
    {"windows", "17763", "annual", "2020-11-10"},
    {"windows", "18362", "annual", "2020-12-08"},
    {"windows", "18363", "annual", "2021-05-11"},
    {"windows", "19041", "annual", "2021-12-14"},
    {"windows", "19042", "annual", "2022-08-09"},
    {"windows", "25398", "annual", "2025-10-24"}, /* 23H2 */
    {0},
};

#include "check/versions/support.h"
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/csv.h"
#include "check/finding.h"
#include "check/unpacked.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

OWNED_TYPE(csv_reader_free, struct csv_reader)

enum { DISTRO_INFO_MOST = 1 << 20, DAY_S = 86400 };

static int32_t day_of(const char *written)
{
    int32_t day;
    return calendar_parse_day(written, &day) ? day : SUPPORT_NO_DAY;
}

/* Ubuntu Pro: apt has lists of its expanded security maintenance. */
static bool has_pro(const struct machine *machine)
{
    CLEANUP(cleanup_folder) DIR *lists = machine_open_folder(machine, "var/lib/apt/lists");
    const struct dirent *entry;
    static const char esm[] = "esm.ubuntu.com_";
    while (lists != NULL && (entry = readdir(lists)) != NULL)
        if (strncmp(entry->d_name, esm, sizeof esm - 1) == 0)
            return true;
    return false;
}

/* Which editions of Windows share their days: "server" of long term, "annual" servers, "long" (LTSC, LTSB),
 * "office" (Enterprise and Education, mended a year longer), "home" (all others). */
static const char *edition_of(const char *name)
{
    const char *server = strstr(name, "Server");
    if (server != NULL)
        return strstr(server, " 20") != NULL ? "server" : "annual"; /* "Windows Server 2019", "(R) 2008" */
    if (strstr(name, "LTSC") != NULL || strstr(name, "LTSB") != NULL)
        return "long";
    bool office = strstr(name, "Enterprise") != NULL ||
                  (strstr(name, "Education") != NULL && strstr(name, "Pro Education") == NULL);
    return office ? "office" : "home";
}

/* "8.10" is of "8", "22.04" of "22.04", and "10.0.19045.3803" of Windows' build 19045. */
static bool is_of(const char *version, const char *row, bool windows)
{
    for (int skipped = 0; windows && skipped < 2; skipped++) {
        const char *dot = strchr(version, '.');
        if (dot == NULL)
            return false;
        version = dot + 1;
    }
    size_t length = strlen(row);
    return strncmp(version, row, length) == 0 && (version[length] == '\0' || version[length] == '.');
}

static struct support from_table(const struct machine *machine, const char *edition, const char *version)
{
    bool windows = strcmp(machine->os_id, "windows") == 0;
    int32_t age = machine->today - day_of(support_table_day);
    for (const struct support_row *row = support_table; row->id != NULL; row++)
        if (strcmp(row->id, machine->os_id) == 0 && is_of(version, row->version, windows) &&
            strcmp(row->edition, edition) == 0)
            return (struct support){day_of(row->last_day), "mimamori", age > 0 ? age : 0};
    return (struct support){SUPPORT_NO_DAY, NULL, FINDING_NO_AGE};
}

static size_t column_of(const struct csv_row *head, const char *name)
{
    size_t i = 0;
    while (i < head->count && strcmp(head->cells[i], name) != 0)
        i++;
    return i;
}

/* The last day of a version in a file of distro-info-data: Debian's LTS counts, since everybody has it. */
static int32_t day_in(const char *path, const struct text *bytes, const char *version)
{
    struct fault ignored;
    struct csv_row row;
    OWNED(csv_reader_free) struct csv_reader *reader = csv_reader_over(path, bytes->bytes, bytes->length);
    if (csv_reader_next(reader, &row, &ignored) != CSV_NEXT_ROW)
        return SUPPORT_NO_DAY;
    size_t of_version = column_of(&row, "version"), of_end = column_of(&row, "eol"),
           of_long = column_of(&row, "eol-lts");
    enum csv_next next;
    while ((next = csv_reader_next(reader, &row, &ignored)) != CSV_NEXT_END) {
        if (next != CSV_NEXT_ROW || of_version >= row.count)
            continue;
        size_t length = strcspn(row.cells[of_version], " "); /* "22.04 LTS" */
        if (strlen(version) != length || strncmp(row.cells[of_version], version, length) != 0)
            continue;
        int32_t longer = of_long < row.count ? day_of(row.cells[of_long]) : SUPPORT_NO_DAY;
        int32_t regular = of_end < row.count ? day_of(row.cells[of_end]) : SUPPORT_NO_DAY;
        return longer > regular ? longer : regular;
    }
    return SUPPORT_NO_DAY;
}

static struct support from_distro_info(const struct machine *machine, const char *version)
{
    struct support support = {SUPPORT_NO_DAY, NULL, FINDING_NO_AGE};
    bool debian = strcmp(machine->os_id, "debian") == 0;
    if (!debian && strcmp(machine->os_id, "ubuntu") != 0)
        return support;
    const char *path = debian ? "usr/share/distro-info/debian.csv" : "usr/share/distro-info/ubuntu.csv";
    int file = machine_open_file(machine, path);
    struct stat status;
    struct fault ignored;
    if (file < 0)
        return support;
    bool known = fstat(file, &status) == 0;
    OWNED(unpacked_free)
    struct unpacked *unpacked = unpacked_over(file, path, DISTRO_INFO_MOST, &ignored);
    CLEANUP(text_clear) struct text bytes;
    text_init(&bytes, DISTRO_INFO_MOST);
    if (!known || unpacked == NULL || !unpacked_whole(unpacked, &bytes, &ignored))
        return support;
    int64_t age = machine->today - status.st_mtime / DAY_S;
    support.last_day = day_in(path, &bytes, version);
    support.source = path;
    support.age_days = age < 0 ? 0 : (int32_t)age;
    return support;
}

struct support support_of(const struct machine *machine, const char *name, const char *version)
{
    if (strcmp(machine->os_id, "windows") == 0)
        return from_table(machine, edition_of(name), version);
    struct support pro = {.last_day = SUPPORT_NO_DAY};
    if (strcmp(machine->os_id, "ubuntu") == 0 && has_pro(machine))
        pro = from_table(machine, "pro", version);
    if (pro.last_day != SUPPORT_NO_DAY)
        return pro;
    struct support known = from_table(machine, "", version);
    struct support told = from_distro_info(machine, version);
    bool newer = known.last_day == SUPPORT_NO_DAY || told.age_days < known.age_days;
    return told.last_day != SUPPORT_NO_DAY && newer ? told : known;
}

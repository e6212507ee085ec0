#include "check/versions/apt_release.h"
#include "base/calendar.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* "Sat, 21 Nov 2026 00:53:02 UTC" */
static int32_t day_of(const char *date)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int day, year;
    char name[4];
    if (sscanf(date, "%*3[A-Za-z], %2d %3[A-Za-z] %4d", &day, name, &year) != 3 || strlen(name) != 3)
        return APT_RELEASE_NO_DAY;
    const char *found = strstr(months, name);
    char written[CALENDAR_DAY_SIZE];
    int32_t parsed;
    if (found == NULL || (found - months) % 3 != 0)
        return APT_RELEASE_NO_DAY;
    snprintf(written, sizeof written, "%04u-%02u-%02u", (unsigned)year % 10000,
             (unsigned)((found - months) / 3 + 1), (unsigned)day % 100);
    return calendar_parse_day(written, &parsed) ? parsed : APT_RELEASE_NO_DAY;
}

static void take(struct apt_release *release, const char *name, const char *value)
{
    if (strcasecmp(name, "Label") == 0)
        snprintf(release->label, sizeof release->label, "%s", value);
    else if (strcasecmp(name, "Codename") == 0)
        snprintf(release->codename, sizeof release->codename, "%s", value);
    else if (strcasecmp(name, "Suite") == 0)
        snprintf(release->suite, sizeof release->suite, "%s", value);
    else if (strcasecmp(name, "Date") == 0)
        release->written_day = day_of(value);
    else if (strcasecmp(name, "Valid-Until") == 0)
        release->valid_day = day_of(value);
    else if (strcasecmp(name, "NotAutomatic") == 0)
        release->not_automatic = strcasecmp(value, "yes") == 0;
    else if (strcasecmp(name, "ButAutomaticUpgrades") == 0)
        release->but_automatic_upgrades = strcasecmp(value, "yes") == 0;
}

void apt_release_read(const char *bytes, size_t length, struct apt_release *release)
{
    *release = (struct apt_release){.written_day = APT_RELEASE_NO_DAY, .valid_day = APT_RELEASE_NO_DAY};
    const char *end = bytes + length;
    for (const char *line = bytes, *stop; line < end; line = stop + 1) {
        char name[256];
        stop = memchr(line, '\n', (size_t)(end - line));
        if (stop == NULL)
            return; /* cut off: not to be trusted */
        snprintf(name, sizeof name, "%.*s", (int)(stop - line < 255 ? stop - line : 255), line);
        char *colon = strchr(name, ':');
        if (colon == NULL)
            continue;
        *colon = '\0';
        if (strcasecmp(name, "MD5Sum") == 0 || strcasecmp(name, "SHA256") == 0)
            return;
        char *said = colon + 1 + strspn(colon + 1, " \t");
        said[strcspn(said, "\r")] = '\0';
        take(release, name, said);
    }
}

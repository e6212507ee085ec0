#include "check/versions/flatpak.h"
#include "base/cleanup.h"
#include "check/finding.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { APPLICATIONS_MOST = 20000, DEPLOY_MOST = 16384 };

void flatpak_places(const struct machine *machine, struct flatpak_places *places)
{
    const char *home = machine->here ? getenv("HOME") : NULL;
    *places = (struct flatpak_places){.paths = {"var/lib/flatpak"}};
    if (home != NULL && home[0] == '/' && home[1] != '\0')
        snprintf(places->paths[1], FLATPAK_PATH_MOST, "%s/.local/share/flatpak", home + 1);
}

static DIR *open_applications(const struct machine *machine, const char *place)
{
    char path[FLATPAK_PATH_MOST + 8];
    snprintf(path, sizeof path, "%s/app", place);
    return place[0] == '\0' ? NULL : machine_open_folder(machine, path);
}

bool flatpak_there(const struct machine *machine)
{
    struct flatpak_places places;
    flatpak_places(machine, &places);
    for (int i = 0; i < FLATPAK_PLACES; i++) {
        CLEANUP(cleanup_folder) DIR *folder = open_applications(machine, places.paths[i]);
        if (folder != NULL)
            return true;
    }
    return false;
}

/* What an application is now: its link "current" leads to "x86_64/stable". */
static bool current_of(const struct machine *machine, const char *application, char current[256])
{
    CLEANUP(cleanup_folder) DIR *folder = machine_open_folder(machine, application);
    ssize_t length = folder == NULL ? -1 : readlinkat(dirfd(folder), "current", current, 255);
    if (length <= 0)
        return false;
    current[length] = '\0';
    const char *slash = strchr(current, '/');
    return slash != NULL && slash > current && slash[1] != '\0' && slash == strrchr(current, '/') &&
           current[0] != '.';
}

static void keep_version(void *context, const struct flatpak_component *component)
{
    struct flatpak_component *kept = context;
    if (kept->version[0] == '\0')
        *kept = *component;
}

/* What is known of it lies in its own files, or in the small catalogue that is made of them. */
static bool version_of(const struct machine *machine, const char *folder, const char *id,
                       struct flatpak_component *component, struct fault *fault)
{
    static const struct {
        const char *folder, *ending;
    } files[] = {{"metainfo", ".metainfo.xml"},
                 {"metainfo", ".appdata.xml"},
                 {"appdata", ".appdata.xml"},
                 {"app-info/xmls", ".xml.gz"},
                 {"swcatalog/xml", ".xml.gz"}};
    *component = (struct flatpak_component){.version = ""};
    for (size_t i = 0; i < sizeof files / sizeof *files && component->version[0] == '\0'; i++) {
        char path[4 * FLATPAK_PATH_MOST];
        snprintf(path, sizeof path, "%s/files/share/%s/%s%s", folder, files[i].folder, id, files[i].ending);
        struct flatpak_catalogue catalogue = {path, keep_version, component, INT32_MIN};
        if (!flatpak_read(machine, &catalogue, fault) && errno != ENOENT)
            return false;
    }
    return true;
}

/* A mark "eol" in what Flatpak keeps of a deployment: a GVariant (ssasta{sv}) whose entries begin at
 * multiples of eight, a string padded to eight and then a variant (developer.gnome.org, GVariant
 * serialisation). */
static void ended(const struct machine *machine, const char *active, char why[FLATPAK_PATH_MOST])
{
    static const char key[8] = "eol", behind[] = {'\0', '\0', 's'};
    char path[4 * FLATPAK_PATH_MOST], bytes[DEPLOY_MOST];
    snprintf(path, sizeof path, "%s/deploy", active);
    CLEANUP(cleanup_descriptor) int file = machine_open_file(machine, path);
    ssize_t length = file < 0 ? 0 : read(file, bytes, sizeof bytes);
    for (ssize_t at = 0; at + (ssize_t)sizeof key < length; at += (ssize_t)sizeof key) {
        const char *text = bytes + at + sizeof key, *last = bytes + length;
        const char *end = memcmp(bytes + at, key, sizeof key) != 0
                              ? NULL
                              : memmem(text, (size_t)(last - text), behind, sizeof behind);
        if (end == NULL || end == text)
            continue;
        snprintf(why, FLATPAK_PATH_MOST, "%.*s", (int)(end - text), text);
        return;
    }
}

/* One whose files cannot be read is told of all the same, without a version. */
static bool add_application(struct machine *machine, const char *place, const char *id, bool *read,
                            struct fault *fault)
{
    char folder[2 * FLATPAK_PATH_MOST], where[3 * FLATPAK_PATH_MOST], active[sizeof where + 8], current[256];
    struct flatpak_component component;
    snprintf(folder, sizeof folder, "%s/app/%s", place, id);
    if (!current_of(machine, folder, current))
        return true;
    snprintf(where, sizeof where, "%s/%s", folder, current);
    snprintf(active, sizeof active, "%s/active", where);
    *read &= version_of(machine, active, id, &component, fault);
    char why[FLATPAK_PATH_MOST] = "";
    ended(machine, active, why);
    *strchr(current, '/') = '\0';
    return products_add(&machine->products, &(struct product){.system = PRODUCT_FLATPAK,
                                                              .name = id,
                                                              .version = component.version,
                                                              .architecture = current,
                                                              .where = where,
                                                              .ended = why,
                                                              .latest_age_days = FINDING_NO_AGE}) != NULL ||
           fault_set(fault, "%s: more than %d programs on this machine", place, PRODUCTS_MOST);
}

static bool add_all(struct machine *machine, const char *place, struct fault *fault)
{
    CLEANUP(cleanup_folder) DIR *folder = open_applications(machine, place);
    struct dirent *entry;
    bool read = true;
    for (size_t count = 0; folder != NULL && (entry = readdir(folder)) != NULL; count++) {
        if (count == APPLICATIONS_MOST)
            return fault_set(fault, "%s: more than %d applications", place, APPLICATIONS_MOST);
        if (entry->d_name[0] != '.' && !add_application(machine, place, entry->d_name, &read, fault))
            return false;
    }
    return read;
}

bool flatpak_add(struct machine *machine, struct fault *fault)
{
    struct flatpak_places places;
    bool well = true;
    flatpak_places(machine, &places);
    for (int i = 0; i < FLATPAK_PLACES; i++)
        well &= add_all(machine, places.paths[i], fault);
    return well;
}

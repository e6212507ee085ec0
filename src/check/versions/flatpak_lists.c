/* flatpak_lists: AppStream, of one application and of all that a remote offers. */
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/number.h"
#include "check/finding.h"
#include "check/versions/feed_xml.h"
#include "check/versions/flatpak.h"
#include "check/versions/product_table.h"
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* All of Flathub unpacks to some 100 MB. */
enum { REMOTES_MOST = 256, DAY_S = 86400, TIME_S = 30 };
#define CATALOGUE_MOST ((uint64_t)1 << 30)

struct reading {
    struct flatpak_catalogue *catalogue;
    struct flatpak_component component;
    size_t depth; /* of the component's element; 0: none is open */
    bool bundle;
    int32_t today;
    int64_t deadline_s;
};

static void hear_day(struct reading *reading, const struct feed_element *element)
{
    const char *seconds = feed_xml_attribute(element, "timestamp");
    char date[CALENDAR_DAY_SIZE];
    uint64_t told = 0;
    int32_t day = INT32_MIN;
    snprintf(date, sizeof date, "%.10s", feed_xml_attribute(element, "date"));
    if (number_parse(seconds, strlen(seconds), UINT32_MAX, &told))
        day = (int32_t)(told / DAY_S);
    else
        calendar_parse_day(date, &day);
    if (day <= reading->today && day > reading->catalogue->newest_day)
        reading->catalogue->newest_day = day;
}

static void hear_release(struct reading *reading, const struct feed_element *element)
{
    const char *type = feed_xml_attribute(element, "type");
    bool for_all = type[0] == '\0' || strcmp(type, "stable") == 0;
    hear_day(reading, element);
    /* the newest comes first */
    if (for_all && reading->component.version[0] == '\0')
        snprintf(reading->component.version, sizeof reading->component.version, "%s",
                 feed_xml_attribute(element, "version"));
}

static void start(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct reading *reading = context;
    if (clock_steady_s() > reading->deadline_s)
        feed_xml_refuse(xml, "reading takes longer than %d s", TIME_S);
    if (reading->depth == 0 &&
        (strcmp(element->name, "component") == 0 || strcmp(element->name, "application") == 0)) {
        reading->depth = element->depth;
        reading->component = (struct flatpak_component){.version = ""};
    }
    if (reading->depth == 0)
        return;
    if (element->depth == reading->depth + 2 && strcmp(element->name, "release") == 0)
        hear_release(reading, element);
    if (element->depth == reading->depth + 1)
        reading->bundle = strcmp(element->name, "bundle") == 0 &&
                          strcmp(feed_xml_attribute(element, "type"), "flatpak") == 0;
}

static void end(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct reading *reading = context;
    (void)xml;
    if (reading->depth > 0 && element->depth == reading->depth + 1 && reading->bundle)
        snprintf(reading->component.bundle, sizeof reading->component.bundle, "%s", element->text);
    if (element->depth != reading->depth)
        return;
    reading->catalogue->add(reading->catalogue->context, &reading->component);
    reading->depth = 0;
}

bool flatpak_read(const struct machine *machine, struct flatpak_catalogue *catalogue, struct fault *fault)
{
    static const struct feed_xml_reader reader = {start, end, NULL};
    struct reading reading = {
        .catalogue = catalogue, .today = machine->today, .deadline_s = clock_steady_s() + TIME_S};
    int file = machine_open_file(machine, catalogue->path);
    if (file < 0 && errno == ENOENT)
        return false;
    if (file < 0)
        return fault_errno(fault, "cannot open '%s'", catalogue->path);
    OWNED(unpacked_free)
    struct unpacked *unpacked = unpacked_over(file, catalogue->path, CATALOGUE_MOST, fault);
    bool well = unpacked != NULL && feed_xml_stream(&reader, &reading, catalogue->path, unpacked, fault);
    errno = 0; /* it was there */
    return well;
}

struct lists {
    struct machine *machine;
    struct product_table table;
    const char *source;
    int32_t newest_day; /* of all remotes: they are asked together, and a small one seldom has news */
};

/* "x86_64/stable" of ".../app/org.gimp.GIMP/x86_64/stable". */
static const char *branch_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    while (slash != NULL && slash > path && slash[-1] != '/')
        slash--;
    return slash == NULL ? "" : slash;
}

static void offer(void *context, const struct flatpak_component *component)
{
    struct lists *lists = context;
    const char *branch = branch_of(component->bundle);
    size_t length = strlen("app/");
    char id[sizeof component->bundle];
    if (component->version[0] == '\0' || strncmp(component->bundle, "app/", length) != 0 ||
        branch <= component->bundle + length)
        return;
    snprintf(id, sizeof id, "%.*s", (int)(branch - component->bundle - 1 - (ptrdiff_t)length),
             component->bundle + length);
    size_t index = product_table_find(&lists->table, id, branch);
    if (index == PRODUCT_TABLE_NONE)
        return;
    struct products *products = &lists->machine->products;
    struct product *product = &products->items[index];
    product->latest = products_string(products, component->version, strlen(component->version));
    product->latest_source = lists->source;
}

/* A remote's catalogue, packed or not. */
static bool read_remote(struct lists *lists, const char *folder, struct fault *fault)
{
    static const char *const names[] = {"appstream.xml.gz", "appstream.xml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[3 * FLATPAK_PATH_MOST];
        snprintf(path, sizeof path, "%s/active/%s", folder, names[i]);
        lists->source = products_string(&lists->machine->products, path, strlen(path));
        struct flatpak_catalogue catalogue = {path, offer, lists, INT32_MIN};
        bool well = flatpak_read(lists->machine, &catalogue, fault);
        if (catalogue.newest_day > lists->newest_day)
            lists->newest_day = catalogue.newest_day;
        if (well || errno != ENOENT)
            return well;
    }
    return true;
}

/* PLACE/appstream/REMOTE/ARCHITECTURE: one that cannot be read is told of, and the others are read all the
 * same. */
static bool walk(struct lists *lists, const char *path, int depth, struct fault *fault)
{
    enum { REMOTE_DEPTH = 2 };
    CLEANUP(cleanup_folder) DIR *folder = machine_open_folder(lists->machine, path);
    struct dirent *entry;
    bool well = true;
    if (folder != NULL && depth == REMOTE_DEPTH)
        return read_remote(lists, path, fault);
    for (int count = 0; folder != NULL && count < REMOTES_MOST && (entry = readdir(folder)) != NULL;
         count++) {
        char inside[2 * FLATPAK_PATH_MOST];
        int length = snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.' && (size_t)length < sizeof inside)
            well &= walk(lists, inside, depth + 1, fault);
    }
    return well;
}

/* The same application may be installed for all and for a user. */
static void set_latest(const struct lists *lists)
{
    struct products *products = &lists->machine->products;
    for (size_t i = 0; i < products->count; i++) {
        struct product *product = &products->items[i];
        if (product->system != PRODUCT_FLATPAK)
            continue;
        size_t index = product_table_find(&lists->table, product->name, branch_of(product->where));
        product->latest = products->items[index].latest;
        product->latest_source = products->items[index].latest_source;
        if (product->latest[0] != '\0' && lists->newest_day != INT32_MIN)
            product->latest_age_days = lists->machine->today - lists->newest_day;
    }
}

bool flatpak_know(struct machine *machine, struct fault *fault)
{
    struct flatpak_places places;
    struct lists lists = {.machine = machine, .newest_day = INT32_MIN};
    struct products *products = &machine->products;
    bool well = true;
    product_table_init(&lists.table);
    for (size_t i = 0; i < products->count; i++)
        if (products->items[i].system == PRODUCT_FLATPAK)
            product_table_put(&lists.table, products->items[i].name, branch_of(products->items[i].where), i);
    flatpak_places(machine, &places);
    for (int i = 0; i < FLATPAK_PLACES; i++) {
        char path[FLATPAK_PATH_MOST + 16];
        snprintf(path, sizeof path, "%s/appstream", places.paths[i]);
        well &= places.paths[i][0] == '\0' || walk(&lists, path, 0, fault);
    }
    set_latest(&lists);
    product_table_clear(&lists.table);
    return well;
}

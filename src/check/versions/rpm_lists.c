/* rpm_lists: the newest version of each package that the cached metadata of repositories offer (repomd.xml,
 * and the primary.xml that it names: https://github.com/rpm-software-management/createrepo_c). */
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/number.h"
#include "check/finding.h"
#include "check/versions/feed_xml.h"
#include "check/versions/order.h"
#include "check/versions/product_table.h"
#include "check/versions/rpm.h"
#include <limits.h>
#include <stdio.h>
#include <string.h>

/* All of Fedora unpacks to some 300 MB. */
enum {
    DEEPEST = 4,
    FOLDERS_MOST = 4096,
    REPOMD_MOST = 1 << 20,
    PATH_MOST = 1024,
    DAY_S = 86400,
    TIME_S = 60
};
#define PRIMARY_MOST ((uint64_t)2 << 30)

/* Where dnf, its fifth edition, zypper and yum keep them. */
static const char *const caches[] = {"var/cache/dnf", "var/cache/libdnf5", "var/cache/zypp/raw",
                                     "var/cache/yum"};

struct lists {
    struct machine *machine;
    struct product_table table;
    size_t folders;
    int64_t deadline_s;
    int32_t newest_day; /* of all repositories: they are asked together, and some are never changed again */
    struct fault *fault;
};

/* What repomd.xml says of the primary file. */
struct repomd {
    bool primary;
    char href[PATH_MOST];
    uint64_t newest_s;
};

static void repomd_start(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct repomd *repomd = context;
    (void)xml;
    if (element->depth == 2)
        repomd->primary =
            strcmp(element->name, "data") == 0 && strcmp(feed_xml_attribute(element, "type"), "primary") == 0;
    if (element->depth == 3 && repomd->primary && strcmp(element->name, "location") == 0)
        snprintf(repomd->href, sizeof repomd->href, "%s", feed_xml_attribute(element, "href"));
}

static void repomd_end(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct repomd *repomd = context;
    uint64_t seconds = 0;
    (void)xml;
    bool tells = strcmp(element->name, element->depth == 2 ? "revision" : "timestamp") == 0;
    size_t length = strcspn(element->text, ".");
    if (tells && number_parse(element->text, length, INT32_MAX * (uint64_t)2, &seconds) &&
        seconds > repomd->newest_s)
        repomd->newest_s = seconds;
}

static struct unpacked *open_in(const struct machine *machine, const char *folder, const char *file,
                                uint64_t most, struct fault *fault)
{
    char path[2 * PATH_MOST];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    int descriptor = machine_open_file(machine, path);
    if (descriptor >= 0)
        return unpacked_over(descriptor, path, most, fault);
    fault_errno(fault, "cannot open '%s'", path);
    return NULL;
}

static bool read_repomd(const struct machine *machine, const char *folder, struct repomd *repomd,
                        struct fault *fault)
{
    static const struct feed_xml_reader reader = {repomd_start, repomd_end, NULL};
    char name[2 * PATH_MOST];
    OWNED(unpacked_free)
    struct unpacked *unpacked = open_in(machine, folder, "repomd.xml", REPOMD_MOST, fault);
    snprintf(name, sizeof name, "%s/repomd.xml", folder);
    if (unpacked == NULL || !feed_xml_stream(&reader, repomd, name, unpacked, fault))
        return false;
    return repomd->href[0] != '\0' || fault_set(fault, "%s: names no list of packages", name);
}

/* One package of primary.xml. */
struct package {
    struct lists *lists;
    const char *source;
    char name[PATH_MOST], arch[64], version[RPM_VERSION_SIZE];
};

/* Builds of a module are offered for those who chose its stream, which these lists do not tell: they say
 * nothing of a package that is no such build, and nothing certain of one that is. */
static bool of_module(const char *version)
{
    return strstr(version, ".module") != NULL;
}

/* The same architecture, or it has come to need none, or one. */
static struct product *installed(const struct package *package)
{
    struct machine *machine = package->lists->machine;
    size_t index = product_table_find(&package->lists->table, package->name, package->arch);
    if (index == PRODUCT_TABLE_NONE && strcmp(package->arch, "noarch") == 0)
        index = product_table_find(&package->lists->table, package->name, machine->architecture);
    else if (index == PRODUCT_TABLE_NONE && strcmp(package->arch, machine->architecture) == 0)
        index = product_table_find(&package->lists->table, package->name, "noarch");
    return index == PRODUCT_TABLE_NONE ? NULL : &machine->products.items[index];
}

static void offer(const struct package *package)
{
    struct product *product = installed(package);
    if (product == NULL || !order_valid(ORDER_RPM, package->version) || of_module(package->version) ||
        of_module(product->version) ||
        (product->latest[0] != '\0' && order_compare(ORDER_RPM, product->latest, package->version) >= 0))
        return;
    product->latest =
        products_string(&package->lists->machine->products, package->version, strlen(package->version));
    product->latest_source = package->source;
}

static void primary_start(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct package *package = context;
    (void)xml;
    if (element->depth == 2)
        package->name[0] = package->arch[0] = package->version[0] = '\0';
    if (element->depth == 3 && strcmp(element->name, "version") == 0)
        rpm_version(package->version, feed_xml_attribute(element, "epoch"),
                    feed_xml_attribute(element, "ver"), feed_xml_attribute(element, "rel"));
}

static void primary_end(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct package *package = context;
    if (element->depth == 3 && strcmp(element->name, "name") == 0)
        snprintf(package->name, sizeof package->name, "%s", element->text);
    if (element->depth == 3 && strcmp(element->name, "arch") == 0)
        snprintf(package->arch, sizeof package->arch, "%s", element->text);
    if (element->depth == 2 && strcmp(element->name, "package") == 0)
        offer(package);
    if (clock_steady_s() > package->lists->deadline_s)
        feed_xml_refuse(xml, "reading takes longer than %d s", TIME_S);
}

static bool read_primary(struct lists *lists, const char *folder, const char *file, struct fault *fault)
{
    static const struct feed_xml_reader reader = {primary_start, primary_end, NULL};
    char name[2 * PATH_MOST];
    snprintf(name, sizeof name, "%s/%s", folder, file);
    struct package package = {.lists = lists};
    package.source = products_string(&lists->machine->products, name, strlen(name));
    OWNED(unpacked_free)
    struct unpacked *unpacked = open_in(lists->machine, folder, file, PRIMARY_MOST, fault);
    return unpacked != NULL && feed_xml_stream(&reader, &package, name, unpacked, fault);
}

/* The list of a repository lies beside its repomd.xml, whatever folder it is named in. */
static bool read_repository(struct lists *lists, const char *folder, struct fault *fault)
{
    struct repomd repomd = {.primary = false};
    if (clock_steady_s() > lists->deadline_s)
        return fault_set(fault, "%s: reading takes longer than %d s", folder, TIME_S);
    if (!read_repomd(lists->machine, folder, &repomd, fault))
        return false;
    const char *slash = strrchr(repomd.href, '/');
    int32_t day = (int32_t)(repomd.newest_s / DAY_S);
    if (day > lists->newest_day && day <= lists->machine->today + 1)
        lists->newest_day = day;
    return read_primary(lists, folder, slash == NULL ? repomd.href : slash + 1, fault);
}

/* A repository that cannot be read is told of, and the others are read all the same. */
static bool walk(struct lists *lists, const char *folder, int depth)
{
    CLEANUP(cleanup_folder) DIR *opened = machine_open_folder(lists->machine, folder);
    bool well = true;
    struct dirent *entry;
    while (opened != NULL && (entry = readdir(opened)) != NULL && ++lists->folders < FOLDERS_MOST) {
        char path[PATH_MOST];
        if (strcmp(entry->d_name, "repomd.xml") == 0)
            well &= read_repository(lists, folder, lists->fault);
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (depth < DEEPEST && entry->d_name[0] != '.' && (size_t)length < sizeof path)
            well &= walk(lists, path, depth + 1);
    }
    return well;
}

/* What rpm itself is built for is what the machine is; without rpm, what any package is built for. */
static void set_architecture(struct machine *machine)
{
    bool known = machine->architecture[0] != '\0';
    for (size_t i = 0; !known && i < machine->products.count; i++) {
        const struct product *product = &machine->products.items[i];
        if (product->system != PRODUCT_RPM || strcmp(product->architecture, "noarch") == 0)
            continue;
        known = strcmp(product->name, "rpm") == 0;
        if (known || machine->architecture[0] == '\0')
            machine->architecture = product->architecture;
    }
}

bool rpm_know(struct machine *machine, struct fault *fault)
{
    struct lists lists = {.machine = machine, .newest_day = INT32_MIN, .fault = fault};
    lists.deadline_s = clock_steady_s() + TIME_S;
    struct products *products = &machine->products;
    bool well = true;
    set_architecture(machine);
    product_table_init(&lists.table);
    for (size_t i = 0; i < products->count; i++)
        if (products->items[i].system == PRODUCT_RPM)
            product_table_put(&lists.table, products->items[i].name, products->items[i].architecture, i);
    for (size_t i = 0; i < sizeof caches / sizeof *caches; i++)
        well &= walk(&lists, caches[i], 0);
    for (size_t i = 0; i < products->count; i++)
        if (products->items[i].system == PRODUCT_RPM && products->items[i].latest[0] != '\0')
            products->items[i].latest_age_days =
                lists.newest_day == INT32_MIN ? FINDING_NO_AGE : machine->today - lists.newest_day;
    product_table_clear(&lists.table);
    return well;
}

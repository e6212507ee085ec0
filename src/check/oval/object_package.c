#include "check/oval/object_package.h"

#include "base/memory.h"
#include "check/oval/object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* By system, then by name; one name may be there more than once (two architectures). */
struct object_packages {
    const struct product **sorted;
    size_t count;
};

static int by_name(const void *left, const void *right)
{
    const struct product *a = *(const struct product *const *)left,
                         *b = *(const struct product *const *)right;
    return a->system != b->system ? (a->system < b->system ? -1 : 1) : strcmp(a->name, b->name);
}

struct object_packages *object_packages_new(const struct machine *machine)
{
    struct object_packages *packages = memory_new(1, sizeof *packages);
    packages->sorted = memory_new(machine->products.count, sizeof(struct product *));
    for (size_t i = 0; i < machine->products.count; i++) {
        const struct product *product = &machine->products.items[i];
        if (product->system == PRODUCT_DPKG || product->system == PRODUCT_RPM)
            packages->sorted[packages->count++] = product;
    }
    qsort(packages->sorted, packages->count, sizeof(struct product *), by_name);
    return packages;
}

void object_packages_free(struct object_packages *packages)
{
    if (packages == NULL)
        return;
    free(packages->sorted);
    free(packages);
}

/* The first that is not before `name`. */
static size_t lower_bound(const struct object_packages *packages, const struct product *wanted)
{
    size_t low = 0, high = packages->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_name(&packages->sorted[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A version taken apart: "1:2.3-4" is epoch 1, version 2.3, release 4. */
struct parts {
    const char *epoch, *version, *release;
};

static struct parts take_apart(struct arena *arena, const char *whole)
{
    struct parts parts = {"0", NULL, ""};
    const char *colon = strchr(whole, ':');
    if (colon != NULL)
        parts.epoch = arena_string(arena, whole, (size_t)(colon - whole));
    const char *version = colon == NULL ? whole : colon + 1;
    const char *dash = strrchr(version, '-');
    if (dash != NULL)
        parts.release = dash + 1;
    parts.version = arena_string(arena, version, dash == NULL ? strlen(version) : (size_t)(dash - version));
    return parts;
}

/* "EPOCH:VERSION-RELEASE", without the dash where there is no release; no epoch is 0
 * (linux-definitions-schema, dpkginfo_state and rpminfo_state). */
static const char *evr_of(struct arena *arena, const struct parts *parts)
{
    struct text evr;
    text_init(&evr, 4096);
    text_addf(&evr, "%s:%s%s%s", parts->epoch, parts->version, parts->release[0] == '\0' ? "" : "-",
              parts->release);
    const char *own = arena_string(arena, evr.bytes, evr.length);
    text_clear(&evr);
    return own;
}

static void add_extended_name(struct oval_collection *found, struct oval_item *item,
                              const struct product *product, const struct parts *parts)
{
    struct text name;
    text_init(&name, 4096);
    text_addf(&name, "%s-%s:%s-%s.%s", product->name, parts->epoch, parts->version, parts->release,
              product->architecture);
    item_text(found, item, "extended_name", name.bytes);
    text_clear(&name);
}

static bool add_package(const struct product *product, struct oval_collection *found)
{
    struct parts parts = take_apart(found->arena, product->version);
    bool dpkg = product->system == PRODUCT_DPKG;
    struct oval_item *item = item_add(found, ITEM_EXISTS);
    if (item == NULL)
        return false;
    item_text(found, item, "name", product->name);
    item_text(found, item, "arch", product->architecture);
    /* What rpm shows of a package without an epoch. */
    item_text(found, item, "epoch", dpkg || strchr(product->version, ':') != NULL ? parts.epoch : "(none)");
    item_text(found, item, "release", parts.release);
    item_text(found, item, "version", parts.version);
    item_typed(found, item,
               (struct item_field){.name = "evr",
                                   .datatype = dpkg ? OVAL_DEBIAN_EVR : OVAL_EVR,
                                   .value = evr_of(found->arena, &parts)});
    if (!dpkg)
        add_extended_name(found, item, product, &parts);
    return true;
}

/* Each that is called so; false where there is no room for more. */
static bool add_named(const struct object_search *search, enum product_system system, const char *name,
                      struct oval_collection *found)
{
    const struct object_packages *packages = search->packages;
    const struct product wanted = {.system = system, .name = name};
    for (size_t i = lower_bound(packages, &wanted); i < packages->count; i++) {
        const struct product *product = packages->sorted[i];
        if (product->system != system || strcmp(product->name, name) != 0)
            break;
        enum oval_result result = object_candidate(search, "name", name, found);
        if (result == OVAL_TRUE ? !add_package(product, found) : result != OVAL_FALSE)
            return false;
    }
    return true;
}

static void add_all(const struct object_search *search, enum product_system system,
                    struct oval_collection *found)
{
    const struct object_packages *packages = search->packages;
    for (size_t i = 0; i < packages->count; i++) {
        if (packages->sorted[i]->system != system)
            continue;
        enum oval_result result = object_candidate(search, "name", packages->sorted[i]->name, found);
        if (result == OVAL_TRUE ? !add_package(packages->sorted[i], found) : result != OVAL_FALSE)
            return;
    }
}

static bool collect(const struct object_search *search, enum product_system system,
                    struct oval_collection *found, struct fault *fault)
{
    struct oval_strings names;
    if (object_entity(search, "name") == NULL)
        return fault_set(fault, "object '%.120s' has no name", search->object->id);
    if (!object_names(search, "name", &names)) {
        add_all(search, system, found);
        return true;
    }
    for (size_t i = 0; i < names.count; i++)
        if (!add_named(search, system, names.items[i], found))
            break;
    return true;
}

bool object_collect_dpkg(const struct object_search *search, struct oval_collection *found,
                         struct fault *fault)
{
    return collect(search, PRODUCT_DPKG, found, fault);
}

/* The files of a package, which the behavior "filepaths" asks for, are not told by the products. */
bool object_collect_rpm(const struct object_search *search, struct oval_collection *found,
                        struct fault *fault)
{
    if (strcmp(object_behavior(search, "filepaths", "false"), "true") == 0) {
        collection_flag(found, COLLECTION_NOT_COLLECTED, "the files of rpm packages are not looked at here");
        return true;
    }
    return collect(search, PRODUCT_RPM, found, fault);
}

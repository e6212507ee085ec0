/* windows: runs apart as a whole (apart.h), since every byte of a hive may be a stranger's. What was found
 * and what could not be read come back together: one broken key, or one user's broken hive, hides nothing of
 * the others and is told of all the same. */
#include "check/versions/windows.h"
#include "base/memory.h"
#include "check/apart.h"
#include "check/finding.h"
#include "check/versions/caseless.h"
#include "check/versions/registry.h"
#include "check/versions/utf16.h"
#include "check/versions/windows_os.h"
#include <stdio.h>
#include <string.h>

enum { VALUE_MOST = 1024 /* bytes of UTF-8: a product's name, version, maker */ };

/* Windows keeps Uninstall twice for itself and twice for each user. */
static const struct {
    enum registry_top top;
    const char *path, *architecture;
} lists[] = {
    {REGISTRY_LOCAL_MACHINE, "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall", NULL},
    {REGISTRY_LOCAL_MACHINE, "SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall", "x86"},
    {REGISTRY_CURRENT_USER, "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall", NULL},
    {REGISTRY_CURRENT_USER, "Software\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall", "x86"},
};

struct inventory_walk {
    struct products *products;
    struct fault trouble, last; /* the first that there was, and the last */
    size_t troubles;
    size_t list; /* of lists[] */
    const char *architecture;
};

static void note_trouble(struct inventory_walk *walk, const struct fault *fault)
{
    if (strcmp(walk->trouble.text, fault->text) == 0 || strcmp(walk->last.text, fault->text) == 0)
        return; /* the same hive was asked for something else */
    if (walk->troubles++ == 0)
        walk->trouble = *fault;
    walk->last = *fault;
}

/* What Windows wrote last may be in the hive's log only, of a machine that sleeps, crashed or runs. */
static void note_dirty(struct inventory_walk *walk, const struct hive *hive)
{
    struct fault why;
    if (!hive_dirty(hive))
        return;
    fault_set(&why, "%s: not closed, so that the last changes may be missing (expected a machine shut down)",
              hive_name(hive));
    note_trouble(walk, &why);
}

/* A key of Uninstall. */
struct entry {
    struct text name, version, publisher, release;
    bool component, update;
};

static void init_entry(struct entry *entry)
{
    *entry = (struct entry){0};
    text_init(&entry->name, VALUE_MOST);
    text_init(&entry->version, VALUE_MOST);
    text_init(&entry->publisher, VALUE_MOST);
    text_init(&entry->release, VALUE_MOST);
}

static void clear_entry(struct entry *entry)
{
    text_clear(&entry->name);
    text_clear(&entry->version);
    text_clear(&entry->publisher);
    text_clear(&entry->release);
}

static void take_string(struct text *into, const struct hive_value *value)
{
    if (into->length == 0 && (value->type == HIVE_SZ || value->type == HIVE_EXPAND_SZ))
        utf16_add(into, value->bytes, value->length);
}

static bool take_value(void *context, const struct hive_value *value, struct fault *fault)
{
    (void)fault;
    struct entry *entry = context;
    uint64_t number = 0;
    if (caseless_equal(value->name, "DisplayName"))
        take_string(&entry->name, value);
    else if (caseless_equal(value->name, "DisplayVersion"))
        take_string(&entry->version, value);
    else if (caseless_equal(value->name, "Publisher"))
        take_string(&entry->publisher, value);
    else if (caseless_equal(value->name, "ReleaseType"))
        take_string(&entry->release, value);
    else if (caseless_equal(value->name, "ParentKeyName"))
        entry->update = true;
    else if (caseless_equal(value->name, "SystemComponent"))
        entry->component = hive_value_number(value, &number) && number == 1;
    return true;
}

/* As Windows' own list does: parts of others, and what only mends another, are no products of their own. */
static bool is_product(const struct entry *entry)
{
    static const char *const mends[] = {"Security Update", "Update Rollup", "Update",
                                        "Hotfix",          "Service Pack",  NULL};
    if (entry->component || entry->update || entry->name.length == 0)
        return false;
    for (size_t i = 0; entry->release.length > 0 && mends[i] != NULL; i++)
        if (caseless_equal(entry->release.bytes, mends[i]))
            return false;
    return true;
}

static const char *string_of(const struct text *text)
{
    return text->length > 0 ? text->bytes : "";
}

static void add_product(const struct inventory_walk *walk, const struct entry *entry,
                        const struct registry_key *key)
{
    bool of_user = lists[walk->list].top == REGISTRY_CURRENT_USER;
    const char *top = !of_user               ? "HKEY_LOCAL_MACHINE"
                      : key->user[0] == '\0' ? "HKEY_CURRENT_USER" /* whose it is nobody says */
                                             : "HKEY_USERS\\";
    OWNED_MEMORY char *where = NULL;
    if (asprintf(&where, "%s%s\\%s", top, key->user, key->path) < 0)
        where = NULL;
    products_add(walk->products, &(struct product){.system = PRODUCT_WINDOWS,
                                                   .name = entry->name.bytes,
                                                   .version = string_of(&entry->version),
                                                   .vendor = string_of(&entry->publisher),
                                                   .architecture = walk->architecture,
                                                   .where = where,
                                                   .latest_age_days = FINDING_NO_AGE});
}

static bool see_entry(void *context, const struct registry_key *key, struct fault *fault)
{
    (void)fault;
    struct inventory_walk *walk = context;
    CLEANUP(clear_entry) struct entry entry;
    struct fault why;
    init_entry(&entry);
    note_dirty(walk, key->key.hive);
    if (!hive_values(key->key, (struct hive_see_value){take_value, &entry}, &why))
        note_trouble(walk, &why);
    else if (is_product(&entry))
        add_product(walk, &entry, key);
    return true;
}

/* The lists that this registry can have: a hive alone tells of the machine or of a user. */
static bool is_asked(struct registry *registry, enum registry_top top, struct fault *fault, bool *asked)
{
    bool machine, user;
    if (!registry_has(registry, REGISTRY_LOCAL_MACHINE, &machine, fault) ||
        !registry_has(registry, REGISTRY_CURRENT_USER, &user, fault))
        return false;
    *asked = top == REGISTRY_CURRENT_USER ? user : machine || !user;
    return true;
}

static void see_list(struct inventory_walk *walk, struct registry *registry, const char *architecture)
{
    struct fault why;
    bool asked = false;
    struct registry_place place = {.top = lists[walk->list].top, .path = lists[walk->list].path, .depth = 1};
    walk->architecture =
        lists[walk->list].architecture != NULL ? lists[walk->list].architecture : architecture;
    if (!is_asked(registry, place.top, &why, &asked) ||
        (asked && !registry_see(registry, &place, (struct registry_see){see_entry, walk}, &why)))
        note_trouble(walk, &why);
}

/* The trouble there was comes first, ended by a NUL, then the products. */
static void pack(const struct inventory_walk *walk, struct text *answer)
{
    if (walk->troubles > 0)
        text_add_string(answer, walk->trouble.text);
    if (walk->troubles > 1)
        text_addf(answer, " (and %zu more that could not be read)", walk->troubles - 1);
    text_add_byte(answer, '\0');
    products_pack(walk->products, answer);
}

static bool look_apart(void *context, struct text *answer, struct fault *fault)
{
    (void)fault;
    struct registry *registry = context;
    CLEANUP(products_clear) struct products products;
    products_init(&products);
    struct inventory_walk walk = {.products = &products};
    struct fault why;
    const char *architecture = "";
    if (!windows_os_add(registry, &products, &why))
        note_trouble(&walk, &why);
    else if (products.count > 0)
        architecture = products.items[0].architecture;
    for (walk.list = 0; walk.list < sizeof lists / sizeof *lists; walk.list++)
        see_list(&walk, registry, architecture);
    pack(&walk, answer);
    return true;
}

bool windows_there(const struct machine *machine)
{
    return machine->registry != NULL;
}

static void take_os(struct machine *machine)
{
    for (size_t i = 0; i < machine->products.count; i++) {
        const struct product *os = &machine->products.items[i];
        if (os->system != PRODUCT_OS)
            continue;
        machine->os_id = "windows";
        machine->os_name = arena_string(&machine->arena, os->name, strlen(os->name));
        machine->os_version = arena_string(&machine->arena, os->version, strlen(os->version));
        machine->architecture = arena_string(&machine->arena, os->architecture, strlen(os->architecture));
    }
}

bool windows_add(struct machine *machine, struct fault *fault)
{
    CLEANUP(text_clear) struct text answer;
    text_init(&answer, APART_ORDINARY.answer);
    if (!apart_run(APART_ORDINARY, look_apart, machine->registry, &answer, fault))
        return fault_while(fault, "the registry");
    size_t trouble = strlen(answer.bytes);
    if (!products_unpack(answer.bytes + trouble + 1, answer.length - trouble - 1, &machine->products, fault))
        return false;
    take_os(machine);
    return trouble == 0 || fault_set(fault, "%s", answer.bytes);
}

#include "check/versions/apt.h"
#include "base/memory.h"
#include "check/finding.h"
#include "check/unpacked.h"
#include "check/versions/apt_lists.h"
#include "check/versions/control.h"
#include "check/versions/order.h"
#include "check/versions/product_table.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Debian's largest list is 60 MB; all lists together may take so much. */
#define LISTS_MOST ((uint64_t)4 << 30)

/* The best that lists of one priority offer for a package. */
struct offer {
    char version[sizeof((struct control_stanza *)0)->version];
    const struct apt_list *list; /* NULL: none offers any */
};
struct choice {
    struct offer ordinary, upgrades;
    const struct apt_list *installed; /* the list of the highest priority that offers the version it has */
};

struct reading {
    struct machine *machine;
    struct product_table table; /* by name and architecture; and by the name alone */
    struct choice *choices;     /* one a product */
    uint64_t left;              /* bytes that may still be read */
};
static void reading_clear(struct reading *reading)
{
    product_table_clear(&reading->table);
    free(reading->choices);
}

/* A package for all processors is one and the same as that for the machine's own. */
static const char *architecture_of(const struct machine *machine, const char *architecture)
{
    return strcmp(architecture, "all") == 0 ? machine->architecture : architecture;
}

static void reading_begin(struct reading *reading, struct machine *machine)
{
    *reading = (struct reading){.machine = machine, .left = LISTS_MOST};
    product_table_init(&reading->table);
    reading->choices = memory_new(machine->products.count + 1, sizeof *reading->choices);
    for (size_t i = 0; i < machine->products.count; i++) {
        const struct product *product = &machine->products.items[i];
        if (product->system != PRODUCT_DPKG)
            continue;
        product_table_put(&reading->table, product->name, architecture_of(machine, product->architecture), i);
        product_table_put(&reading->table, product->name, "", i);
    }
}

static bool is_installed(const void *context, const char *package)
{
    const struct product_table *table = context;
    return product_table_find(table, package, "") != PRODUCT_TABLE_NONE;
}

static void take_offer(struct reading *reading, const struct apt_list *list,
                       const struct control_stanza *stanza)
{
    const struct products *products = &reading->machine->products;
    size_t index = product_table_find(&reading->table, stanza->package,
                                      architecture_of(reading->machine, stanza->architecture));
    if (index == PRODUCT_TABLE_NONE || stanza->version[0] == '\0')
        return;
    struct choice *choice = &reading->choices[index];
    if (strcmp(products->items[index].version, stanza->version) == 0 &&
        (choice->installed == NULL || choice->installed->priority < list->priority))
        choice->installed = list;
    if (list->priority == APT_NEVER)
        return;
    struct offer *offer = list->priority == APT_ORDINARY ? &choice->ordinary : &choice->upgrades;
    if (offer->list != NULL && order_compare(ORDER_DPKG, offer->version, stanza->version) >= 0)
        return;
    memcpy(offer->version, stanza->version, sizeof offer->version);
    offer->list = list;
}

static bool read_list(struct reading *reading, const struct apt_list *list, struct fault *fault)
{
    int file = machine_open_file(reading->machine, list->path);
    if (file < 0)
        return fault_set(fault, "cannot open '%s': %s", list->path, machine_why());
    OWNED(unpacked_free) struct unpacked *unpacked = unpacked_over(file, list->path, reading->left, fault);
    if (unpacked == NULL)
        return false;
    struct control control;
    struct control_stanza stanza;
    bool more;
    control_init(&control, unpacked);
    while (
        control_next(&control, (struct control_wish){is_installed, &reading->table}, &stanza, &more, fault)) {
        if (!more)
            break;
        take_offer(reading, list, &stanza);
    }
    reading->left -= control.read;
    return !more;
}

static bool is_newer(const struct offer *offer, const struct product *product)
{
    return offer->list != NULL && order_compare(ORDER_DPKG, product->version, offer->version) < 0;
}

/* As apt chooses: an ordinary version first; others only where the installed one is not ordinary itself. */
static void choose(struct products *products, struct product *product, const struct choice *choice)
{
    bool ordinary = choice->installed != NULL && choice->installed->priority == APT_ORDINARY;
    const struct apt_list *list = choice->installed;
    const char *version = product->version;
    const struct offer *offer = is_newer(&choice->ordinary, product)                ? &choice->ordinary
                                : !ordinary && is_newer(&choice->upgrades, product) ? &choice->upgrades
                                                                                    : NULL;
    if (offer != NULL) {
        list = offer->list;
        version = products_string(products, offer->version, strlen(offer->version));
    }
    if (list == NULL)
        return;
    product->latest = version;
    product->latest_source = products_string(products, list->source, strlen(list->source));
    product->latest_age_days = list->age_days;
}

static void choose_all(struct reading *reading, bool whole)
{
    struct products *products = &reading->machine->products;
    for (size_t i = 0; i < products->count; i++) {
        struct product *product = &products->items[i];
        if (product->system != PRODUCT_DPKG)
            continue;
        choose(products, product, &reading->choices[i]);
        if (!whole)
            product->latest_age_days = FINDING_NO_AGE;
    }
}

bool apt_know(struct machine *machine, struct fault *fault)
{
    CLEANUP(apt_lists_clear) struct apt_lists lists = {0};
    CLEANUP(reading_clear) struct reading reading;
    bool whole = true;
    reading_begin(&reading, machine);
    if (!apt_lists_find(machine, &lists, fault))
        return false;
    for (size_t i = 0; i < lists.count; i++) {
        struct fault why;
        if (read_list(&reading, &lists.items[i], &why))
            continue;
        if (whole) /* the first is told */
            *fault = why;
        whole = false;
    }
    choose_all(&reading, whole);
    return whole;
}

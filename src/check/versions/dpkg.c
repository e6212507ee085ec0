#include "check/versions/dpkg.h"
#include "check/finding.h"
#include "check/unpacked.h"
#include "check/versions/control.h"
#include "check/versions/product_table.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char status_file[] = "var/lib/dpkg/status", status_folder[] = "var/lib/dpkg/status.d";
/* A package takes about a kilobyte. */
enum { STATUS_MOST = 128 << 20, STATUS_FILES_MOST = 20000 };

bool dpkg_there(const struct machine *machine)
{
    CLEANUP(cleanup_folder) DIR *folder = machine_open_folder(machine, status_folder);
    errno = 0;
    CLEANUP(cleanup_descriptor) int file = machine_open_file(machine, status_file);
    return folder != NULL || file >= 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* The third word of the status: what stands there now, whatever is wanted. Images without dpkg say none. */
static bool is_installed(const char *status)
{
    const char *last = strrchr(status, ' ');
    const char *word = last != NULL ? last + 1 : status;
    return status[0] == '\0' || strcmp(word, "installed") == 0 || strncmp(word, "triggers-", 9) == 0 ||
           strcmp(word, "unpacked") == 0 || strcmp(word, "half-configured") == 0;
}

/* "glibc (2.36-9)": the name alone. A package that names none is its own source. */
static size_t source_length(const char *source)
{
    return strcspn(source, " (");
}

static bool add_package(struct machine *machine, struct product_table *table,
                        const struct control_stanza *stanza, const char *where)
{
    char source[sizeof stanza->source];
    struct products *products = &machine->products;
    snprintf(source, sizeof source, "%.*s", (int)source_length(stanza->source), stanza->source);
    size_t before = product_table_find(table, stanza->package, stanza->architecture);
    if (before != PRODUCT_TABLE_NONE) { /* told twice: the last counts, as with dpkg itself */
        products->items[before].version = products_string(products, stanza->version, strlen(stanza->version));
        return true;
    }
    const struct product *added =
        products_add(products, &(struct product){.system = PRODUCT_DPKG,
                                                 .name = stanza->package,
                                                 .version = stanza->version,
                                                 .architecture = stanza->architecture,
                                                 .group = source[0] != '\0' ? source : stanza->package,
                                                 .where = where,
                                                 .latest_age_days = FINDING_NO_AGE});
    if (added != NULL)
        product_table_put(table, added->name, added->architecture, products->count - 1);
    return added != NULL;
}

/* Reads one file's stanzas; `where` is what products say of where they are told of. */
static bool read_status(struct machine *machine, struct product_table *table, int file, const char *where,
                        struct fault *fault)
{
    OWNED(unpacked_free) struct unpacked *unpacked = unpacked_over(file, where, STATUS_MOST, fault);
    if (unpacked == NULL)
        return false;
    struct control control;
    struct control_stanza stanza;
    bool more = true;
    control_init(&control, unpacked);
    while (control_next(&control, (struct control_wish){0}, &stanza, &more, fault) && more)
        if (is_installed(stanza.status) && !add_package(machine, table, &stanza, where))
            return fault_set(fault, "%s: more than %d packages", where, PRODUCTS_MOST);
    if (!more && control.nameless > 0)
        return fault_set(fault, "%s: %zu packages have no name that can be read", where, control.nameless);
    return !more;
}

static bool read_folder(struct machine *machine, struct product_table *table, struct fault *fault)
{
    CLEANUP(cleanup_folder) DIR *folder = machine_open_folder(machine, status_folder);
    struct dirent *entry;
    for (size_t files = 0; folder != NULL && (entry = readdir(folder)) != NULL; files++) {
        char path[sizeof status_folder + sizeof entry->d_name + 1];
        snprintf(path, sizeof path, "%s/%s", status_folder, entry->d_name);
        if (files == STATUS_FILES_MOST)
            return fault_set(fault, "%s: more than %d files", status_folder, STATUS_FILES_MOST);
        if (entry->d_name[0] == '.' || strstr(entry->d_name, ".md5sums") != NULL)
            continue;
        int file = machine_open_file(machine, path);
        if (file < 0)
            return fault_set(fault, "cannot open '%s': %s", path, machine_why());
        if (!read_status(machine, table, file, path, fault))
            return false;
    }
    return true;
}

/* What dpkg itself is built for is what the machine is; without dpkg, what any package is built for. */
static void set_architecture(struct machine *machine)
{
    const struct products *products = &machine->products;
    for (size_t i = 0; i < products->count; i++) {
        const struct product *product = &products->items[i];
        bool any = machine->architecture[0] == '\0' && strcmp(product->architecture, "all") != 0;
        if (product->system == PRODUCT_DPKG && (any || strcmp(product->name, "dpkg") == 0))
            machine->architecture =
                arena_string(&machine->arena, product->architecture, strlen(product->architecture));
    }
}

static bool read_all(struct machine *machine, struct product_table *table, struct fault *fault)
{
    int file = machine_open_file(machine, status_file);
    if (file < 0 && errno != ENOENT)
        return fault_set(fault, "cannot open '%s': %s", status_file, machine_why());
    if (file >= 0 && !read_status(machine, table, file, status_file, fault))
        return false;
    return read_folder(machine, table, fault);
}

bool dpkg_add(struct machine *machine, struct fault *fault)
{
    CLEANUP(product_table_clear) struct product_table table;
    product_table_init(&table);
    bool whole = read_all(machine, &table, fault);
    set_architecture(machine);
    return whole;
}

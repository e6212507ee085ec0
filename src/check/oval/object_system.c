/* What there is once on a machine: its family, its kernel, the environment, and a document's own variables.
 */
#include "check/oval/object.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

bool object_collect_family(const struct object_search *search, struct oval_collection *found,
                           struct fault *fault)
{
    (void)fault;
    struct oval_item *item = item_add(found, ITEM_EXISTS);
    if (item != NULL)
        item_text(found, item, "family", search->machine->family == MACHINE_WINDOWS ? "windows" : "unix");
    return true;
}

/* What a kernel for packages of the architecture calls the machine; NULL: more than one may be. */
static const char *machine_class(const char *architecture)
{
    static const char *const classes[][2] = {
        {"amd64", "x86_64"},    {"x86_64", "x86_64"},   {"arm64", "aarch64"},   {"aarch64", "aarch64"},
        {"ppc64el", "ppc64le"}, {"ppc64le", "ppc64le"}, {"riscv64", "riscv64"}, {"s390x", "s390x"}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strcmp(classes[i][0], architecture) == 0)
            return classes[i][1];
    return NULL;
}

static void text_or_not_collected(struct oval_collection *found, struct oval_item *item, const char *name,
                                  const char *value)
{
    if (value != NULL)
        item_text(found, item, name, value);
    else
        item_without(found, item, name, ITEM_NOT_COLLECTED);
}

/* A disk that lies there runs no kernel, but where it does run, that is Linux: what Debian's file asks of
 * every machine is no more than that there is one. */
static void name_of_disk(const struct object_search *search, struct utsname *name)
{
    const char *class =
        machine_class(search->machine->architecture == NULL ? "" : search->machine->architecture);
    snprintf(name->sysname, sizeof name->sysname, "Linux");
    snprintf(name->machine, sizeof name->machine, "%s", class == NULL ? "" : class);
}

bool object_collect_uname(const struct object_search *search, struct oval_collection *found,
                          struct fault *fault)
{
    struct utsname name = {0};
    if (!search->machine->here)
        name_of_disk(search, &name);
    else if (uname(&name) != 0)
        return fault_errno(fault, "uname");
    struct oval_item *item = item_add(found, ITEM_EXISTS);
    if (item == NULL)
        return true;
    const char *class = name.machine[0] == '\0' ? NULL : name.machine;
    text_or_not_collected(found, item, "machine_class", class);
    text_or_not_collected(found, item, "node_name", search->machine->here ? name.nodename : NULL);
    item_text(found, item, "os_name", name.sysname);
    text_or_not_collected(found, item, "os_release", search->machine->here ? name.release : NULL);
    text_or_not_collected(found, item, "os_version", search->machine->here ? name.version : NULL);
    text_or_not_collected(found, item, "processor_type", class); /* as uname -p and OpenSCAP say it */
    return true;
}

bool object_collect_variable(const struct object_search *search, struct oval_collection *found,
                             struct fault *fault)
{
    const struct oval_entity *entity = object_entity(search, "var_ref");
    if (entity == NULL || entity->variable == NULL)
        return fault_set(fault, "object '%.120s' names no variable", search->object->id);
    struct oval_item *item = item_add(found, ITEM_EXISTS);
    if (item == NULL)
        return true;
    item_text(found, item, "var_ref", entity->variable->id);
    for (size_t i = 0; i < entity->variable->values.count; i++)
        item_text(found, item, "value", entity->variable->values.items[i]);
    return true;
}

static bool add_environment(const struct object_search *search, const char *line,
                            struct oval_collection *found)
{
    const char *equals = strchr(line, '=');
    if (equals == NULL)
        return true;
    const char *name = arena_string(found->arena, line, (size_t)(equals - line));
    enum oval_result result = object_candidate(search, "name", name, found);
    if (result != OVAL_TRUE)
        return result == OVAL_FALSE;
    struct oval_item *item = item_add(found, ITEM_EXISTS);
    if (item == NULL)
        return false;
    if (object_entity(search, "pid") != NULL)
        item_number(found, item, "pid", getpid());
    item_text(found, item, "name", name);
    item_text(found, item, "value", equals + 1);
    return true;
}

/* Of this very process: whose environment another one has is nobody's to read here. */
bool object_collect_environment(const struct object_search *search, struct oval_collection *found,
                                struct fault *fault)
{
    const struct oval_entity *process = object_entity(search, "pid");
    if (search->machine->family == MACHINE_WINDOWS)
        return object_collect_windows_environment(search, found, fault);
    if (!search->machine->here || (process != NULL && !process->nil)) {
        collection_flag(found, COLLECTION_NOT_COLLECTED, "only this process's own environment can be seen");
        return true;
    }
    for (char **line = environ; *line != NULL; line++)
        if (!add_environment(search, *line, found))
            break;
    return true;
}

/* What there is once on a machine: its family, its kernel, the environment, and a document's own variables.
 */
#include "check/oval/object.h"

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

/* A disk that lies there has no kernel that runs. */
bool object_collect_uname(const struct object_search *search, struct oval_collection *found,
                          struct fault *fault)
{
    struct utsname name;
    if (!search->machine->here) {
        collection_flag(found, COLLECTION_NOT_COLLECTED, "which kernel runs is told by a machine that runs");
        return true;
    }
    if (uname(&name) != 0)
        return fault_errno(fault, "uname");
    struct oval_item *item = item_add(found, ITEM_EXISTS);
    if (item == NULL)
        return true;
    item_text(found, item, "machine_class", name.machine);
    item_text(found, item, "node_name", name.nodename);
    item_text(found, item, "os_name", name.sysname);
    item_text(found, item, "os_release", name.release);
    item_text(found, item, "os_version", name.version);
    item_text(found, item, "processor_type", name.machine); /* as uname -p and OpenSCAP say it */
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

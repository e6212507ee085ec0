/* environmentvariable_object of a Windows that is not running. Which variables a user or a process had
 * besides nobody can tell: what is not found is not known to be absent. */
#include "check/oval/object.h"
#include "check/versions/environment.h"
#include <string.h>

static bool add_item(const struct object_search *search, struct oval_collection *found,
                     const struct environment_variable *variable)
{
    const char *why = "it cannot be held against";
    enum oval_result result = object_means_any_case(search, "name", variable->name, &why);
    if (result == OVAL_ERROR || result == OVAL_UNKNOWN)
        collection_flag(found, COLLECTION_ERROR, "'name': %s", why);
    if (result != OVAL_TRUE)
        return result == OVAL_FALSE;
    struct oval_item *item = item_add(found, ITEM_EXISTS);
    if (item == NULL)
        return false;
    item_text(found, item, "name", variable->name);
    item_text(found, item, "value", variable->value);
    return true;
}

bool object_collect_windows_environment(const struct object_search *search, struct oval_collection *found,
                                        struct fault *fault)
{
    (void)fault;
    CLEANUP(environment_clear) struct environment environment = {0};
    struct fault why;
    const struct oval_entity *process = object_entity(search, "pid");
    struct oval_strings names = {0};
    if (search->machine->registry == NULL || (process != NULL && !process->nil)) {
        collection_flag(found, COLLECTION_NOT_COLLECTED, "a process's variables are gone with it");
        return true;
    }
    if (!environment_read(search->machine->registry, &environment, &why)) {
        collection_flag(found, COLLECTION_NOT_COLLECTED, "%s", why.text);
        return true;
    }
    for (size_t i = 0; i < environment.count; i++)
        if (!add_item(search, found, &environment.items[i]))
            break;
    bool all = object_names_any_case(search, "name", &names) && found->count == names.count;
    if (!all)
        collection_flag(found, found->count > 0 ? COLLECTION_INCOMPLETE : COLLECTION_NOT_COLLECTED,
                        "a user or a process may have had it");
    return true;
}

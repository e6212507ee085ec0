#include "check/oval/evaluate.h"
#include "check/oval/set.h"

#include <string.h>

/* Families whose objects a machine of the family cannot have (the schemas of OVAL 5.11). */
static bool of_another_system(const struct machine *machine, const char *family)
{
    static const char *const neither[] = {"aix",     "android", "apple_ios",  "asa",     "catos",    "esx",
                                          "freebsd", "hpux",    "ios",        "iosxe",   "junos",    "macos",
                                          "netconf", "pixos",   "sharepoint", "solaris", "vmwareesx"};
    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++)
        if (strcmp(neither[i], family) == 0)
            return true;
    if (machine->family == MACHINE_WINDOWS)
        return strcmp(family, "linux") == 0 || strcmp(family, "unix") == 0;
    return strcmp(family, "windows") == 0;
}

/* Another evaluator may know more than this one. */
static void no_kind_here(struct oval_collection *found)
{
    struct oval_why *why = arena_new(found->arena, 1, sizeof *why);
    *why = (struct oval_why){found->why->text, true};
    found->why = why;
}

static void no_kind(struct judging *judging, const struct oval_object *object, struct oval_collection *found)
{
    if (object->line == 0) {
        collection_flag(found, COLLECTION_ERROR, "object '%.120s' is not in the document", object->id);
        return;
    }
    if (of_another_system(judging->machine, object->family)) {
        found->flag = COLLECTION_NOT_APPLICABLE;
        return;
    }
    collection_flag(found, COLLECTION_NOT_COLLECTED, "%.60s_object '%.120s' is of no kind that is known here",
                    object->name, object->id);
    no_kind_here(found);
}

/* False where the entities' variables let nothing be collected: the flag says it. */
static bool variables_ready(struct judging *judging, const struct oval_object *object,
                            struct oval_collection *found)
{
    for (const struct oval_entity *entity = object->entities; entity != NULL; entity = entity->next) {
        if (entity->variable == NULL)
            continue;
        variable_judge(judging, entity->variable);
        const char *why = entity->variable->why == NULL ? "" : entity->variable->why->text;
        switch (entity->variable->result) {
        case OVAL_TRUE:
            break;
        case OVAL_FALSE:
            return false; /* it can mean nothing: there is none */
        case OVAL_NOT_APPLICABLE:
            found->flag = COLLECTION_NOT_APPLICABLE;
            return false;
        case OVAL_UNKNOWN:
            collection_flag(found, COLLECTION_NOT_COLLECTED, "%s", why);
            return false;
        default:
            collection_flag(found, COLLECTION_ERROR, "%s", why);
            return false;
        }
    }
    return true;
}

static bool entities_known(const struct oval_object *object, struct oval_collection *found)
{
    for (const struct oval_entity *entity = object->entities; entity != NULL; entity = entity->next)
        if (entity->record || entity->datatype == OVAL_OTHER) {
            collection_flag(found, COLLECTION_NOT_COLLECTED,
                            "'%.60s' of object '%.120s' is of a datatype that is not known here",
                            entity->name, object->id);
            return false;
        }
    return true;
}

static void by_kind(struct judging *judging, const struct oval_object *object, struct oval_collection *found)
{
    struct fault fault = {""};
    struct object_search search = {.arena = found->arena,
                                   .machine = judging->machine,
                                   .object = object,
                                   .patterns = judging->patterns,
                                   .packages = judging->packages};
    if (object->kind->applies != NULL && !object->kind->applies(judging->machine)) {
        found->flag = COLLECTION_NOT_APPLICABLE;
        return;
    }
    if (!entities_known(object, found) || !variables_ready(judging, object, found))
        return;
    if (!object->kind->collect(&search, found, &fault))
        collection_flag(found, COLLECTION_ERROR, "%s", fault.text);
    else if (found->flag == COLLECTION_NOT_COLLECTED)
        no_kind_here(found);
    else
        set_filter(judging, object->filters, found);
}

static void gather(struct judging *judging, struct oval_object *object, struct oval_collection *found)
{
    if (object->line > 0 && object->set != NULL)
        set_collect(judging, object->set, found);
    else if (object->kind == NULL || object->line == 0)
        no_kind(judging, object, found);
    else
        by_kind(judging, object, found);
    if (found->flag == COLLECTION_COMPLETE && found->count == 0)
        found->flag = COLLECTION_DOES_NOT_EXIST;
}

struct oval_collection *collect_new(struct judging *judging)
{
    struct oval_collection *found = arena_new(&judging->document->arena, 1, sizeof *found);
    found->arena = &judging->document->arena;
    found->bytes_left = &judging->bytes_left;
    return found;
}

const struct oval_collection *collect_object(struct judging *judging, struct oval_object *object)
{
    if (object->progress == OVAL_DONE)
        return object->collection;
    struct oval_collection *found = collect_new(judging);
    if (object->progress == OVAL_UNDER_WAY || judging->depth == JUDGING_DEPTH_MOST) {
        collection_flag(found, COLLECTION_ERROR,
                        object->progress == OVAL_UNDER_WAY
                            ? "object '%.120s' is made of itself"
                            : "object '%.120s' is made of too many others, one behind the other",
                        object->id);
        return found;
    }
    object->progress = OVAL_UNDER_WAY;
    judging->depth++;
    gather(judging, object, found);
    judging->depth--;
    object->collection = found;
    object->progress = OVAL_DONE;
    return found;
}

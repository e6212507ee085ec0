#include "check/oval/object.h"

#include "check/oval/compare.h"
#include "check/oval/truth.h"

#include <stdlib.h>
#include <string.h>

const struct oval_entity *object_entity(const struct object_search *search, const char *name)
{
    const struct oval_entity *entity = search->object->entities;
    while (entity != NULL && strcmp(entity->name, name) != 0)
        entity = entity->next;
    return entity;
}

const char *object_behavior(const struct object_search *search, const char *name, const char *otherwise)
{
    for (const struct oval_behavior *one = search->object->behaviors; one != NULL; one = one->next)
        if (strcmp(one->name, name) == 0)
            return one->value;
    return otherwise;
}

static int by_string(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* A variable may say the same twice: it is one all the same. */
static struct oval_strings each_once(struct arena *arena, const struct oval_strings *strings)
{
    struct oval_strings once = {arena_new(arena, strings->count, sizeof(char *)), 0, strings->count};
    if (strings->count > 0)
        memcpy(once.items, strings->items, strings->count * sizeof(char *));
    qsort(once.items, strings->count, sizeof(char *), by_string);
    for (size_t i = 0; i < strings->count; i++)
        if (once.count == 0 || strcmp(once.items[once.count - 1], once.items[i]) != 0)
            once.items[once.count++] = once.items[i];
    return once;
}

static bool names_of(const struct object_search *search, const struct oval_entity *entity,
                     struct oval_strings *names)
{
    if (entity->datatype != OVAL_STRING)
        return false;
    if (entity->variable == NULL) {
        *names = (struct oval_strings){0};
        model_strings_add(search->arena, names, entity->value);
        return true;
    }
    /* What equals none of them may be anything else. */
    if (entity->variable_check == OVAL_CHECK_NONE)
        return false;
    *names = each_once(search->arena, &entity->variable->values);
    return true;
}

bool object_names(const struct object_search *search, const char *name, struct oval_strings *names)
{
    const struct oval_entity *entity = object_entity(search, name);
    return entity != NULL && entity->operation == OVAL_EQUALS && names_of(search, entity, names);
}

bool object_names_any_case(const struct object_search *search, const char *name, struct oval_strings *names)
{
    const struct oval_entity *entity = object_entity(search, name);
    return entity != NULL && (entity->operation == OVAL_EQUALS || entity->operation == OVAL_SAME_LETTERS) &&
           names_of(search, entity, names);
}

/* Paths and keys of Windows mean the same in large and small letters. */
static enum oval_operation any_case(enum oval_operation operation)
{
    return operation == OVAL_EQUALS      ? OVAL_SAME_LETTERS
           : operation == OVAL_NOT_EQUAL ? OVAL_OTHER_LETTERS
                                         : operation;
}

static enum oval_result means(const struct object_search *search, const struct oval_entity *entity,
                              enum oval_operation operation, const char *value, const char **why)
{
    struct comparison comparison = {entity->datatype, operation, entity->value};
    struct truth truth = {0};
    if (entity->variable == NULL)
        return compare_value(&comparison, value, search->patterns, why);
    for (size_t i = 0; i < entity->variable->values.count; i++) {
        comparison.wanted = entity->variable->values.items[i];
        truth_add(&truth, compare_value(&comparison, value, search->patterns, why), NULL);
    }
    return truth_check(&truth, entity->variable_check);
}

enum oval_result object_means(const struct object_search *search, const char *name, const char *value,
                              const char **why)
{
    const struct oval_entity *entity = object_entity(search, name);
    return entity == NULL ? OVAL_TRUE : means(search, entity, entity->operation, value, why);
}

enum oval_result object_means_any_case(const struct object_search *search, const char *name,
                                       const char *value, const char **why)
{
    const struct oval_entity *entity = object_entity(search, name);
    return entity == NULL ? OVAL_TRUE : means(search, entity, any_case(entity->operation), value, why);
}

enum oval_result object_candidate(const struct object_search *search, const char *name, const char *value,
                                  struct oval_collection *found)
{
    const char *why = "";
    enum oval_result result = object_means(search, name, value, &why);
    if (result == OVAL_ERROR || result == OVAL_UNKNOWN)
        collection_flag(found, result == OVAL_ERROR ? COLLECTION_ERROR : COLLECTION_NOT_COLLECTED,
                        "'%.60s' of object '%.120s': %s", name, search->object->id, why);
    return result;
}

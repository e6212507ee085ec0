#include "check/oval/object.h"
#include "check/oval/read_parts.h"

#include <string.h>

static const struct read_word set_operators[] = {
    {"UNION", SET_UNION}, {"INTERSECTION", SET_INTERSECTION}, {"COMPLEMENT", SET_COMPLEMENT}, {0}};
static const struct read_word filter_actions[] = {{"exclude", 0}, {"include", 1}, {0}};

static void *begin_object_entity(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_object *object = target;
    struct oval_entity *entity = read_entity(reading, tag);
    entity->next = object->entities;
    return object->entities = entity;
}

/* What a variable_object names in its text is the same as what others name in an attribute. */
static void end_object_entity(struct reading *reading, void *target, const char *text)
{
    struct oval_entity *entity = target;
    read_entity_end(reading, entity, text);
    if (entity->variable == NULL && strcmp(entity->name, "var_ref") == 0)
        entity->variable = read_reference(reading, OVAL_VARIABLE, read_trimmed(reading, text));
}

static void *begin_object(struct reading *reading, void *target, const struct read_tag *tag)
{
    (void)target;
    const char *name = read_kind(reading, tag, "_object");
    struct oval_object *object = name == NULL ? NULL : read_named(reading, OVAL_OBJECT, tag);
    if (object == NULL)
        return NULL;
    object->family = read_family(reading, tag);
    object->name = name;
    object->kind = object_kind_of(object->family, name);
    return object;
}

static void end_object(struct reading *reading, void *target, const char *text)
{
    struct oval_object *object = target;
    (void)reading;
    (void)text;
    READ_REVERSE(object->entities);
    READ_REVERSE(object->filters);
}

static void *begin_behaviors(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_object *object = target;
    for (const char **pair = tag->attributes; pair[0] != NULL; pair += 2) {
        struct oval_behavior *behavior = read_node(reading, sizeof *behavior);
        behavior->name = read_string(reading, pair[0]);
        behavior->value = read_string(reading, pair[1]);
        behavior->next = object->behaviors;
        object->behaviors = behavior;
    }
    return NULL;
}

static struct oval_filter *filter_new(struct reading *reading, const struct read_tag *tag,
                                      struct oval_filter *next)
{
    struct oval_filter *filter = read_node(reading, sizeof *filter);
    filter->include = read_word(reading, tag, "action", filter_actions, 0) != 0;
    filter->next = next;
    return filter;
}

static void *begin_object_filter(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_object *object = target;
    return object->filters = filter_new(reading, tag, object->filters);
}

static void *begin_set_filter(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_set *set = target;
    return set->filters = filter_new(reading, tag, set->filters);
}

static void end_filter(struct reading *reading, void *target, const char *text)
{
    ((struct oval_filter *)target)->state = read_reference(reading, OVAL_STATE, read_trimmed(reading, text));
}

static struct oval_set *set_new(struct reading *reading, const struct read_tag *tag)
{
    struct oval_set *set = read_node(reading, sizeof *set);
    set->operator= read_word(reading, tag, "set_operator", set_operators, SET_UNION);
    return set;
}

static void *begin_first_set(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_object *object = target;
    return object->set = set_new(reading, tag);
}

static void *begin_set(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_set *set = target;
    if (set->object_count + set->set_count == 2) {
        read_fails(reading, "a set has more than two members");
        return NULL;
    }
    return set->sets[set->set_count++] = set_new(reading, tag);
}

static void *begin_member(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_set *set = target;
    (void)tag;
    if (set->object_count + set->set_count == 2)
        read_fails(reading, "a set has more than two members");
    return set;
}

static void end_member(struct reading *reading, void *target, const char *text)
{
    struct oval_set *set = target;
    set->objects[set->object_count++] = read_reference(reading, OVAL_OBJECT, read_trimmed(reading, text));
}

static void end_set(struct reading *reading, void *target, const char *text)
{
    struct oval_set *set = target;
    (void)reading;
    (void)text;
    READ_REVERSE(set->filters);
}

static const struct read_element in_set[4];
static const struct read_element in_set[4] = {
    {.name = "set", .children = in_set, .begin = begin_set, .end = end_set},
    {.name = "object_reference", .text = true, .begin = begin_member, .end = end_member},
    {.name = "filter", .text = true, .begin = begin_set_filter, .end = end_filter},
    {0},
};
static const struct read_element in_object[] = {
    {.name = "set", .children = in_set, .begin = begin_first_set, .end = end_set},
    {.name = "filter", .text = true, .begin = begin_object_filter, .end = end_filter},
    {.name = "behaviors", .begin = begin_behaviors},
    {.name = READ_ANY,
     .children = read_in_entity,
     .text = true,
     .begin = begin_object_entity,
     .end = end_object_entity},
    {0},
};
const struct read_element read_objects[] = {
    {.name = READ_ANY, .children = in_object, .begin = begin_object, .end = end_object},
    {0},
};

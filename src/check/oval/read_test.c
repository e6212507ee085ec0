#include "check/oval/read_parts.h"

#include <string.h>

static const struct read_word operations[] = {{"equals", OVAL_EQUALS},
                                              {"not equal", OVAL_NOT_EQUAL},
                                              {"case insensitive equals", OVAL_SAME_LETTERS},
                                              {"case insensitive not equal", OVAL_OTHER_LETTERS},
                                              {"greater than", OVAL_GREATER},
                                              {"less than", OVAL_LESS},
                                              {"greater than or equal", OVAL_GREATER_OR_EQUAL},
                                              {"less than or equal", OVAL_LESS_OR_EQUAL},
                                              {"bitwise and", OVAL_BITWISE_AND},
                                              {"bitwise or", OVAL_BITWISE_OR},
                                              {"pattern match", OVAL_PATTERN},
                                              {"subset of", OVAL_SUBSET},
                                              {"superset of", OVAL_SUPERSET},
                                              {0}};

static void *begin_test(struct reading *reading, void *target, const struct read_tag *tag)
{
    (void)target;
    const char *name = read_kind(reading, tag, "_test");
    struct oval_test *test = name == NULL ? NULL : read_named(reading, OVAL_TEST, tag);
    if (test == NULL)
        return NULL;
    test->family = read_family(reading, tag);
    test->name = name;
    test->check = read_word(reading, tag, "check", read_checks, OVAL_CHECK_ALL);
    test->existence = read_word(reading, tag, "check_existence", read_existences, OVAL_AT_LEAST_ONE_EXISTS);
    test->state_operator = read_word(reading, tag, "state_operator", read_operators, OVAL_AND);
    return test;
}

static void end_test(struct reading *reading, void *target, const char *text)
{
    struct oval_test *test = target;
    (void)reading;
    (void)text;
    READ_REVERSE(test->states);
}

static void *begin_test_object(struct reading *reading, void *target, const struct read_tag *tag)
{
    ((struct oval_test *)target)->object =
        read_reference(reading, OVAL_OBJECT, read_attribute(tag, "object_ref"));
    return NULL;
}

static void *begin_test_state(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_test *test = target;
    struct oval_state_use *use = read_node(reading, sizeof *use);
    use->state = read_reference(reading, OVAL_STATE, read_attribute(tag, "state_ref"));
    use->next = test->states;
    test->states = use;
    return NULL;
}

struct oval_entity *read_entity(struct reading *reading, const struct read_tag *tag)
{
    struct oval_entity *entity = read_node(reading, sizeof *entity);
    const char *variable = read_attribute(tag, "var_ref");
    entity->name = read_string(reading, tag->name);
    entity->datatype = read_datatype(tag);
    entity->operation = read_word(reading, tag, "operation", operations, OVAL_EQUALS);
    entity->entity_check = read_word(reading, tag, "entity_check", read_checks, OVAL_CHECK_ALL);
    entity->variable_check = read_word(reading, tag, "var_check", read_checks, OVAL_CHECK_ALL);
    entity->existence = read_word(reading, tag, "check_existence", read_existences, OVAL_AT_LEAST_ONE_EXISTS);
    entity->nil = read_true(tag, "http://www.w3.org/2001/XMLSchema-instance\nnil");
    entity->value = "";
    if (variable != NULL)
        entity->variable = read_reference(reading, OVAL_VARIABLE, variable);
    return entity;
}

static void *begin_state_entity(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_state *state = target;
    struct oval_entity *entity = read_entity(reading, tag);
    entity->next = state->entities;
    return state->entities = entity;
}

void read_entity_end(struct reading *reading, void *target, const char *text)
{
    struct oval_entity *entity = target;
    if (entity->variable == NULL)
        entity->value = read_string(reading, text);
}

static void *begin_field(struct reading *reading, void *target, const struct read_tag *tag)
{
    (void)reading;
    (void)tag;
    ((struct oval_entity *)target)->record = true;
    return NULL;
}

const struct read_element read_in_entity[] = {
    {.name = "field", .begin = begin_field},
    {0},
};
static const struct read_element in_test[] = {
    {.name = "object", .begin = begin_test_object},
    {.name = "state", .begin = begin_test_state},
    {0},
};
const struct read_element read_tests[] = {
    {.name = READ_ANY, .children = in_test, .begin = begin_test, .end = end_test},
    {0},
};

static void *begin_state(struct reading *reading, void *target, const struct read_tag *tag)
{
    (void)target;
    const char *name = read_kind(reading, tag, "_state");
    struct oval_state *state = name == NULL ? NULL : read_named(reading, OVAL_STATE, tag);
    if (state == NULL)
        return NULL;
    state->operator= read_word(reading, tag, "operator", read_operators, OVAL_AND);
    return state;
}

static void end_state(struct reading *reading, void *target, const char *text)
{
    struct oval_state *state = target;
    (void)reading;
    (void)text;
    READ_REVERSE(state->entities);
}

static const struct read_element in_state[] = {
    {.name = READ_ANY,
     .children = read_in_entity,
     .text = true,
     .begin = begin_state_entity,
     .end = read_entity_end},
    {0},
};
const struct read_element read_states[] = {
    {.name = READ_ANY, .children = in_state, .begin = begin_state, .end = end_state},
    {0},
};

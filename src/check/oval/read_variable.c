#include "check/oval/read_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct oval_variable *variable_begin(struct reading *reading, const struct read_tag *tag, int kind)
{
    struct oval_variable *variable = read_named(reading, OVAL_VARIABLE, tag);
    if (variable == NULL)
        return NULL;
    variable->kind = kind;
    variable->datatype = read_datatype(tag);
    return variable;
}

static void *begin_constant(struct reading *reading, void *target, const struct read_tag *tag)
{
    (void)target;
    return variable_begin(reading, tag, VARIABLE_CONSTANT);
}

static void *begin_local(struct reading *reading, void *target, const struct read_tag *tag)
{
    (void)target;
    return variable_begin(reading, tag, VARIABLE_LOCAL);
}

static void *begin_external(struct reading *reading, void *target, const struct read_tag *tag)
{
    (void)target;
    return variable_begin(reading, tag, VARIABLE_EXTERNAL);
}

static void *begin_value(struct reading *reading, void *target, const struct read_tag *tag)
{
    (void)tag;
    if (++reading->nodes > READ_NODES_MOST)
        read_fails(reading, "there are more than %d parts", READ_NODES_MOST);
    return target;
}

static void end_value(struct reading *reading, void *target, const char *text)
{
    struct oval_variable *variable = target;
    model_strings_add(&reading->document->arena, &variable->values, read_string(reading, text));
}

static int64_t number_attribute(struct reading *reading, const struct read_tag *tag, const char *name)
{
    const char *value = read_attribute(tag, name);
    char *end = NULL;
    errno = 0;
    long long number = value == NULL ? 0 : strtoll(value, &end, 10);
    if (value == NULL || end == value || *end != '\0' || errno != 0)
        read_fails(reading, "%s is '%.60s' (expected a whole number)", name, value == NULL ? "" : value);
    return number;
}

static const struct {
    const char *name;
    enum oval_function function;
    const char *text; /* the attribute that becomes the component's */
} functions[] = {
    {"literal_component", COMPONENT_LITERAL, NULL},
    {"object_component", COMPONENT_OBJECT, "item_field"},
    {"variable_component", COMPONENT_VARIABLE, NULL},
    {"concat", COMPONENT_CONCAT, NULL},
    {"begin", COMPONENT_BEGIN, "character"},
    {"end", COMPONENT_END, "character"},
    {"escape_regex", COMPONENT_ESCAPE_REGEX, NULL},
    {"split", COMPONENT_SPLIT, "delimiter"},
    {"substring", COMPONENT_SUBSTRING, NULL},
    {"regex_capture", COMPONENT_REGEX_CAPTURE, "pattern"},
    {"arithmetic", COMPONENT_ARITHMETIC, NULL},
    {"count", COMPONENT_COUNT, NULL},
    {"unique", COMPONENT_UNIQUE, NULL},
    {"time_difference", COMPONENT_OTHER, NULL},
    {"glob_to_regex", COMPONENT_OTHER, NULL},
};

static void component_attributes(struct reading *reading, struct oval_component *component,
                                 const struct read_tag *tag)
{
    static const struct read_word arithmetic[] = {{"add", 0}, {"multiply", 1}, {0}};
    switch (component->function) {
    case COMPONENT_OBJECT:
        component->object = read_reference(reading, OVAL_OBJECT, read_attribute(tag, "object_ref"));
        if (read_attribute(tag, "record_field") != NULL)
            component->function = COMPONENT_OTHER;
        break;
    case COMPONENT_VARIABLE:
        component->variable = read_reference(reading, OVAL_VARIABLE, read_attribute(tag, "var_ref"));
        break;
    case COMPONENT_SUBSTRING:
        component->start = number_attribute(reading, tag, "substring_start");
        component->length = number_attribute(reading, tag, "substring_length");
        break;
    case COMPONENT_ARITHMETIC:
        component->multiply = read_word(reading, tag, "arithmetic_operation", arithmetic, 0) != 0;
        break;
    case COMPONENT_OTHER:
        component->text = read_string(reading, tag->name);
        break;
    default:
        break;
    }
}

static struct oval_component *component_new(struct reading *reading, const struct read_tag *tag)
{
    size_t i = 0;
    struct oval_component *component = read_node(reading, sizeof *component);
    while (strcmp(functions[i].name, tag->name) != 0)
        i++;
    component->function = functions[i].function;
    const char *text = functions[i].text == NULL ? NULL : read_attribute(tag, functions[i].text);
    component->text = read_string(reading, text == NULL ? "" : text);
    component_attributes(reading, component, tag);
    return component;
}

static void *begin_first(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_variable *variable = target;
    if (variable->component != NULL) {
        read_fails(reading, "variable '%.120s' has more than one value", variable->id);
        return NULL;
    }
    return variable->component = component_new(reading, tag);
}

static void *begin_component(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_component *parent = target, *component = component_new(reading, tag);
    component->next = parent->first;
    return parent->first = component;
}

static void end_component(struct reading *reading, void *target, const char *text)
{
    struct oval_component *component = target;
    if (component->function == COMPONENT_LITERAL)
        component->text = read_string(reading, text);
    READ_REVERSE(component->first);
}

/* Each of `functions` is a row: first in a variable, then in each other. */
#define COMPONENTS(start)                                                                                    \
    {                                                                                                        \
        {.name = "literal_component", .text = true, .begin = start, .end = end_component},                   \
            {.name = "object_component", .begin = start, .end = end_component},                              \
            {.name = "variable_component", .begin = start, .end = end_component},                            \
            {.name = "concat", .children = in_function, .begin = start, .end = end_component},               \
            {.name = "begin", .children = in_function, .begin = start, .end = end_component},                \
            {.name = "end", .children = in_function, .begin = start, .end = end_component},                  \
            {.name = "escape_regex", .children = in_function, .begin = start, .end = end_component},         \
            {.name = "split", .children = in_function, .begin = start, .end = end_component},                \
            {.name = "substring", .children = in_function, .begin = start, .end = end_component},            \
            {.name = "regex_capture", .children = in_function, .begin = start, .end = end_component},        \
            {.name = "arithmetic", .children = in_function, .begin = start, .end = end_component},           \
            {.name = "count", .children = in_function, .begin = start, .end = end_component},                \
            {.name = "unique", .children = in_function, .begin = start, .end = end_component},               \
            {.name = "time_difference", .begin = start, .end = end_component},                               \
            {.name = "glob_to_regex", .begin = start, .end = end_component},                                 \
        {                                                                                                    \
            0                                                                                                \
        }                                                                                                    \
    }
static const struct read_element in_function[16];
static const struct read_element in_function[16] = COMPONENTS(begin_component);
static const struct read_element in_local[] = COMPONENTS(begin_first);
static const struct read_element in_constant[] = {
    {.name = "value", .text = true, .begin = begin_value, .end = end_value},
    {0},
};
const struct read_element read_variables[] = {
    {.name = "constant_variable", .children = in_constant, .begin = begin_constant},
    {.name = "local_variable", .children = in_local, .begin = begin_local},
    {.name = "external_variable", .begin = begin_external},
    {0},
};

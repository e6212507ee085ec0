#include "check/oval/read_parts.h"

#include <string.h>

enum { TITLE_MOST = 1024 };

static const struct read_word classes[] = {
    {"vulnerability", OVAL_VULNERABILITY}, {"patch", OVAL_PATCH},
    {"compliance", OVAL_COMPLIANCE},       {"inventory", OVAL_INVENTORY},
    {"miscellaneous", OVAL_MISCELLANEOUS}, {0}};

static void *begin_definition(struct reading *reading, void *target, const struct read_tag *tag)
{
    (void)target;
    struct oval_definition *definition = read_named(reading, OVAL_DEFINITION, tag);
    if (definition == NULL)
        return NULL;
    definition->class = read_word(reading, tag, "class", classes, OVAL_MISCELLANEOUS);
    definition->title = definition->reference = definition->product = "";
    model_add_definition(reading->document, definition);
    return definition;
}

static void *in_same(struct reading *reading, void *target, const struct read_tag *tag)
{
    (void)reading;
    (void)tag;
    return target;
}

/* One line, and not too long a one; cut between characters. */
static const char *short_text(struct reading *reading, const char *text)
{
    char *own = read_trimmed(reading, text);
    size_t length = strlen(own);
    if (length > TITLE_MOST)
        for (length = TITLE_MOST; length > 0 && (own[length] & 0xc0) == 0x80; length--)
            continue;
    own[length] = '\0';
    for (char *c = own; *c != '\0'; c++)
        if (*c == '\n' || *c == '\r' || *c == '\t')
            *c = ' ';
    return own;
}

static void end_title(struct reading *reading, void *target, const char *text)
{
    ((struct oval_definition *)target)->title = short_text(reading, text);
}

static void end_product(struct reading *reading, void *target, const char *text)
{
    struct oval_definition *definition = target;
    if (definition->product[0] == '\0')
        definition->product = short_text(reading, text);
}

/* The first one, but a CVE before all others. */
static void *begin_reference(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_definition *definition = target;
    const char *id = read_attribute(tag, "ref_id");
    bool known = definition->reference[0] != '\0';
    if (id != NULL &&
        (!known || (strncmp(id, "CVE-", 4) == 0 && strncmp(definition->reference, "CVE-", 4) != 0)))
        definition->reference = short_text(reading, id);
    return NULL;
}

/* `target` is the definition for the first criteria, and a criteria for all below. */
static struct oval_criteria *criteria_new(struct reading *reading, const struct read_tag *tag)
{
    struct oval_criteria *criteria = read_node(reading, sizeof *criteria);
    criteria->operator= read_word(reading, tag, "operator", read_operators, OVAL_AND);
    criteria->negate = read_true(tag, "negate");
    return criteria;
}

static struct oval_criteria *add_criteria(struct reading *reading, struct oval_criteria *parent,
                                          const struct read_tag *tag)
{
    struct oval_criteria *criteria = criteria_new(reading, tag);
    criteria->next = parent->first;
    parent->first = criteria;
    return criteria;
}

static void *begin_first_criteria(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_definition *definition = target;
    if (definition->criteria != NULL) {
        read_fails(reading, "definition '%.120s' has two criteria", definition->id);
        return NULL;
    }
    return definition->criteria = criteria_new(reading, tag);
}

static void *begin_criteria(struct reading *reading, void *target, const struct read_tag *tag)
{
    return add_criteria(reading, target, tag);
}

static void end_criteria(struct reading *reading, void *target, const char *text)
{
    struct oval_criteria *criteria = target;
    (void)reading;
    (void)text;
    READ_REVERSE(criteria->first);
}

static void *begin_criterion(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_criteria *criteria = add_criteria(reading, target, tag);
    criteria->kind = CRITERIA_TEST;
    criteria->test = read_reference(reading, OVAL_TEST, read_attribute(tag, "test_ref"));
    return NULL;
}

static void *begin_extend(struct reading *reading, void *target, const struct read_tag *tag)
{
    struct oval_criteria *criteria = add_criteria(reading, target, tag);
    criteria->kind = CRITERIA_DEFINITION;
    criteria->definition = read_reference(reading, OVAL_DEFINITION, read_attribute(tag, "definition_ref"));
    return NULL;
}

static const struct read_element in_criteria[4];
static const struct read_element in_criteria[4] = {
    {.name = "criteria", .children = in_criteria, .begin = begin_criteria, .end = end_criteria},
    {.name = "criterion", .begin = begin_criterion},
    {.name = "extend_definition", .begin = begin_extend},
    {0},
};
static const struct read_element in_affected[] = {
    {.name = "product", .text = true, .begin = in_same, .end = end_product},
    {0},
};
static const struct read_element in_metadata[] = {
    {.name = "title", .text = true, .begin = in_same, .end = end_title},
    {.name = "affected", .children = in_affected, .begin = in_same},
    {.name = "reference", .begin = begin_reference},
    {0},
};
static const struct read_element in_definition[] = {
    {.name = "metadata", .children = in_metadata, .begin = in_same},
    {.name = "criteria", .children = in_criteria, .begin = begin_first_criteria, .end = end_criteria},
    {0},
};
const struct read_element read_definitions[] = {
    {.name = "definition", .children = in_definition, .begin = begin_definition},
    {0},
};

#include "check/oval/compare.h"
#include "check/oval/evaluate.h"
#include "check/oval/truth.h"

#include <stdio.h>
#include <string.h>

/* What goes wrong with a million items is said of the first ones only. */
static const struct oval_why *why_of(struct judging *judging, const struct oval_entity *entity,
                                     const char *sentence, bool no_kind)
{
    enum { WHY_BYTES = 512 };
    static const struct oval_why unsaid = {"more went wrong than may be kept", false};
    if (judging->bytes_left < WHY_BYTES)
        return &unsaid;
    judging->bytes_left -= WHY_BYTES;
    struct oval_why *why = arena_new(&judging->document->arena, 1, sizeof *why);
    *why = *model_why(&judging->document->arena, "'%.60s' %.240s", entity->name, sentence);
    why->no_kind = no_kind;
    return why;
}

static enum oval_result compare(struct judging *judging, const struct oval_entity *entity, const char *wanted,
                                const char *value, struct truth *truth)
{
    char against[320];
    const char *sentence = NULL;
    struct comparison comparison = {entity->datatype, entity->operation, wanted};
    enum oval_result result = compare_value(&comparison, value, judging->patterns, &sentence);
    const struct oval_why *why = NULL;
    if (sentence != NULL && truth->counts[result] == 0) {
        snprintf(against, sizeof against, "(%.60s) against '%.60s': %.160s", value, wanted, sentence);
        why = why_of(judging, entity, against, false);
    }
    truth_add(truth, result, why);
    return result;
}

/* A variable without values can be held against nothing: an error (as it was where it could not be made). */
static enum oval_result against_variable(struct judging *judging, const struct oval_entity *entity,
                                         const char *value, const struct oval_why **why)
{
    struct oval_variable *variable = entity->variable;
    struct truth truth = {0};
    variable_judge(judging, variable);
    if (variable->result != OVAL_TRUE) {
        *why = variable->why != NULL
                   ? variable->why
                   : model_why(&judging->document->arena, "variable '%s' has no value", variable->id);
        return variable->result == OVAL_UNKNOWN ? OVAL_UNKNOWN : OVAL_ERROR;
    }
    for (size_t i = 0; i < variable->values.count; i++)
        compare(judging, entity, variable->values.items[i], value, &truth);
    enum oval_result result = truth_check(&truth, entity->variable_check);
    *why = truth.whys[result];
    return result;
}

enum oval_result state_entity_value(struct judging *judging, const struct oval_entity *entity,
                                    const char *value, const struct oval_why **why)
{
    struct truth truth = {0};
    if (entity->record) {
        *why = why_of(judging, entity, "is a record, which is not known here", true);
        return OVAL_UNKNOWN;
    }
    if (entity->variable != NULL)
        return against_variable(judging, entity, value, why);
    enum oval_result result = compare(judging, entity, entity->value, value, &truth);
    *why = truth.whys[result];
    return result;
}

static void field_holds(struct judging *judging, const struct oval_entity *entity,
                        const struct item_field *field, struct truth *truth)
{
    const struct oval_why *why = NULL;
    enum oval_result result = OVAL_FALSE;
    switch (field->status) {
    case ITEM_EXISTS:
        result = state_entity_value(judging, entity, field->value, &why);
        break;
    case ITEM_DOES_NOT_EXIST:
        break;
    case ITEM_ERROR:
        result = OVAL_ERROR;
        break;
    case ITEM_NOT_COLLECTED:
        result = OVAL_UNKNOWN;
        break;
    }
    if (why == NULL && result == OVAL_UNKNOWN)
        why = why_of(judging, entity, "is not collected here", true);
    if (why == NULL && result == OVAL_ERROR)
        why = why_of(judging, entity, "could not be read", false);
    truth_add(truth, result, why);
}

/* An item that has nothing of the name: nobody looked for it. */
static enum oval_result entity_holds(struct judging *judging, const struct oval_entity *entity,
                                     const struct oval_item *item, const struct oval_why **why)
{
    struct truth truth = {0};
    struct truth_there there = {0};
    for (const struct item_field *field = item->fields; field != NULL; field = field->next) {
        if (strcmp(field->name, entity->name) != 0)
            continue;
        there.counts[field->status]++;
        field_holds(judging, entity, field, &truth);
    }
    size_t seen = there.counts[ITEM_EXISTS] + there.counts[ITEM_DOES_NOT_EXIST];
    enum oval_result existence = truth_existence(&there, entity->existence);
    if (seen > 0 && (existence != OVAL_TRUE || there.counts[ITEM_EXISTS] == 0))
        return existence;
    enum oval_result result = truth_check(&truth, entity->entity_check);
    *why = truth.whys[result];
    if (result != OVAL_NOT_EVALUATED)
        return result;
    *why = why_of(judging, entity, "is not collected here", true);
    return OVAL_UNKNOWN;
}

enum oval_result state_holds(struct judging *judging, const struct oval_state *state,
                             const struct oval_item *item, const struct oval_why **why)
{
    struct truth truth = {0};
    if (state->line == 0) {
        *why = model_why(&judging->document->arena, "state '%.120s' is not in the document", state->id);
        return OVAL_ERROR;
    }
    for (const struct oval_entity *entity = state->entities; entity != NULL; entity = entity->next) {
        const struct oval_why *reason = NULL;
        enum oval_result result = entity_holds(judging, entity, item, &reason);
        truth_add(&truth, result, reason);
    }
    if (state->entities == NULL)
        return OVAL_TRUE; /* nothing is asked of the item */
    enum oval_result result = truth_operator(&truth, state->operator);
    *why = truth.whys[result];
    return result;
}

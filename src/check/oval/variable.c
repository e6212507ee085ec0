#include "check/oval/evaluate.h"
#include "check/oval/function.h"

#include <string.h>

static enum oval_result component_values(struct judging *judging, const struct oval_component *component,
                                         struct values *out);

/* What several components are together (oval-definitions-schema, ConcatFunctionType): the first of these that
 * one of them is. */
static enum oval_result worse(enum oval_result a, enum oval_result b)
{
    static const enum oval_result order[] = {OVAL_ERROR, OVAL_NOT_APPLICABLE, OVAL_UNKNOWN, OVAL_FALSE};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return OVAL_TRUE;
}

static enum oval_result from_flag(const struct oval_collection *found)
{
    switch (found->flag) {
    case COLLECTION_ERROR:
        return OVAL_ERROR;
    case COLLECTION_NOT_APPLICABLE:
        return OVAL_NOT_APPLICABLE;
    case COLLECTION_INCOMPLETE:
    case COLLECTION_NOT_COLLECTED:
        return OVAL_UNKNOWN;
    case COLLECTION_DOES_NOT_EXIST:
        return OVAL_FALSE;
    case COLLECTION_COMPLETE:
        break;
    }
    return OVAL_TRUE;
}

static enum oval_result object_values(struct judging *judging, const struct oval_component *component,
                                      struct values *out)
{
    const struct oval_collection *found = collect_object(judging, component->object);
    bool named = false;
    if (from_flag(found) != OVAL_TRUE) {
        out->why = found->why;
        return from_flag(found);
    }
    for (size_t i = 0; i < found->count; i++)
        for (const struct item_field *field = found->items[i]->fields; field != NULL; field = field->next) {
            if (strcmp(field->name, component->text) != 0)
                continue;
            named = true;
            if (field->status == ITEM_EXISTS)
                function_add(out, field->value, strlen(field->value));
        }
    if (!named)
        return function_fails(out, "object '%.120s' has no '%.60s'", component->object->id, component->text);
    return out->strings.count > 0 ? OVAL_TRUE : OVAL_FALSE;
}

static enum oval_result variable_values(struct judging *judging, const struct oval_component *component,
                                        struct values *out)
{
    struct oval_variable *variable = component->variable;
    variable_judge(judging, variable);
    out->why = variable->why;
    for (size_t i = 0; i < variable->values.count && variable->result == OVAL_TRUE; i++)
        function_add(out, variable->values.items[i], strlen(variable->values.items[i]));
    return variable->result;
}

/* The values of each operand; what cannot be had decides before the function is asked. A count of nothing is
 * a count. */
static enum oval_result function_values(struct judging *judging, const struct oval_component *component,
                                        struct values *out)
{
    struct values *operands = arena_new(out->arena, FUNCTION_OPERANDS_MOST, sizeof *operands);
    size_t count = 0;
    enum oval_result result = OVAL_TRUE;
    bool counts = component->function == COMPONENT_COUNT || component->function == COMPONENT_UNIQUE;
    for (const struct oval_component *one = component->first; one != NULL; one = one->next) {
        if (count == FUNCTION_OPERANDS_MOST)
            return function_fails(out, "a function has more than %d operands", FUNCTION_OPERANDS_MOST);
        operands[count] = (struct values){.arena = out->arena, .bytes_left = out->bytes_left};
        enum oval_result operand = component_values(judging, one, &operands[count]);
        if (worse(result, operand) != result)
            out->why = operands[count].why;
        if (!(counts && operand == OVAL_FALSE))
            result = worse(result, operand);
        count++;
    }
    if (result != OVAL_TRUE)
        return result;
    out->why = NULL;
    return function_apply(judging->patterns, component, operands, count, out);
}

/* As deep as the elements of the file were (read_parts.h). */
static enum oval_result component_values(struct judging *judging, const struct oval_component *component,
                                         struct values *out)
{
    switch (component->function) {
    case COMPONENT_LITERAL:
        function_add(out, component->text, strlen(component->text));
        return OVAL_TRUE;
    case COMPONENT_OBJECT:
        return object_values(judging, component, out);
    case COMPONENT_VARIABLE:
        return variable_values(judging, component, out);
    case COMPONENT_OTHER:
        function_fails(out, "the function %.60s is not known here", component->text);
        return OVAL_UNKNOWN;
    default:
        return function_values(judging, component, out);
    }
}

static enum oval_result local_values(struct judging *judging, struct oval_variable *variable)
{
    struct values values = {.arena = &judging->document->arena, .bytes_left = &judging->bytes_left};
    if (variable->component == NULL) {
        variable->why = model_why(values.arena, "variable '%.120s' has no value", variable->id);
        return OVAL_ERROR;
    }
    enum oval_result result = component_values(judging, variable->component, &values);
    variable->why = values.why;
    variable->values = values.strings;
    if (values.overfull) {
        variable->why = model_why(values.arena, "variable '%.120s' has too many values", variable->id);
        return OVAL_ERROR;
    }
    return result == OVAL_TRUE && values.strings.count == 0 ? OVAL_FALSE : result;
}

static enum oval_result judge(struct judging *judging, struct oval_variable *variable)
{
    struct arena *arena = &judging->document->arena;
    if (variable->line == 0) {
        variable->why = model_why(arena, "variable '%.120s' is not in the document", variable->id);
        return OVAL_ERROR;
    }
    switch (variable->kind) {
    case VARIABLE_CONSTANT:
        return variable->values.count > 0 ? OVAL_TRUE : OVAL_FALSE;
    case VARIABLE_EXTERNAL:
        variable->why = model_why(arena, "variable '%.120s' is to come from elsewhere", variable->id);
        return OVAL_UNKNOWN;
    case VARIABLE_LOCAL:
        break;
    }
    return local_values(judging, variable);
}

void variable_judge(struct judging *judging, struct oval_variable *variable)
{
    if (variable->progress == OVAL_DONE)
        return;
    if (variable->progress == OVAL_UNDER_WAY || judging->depth == JUDGING_DEPTH_MOST) {
        variable->result = OVAL_ERROR;
        variable->why = model_why(&judging->document->arena, "variable '%.120s' is made of %s", variable->id,
                                  variable->progress == OVAL_UNDER_WAY ? "itself" : "too many others");
        return;
    }
    variable->progress = OVAL_UNDER_WAY;
    judging->depth++;
    variable->result = judge(judging, variable);
    judging->depth--;
    variable->progress = OVAL_DONE;
}

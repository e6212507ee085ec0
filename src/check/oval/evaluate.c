#include "check/oval/evaluate.h"

#include "check/oval/truth.h"

#include <string.h>

/* What was found for the object may not be all: what more there may be cannot change these. */
static bool settled(enum oval_result result, enum oval_check check, const struct truth *truth)
{
    switch (check) {
    case OVAL_CHECK_ALL:
    case OVAL_CHECK_NONE:
        return result == OVAL_FALSE;
    case OVAL_CHECK_AT_LEAST_ONE:
        return result == OVAL_TRUE;
    case OVAL_CHECK_ONLY_ONE:
        break;
    }
    return truth->counts[OVAL_TRUE] > 1;
}

static enum oval_result item_holds(struct judging *judging, const struct oval_test *test,
                                   const struct oval_item *item, const struct oval_why **why)
{
    struct truth truth = {0};
    for (const struct oval_state_use *use = test->states; use != NULL; use = use->next) {
        const struct oval_why *reason = NULL;
        enum oval_result result = state_holds(judging, use->state, item, &reason);
        truth_add(&truth, result, reason);
    }
    enum oval_result result = truth_operator(&truth, test->state_operator);
    *why = truth.whys[result];
    return result;
}

/* Items that do not exist are none to be held against a state (oval-common-schema, CheckEnumeration). */
static enum oval_result items_hold(struct judging *judging, struct oval_test *test,
                                   const struct oval_collection *found)
{
    struct truth truth = {0};
    for (size_t i = 0; i < found->count; i++) {
        const struct oval_why *why = NULL;
        const struct oval_item *item = found->items[i];
        if (item->status == ITEM_EXISTS) {
            enum oval_result result = item_holds(judging, test, item, &why);
            truth_add(&truth, result, why);
        } else if (item->status != ITEM_DOES_NOT_EXIST)
            truth_add(&truth, item->status == ITEM_ERROR ? OVAL_ERROR : OVAL_UNKNOWN, found->why);
    }
    enum oval_result result = truth_check(&truth, test->check);
    test->why = truth.whys[result];
    if (result == OVAL_NOT_EVALUATED && truth.counts[OVAL_NOT_EVALUATED] == 0)
        result = OVAL_TRUE; /* none was there, and that was well: any_exist, none_exist */
    if (found->flag != COLLECTION_INCOMPLETE || settled(result, test->check, &truth))
        return result;
    test->why = found->why;
    return OVAL_UNKNOWN;
}

/* The same for how many there are. */
static enum oval_result existence_of(const struct oval_test *test, const struct oval_collection *found)
{
    struct truth_there there = {0};
    for (size_t i = 0; i < found->count; i++)
        there.counts[found->items[i]->status]++;
    enum oval_result result = truth_existence(&there, test->existence);
    if (found->flag != COLLECTION_INCOMPLETE)
        return result;
    switch (test->existence) {
    case OVAL_ANY_EXIST:
    case OVAL_AT_LEAST_ONE_EXISTS:
        return result == OVAL_TRUE ? OVAL_TRUE : OVAL_UNKNOWN;
    case OVAL_ALL_EXIST:
    case OVAL_NONE_EXIST:
        return result == OVAL_FALSE && found->count > 0 ? OVAL_FALSE : OVAL_UNKNOWN;
    case OVAL_ONLY_ONE_EXISTS:
        break;
    }
    return there.counts[ITEM_EXISTS] > 1 ? OVAL_FALSE : OVAL_UNKNOWN;
}

/* oval-system-characteristics-schema, FlagEnumeration. */
static enum oval_result by_flag(struct judging *judging, struct oval_test *test,
                                const struct oval_collection *found)
{
    test->why = found->why;
    switch (found->flag) {
    case COLLECTION_ERROR:
        return OVAL_ERROR;
    case COLLECTION_NOT_COLLECTED:
        return OVAL_UNKNOWN;
    case COLLECTION_NOT_APPLICABLE:
        return OVAL_NOT_APPLICABLE;
    case COLLECTION_DOES_NOT_EXIST:
        return test->existence == OVAL_NONE_EXIST || test->existence == OVAL_ANY_EXIST ? OVAL_TRUE
                                                                                       : OVAL_FALSE;
    case COLLECTION_COMPLETE:
    case COLLECTION_INCOMPLETE:
        break;
    }
    enum oval_result result = existence_of(test, found);
    return result == OVAL_TRUE && test->states != NULL ? items_hold(judging, test, found) : result;
}

static enum oval_result judge_test(struct judging *judging, struct oval_test *test)
{
    if (test->line == 0 || test->object == NULL) {
        bool unknown = test->line != 0 && strcmp(test->name, "unknown") == 0;
        test->why = model_why(&judging->document->arena,
                              unknown          ? "test '%.120s' is an unknown_test"
                              : test->line > 0 ? "test '%.120s' has no object"
                                               : "test '%.120s' is not in the document",
                              test->id);
        return unknown ? OVAL_UNKNOWN : OVAL_ERROR;
    }
    return by_flag(judging, test, collect_object(judging, test->object));
}

static void evaluate_test(struct judging *judging, struct oval_test *test)
{
    if (test->progress == OVAL_DONE)
        return;
    test->result = judge_test(judging, test);
    test->progress = OVAL_DONE;
}

static enum oval_result criteria_hold(struct judging *judging, const struct oval_criteria *criteria,
                                      const struct oval_why **why);

static enum oval_result many_hold(struct judging *judging, const struct oval_criteria *criteria,
                                  const struct oval_why **why)
{
    struct truth truth = {0};
    for (const struct oval_criteria *one = criteria->first; one != NULL; one = one->next) {
        const struct oval_why *reason = NULL;
        enum oval_result result = criteria_hold(judging, one, &reason);
        truth_add(&truth, result, reason);
        if ((criteria->operator== OVAL_AND && result == OVAL_FALSE) ||
            (criteria->operator== OVAL_OR && result == OVAL_TRUE))
            break; /* whatever the others say */
    }
    enum oval_result result = truth_operator(&truth, criteria->operator);
    *why = truth.whys[result];
    return result;
}

/* As deep as the elements of the file were (read_parts.h). */
static enum oval_result criteria_hold(struct judging *judging, const struct oval_criteria *criteria,
                                      const struct oval_why **why)
{
    enum oval_result result = OVAL_ERROR;
    switch (criteria->kind) {
    case CRITERIA_MANY:
        result = many_hold(judging, criteria, why);
        break;
    case CRITERIA_TEST:
        evaluate_test(judging, criteria->test);
        result = criteria->test->result;
        *why = criteria->test->why;
        break;
    case CRITERIA_DEFINITION:
        evaluate_definition(judging, criteria->definition);
        result = criteria->definition->result;
        *why = criteria->definition->why;
        break;
    }
    return criteria->negate ? truth_negated(result) : result;
}

void evaluate_definition(struct judging *judging, struct oval_definition *definition)
{
    if (definition->progress == OVAL_DONE)
        return;
    definition->result = OVAL_ERROR;
    if (definition->progress == OVAL_UNDER_WAY || judging->depth == JUDGING_DEPTH_MOST) {
        definition->why = model_why(&judging->document->arena,
                                    definition->progress == OVAL_UNDER_WAY
                                        ? "definition '%.120s' extends itself"
                                        : "definition '%.120s' extends too many others, one behind the other",
                                    definition->id);
        return;
    }
    if (definition->line == 0) {
        definition->why = model_why(&judging->document->arena, "definition '%.120s' is not in the document",
                                    definition->id);
    } else if (definition->criteria == NULL) {
        definition->result = OVAL_NOT_EVALUATED;
    } else {
        definition->progress = OVAL_UNDER_WAY;
        judging->depth++;
        definition->result = criteria_hold(judging, definition->criteria, &definition->why);
        judging->depth--;
    }
    definition->progress = OVAL_DONE;
}

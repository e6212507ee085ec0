#include "check/oval/xccdf.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "check/oval/xccdf_model.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

const char *xccdf_result_name(enum xccdf_result result)
{
    static const char *const names[] = {[XCCDF_PASS] = "pass",
                                        [XCCDF_FAIL] = "fail",
                                        [XCCDF_ERROR] = "error",
                                        [XCCDF_UNKNOWN] = "unknown",
                                        [XCCDF_NOT_APPLICABLE] = "notapplicable",
                                        [XCCDF_NOT_CHECKED] = "notchecked",
                                        [XCCDF_NOT_SELECTED] = "notselected"};
    return names[result];
}

void xccdf_verdicts_clear(struct xccdf_verdicts *verdicts)
{
    free(verdicts->items);
    arena_clear(&verdicts->arena);
    *verdicts = (struct xccdf_verdicts){0};
}

/* Items and definitions in the order of their ids, to be found by them. */
struct judging {
    struct xccdf_benchmark benchmark;
    const struct oval_verdicts *definitions;
    const struct oval_verdict **by_id;
    struct xccdf_item **items_by_id;
    struct xccdf_verdicts *verdicts;
    size_t capacity;
};

static int compare_definitions(const void *a, const void *b)
{
    const struct oval_verdict *const *x = a, *const *y = b;
    return strcmp((*x)->id, (*y)->id);
}
static int compare_items(const void *a, const void *b)
{
    struct xccdf_item *const *x = a, *const *y = b;
    return strcmp((*x)->id, (*y)->id);
}

static void make_indexes(struct judging *judging)
{
    const struct oval_verdicts *definitions = judging->definitions;
    struct xccdf_benchmark *benchmark = &judging->benchmark;
    judging->by_id = memory_new(definitions->count, sizeof *judging->by_id);
    judging->items_by_id = memory_new(benchmark->item_count, sizeof *judging->items_by_id);
    for (size_t i = 0; i < definitions->count; i++)
        judging->by_id[i] = &definitions->items[i];
    for (size_t i = 0; i < benchmark->item_count; i++)
        judging->items_by_id[i] = &benchmark->items[i];
    if (definitions->count > 0)
        qsort(judging->by_id, definitions->count, sizeof *judging->by_id, compare_definitions);
    if (benchmark->item_count > 0)
        qsort(judging->items_by_id, benchmark->item_count, sizeof *judging->items_by_id, compare_items);
}

static void judging_clear(struct judging *judging)
{
    free(judging->by_id);
    free(judging->items_by_id);
    xccdf_benchmark_clear(&judging->benchmark);
}

/* An item by its id, else all of a cluster. */
static void apply_select(struct judging *judging, const struct xccdf_select *select)
{
    struct xccdf_benchmark *benchmark = &judging->benchmark;
    struct xccdf_item wanted = {.id = select->idref}, *key = &wanted, **found;
    found = benchmark->item_count == 0 ? NULL
                                       : bsearch(&key, judging->items_by_id, benchmark->item_count,
                                                 sizeof *judging->items_by_id, compare_items);
    if (found != NULL)
        (*found)->selected = select->selected;
    for (size_t i = 0; found == NULL && i < benchmark->item_count; i++)
        if (benchmark->items[i].cluster[0] != '\0' && strcmp(benchmark->items[i].cluster, select->idref) == 0)
            benchmark->items[i].selected = select->selected;
}

static const struct xccdf_profile *find_profile(const struct xccdf_benchmark *benchmark, const char *id)
{
    for (size_t i = 0; id[0] != '\0' && i < benchmark->profile_count; i++)
        if (strcmp(benchmark->profiles[i].id, id) == 0)
            return &benchmark->profiles[i];
    return NULL;
}

/* First what it builds upon. Who builds upon himself is cut off by the depth. */
static void apply_profile(struct judging *judging, const struct xccdf_profile *profile, int depth)
{
    enum { DEEPEST = 16 };
    if (profile == NULL || depth == DEEPEST)
        return;
    apply_profile(judging, find_profile(&judging->benchmark, profile->extends), depth + 1);
    for (size_t i = 0; i < profile->count; i++)
        apply_select(judging, &profile->selects[i]);
}

/* It, and every group around it. */
static bool is_selected(const struct xccdf_benchmark *benchmark, const struct xccdf_item *item)
{
    while (item->selected && item->around != SIZE_MAX)
        item = &benchmark->items[item->around];
    return item->selected;
}

static bool any_selected(const struct xccdf_benchmark *benchmark)
{
    for (size_t i = 0; i < benchmark->item_count; i++)
        if (benchmark->items[i].rule && is_selected(benchmark, &benchmark->items[i]))
            return true;
    return false;
}

/* What OVAL says, in XCCDF's words (NIST SP 800-126, table 32): of a weakness, "true" is bad. */
static enum xccdf_result result_of(const struct oval_verdict *definition)
{
    bool weakness = definition->class == OVAL_VULNERABILITY || definition->class == OVAL_PATCH;
    switch (definition->result) {
    case OVAL_TRUE:
        return weakness ? XCCDF_FAIL : XCCDF_PASS;
    case OVAL_FALSE:
        return weakness ? XCCDF_PASS : XCCDF_FAIL;
    case OVAL_ERROR:
        return XCCDF_ERROR;
    case OVAL_NOT_EVALUATED:
        return XCCDF_NOT_CHECKED;
    case OVAL_NOT_APPLICABLE:
        return XCCDF_NOT_APPLICABLE;
    case OVAL_UNKNOWN:
        break;
    }
    return XCCDF_UNKNOWN;
}

/* The truth tables of complex-check (NISTIR 7275, tables 12 and 13): what comes first here decides. */
static enum xccdf_result both(enum xccdf_result a, enum xccdf_result b, bool or)
{
    static const enum xccdf_result ranks[2][6] = {
        {XCCDF_FAIL, XCCDF_UNKNOWN, XCCDF_ERROR, XCCDF_PASS, XCCDF_NOT_APPLICABLE, XCCDF_NOT_CHECKED},
        {XCCDF_PASS, XCCDF_UNKNOWN, XCCDF_ERROR, XCCDF_FAIL, XCCDF_NOT_APPLICABLE, XCCDF_NOT_CHECKED}};
    for (size_t i = 0; i < sizeof ranks[0] / sizeof ranks[0][0]; i++)
        if (ranks[or][i] == a || ranks[or][i] == b)
            return ranks[or][i];
    return XCCDF_UNKNOWN;
}

static enum xccdf_result turned(enum xccdf_result result, bool negate)
{
    if (negate && result == XCCDF_PASS)
        return XCCDF_FAIL;
    return negate && result == XCCDF_FAIL ? XCCDF_PASS : result;
}

static const struct oval_verdict *find_definition(const struct judging *judging, const char *id)
{
    struct oval_verdict wanted = {.id = id};
    const struct oval_verdict *key = &wanted, **found;
    if (judging->definitions->count == 0)
        return NULL;
    found = bsearch(&key, judging->by_id, judging->definitions->count, sizeof *judging->by_id,
                    compare_definitions);
    return found == NULL ? NULL : *found;
}

/* A definition that the documents at hand do not hold was asked of nobody. */
static enum xccdf_result result_of_check(const struct judging *judging, const struct xccdf_check *check)
{
    enum xccdf_result result = XCCDF_NOT_CHECKED;
    if (check->complex) {
        for (const struct xccdf_check *child = check->children; child != NULL; child = child->next) {
            enum xccdf_result part = result_of_check(judging, child);
            result = child == check->children ? part : both(result, part, check->or);
        }
    } else if (check->oval && check->has_content && check->definition[0] != '\0') {
        const struct oval_verdict *found = find_definition(judging, check->definition);
        result = found == NULL ? XCCDF_NOT_CHECKED : result_of(found);
    } else if (check->oval && check->has_content)
        for (size_t i = 0; i < judging->definitions->count; i++) {
            enum xccdf_result part = result_of(&judging->definitions->items[i]);
            result = i == 0 ? part : both(result, part, false);
        }
    return turned(result, check->negate);
}

static void add(struct judging *judging, const struct xccdf_item *rule, enum xccdf_result result,
                const char *definition)
{
    struct xccdf_verdicts *verdicts = judging->verdicts;
    struct arena *arena = &verdicts->arena;
    if (verdicts->count == judging->capacity) {
        judging->capacity = judging->capacity == 0 ? 64 : 2 * judging->capacity;
        verdicts->items = memory_resize(verdicts->items, judging->capacity, sizeof *verdicts->items);
    }
    verdicts->items[verdicts->count++] =
        (struct xccdf_verdict){.rule = arena_string(arena, rule->id, strlen(rule->id)),
                               .title = arena_string(arena, rule->title, strlen(rule->title)),
                               .fix = arena_string(arena, rule->fix, strlen(rule->fix)),
                               .definition = arena_string(arena, definition, strlen(definition)),
                               .result = result};
}

/* The one that counts: what OVAL can judge, and that no selector must ask for. */
static const struct xccdf_check *check_of(const struct xccdf_item *rule)
{
    const struct xccdf_check *any = NULL;
    for (const struct xccdf_check *check = rule->checks; check != NULL; check = check->next) {
        if ((check->oval || check->complex) && check->selector[0] == '\0')
            return check;
        if (any == NULL && (check->oval || check->complex))
            any = check;
    }
    return any;
}

static void judge_rule(struct judging *judging, const struct xccdf_item *rule)
{
    const struct xccdf_check *check = check_of(rule);
    const struct oval_verdicts *definitions = judging->definitions;
    if (!is_selected(&judging->benchmark, rule))
        add(judging, rule, XCCDF_NOT_SELECTED, check == NULL ? "" : check->definition);
    else if (check == NULL || rule->unchecked)
        add(judging, rule, XCCDF_NOT_CHECKED, "");
    else if (check->each && check->has_content && check->definition[0] == '\0' && definitions->count > 0)
        for (size_t i = 0; i < definitions->count; i++)
            add(judging, rule, turned(result_of(&definitions->items[i]), check->negate),
                definitions->items[i].id);
    else
        add(judging, rule, result_of_check(judging, check), check->definition);
}

/* A benchmark that selects nothing by itself is meant to be used by a profile: by its first. */
bool xccdf_judge(const char *name, const char *bytes, size_t length, const struct oval_verdicts *definitions,
                 struct xccdf_verdicts *verdicts, struct fault *fault)
{
    CLEANUP(judging_clear) struct judging judging = {.definitions = definitions};
    if (!xccdf_read(name, bytes, length, &judging.benchmark, fault))
        return false;
    struct xccdf_verdicts judged = {.count = 0};
    const struct xccdf_benchmark *benchmark = &judging.benchmark;
    arena_init(&judged.arena);
    judging.verdicts = &judged;
    judged.title = arena_string(&judged.arena, benchmark->title, strlen(benchmark->title));
    make_indexes(&judging);
    if (!any_selected(benchmark) && benchmark->profile_count > 0)
        apply_profile(&judging, &benchmark->profiles[0], 0);
    for (size_t i = 0; i < benchmark->item_count; i++)
        if (benchmark->items[i].rule && !benchmark->items[i].abstract)
            judge_rule(&judging, &benchmark->items[i]);
    *verdicts = judged;
    return true;
}

#include "check/group.h"
#include "base/words.h"
#include <string.h>

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool belongs(const struct finding *first, const struct finding *other)
{
    return first->result == other->result &&
           (first->result == CHECK_PASS || strcmp(first->id, other->id) == 0);
}

static bool same_source(const struct finding *a, const struct finding *b)
{
    return same(a->source, b->source) && a->source_age_days == b->source_age_days;
}

/* A few sources are told together under the group; more than that with each finding. */
static void take_source(struct group *group, const struct finding *finding)
{
    size_t i = 0;
    while (i < group->source_count && !same_source(group->sources[i], finding))
        i++;
    if (finding->source == NULL || i < group->source_count || group->sources_differ)
        return;
    group->sources_differ = group->source_count == GROUP_SOURCES_MOST;
    if (group->sources_differ)
        group->source_count = 0;
    else
        group->sources[group->source_count++] = finding;
}

static void take(struct group *group, const struct finding *finding)
{
    const struct finding *first = group->items;
    group->advices_differ |= !same(finding->advice, first->advice);
    group->seen_differ |= !same(finding->seen, first->seen);
    group->expected_differ |= !same(finding->expected, first->expected);
    group->places_differ |= !same(finding->file, first->file) || finding->line != first->line;
    take_source(group, finding);
    group->count++;
}

/* Where only some have a source, it would be taken for everybody's. */
static void settle_sources(struct group *group)
{
    size_t sourced = 0;
    for (size_t i = 0; i < group->count; i++)
        sourced += group->items[i].source != NULL;
    if (sourced == 0 || sourced == group->count)
        return;
    group->sources_differ = true;
    group->source_count = 0;
}

/* What is told once, and what each tells. One alone tells all but the advice. */
static void settle(struct group *group)
{
    const struct finding *first = group->items;
    if (group->count == 1) {
        group->seen_differ = first->seen != NULL;
        group->expected_differ = first->expected != NULL;
        group->places_differ = first->line > 0;
    }
    group->advice = group->advices_differ || group->result == CHECK_SKIPPED ? NULL : first->advice;
    group->seen = group->seen_differ ? NULL : first->seen;
    group->expected = group->expected_differ ? NULL : first->expected;
    group->place = group->places_differ || first->file == NULL ? NULL : first;
    settle_sources(group);
}

struct group group_at(const struct check *check, const struct findings *findings, size_t from)
{
    const struct finding *first = &findings->items[from];
    struct group group = {.result = first->result, .items = first};
    for (const struct check_id *id = check->ids; id->id != NULL && first->result != CHECK_PASS; id++)
        if (strcmp(id->id, first->id) == 0)
            group.id = id;
    for (size_t i = from; i < findings->count && belongs(first, &findings->items[i]); i++)
        take(&group, &findings->items[i]);
    settle(&group);
    return group;
}

const char *group_mark(enum check_result result)
{
    static const char *const marks[] = {
        [CHECK_FAIL] = "×", [CHECK_UNKNOWN] = "－", [CHECK_SKIPPED] = "・", [CHECK_PASS] = "○"};
    return marks[result];
}

const char *group_mark_words(enum check_result result)
{
    static const char *const words[] = {[CHECK_FAIL] = N_("Needs doing"),
                                        [CHECK_UNKNOWN] = N_("Could not be judged"),
                                        [CHECK_SKIPPED] = N_("Passed over"),
                                        [CHECK_PASS] = N_("Well")};
    return _(words[result]);
}

void group_write_title(const struct group *group, struct text *out)
{
    const char *title = group->id != NULL ? _(group->id->title) : group_mark_words(group->result);
    bool said = strcmp(title, group_mark_words(group->result)) == 0;
    if (group->result == CHECK_SKIPPED)
        text_addf(out, _("Passed over: %s"), title);
    else if (group->result == CHECK_UNKNOWN && !said)
        text_addf(out, _("Could not be judged: %s"), title);
    else
        text_add_string(out, title);
}

enum check_result group_verdict(const struct findings *findings)
{
    return findings->list != NULL && findings->count == 0 ? CHECK_SKIPPED : findings_result(findings);
}

const char *group_verdict_words(enum check_result verdict)
{
    static const char *const sentences[] = {
        [CHECK_FAIL] = N_("There is something to do."),
        [CHECK_UNKNOWN] = N_("Nothing was found wrong, but not everything could be judged."),
        [CHECK_SKIPPED] = N_("This is a list; nothing was judged."),
        [CHECK_PASS] = N_("Nothing was found wrong.")};
    return _(sentences[verdict]);
}

void group_write_source(const struct finding *finding, struct text *out)
{
    int32_t age_days = finding->source_age_days;
    if (finding->source == NULL)
        return;
    text_add_string(out, finding->source);
    if (age_days == 0)
        text_add_string(out, _(" (of today)"));
    else if (age_days == 1)
        text_add_string(out, _(" (1 day old)"));
    else if (age_days > 0)
        text_addf(out, _(" (%d days old)"), age_days);
}

void group_write_sources(const struct group *group, struct text *out)
{
    for (size_t i = 0; i < group->source_count; i++) {
        text_add_string(out, i == 0 ? "" : _("; "));
        group_write_source(group->sources[i], out);
    }
}

void group_write_place(const struct finding *finding, struct text *out)
{
    if (finding->file == NULL)
        return;
    text_add_string(out, finding->file);
    if (finding->line > 0)
        text_addf(out, ":%zu", finding->line);
}

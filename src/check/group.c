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

struct group group_at(const struct check *check, const struct findings *findings, size_t from)
{
    const struct finding *first = &findings->items[from];
    struct group group = {.result = first->result,
                          .items = first,
                          .advice = first->advice,
                          .source = first->source,
                          .source_age_days = first->source_age_days};
    for (const struct check_id *id = check->ids; id->id != NULL && first->result != CHECK_PASS; id++)
        if (strcmp(id->id, first->id) == 0)
            group.id = id;
    for (size_t i = from; i < findings->count && belongs(first, &findings->items[i]); i++, group.count++) {
        const struct finding *at = &findings->items[i];
        group.advised |= !same(at->advice, first->advice);
        group.sourced |= !same(at->source, first->source) || at->source_age_days != first->source_age_days;
        group.has_seen |= at->seen != NULL;
        group.has_expected |= at->expected != NULL;
        group.has_file |= at->file != NULL;
    }
    if (group.advised)
        group.advice = NULL;
    if (group.sourced)
        group.source = NULL;
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

const char *group_verdict(enum check_result result)
{
    static const char *const sentences[] = {
        [CHECK_FAIL] = N_("There is something to do."),
        [CHECK_UNKNOWN] = N_("Nothing was found wrong, but not everything could be judged."),
        [CHECK_SKIPPED] = "",
        [CHECK_PASS] = N_("Nothing was found wrong.")};
    return _(sentences[result]);
}

void group_add_source(struct text *out, const char *source, int32_t age_days)
{
    text_add_string(out, source);
    if (age_days == 0)
        text_add_string(out, _(" (of today)"));
    else if (age_days == 1)
        text_add_string(out, _(" (1 day old)"));
    else if (age_days > 0)
        text_addf(out, _(" (%d days old)"), age_days);
}

void group_write_place(const struct finding *finding, struct text *out)
{
    if (finding->file == NULL)
        return;
    text_add_string(out, finding->file);
    if (finding->line > 0)
        text_addf(out, ":%zu", finding->line);
}

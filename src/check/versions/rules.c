#include "check/versions/rules.h"
#include "base/memory.h"
#include "base/words.h"
#include "check/oval/xccdf.h"
#include "check/versions/judge.h"
#include <stdlib.h>
#include <string.h>

/* All verdicts of all documents in one list, which borrows them, document after document. */
struct all {
    struct oval_verdicts verdicts;
    bool *covered; /* of each: a rule goes by it */
};
static void all_clear(struct all *all)
{
    free(all->verdicts.items);
    free(all->covered);
}

static void gather(const struct judged *judged, size_t count, struct all *all)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += judged[i].verdicts.count;
    all->verdicts.items = memory_new(total + 1, sizeof *all->verdicts.items);
    all->covered = memory_new(total + 1, sizeof *all->covered);
    for (size_t i = 0; i < count; i++)
        for (size_t v = 0; v < judged[i].verdicts.count; v++)
            all->verdicts.items[all->verdicts.count++] = judged[i].verdicts.items[v];
}

/* Why a rule is unknown: because its definition is. */
static const char *why_of(const struct all *all, const char *definition, struct findings *findings)
{
    for (size_t i = 0; i < all->verdicts.count; i++) {
        const struct oval_verdict *verdict = &all->verdicts.items[i];
        if (strcmp(verdict->id, definition) == 0)
            return verdict->why[0] != '\0' ? verdict->why : oval_result_name(verdict->result);
    }
    return findings_format(findings, _("its definition '%s' was not given"), definition);
}

static void say_rule(const struct all *all, const struct feed *feed, const struct xccdf_verdict *rule,
                     struct findings *findings)
{
    static const struct {
        bool said;
        const char *id;
        enum check_result result;
    } lines[] = {[XCCDF_PASS] = {true, "not-latest", CHECK_PASS},
                 [XCCDF_FAIL] = {true, "not-latest", CHECK_FAIL},
                 [XCCDF_ERROR] = {true, "version-unknown", CHECK_UNKNOWN},
                 [XCCDF_UNKNOWN] = {true, "version-unknown", CHECK_UNKNOWN},
                 [XCCDF_NOT_APPLICABLE] = {0},
                 [XCCDF_NOT_CHECKED] = {true, "version-unknown", CHECK_UNKNOWN},
                 [XCCDF_NOT_SELECTED] = {0}};
    bool old_pass = rule->result == XCCDF_PASS && feed_old(feed->age_days);
    if (!lines[rule->result].said)
        return;
    bool unknown = lines[rule->result].result == CHECK_UNKNOWN, fails = rule->result == XCCDF_FAIL;
    const char *seen = old_pass  ? _("well, by a document that is old")
                       : unknown ? why_of(all, rule->definition, findings)
                                 : NULL;
    const char *advice = fails && rule->fix[0] != '\0' ? rule->fix
                         : fails                       ? judge_advice(NULL)
                         : old_pass ? _("Get a newer one: what became known since is not in it.")
                         : unknown  ? _("Have somebody who knows this document look at it.")
                                    : NULL;
    finding_add(findings, &(struct finding){.id = old_pass ? "version-unknown" : lines[rule->result].id,
                                            .result = old_pass ? CHECK_UNKNOWN : lines[rule->result].result,
                                            .subject = rule->title[0] != '\0' ? rule->title : rule->rule,
                                            .seen = seen,
                                            .advice = advice,
                                            .source = feed->name,
                                            .source_age_days = feed->age_days});
}

static void cover(struct all *all, const char *definition)
{
    for (size_t i = 0; i < all->verdicts.count; i++)
        if (strcmp(all->verdicts.items[i].id, definition) == 0)
            all->covered[i] = true;
}

/* What no rule goes by speaks for itself. */
static void say_uncovered(const struct judged *judged, size_t count, struct all *all,
                          struct findings *findings)
{
    for (size_t i = 0, from = 0; i < count; from += judged[i++].verdicts.count) {
        struct judged rest = {.feed = judged[i].feed, .verdicts = {.items = all->verdicts.items + from}};
        for (size_t v = 0; v < judged[i].verdicts.count; v++)
            if (!all->covered[from + v])
                rest.verdicts.items[rest.verdicts.count++] = judged[i].verdicts.items[v];
        verdicts_say_compliance(&rest, findings);
    }
}

bool rules_say(const struct feeds *feeds, const struct judged *judged, size_t judged_count,
               struct findings *findings, struct fault *fault)
{
    CLEANUP(all_clear) struct all all = {0};
    gather(judged, judged_count, &all);
    for (size_t i = 0; i < feeds->count; i++) {
        const struct feed *feed = &feeds->items[i];
        CLEANUP(xccdf_verdicts_clear) struct xccdf_verdicts rules = {0};
        if (feed->kind != FEED_XCCDF)
            continue;
        if (!xccdf_judge(feed->name, feed->bytes.bytes, feed->bytes.length, &all.verdicts, &rules, fault))
            return false;
        for (size_t r = 0; r < rules.count; r++) {
            say_rule(&all, feed, &rules.items[r], findings);
            cover(&all, rules.items[r].definition);
        }
    }
    say_uncovered(judged, judged_count, &all, findings);
    return true;
}

#include "check/versions/documents.h"
#include "base/memory.h"
#include "base/words.h"
#include "check/apart.h"
#include "check/check.h"
#include "check/oval/openscap.h"
#include "check/versions/rules.h"
#include "check/versions/verdicts.h"
#include <stdlib.h>
#include <string.h>

/* What was judged so far, with all that those who judge apart are given. */
struct judging {
    const struct machine *machine;
    const struct feeds *feeds;
    const struct feed *feed; /* the one at hand */
    struct judged *judged;
    size_t count;
};
static void judging_clear(struct judging *judging)
{
    for (size_t i = 0; i < judging->count; i++)
        oval_verdicts_clear(&judging->judged[i].verdicts);
    free(judging->judged);
}

static bool oval_work(void *context, struct text *answer, struct fault *fault)
{
    const struct judging *judging = context;
    const struct feed *feed = judging->feed;
    CLEANUP(oval_verdicts_clear) struct oval_verdicts verdicts = {0};
    if (!oval_judge(feed->name, feed->bytes.bytes, feed->bytes.length, judging->machine, NULL, &verdicts,
                    fault))
        return false;
    oval_pack(&verdicts, answer);
    return true;
}

static bool rules_work(void *context, struct text *answer, struct fault *fault)
{
    const struct judging *judging = context;
    CLEANUP(findings_clear) struct findings findings;
    findings_init(&findings);
    if (!rules_say(judging->feeds, judging->judged, judging->count, &findings, fault))
        return false;
    findings_pack(&findings, answer);
    return true;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct oval_verdict *)a)->id, ((const struct oval_verdict *)b)->id);
}

/* What the evaluator has no kind of object for, libopenscap may know: its verdicts take their place. The
 * strings are the arena's of `more`, which is kept as long. */
static void fill_in(struct oval_verdicts *verdicts, struct oval_verdicts *more)
{
    qsort(more->items, more->count, sizeof *more->items, by_id);
    for (size_t i = 0; i < verdicts->count; i++) {
        struct oval_verdict *verdict = &verdicts->items[i];
        const struct oval_verdict *found =
            !verdict->no_kind || more->count == 0
                ? NULL
                : bsearch(verdict, more->items, more->count, sizeof *more->items, by_id);
        if (found == NULL)
            continue;
        verdict->result = found->result;
        verdict->why = arena_string(&verdicts->arena, found->why, strlen(found->why));
    }
}

static bool ask_openscap(const struct judging *judging, struct oval_verdicts *verdicts, struct fault *fault)
{
    bool asked = false;
    for (size_t i = 0; i < verdicts->count; i++)
        asked = asked || verdicts->items[i].no_kind;
    CLEANUP(oval_verdicts_clear) struct oval_verdicts more = {0};
    if (!asked || !judging->machine->here)
        return true;
    const struct text *bytes = &judging->feed->bytes;
    if (!openscap_judge(judging->feed->name, bytes->bytes, bytes->length, &more, fault))
        return false;
    fill_in(verdicts, &more);
    return true;
}

static void say_broken(const char *name, int32_t age_days, const struct fault *fault,
                       struct findings *findings)
{
    finding_add(
        findings,
        &(struct finding){.id = "vulnerable",
                          .result = CHECK_UNKNOWN,
                          .subject = name,
                          .seen = fault->text,
                          .advice = _("This document could not be used: get it anew from where it comes."),
                          .source = name,
                          .source_age_days = age_days});
}

/* One document; what cannot be judged in it is told, and does not stop the others. */
static void judge_oval(struct judging *judging, struct findings *findings)
{
    const struct feed *feed = judging->feed;
    struct judged *judged = &judging->judged[judging->count];
    CLEANUP(text_clear) struct text answer;
    struct fault why;
    text_init(&answer, APART_ORDINARY.answer);
    *judged = (struct judged){.feed = feed};
    if (!apart_run(APART_ORDINARY, oval_work, judging, &answer, &why) ||
        !oval_unpack(answer.bytes, answer.length, &judged->verdicts, &why)) {
        say_broken(feed->name, feed->age_days, &why, findings);
        return;
    }
    judging->count++;
    if (!ask_openscap(judging, &judged->verdicts, &why))
        say_broken(feed->name, feed->age_days, &why, findings);
    verdicts_say(judging->machine, judged, findings);
}

static void judge_rules(struct judging *judging, struct findings *findings)
{
    static const struct feeds none;
    CLEANUP(text_clear) struct text answer;
    struct fault why;
    text_init(&answer, APART_ORDINARY.answer);
    if (apart_run(APART_ORDINARY, rules_work, judging, &answer, &why) &&
        findings_unpack(answer.bytes, answer.length, check_versions.ids, findings, &why))
        return;
    say_broken(_("The benchmarks"), FINDING_NO_AGE, &why, findings);
    rules_say(&none, judging->judged, judging->count, findings, &why); /* definitions without their rules */
}

static void say_sum(const struct feeds *feeds, struct findings *findings)
{
    size_t vulnerable = 0;
    for (size_t i = 0; i < findings->count; i++)
        vulnerable +=
            strcmp(findings->items[i].id, "vulnerable") == 0 && findings->items[i].result == CHECK_FAIL;
    if (feeds->count == 0)
        findings_say(findings,
                     _("Known vulnerabilities were not looked up: \"--oval\" or \"--feed\" does that."));
    else
        findings_say(findings, _("Known to be vulnerable: %zu."), vulnerable);
}

bool documents_judge(const struct feeds *feeds, const struct machine *machine, struct findings *findings,
                     struct fault *fault)
{
    CLEANUP(judging_clear) struct judging judging = {.machine = machine, .feeds = feeds};
    judging.judged = memory_new(feeds->count + 1, sizeof *judging.judged);
    bool rules = false;
    for (size_t i = 0; i < feeds->count; i++) {
        judging.feed = &feeds->items[i];
        rules = rules || judging.feed->kind == FEED_XCCDF;
        if (judging.feed->kind == FEED_OVAL)
            judge_oval(&judging, findings);
    }
    if (rules || judging.count > 0)
        judge_rules(&judging, findings);
    if (!feeds_judge(feeds, machine, findings, fault))
        return false;
    say_sum(feeds, findings);
    return true;
}

#include "check/versions/verdicts.h"
#include "base/memory.h"
#include "base/words.h"
#include "check/versions/judge.h"
#include "check/versions/product_table.h"
#include <stdlib.h>
#include <string.h>

/* Some of a document's verdicts, in an order of their own. */
struct chosen {
    const struct oval_verdict **items;
    size_t count;
};
static void chosen_clear(struct chosen *chosen)
{
    free(chosen->items);
}

static bool is_hit(const struct oval_verdict *verdict)
{
    bool tells = verdict->class == OVAL_VULNERABILITY || verdict->class == OVAL_PATCH;
    return tells && verdict->result == OVAL_TRUE;
}

static bool is_unjudged(const struct oval_verdict *verdict)
{
    return verdict->result == OVAL_UNKNOWN || verdict->result == OVAL_ERROR ||
           verdict->result == OVAL_NOT_EVALUATED;
}

/* An inventory that cannot be told holds up the definitions that ask for it, and those say so. */
static bool is_unjudged_danger(const struct oval_verdict *verdict)
{
    bool tells = verdict->class == OVAL_VULNERABILITY || verdict->class == OVAL_PATCH;
    return tells && is_unjudged(verdict);
}

static bool is_unjudged_compliance(const struct oval_verdict *verdict)
{
    return verdict->class == OVAL_COMPLIANCE && is_unjudged(verdict);
}

static void choose(const struct oval_verdicts *verdicts, bool (*wanted)(const struct oval_verdict *verdict),
                   int (*order)(const void *, const void *), struct chosen *chosen)
{
    chosen->items = memory_new(verdicts->count + 1, sizeof *chosen->items);
    for (size_t i = 0; i < verdicts->count; i++)
        if (wanted(&verdicts->items[i]))
            chosen->items[chosen->count++] = &verdicts->items[i];
    qsort(chosen->items, chosen->count, sizeof *chosen->items, order);
}

static const char *title_of(const struct oval_verdict *verdict)
{
    return verdict->title[0] != '\0' ? verdict->title : verdict->id;
}

static const char *name_of(const struct oval_verdict *verdict)
{
    return verdict->reference[0] != '\0' ? verdict->reference : title_of(verdict);
}

/* By product, then the newest name first (CVE-2026-10000 before CVE-2026-9999). */
static int by_product(const void *a, const void *b)
{
    const struct oval_verdict *one = *(const struct oval_verdict *const *)a;
    const struct oval_verdict *other = *(const struct oval_verdict *const *)b;
    int order = strcmp(one->product, other->product);
    if (order == 0)
        order = strverscmp(name_of(other), name_of(one));
    return order != 0 ? order : strcmp(one->id, other->id);
}

static int by_why(const void *a, const void *b)
{
    const struct oval_verdict *one = *(const struct oval_verdict *const *)a;
    const struct oval_verdict *other = *(const struct oval_verdict *const *)b;
    int order = strcmp(one->why, other->why);
    return order != 0 ? order : strcmp(one->id, other->id);
}

/* "CVE-2026-3, CVE-2026-2, CVE-2026-1 (and 12 more)": each name once. */
static const char *list_of(const struct chosen *hits, size_t from, size_t to, struct findings *findings)
{
    CLEANUP(text_clear) struct text list;
    size_t listed = 0, more = 0;
    text_init(&list, FINDING_STRING_MOST / 2);
    for (size_t i = from; i < to; i++) {
        const char *name = name_of(hits->items[i]);
        if (i > from && strcmp(name, name_of(hits->items[i - 1])) == 0)
            continue;
        if (listed < VERDICTS_LISTED && strlen(name) < 256)
            text_addf(&list, "%s%s", listed++ > 0 ? ", " : "", name);
        else
            more++;
    }
    if (more > 0)
        text_addf(&list, _(" (and %zu more)"), more);
    return findings_string(findings, list.bytes);
}

/* What is installed under the name that a document gives it: a package, else the first that is made of that
 * source. */
static void index_products(const struct machine *machine, struct product_table *table)
{
    product_table_init(table);
    for (size_t i = 0; i < machine->products.count; i++)
        product_table_put(table, machine->products.items[i].name, "", i);
    for (size_t i = 0; i < machine->products.count; i++)
        product_table_put(table, machine->products.items[i].group, "", i);
}

/* Some of a document's hits, all of one product. */
struct hits {
    const struct chosen *all;
    size_t from, to;
    const struct product *product; /* NULL: nothing goes by that name here */
};

static void say_product(const struct feed *feed, const struct hits *hits, struct findings *findings)
{
    const char *name = hits->all->items[hits->from]->product;
    const struct product *product = hits->product;
    bool whole = product != NULL && strcmp(product->name, name) == 0;
    finding_add(
        findings,
        &(struct finding){.id = "vulnerable",
                          .result = CHECK_FAIL,
                          .subject = findings_format(findings, "%s%s%s", name, whole ? " " : "",
                                                     whole ? product->version : ""),
                          .seen = list_of(hits->all, hits->from, hits->to, findings),
                          .expected = product != NULL && judge_is_behind(product) ? product->latest : NULL,
                          .advice = judge_advice(product),
                          .source = feed->name,
                          .source_age_days = feed->age_days});
}

static void say_definition(const struct feed *feed, const struct oval_verdict *verdict,
                           struct findings *findings)
{
    finding_add(findings, &(struct finding){.id = "vulnerable",
                                            .result = CHECK_FAIL,
                                            .subject = title_of(verdict),
                                            .seen = name_of(verdict),
                                            .advice = judge_advice(NULL),
                                            .source = feed->name,
                                            .source_age_days = feed->age_days});
}

static void say_hits(const struct machine *machine, const struct judged *judged, struct findings *findings)
{
    CLEANUP(chosen_clear) struct chosen all = {0};
    CLEANUP(product_table_clear) struct product_table table;
    choose(&judged->verdicts, is_hit, by_product, &all);
    index_products(machine, &table);
    for (size_t from = 0, to; from < all.count; from = to) {
        const char *name = all.items[from]->product;
        for (to = from + 1; to < all.count && strcmp(all.items[to]->product, name) == 0;)
            to++;
        size_t index = product_table_find(&table, name, "");
        struct hits hits = {&all, from, to, NULL};
        if (index != PRODUCT_TABLE_NONE)
            hits.product = &machine->products.items[index];
        if (name[0] != '\0')
            say_product(judged->feed, &hits, findings);
        for (size_t i = from; i < to && name[0] == '\0'; i++)
            say_definition(judged->feed, all.items[i], findings);
    }
}

static void say_reason(const struct feed *feed, const struct chosen *unjudged, size_t from, size_t to,
                       const char *why, struct findings *findings)
{
    const struct oval_verdict *first = unjudged->items[from];
    const char *subject = to == from + 1 ? findings_string(findings, title_of(first))
                                         : findings_format(findings, _("Definitions: %zu"), to - from);
    finding_add(findings,
                &(struct finding){.id = first->class == OVAL_COMPLIANCE ? "version-unknown" : "vulnerable",
                                  .result = CHECK_UNKNOWN,
                                  .subject = subject,
                                  .seen = why[0] != '\0' ? why : oval_result_name(first->result),
                                  .advice = _("Have somebody who knows this document look at it."),
                                  .source = feed->name,
                                  .source_age_days = feed->age_days});
}

static void say_unjudged(const struct judged *judged, bool (*wanted)(const struct oval_verdict *verdict),
                         struct findings *findings)
{
    CLEANUP(chosen_clear) struct chosen unjudged = {0};
    size_t reasons = 0;
    choose(&judged->verdicts, wanted, by_why, &unjudged);
    for (size_t from = 0, to; from < unjudged.count; from = to, reasons++) {
        const char *why = unjudged.items[from]->why;
        bool last = reasons + 1 == VERDICTS_REASONS_MOST;
        for (to = from + 1; to < unjudged.count && (last || strcmp(unjudged.items[to]->why, why) == 0);)
            to++;
        say_reason(judged->feed, &unjudged, from, to, last ? _("for many different reasons") : why, findings);
    }
}

static void say_old(const struct feed *feed, struct findings *findings)
{
    const char *age = feed->age_days == FINDING_NO_AGE
                          ? _("nobody knows how old it is")
                          : findings_format(findings, _("it is %d days old"), (int)feed->age_days);
    finding_add(findings,
                &(struct finding){.id = "vulnerable",
                                  .result = CHECK_UNKNOWN,
                                  .subject = feed->name,
                                  .seen = age,
                                  .advice = _("Get a newer one: what became known since is not in it."),
                                  .source = feed->name,
                                  .source_age_days = feed->age_days});
}

void verdicts_say(const struct machine *machine, const struct judged *judged, struct findings *findings)
{
    say_hits(machine, judged, findings);
    say_unjudged(judged, is_unjudged_danger, findings);
    if (feed_old(judged->feed->age_days))
        say_old(judged->feed, findings);
}

static void say_compliance(const struct feed *feed, const struct oval_verdict *verdict,
                           struct findings *findings)
{
    bool well = verdict->result == OVAL_TRUE;
    if (verdict->class != OVAL_COMPLIANCE || (!well && verdict->result != OVAL_FALSE))
        return;
    if (well && feed_old(feed->age_days))
        return; /* the document's age is told once for all */
    finding_add(findings, &(struct finding){.id = "not-latest",
                                            .result = well ? CHECK_PASS : CHECK_FAIL,
                                            .subject = title_of(verdict),
                                            .advice = well ? NULL : judge_advice(NULL),
                                            .source = feed->name,
                                            .source_age_days = feed->age_days});
}

void verdicts_say_compliance(const struct judged *judged, struct findings *findings)
{
    for (size_t i = 0; i < judged->verdicts.count; i++)
        say_compliance(judged->feed, &judged->verdicts.items[i], findings);
    say_unjudged(judged, is_unjudged_compliance, findings);
}

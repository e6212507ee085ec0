#include "check/versions/judge.h"
#include "base/calendar.h"
#include "base/words.h"
#include "check/versions/feed.h"
#include "check/versions/order.h"
#include "check/versions/support.h"
#include <string.h>

enum verdict { LATEST, NOT_LATEST, NO_VERSION, NOT_LISTED, OLD, NOTHING_KNOWN, VERDICTS };

/* What each system's products are ordered by, and what is to be done about them. */
static const struct system {
    enum order_rule rule;
    const char *update;  /* where there is something newer */
    const char *refresh; /* where what is known of the latest is old or missing; NULL: nothing can be done */
    const char *all;     /* all its products in a word or two */
} systems[] = {
    [PRODUCT_DPKG] = {ORDER_DPKG, N_("Update it: \"sudo apt update\", then \"sudo apt upgrade\"."),
                      N_("Get the lists of packages anew with \"sudo apt update\", and check again."),
                      N_("Packages (dpkg)")},
    [PRODUCT_RPM] = {ORDER_RPM, N_("Update it: \"sudo dnf upgrade\"."),
                     N_("Get the lists of packages anew with \"sudo dnf makecache\", and check again."),
                     N_("Packages (rpm)")},
    [PRODUCT_FLATPAK] =
        {ORDER_GENERAL, N_("Update it: \"flatpak update\"."),
         N_("Get the lists of applications anew with \"flatpak update --appstream\", and check again."),
         N_("Applications (Flatpak)")},
    [PRODUCT_WINDOWS] = {ORDER_WINDOWS, N_("Update it by its own update function, or from its maker's page."),
                         NULL, NULL},
    [PRODUCT_OS] = {ORDER_GENERAL, "", NULL, NULL},
};

bool judge_is_behind(const struct product *product)
{
    return product->latest[0] != '\0' &&
           order_compare(systems[product->system].rule, product->version, product->latest) < 0;
}

const char *judge_advice(const struct product *product)
{
    if (product == NULL || product->system == PRODUCT_OS)
        return _("Update it as soon as you can, by its own update function or from its maker's page.");
    bool known = product->latest[0] != '\0' && !feed_old(product->latest_age_days);
    if (known && !judge_is_behind(product))
        return _("Nothing newer is offered yet: look again soon, and use it with care until then.");
    return _(systems[product->system].update);
}

struct count {
    size_t products[VERDICTS];
    int32_t oldest_days;
    const char *first; /* one of those that are old or unknown */
};

static enum verdict verdict_of(const struct product *product, bool anything_known)
{
    if (product->version[0] == '\0')
        return NO_VERSION;
    if (product->latest[0] == '\0')
        return anything_known ? NOT_LISTED : NOTHING_KNOWN;
    if (judge_is_behind(product))
        return NOT_LATEST;
    return feed_old(product->latest_age_days) ? OLD : LATEST;
}

static const char *subject_of(struct findings *findings, const struct machine *machine,
                              const struct product *product)
{
    bool foreign = product->system == PRODUCT_DPKG && strcmp(product->architecture, "all") != 0 &&
                   strcmp(product->architecture, machine->architecture) != 0;
    return findings_format(findings, "%s%s%s%s%s", product->name, foreign ? ":" : "",
                           foreign ? product->architecture : "", product->version[0] != '\0' ? " " : "",
                           product->version);
}

static const char *known(const char *string)
{
    return string[0] != '\0' ? string : NULL;
}

/* A line for a product of which one can be said. */
static void say(const struct machine *machine, const struct product *product, enum verdict verdict,
                struct findings *findings)
{
    static const struct {
        const char *id;
        enum check_result result;
    } lines[] = {[LATEST] = {"not-latest", CHECK_PASS},
                 [NOT_LATEST] = {"not-latest", CHECK_FAIL},
                 [NO_VERSION] = {"version-unknown", CHECK_UNKNOWN},
                 [NOT_LISTED] = {"version-unknown", CHECK_UNKNOWN},
                 [OLD] = {"version-unknown", CHECK_UNKNOWN},
                 [NOTHING_KNOWN] = {"version-unknown", CHECK_UNKNOWN}};
    struct finding finding = {.id = lines[verdict].id,
                              .result = lines[verdict].result,
                              .subject = subject_of(findings, machine, product),
                              .seen = known(product->version),
                              .expected = known(product->latest),
                              .source = known(product->latest_source),
                              .source_age_days =
                                  product->latest[0] != '\0' ? product->latest_age_days : FINDING_NO_AGE,
                              .file = known(product->where)};
    if (verdict == NOT_LATEST)
        finding.advice = judge_advice(product);
    else if (verdict == NO_VERSION)
        finding.advice = _("Its version is not written down: see in the program itself, and compare it with "
                           "its maker's page.");
    else if (verdict == NOT_LISTED)
        finding.advice = _("No list offers it any more, or it was installed by hand: ask whoever gives it "
                           "out for the latest version.");
    else if (verdict != LATEST)
        finding.advice = _("Compare it with the latest version on its maker's page.");
    finding_add(findings, &finding);
}

/* What its own system says of it, whatever its version is. */
static void say_ended(const struct machine *machine, const struct product *product, struct findings *findings)
{
    finding_add(findings,
                &(struct finding){
                    .id = "unsupported",
                    .result = CHECK_FAIL,
                    .subject = subject_of(findings, machine, product),
                    .seen = product->ended,
                    .advice = _("It is mended no more: use another program in its place, and remove it."),
                    .source_age_days = FINDING_NO_AGE,
                    .file = known(product->where)});
}

/* One line for all products of a system that wait for the same thing. */
static void say_all(enum product_system system, const struct count *count, enum verdict verdict,
                    struct findings *findings)
{
    const struct system *all = &systems[system];
    finding_add(findings,
                &(struct finding){
                    .id = "version-unknown",
                    .result = CHECK_UNKNOWN,
                    .subject = findings_format(findings, "%s: %zu", _(all->all), count->products[verdict]),
                    .seen = verdict == OLD
                                ? _("nothing newer is known, but the lists are old or not all there")
                                : _("there are no lists that tell the latest version"),
                    .advice = _(all->refresh),
                    .source_age_days = verdict == OLD ? count->oldest_days : FINDING_NO_AGE});
}

static void judge_system(const struct machine *machine, enum product_system system, struct count *total,
                         struct findings *findings)
{
    const struct products *products = &machine->products;
    struct count count = {.oldest_days = FINDING_NO_AGE};
    bool anything_known = false, folds = systems[system].refresh != NULL;
    for (size_t i = 0; i < products->count; i++)
        anything_known |= products->items[i].system == system && products->items[i].latest[0] != '\0';
    for (size_t i = 0; i < products->count; i++) {
        const struct product *product = &products->items[i];
        if (product->system != system)
            continue;
        if (product->ended[0] != '\0')
            say_ended(machine, product, findings);
        enum verdict verdict = verdict_of(product, anything_known);
        count.products[verdict]++;
        total->products[verdict]++;
        if (verdict == OLD && product->latest_age_days > count.oldest_days)
            count.oldest_days = product->latest_age_days;
        if (verdict < OLD || !folds)
            say(machine, product, verdict, findings);
    }
    for (enum verdict verdict = OLD; verdict < VERDICTS && folds; verdict++)
        if (count.products[verdict] > 0)
            say_all(system, &count, verdict, findings);
}

/* The system itself: until when its maker mends it. */
static void judge_support(const struct machine *machine, const struct product *os, struct findings *findings)
{
    struct support support = support_of(machine, os->name, os->version);
    bool known = support.last_day != SUPPORT_NO_DAY, over = known && machine->today > support.last_day;
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, known ? support.last_day : 0);
    bool told = os->version[0] == '\0' || strstr(os->name, os->version) != NULL;
    struct finding finding = {
        .id = known ? "unsupported" : "version-unknown",
        .result = over    ? CHECK_FAIL
                  : known ? CHECK_PASS
                          : CHECK_UNKNOWN,
        .subject = findings_format(findings, "%s%s%s", os->name, told ? "" : " ", told ? "" : os->version),
        .seen =
            findings_format(findings, known ? _("supported until %s") : _("no end of support is known"), day),
        .source = support.source,
        .source_age_days = support.age_days};
    if (over)
        finding.advice =
            _("Move to a version that is still mended; until then, keep this machine off the Internet.");
    else if (!known)
        finding.advice = _("See on its maker's page until when it is supported.");
    finding_add(findings, &finding);
}

void judge_products(const struct machine *machine, struct findings *findings)
{
    struct count total = {0};
    for (size_t i = 0; i < machine->products.count; i++)
        if (machine->products.items[i].system == PRODUCT_OS)
            judge_support(machine, &machine->products.items[i], findings);
    for (enum product_system system = 0; system < PRODUCT_OS; system++)
        judge_system(machine, system, &total, findings);
    size_t unknown = 0, all = 0;
    for (enum verdict verdict = 0; verdict < VERDICTS; verdict++) {
        all += total.products[verdict];
        unknown += verdict >= NO_VERSION ? total.products[verdict] : 0;
    }
    findings_say(findings,
                 _("Programs: %zu. The latest: %zu. Not the latest: %zu. Could not be judged: %zu."), all,
                 total.products[LATEST], total.products[NOT_LATEST], unknown);
}

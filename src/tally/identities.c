/* identities: what must hold between figures before any of them is published. Records hold by how they are
 * counted; history was typed in, and a fault in either shows here. */
#include "base/text.h"
#include "tally/month.h"
#include <string.h>

enum { IDENTITY_PARTS_MOST = 4, IDENTITY_PARTS_TEXT = 512 };
#define PLACE(field) offsetof(struct figures, field)

struct part {
    const char *words;
    size_t place; /* of a figures_six */
};

/* In each of the six months the parts make the whole, or are no more than it. */
static const struct identity {
    const char *table;
    struct part parts[IDENTITY_PARTS_MOST]; /* ends where `words` is NULL */
    struct part whole;
    bool at_most;
} identities[] = {
    {"access reports",
     {{"with harm", PLACE(access.reports.harm)}, {"without harm", PLACE(access.reports.no_harm)}},
     {"the total", PLACE(access.reports.total)},
     false},
    {"access consultations",
     {{"with harm", PLACE(access.consultations.harm)}, {"without harm", PLACE(access.consultations.no_harm)}},
     {"the total", PLACE(access.consultations.total)},
     false},
    {"access reports and consultations",
     {{"with harm", PLACE(access.all.harm)}, {"without harm", PLACE(access.all.no_harm)}},
     {"the total", PLACE(access.all.total)},
     false},
    {"access reports and consultations",
     {{"reports", PLACE(access.reports.total)}, {"consultations", PLACE(access.consultations.total)}},
     {"the total", PLACE(access.all.total)},
     false},
    {"access reports and consultations",
     {{"reports with harm", PLACE(access.reports.harm)},
      {"consultations with harm", PLACE(access.consultations.harm)}},
     {"the total with harm", PLACE(access.all.harm)},
     false},
    {"access reports and consultations",
     {{"reports without harm", PLACE(access.reports.no_harm)},
      {"consultations without harm", PLACE(access.consultations.no_harm)}},
     {"the total without harm", PLACE(access.all.no_harm)},
     false},
    {"consultations",
     {{"auto", PLACE(consultations.automatic)},
      {"phone", PLACE(consultations.phone)},
      {"mail", PLACE(consultations.mail)},
      {"other", PLACE(consultations.other)}},
     {"the total", PLACE(consultations.total)},
     false},
    {"consultations",
     {{"the number about unauthorised access", PLACE(access.consultations.total)}},
     {"the total", PLACE(consultations.total)},
     true},
    {"observation",
     {{"the number of sources", PLACE(observation.sources)}},
     {"that of accesses", PLACE(observation.accesses)},
     true},
};

static uint64_t six_at(const struct figures *figures, size_t place, int at)
{
    figures_six six;
    memcpy(six, (const char *)figures + place, sizeof six);
    return six[at];
}

/* A month's two numbers: `parts` says in words what makes `sum`. */
struct pair {
    const char *table, *parts;
    uint64_t sum;
    const char *whole;
    uint64_t total;
    bool at_most;
};

static bool pair_holds(const struct figures *figures, int at, const struct pair *pair, struct fault *fault)
{
    if (pair->at_most ? pair->sum <= pair->total : pair->sum == pair->total)
        return true;
    char month[CALENDAR_MONTH_SIZE];
    calendar_month_text(month, figures->month - FIGURES_NOW + at);
    return fault_set(fault, "%s: %s: %s %s %llu, but %s is %llu (expected %s)", month, pair->table,
                     pair->parts, pair->at_most ? "is" : "make", (unsigned long long)pair->sum, pair->whole,
                     (unsigned long long)pair->total, pair->at_most ? "no more than that" : "them to agree");
}

/* "with harm 5 and without harm 3" */
static void add_part(struct text *words, const struct identity *identity, int i, uint64_t number)
{
    bool last = i + 1 == IDENTITY_PARTS_MOST || identity->parts[i + 1].words == NULL;
    text_addf(words, "%s%s", i == 0 ? "" : last ? " and " : ", ", identity->parts[i].words);
    if (!identity->at_most)
        text_addf(words, " %llu", (unsigned long long)number);
}

static bool identity_holds(const struct figures *figures, const struct identity *identity, int at,
                           struct fault *fault)
{
    CLEANUP(text_clear) struct text words;
    text_init(&words, IDENTITY_PARTS_TEXT);
    uint64_t sum = 0;
    for (int i = 0; i < IDENTITY_PARTS_MOST && identity->parts[i].words != NULL; i++) {
        uint64_t number = six_at(figures, identity->parts[i].place, at);
        add_part(&words, identity, i, number);
        sum += number;
    }
    struct pair pair = {
        identity->table,  words.bytes, sum, identity->whole.words, six_at(figures, identity->whole.place, at),
        identity->at_most};
    return pair_holds(figures, at, &pair, fault);
}

/* Lists by name exist for months with records only. */
static bool names_hold(const struct month *month, int at, struct fault *fault)
{
    const struct figures *figures = month->figures;
    const struct figures_names *viruses = &figures->virus.by_name, *programs = &figures->program.by_name;
    uint64_t detections = 0, reports = 0, harmful = 0;
    for (size_t i = 0; i < viruses->count; i++) {
        detections += viruses->items[i].detections[at];
        reports += viruses->items[i].reports[at];
    }
    for (size_t i = 0; i < programs->count; i++)
        harmful += programs->items[i].detections[at];
    const struct pair pairs[] = {
        {"viruses", "the detections by name", detections, "the total", figures->virus.detections[at], false},
        {"viruses", "the reports by name", reports, "the total", figures->virus.reports[at], false},
        {"programs", "the detections by name", harmful, "the total", figures->program.detections[at], false},
    };
    bool holds = true;
    for (size_t i = 0; holds && i < sizeof pairs / sizeof *pairs; i++)
        holds = pair_holds(figures, at, &pairs[i], fault);
    return holds;
}

static bool program_days_hold(const struct figures *figures, int at, struct fault *fault)
{
    int32_t month = figures->month - FIGURES_NOW + at;
    int first = calendar_month_first(month) - figures->first_day, length = calendar_month_length(month);
    for (size_t i = 0; i < figures->program.by_name.count; i++) {
        const struct figures_name *name = &figures->program.by_name.items[i];
        uint64_t sum = 0;
        for (int day = first; day < first + length; day++)
            sum += name->daily[day];
        if (sum == name->detections[at])
            continue;
        CLEANUP(text_clear) struct text table;
        text_init(&table, IDENTITY_PARTS_TEXT);
        text_addf(&table, "program '%s'", name->name);
        struct pair pair = {table.bytes, "the detections by day", sum,
                            "the total", name->detections[at],    false};
        return pair_holds(figures, at, &pair, fault);
    }
    return true;
}

static bool counts_hold(const struct month *month, int at, struct fault *fault)
{
    const struct figures *figures = month->figures;
    const struct figures_counts *topics = &figures->consultations.topics;
    const struct figures_counts *categories = &figures->access.harm_by_category;
    uint64_t topical = 0, harmful = 0;
    for (size_t i = 0; i < topics->count; i++)
        topical += topics->items[i].count[at];
    for (size_t i = 0; i < categories->count; i++)
        harmful += categories->items[i].count[at];
    struct pair topic = {"consultations", "the sum of the topics",          topical,
                         "the total",     figures->consultations.total[at], true};
    struct pair harm = {"access reports", "the categories with harm",       harmful,
                        "with harm",      figures->access.reports.harm[at], false};
    return pair_holds(figures, at, &topic, fault) &&
           (at != FIGURES_NOW || !month->access[at] || pair_holds(figures, at, &harm, fault));
}

static bool ports_hold(const struct figures *figures, int at, struct fault *fault)
{
    int i = at - FIGURES_BEFORE;
    uint64_t accesses = figures->observation.other.accesses[i],
             sources = figures->observation.other.sources[i];
    for (size_t port = 0; port < figures->observation.port_count; port++) {
        accesses += figures->observation.ports[port].accesses[i];
        sources += figures->observation.ports[port].sources[i];
    }
    struct pair reached = {"observation",
                           "the accesses to the top ports and the others",
                           accesses,
                           "the total",
                           figures->observation.accesses[at],
                           false};
    struct pair from = {"observation",
                        "the sources of the top ports and the others",
                        sources,
                        "the total",
                        figures->observation.sources[at],
                        false};
    return pair_holds(figures, at, &reached, fault) && pair_holds(figures, at, &from, fault);
}

static bool regions_hold(const struct figures *figures, struct fault *fault)
{
    uint64_t accesses = 0, sources = 0;
    for (size_t i = 0; i < figures->observation.region_count; i++) {
        accesses += figures->observation.regions[i].accesses;
        sources += figures->observation.regions[i].sources;
    }
    struct pair reached = {"observation",
                           "the accesses by region",
                           accesses,
                           "the total",
                           figures->observation.accesses[FIGURES_NOW],
                           false};
    struct pair from = {"observation",
                        "the sources by region",
                        sources,
                        "the total",
                        figures->observation.sources[FIGURES_NOW],
                        false};
    return pair_holds(figures, FIGURES_NOW, &reached, fault) &&
           pair_holds(figures, FIGURES_NOW, &from, fault);
}

static bool lists_hold(const struct month *month, int at, struct fault *fault)
{
    const struct figures *figures = month->figures;
    return (!month->malware[at] || names_hold(month, at, fault)) && program_days_hold(figures, at, fault) &&
           (!month->consultation[at] || counts_hold(month, at, fault)) &&
           (at < FIGURES_BEFORE || ports_hold(figures, at, fault)) &&
           (at != FIGURES_NOW || !month->sighting[at] || regions_hold(figures, fault));
}

bool identities_hold(const struct month *month, struct fault *fault)
{
    for (int at = 0; at < FIGURES_MONTHS; at++) {
        for (size_t i = 0; i < sizeof identities / sizeof *identities; i++)
            if (!identity_holds(month->figures, &identities[i], at, fault))
                return false;
        if (!lists_hold(month, at, fault))
            return false;
    }
    return true;
}

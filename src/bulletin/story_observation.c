/* Section 5: what reached the observation points. */
#include "bulletin/country.h"
#include "bulletin/phrase.h"
#include "bulletin/story.h"

enum { COUNTRIES_TOLD = 3 };

const char *story_observation(struct issue *issue)
{
    const struct figures *f = issue->figures;
    const char *month = phrase_month(issue, f->month);
    uint64_t points = f->observation.points;
    if (points == 0)
        return phrase(issue, _("No observation point watched in %s."), month);
    /* TRANSLATORS: 1 the month, 2 "10 observation points", 3 "86,568 accesses", 4 "36,259 sources" */
    return phrase(issue, _("In %1$s, %2$s saw %3$s that nobody there had asked for, from %4$s."), month,
                  PHRASE_COUNT(issue, "%s observation point", "%s observation points", points),
                  PHRASE_COUNT(issue, "%s access", "%s accesses", f->observation.accesses[FIGURES_NOW]),
                  PHRASE_COUNT(issue, "%s source", "%s sources", f->observation.sources[FIGURES_NOW]));
}

const char *story_averages(struct issue *issue)
{
    const struct figures *f = issue->figures;
    if (f->observation.point_days == 0)
        return NULL;
    /* TRANSLATORS: 1 "288 accesses", 2 "120 sources" */
    return phrase(
        issue, _("That is an average of %1$s from %2$s at one point on one day."),
        PHRASE_COUNT(issue, "%s access", "%s accesses", f->observation.accesses_per_point_day[FIGURES_NOW]),
        PHRASE_COUNT(issue, "%s source", "%s sources", f->observation.sources_per_point_day[FIGURES_NOW]));
}

const char *story_direction(struct issue *issue)
{
    const struct figures *f = issue->figures;
    const uint64_t *six = f->observation.accesses_per_point_day;
    const char *before = phrase_month_alone(issue, f->month - 1);
    if (f->observation.point_days == 0)
        return NULL;
    switch (story_change(issue, six[FIGURES_NOW], six[FIGURES_BEFORE])) {
    case STORY_UP:
        return phrase(issue, _("A point was approached more often than in %s."), before);
    case STORY_DOWN:
    case STORY_TO_NONE:
        return phrase(issue, _("A point was approached less often than in %s."), before);
    case STORY_LEVEL:
    case STORY_EQUAL:
    case STORY_NONE:
        return phrase(issue, _("A point was approached about as often as in %s."), before);
    case STORY_FROM_NONE:
        break;
    }
    return phrase(issue, _("There are no observations of %s to compare with."), before);
}

/* The long tail often tells more than the ports at the top. Not where the month before is known by its
 * history, which has no ports: all its accesses are to other ports there. */
static const char *other_ports(struct issue *issue)
{
    const struct figures *f = issue->figures;
    const figures_six six = {[FIGURES_BEFORE] = f->observation.other.accesses[0],
                             [FIGURES_NOW] = f->observation.other.accesses[1]};
    bool known = false;
    for (size_t i = 0; i < f->observation.port_count; i++)
        known |= f->observation.ports[i].rank[0] > 0;
    if (!known || story_change(issue, six[FIGURES_NOW], six[FIGURES_BEFORE]) == STORY_NONE)
        return NULL;
    return story_measure(issue, (struct story_measure){_("Accesses to ports outside the first ten"),
                                                       Q_("unit of accesses|"), six, false});
}

const char *story_ports(struct issue *issue)
{
    const struct figures *f = issue->figures;
    if (f->observation.port_count == 0)
        return NULL;
    const char *told[COUNTRIES_TOLD];
    size_t count = 0;
    for (; count < f->observation.port_count && count < COUNTRIES_TOLD; count++) {
        const struct figures_port *port = &f->observation.ports[count];
        told[count] =
            phrase(issue, _("%1$s (%2$s)"), port->name,
                   phrase(issue, "%s%s", phrase_number(issue, port->accesses[1]), Q_("unit of accesses|")));
    }
    return phrase_both(
        issue, phrase(issue, _("The ports approached most were %s."), phrase_list(issue, told, count)),
        other_ports(issue));
}

static const char *regions_told(struct issue *issue, const struct figures_notable *notable)
{
    const char *told[COUNTRIES_TOLD];
    size_t count = 0;
    for (size_t i = 0; i < notable->country_count && count < COUNTRIES_TOLD; i++)
        if (notable->by_country[i].accesses > 0)
            told[count++] = country_name(issue, notable->by_country[i].country);
    return count == 0 ? NULL : phrase_list(issue, told, count);
}

/* 1 the port, 2 "1,203 accesses", 3 the month */
static const char *why_message(enum figures_why why)
{
    switch (why) {
    case FIGURES_RISING:
        return _("Accesses to %1$s have been rising over the past months and came to %2$s in %3$s.");
    case FIGURES_NEW_IN_TOP:
        return _("%1$s is new among the ten ports approached most, with %2$s in %3$s.");
    case FIGURES_SPIKE:
        break;
    }
    return _("Accesses to %1$s leapt on single days, and came to %2$s in %3$s.");
}

const char *story_notable(struct issue *issue, const struct figures_notable *notable)
{
    const char *accesses = PHRASE_COUNT(issue, "%s access", "%s accesses", notable->monthly[FIGURES_NOW]);
    const char *month = phrase_month_alone(issue, issue->figures->month);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the three above, all with the same arguments */
    const char *sentence = phrase(issue, why_message(notable->why), notable->port, accesses, month);
#pragma GCC diagnostic pop
    const char *regions = regions_told(issue, notable);
    return phrase_both(issue, sentence,
                       regions == NULL ? NULL : phrase(issue, _("Most came from %s."), regions));
}

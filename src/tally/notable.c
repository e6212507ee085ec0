/* notable: the ports that stand out this month, and by which rule. The rules are few, stated here, and looked
 * at in this order; the first that holds is the reason that is told. One more rule is one more line of
 * notable_rules (and its word in figures_why_names). */
#include "tally/candidate.h"
#include <stdlib.h>
#include <string.h>

enum {
    NOTABLE_MOST = 5,             /* ports told of, most accesses first */
    NOTABLE_COUNTRIES_MOST = 5,   /* of each, most accesses first */
    NOTABLE_RISING_MONTHS = 3,    /* rising: more each month than in the one before, this many times */
    NOTABLE_RISING_TIMES = 2,     /* and in the end at least this many times what it was before them */
    NOTABLE_SPIKE_TIMES = 5,      /* spike: a day with at least this many times the median day */
    NOTABLE_SPIKE_LEAST = 50,     /* and at least this many accesses */
    NOTABLE_SPIKE_DAYS_LEAST = 7, /* in a month with at least this many days that saw anything */
};

/* Which port grew is asked per point and day: a month with more points, or more days, has more of everything.
 */
static bool is_below(const struct month *month, const struct month_port *port, int before, int now,
                     unsigned times)
{
    const uint64_t *days = month->figures->observation.monthly_point_days;
    unsigned __int128 left = (unsigned __int128)port->accesses[before] * days[now] * times;
    unsigned __int128 right = (unsigned __int128)port->accesses[now] * days[before];
    return times == 1 ? left < right : left <= right;
}

/* Accesses grew in each of the last three months, and at least doubled over them. */
static bool is_rising(const struct month *month, const struct candidate *candidate)
{
    int start = FIGURES_NOW - NOTABLE_RISING_MONTHS;
    for (int at = start; at <= FIGURES_NOW; at++)
        if (!month->sighting[at]) /* nothing known is not nothing seen */
            return false;
    for (int at = start; at < FIGURES_NOW; at++)
        if (!is_below(month, candidate->port, at, at + 1, 1))
            return false;
    return is_below(month, candidate->port, start, FIGURES_NOW, NOTABLE_RISING_TIMES);
}

/* In this month's top ten, and not in that of the month before. */
static bool is_new_in_top(const struct month *month, const struct candidate *candidate)
{
    return month->sighting[FIGURES_BEFORE] &&
           (candidate->rank_before == 0 || candidate->rank_before > FIGURES_TOP_PORTS) &&
           candidate->rank <= FIGURES_TOP_PORTS;
}

static int compare_numbers(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

/* One day with many times the accesses of the median day (of an even number of days: the lower of the middle
 * two). Days on which nothing reached any of the ports are days without data, not quiet ones. */
static bool is_spike(const struct month *month, const struct candidate *candidate)
{
    uint64_t seen[CANDIDATE_DAYS_MOST];
    size_t count = 0;
    for (int day = 0; day < month->figures->month_length; day++)
        if (month->candidates->day_total[day] > 0)
            seen[count++] = candidate->daily[day];
    if (count < NOTABLE_SPIKE_DAYS_LEAST)
        return false;
    qsort(seen, count, sizeof *seen, compare_numbers);
    uint64_t median = seen[(count - 1) / 2], most = seen[count - 1];
    return most >= NOTABLE_SPIKE_LEAST && most / NOTABLE_SPIKE_TIMES >= median;
}

static const struct {
    enum figures_why why;
    bool (*holds)(const struct month *month, const struct candidate *candidate);
} notable_rules[] = {
    {FIGURES_RISING, is_rising},
    {FIGURES_NEW_IN_TOP, is_new_in_top},
    {FIGURES_SPIKE, is_spike},
};

static int compare_countries(const void *a, const void *b)
{
    const struct figures_notable_country *left = a, *right = b;
    uint64_t l = left->accesses, r = right->accesses;
    return l != r ? (l < r) - (l > r) : strcmp(left->country, right->country);
}

static void tell(struct month *month, const struct candidate *candidate, enum figures_why why)
{
    struct figures *figures = month->figures;
    size_t count = figures->observation.notable_count++;
    figures->observation.notable =
        month_more(month, figures->observation.notable, count, sizeof *figures->observation.notable);
    struct figures_notable *notable = &figures->observation.notable[count];
    memcpy(notable->port, candidate->port->name, sizeof notable->port);
    memcpy(notable->monthly, candidate->port->accesses, sizeof notable->monthly);
    notable->why = why;
    notable->daily = candidate->daily;
    notable->by_country = candidate->countries;
    qsort(notable->by_country, candidate->country_count, sizeof *notable->by_country, compare_countries);
    notable->country_count =
        candidate->country_count < NOTABLE_COUNTRIES_MOST ? candidate->country_count : NOTABLE_COUNTRIES_MOST;
}

static void judge(struct month *month, const struct candidate *candidate)
{
    for (size_t i = 0; i < sizeof notable_rules / sizeof *notable_rules; i++)
        if (notable_rules[i].holds(month, candidate)) {
            tell(month, candidate, notable_rules[i].why);
            return;
        }
}

bool notable_of_month(struct month *month, struct fault *fault)
{
    if (!candidate_of_month(month, fault))
        return false;
    const struct candidates *all = month->candidates;
    for (size_t i = 0; i < all->count && month->figures->observation.notable_count < NOTABLE_MOST; i++)
        judge(month, &all->items[i]);
    return true;
}

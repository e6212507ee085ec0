#include "tally/candidate.h"
#include "base/text.h"
#include "tally/sums.h"
#include <string.h>

enum { CANDIDATE_SQL_MOST = 65536 };

/* Takes the first day of the month, the first day after it, and the ports. */
static const char candidate_days[] = "SELECT protocol::VARCHAR, port::BIGINT, coalesce(country, 'ZZ'), (day "
                                     "- DATE '%1$s')::BIGINT, sum(accesses)::BIGINT"
                                     " FROM summary WHERE kind = 'contact' AND day >= DATE '%1$s' AND day < "
                                     "DATE '%2$s' AND (protocol, port) IN (%3$s)"
                                     " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3";

static struct candidate *find(struct candidates *all, const char *protocol, uint32_t number)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct month_port *port = all->items[i].port;
        if (port->number == number && strcmp(port->protocol, protocol) == 0)
            return &all->items[i];
    }
    return NULL;
}

static struct figures_notable_country *last_country(struct month *month, struct candidate *candidate,
                                                    const char *name)
{
    size_t count = candidate->country_count;
    if (count > 0 && strcmp(candidate->countries[count - 1].country, name) == 0)
        return &candidate->countries[count - 1];
    candidate->countries = month_more(month, candidate->countries, count, sizeof *candidate->countries);
    struct figures_notable_country *country = &candidate->countries[candidate->country_count++];
    memcpy(country->country, name, sizeof country->country);
    country->daily = arena_new(&month->figures->arena, CANDIDATE_DAYS_MOST, sizeof(uint64_t));
    return country;
}

static void take_day(struct month *month, const struct sums_row *row)
{
    char protocol[sizeof((struct month_port *)0)->protocol],
        name[sizeof((struct figures_region *)0)->country] = "";
    sums_string(row, 0, protocol, sizeof protocol);
    sums_string(row, 2, name, sizeof name);
    struct candidate *candidate = find(month->candidates, protocol, (uint32_t)sums_number(row, 1));
    int64_t day = sums_number(row, 3);
    if (candidate == NULL || day < 0 || day >= month->figures->month_length)
        return;
    uint64_t accesses = (uint64_t)sums_number(row, 4);
    struct figures_notable_country *country = last_country(month, candidate, name);
    country->daily[day] += accesses;
    country->accesses += accesses;
    candidate->daily[day] += accesses;
    month->candidates->day_total[day] += accesses;
}

/* month->ports has the most accesses first. */
static void choose(struct month *month)
{
    const struct figures *figures = month->figures;
    struct candidates *all = month->candidates;
    uint64_t total = figures->observation.accesses[FIGURES_NOW];
    for (size_t i = 0; i < month->ports.count && all->count < CANDIDATE_LEAST_ONE_IN; i++) {
        uint64_t accesses = month->ports.items[i].accesses[FIGURES_NOW];
        if (accesses < CANDIDATE_LEAST ||
            accesses < (total + CANDIDATE_LEAST_ONE_IN - 1) / CANDIDATE_LEAST_ONE_IN)
            return;
        struct candidate *candidate = &all->items[all->count++];
        candidate->port = &month->ports.items[i];
        candidate->rank = (uint32_t)i + 1;
        candidate->rank_before =
            i < figures->observation.port_count ? figures->observation.ports[i].rank[0] : 0;
        candidate->daily = arena_new(&month->figures->arena, CANDIDATE_DAYS_MOST, sizeof(uint64_t));
    }
}

bool candidate_of_month(struct month *month, struct fault *fault)
{
    struct candidates *all = arena_new(&month->figures->arena, 1, sizeof *all);
    month->candidates = all;
    choose(month);
    if (all->count == 0)
        return true;
    CLEANUP(text_clear) struct text ports, sql;
    text_init(&ports, CANDIDATE_SQL_MOST);
    text_init(&sql, CANDIDATE_SQL_MOST);
    for (size_t i = 0; i < all->count; i++)
        text_addf(&ports, "%s('%s', %u)", i == 0 ? "" : ", ", all->items[i].port->protocol,
                  all->items[i].port->number);
    char first[CALENDAR_DAY_SIZE], end[CALENDAR_DAY_SIZE];
    calendar_day_text(first, calendar_month_first(month->figures->month));
    calendar_day_text(end, calendar_month_first(month->figures->month + 1));
    text_addf(&sql, candidate_days, first, end, ports.bytes);
    return sums_each(month, sql.bytes, take_day, fault);
}

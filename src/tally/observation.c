/* observation: accesses and sources at the points, from the summaries alone. Only contacts are accesses;
 * backscatter says no more than that the month has records. */
#include "ledger/points.h"
#include "tally/sums.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OBSERVATION_SQL_MOST = 4096 };

/* Each takes the first day of the window and the first day after it. */
static const char observation_months[] =
    "SELECT date_diff('month', DATE '%1$s', day)::BIGINT,"
    " coalesce(sum(accesses) FILTER (WHERE kind = 'contact'), 0)::BIGINT,"
    " coalesce(sum(sources) FILTER (WHERE kind = 'contact'), 0)::BIGINT"
    " FROM summary WHERE day >= DATE '%1$s' AND day < DATE '%2$s' GROUP BY 1";

static const char observation_ports[] =
    "SELECT protocol::VARCHAR, port::BIGINT, date_diff('month', DATE '%1$s', day)::BIGINT, "
    "sum(accesses)::BIGINT,"
    " sum(sources)::BIGINT FROM summary"
    " WHERE kind = 'contact' AND day >= DATE '%1$s' AND day < DATE '%2$s' GROUP BY 1, 2, 3 ORDER BY 1, 2";

static const char observation_regions[] =
    "SELECT coalesce(country, 'ZZ'), sum(accesses)::BIGINT, sum(sources)::BIGINT FROM summary"
    " WHERE kind = 'contact' AND day >= DATE '%1$s' AND day < DATE '%2$s' GROUP BY 1 ORDER BY 2 DESC, 1";

static void take_month(struct month *month, const struct sums_row *row)
{
    int64_t at = sums_number(row, 0);
    month->sighting[at] = true;
    month->figures->observation.accesses[at] = (uint64_t)sums_number(row, 1);
    month->figures->observation.sources[at] = (uint64_t)sums_number(row, 2);
}

static void take_port(struct month *month, const struct sums_row *row)
{
    struct month_ports *ports = &month->ports;
    char protocol[8];
    sums_string(row, 0, protocol, sizeof protocol);
    uint32_t number = (uint32_t)sums_number(row, 1);
    struct month_port *port = ports->count == 0 ? NULL : &ports->items[ports->count - 1];
    if (port == NULL || port->number != number || strcmp(port->protocol, protocol) != 0) {
        ports->items = month_more(month, ports->items, ports->count, sizeof *ports->items);
        port = &ports->items[ports->count++];
        port->number = number;
        memcpy(port->protocol, protocol, sizeof protocol);
        snprintf(port->name, sizeof port->name, "%u/%s", (unsigned)(uint16_t)number, protocol);
    }
    int64_t at = sums_number(row, 2);
    port->accesses[at] = (uint64_t)sums_number(row, 3);
    port->sources[at] = (uint64_t)sums_number(row, 4);
}

static void take_region(struct month *month, const struct sums_row *row)
{
    struct figures *figures = month->figures;
    size_t count = figures->observation.region_count++;
    figures->observation.regions =
        month_more(month, figures->observation.regions, count, sizeof *figures->observation.regions);
    struct figures_region *region = &figures->observation.regions[count];
    sums_string(row, 0, region->country, sizeof region->country);
    region->accesses = (uint64_t)sums_number(row, 1);
    region->sources = (uint64_t)sums_number(row, 2);
}

/* More accesses in month `at`, or as many and the lesser name. */
static bool port_is_ahead(const struct month_port *a, const struct month_port *b, int at)
{
    return a->accesses[at] != b->accesses[at] ? a->accesses[at] > b->accesses[at]
                                              : strcmp(a->name, b->name) < 0;
}

static int compare_ports(const void *a, const void *b)
{
    return a == b ? 0 : port_is_ahead(a, b, FIGURES_NOW) ? -1 : 1;
}

static uint32_t port_rank(const struct month_ports *ports, const struct month_port *port, int at)
{
    uint32_t rank = 1;
    for (size_t i = 0; i < ports->count; i++)
        rank += port_is_ahead(&ports->items[i], port, at);
    return port->accesses[at] == 0 ? 0 : rank;
}

static void port_add(struct figures_port *sum, const struct month_port *port)
{
    for (int i = 0; i < 2; i++) {
        sum->accesses[i] += port->accesses[FIGURES_BEFORE + i];
        sum->sources[i] += port->sources[FIGURES_BEFORE + i];
    }
}

/* The ten ports with the most accesses this month, and all others as one. */
static void fill_ports(struct month *month)
{
    struct figures *figures = month->figures;
    const struct month_ports *ports = &month->ports;
    if (ports->count > 0)
        qsort(ports->items, ports->count, sizeof *ports->items, compare_ports);
    for (size_t i = 0; i < ports->count; i++) {
        const struct month_port *port = &ports->items[i];
        if (i >= FIGURES_TOP_PORTS || port->accesses[FIGURES_NOW] == 0) {
            port_add(&figures->observation.other, port);
            continue;
        }
        struct figures_port *top = &figures->observation.ports[figures->observation.port_count++];
        memcpy(top->name, port->name, sizeof top->name);
        port_add(top, port);
        top->rank[0] = port_rank(ports, port, FIGURES_BEFORE);
        top->rank[1] = (uint32_t)i + 1;
    }
    for (int i = 0; i < 2; i++) { /* history knows no ports: all of such a month is "other" */
        int at = FIGURES_BEFORE + i;
        if (month->sighting[at])
            continue;
        figures->observation.other.accesses[i] = figures->observation.accesses[at];
        figures->observation.other.sources[i] = figures->observation.sources[at];
    }
}

static bool fill_point_days(struct month *month, struct fault *fault)
{
    struct figures *figures = month->figures;
    CLEANUP(points_clear) struct points points = {0};
    if (!points_load(month->ledger, &points, fault))
        return false;
    for (int i = 0; i < FIGURES_MONTHS; i++) {
        int32_t at = figures->month - FIGURES_NOW + i;
        points_days(&points, calendar_month_first(at), calendar_month_first(at + 1) - 1,
                    &figures->observation.monthly_point_days[i], &figures->observation.points);
    }
    figures->observation.point_days = figures->observation.monthly_point_days[FIGURES_NOW];
    return true;
}

/* From the exact totals; an average that history names stands as it was published. */
static void fill_averages(struct month *month)
{
    struct figures *figures = month->figures;
    const struct history *history = &month->history;
    enum number_average how = month->ledger->settings.average;
    history_fill(history, HISTORY_OBSERVATION_ACCESSES, month->sighting, figures->observation.accesses);
    history_fill(history, HISTORY_OBSERVATION_SOURCES, month->sighting, figures->observation.sources);
    for (int i = 0; i < FIGURES_MONTHS; i++) {
        uint64_t days = figures->observation.monthly_point_days[i];
        figures->observation.accesses_per_point_day[i] =
            number_average(figures->observation.accesses[i], days, how);
        figures->observation.sources_per_point_day[i] =
            number_average(figures->observation.sources[i], days, how);
    }
    history_fill(history, HISTORY_OBSERVATION_ACCESSES_PER_POINT_DAY, month->sighting,
                 figures->observation.accesses_per_point_day);
    history_fill(history, HISTORY_OBSERVATION_SOURCES_PER_POINT_DAY, month->sighting,
                 figures->observation.sources_per_point_day);
}

bool observation_of_month(struct month *month, struct fault *fault)
{
    int32_t now = month->figures->month;
    char first[CALENDAR_DAY_SIZE], first_now[CALENDAR_DAY_SIZE], end[CALENDAR_DAY_SIZE];
    calendar_day_text(first, month->figures->first_day);
    calendar_day_text(first_now, calendar_month_first(now));
    calendar_day_text(end, calendar_month_first(now + 1));
    char months[OBSERVATION_SQL_MOST], ports[OBSERVATION_SQL_MOST], regions[OBSERVATION_SQL_MOST];
    snprintf(months, sizeof months, observation_months, first, end);
    snprintf(ports, sizeof ports, observation_ports, first, end);
    snprintf(regions, sizeof regions, observation_regions, first_now, end);
    if (!sums_each(month, months, take_month, fault) || !sums_each(month, ports, take_port, fault) ||
        !sums_each(month, regions, take_region, fault) || !fill_point_days(month, fault))
        return false;
    fill_averages(month);
    fill_ports(month);
    return true;
}

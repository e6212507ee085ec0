/* Figures 4-1 and 5-1 to 5-3. */
#include "bulletin/country.h"
#include "bulletin/figure.h"
#include "bulletin/figures.h"
#include "bulletin/phrase.h"
#include "bulletin/table.h"
#include "bulletin/tables.h"
#include <string.h>

enum { REGIONS_DRAWN = 5 };

/* The topic that the desk watches most, one-click billing fraud, where there is one; else this month's first.
 */
static const struct figures_count *watched_topic(const struct figures_counts *topics)
{
    for (size_t i = 0; i < topics->count; i++)
        if (strcmp(topics->items[i].name, "one-click") == 0)
            return &topics->items[i];
    for (size_t i = 0; i < topics->count; i++)
        if (topics->items[i].name[0] != '\0')
            return &topics->items[i];
    return NULL;
}

json_t *figures_topic(struct issue *issue)
{
    const struct figures_count *topic = watched_topic(&issue->figures->consultations.topics);
    if (topic == NULL)
        return NULL;
    const char *name = phrase_topic(topic->name);
    struct figure_words words = {
        "4-1", "figure-4-1-topic", phrase(issue, _("Consultations about %s"), name),
        phrase(issue, _("Bars, one a month over six months: consultations about %s."), name),
        Q_("unit of consultations|")};
    json_t *table = table_new(words.file, words.caption, _("Topic"));
    tables_months(issue, table);
    json_t *option = figure_option("months", figure_months(issue), NULL);
    figure_series(option, table, name, topic->count, FIGURES_MONTHS);
    return figure_new(words, option, table);
}

json_t *figures_averages(struct issue *issue)
{
    const struct figures *f = issue->figures;
    struct figure_words words = {
        "5-1", "figure-5-1-averages", _("Average accesses and sources at one point on one day"),
        _("Pairs of bars, one pair a month over six months: accesses and sources, at one point on one day."),
        ""};
    json_t *table = table_new(words.file, words.caption, _("Month"));
    tables_months(issue, table);
    json_t *option = figure_option("grouped-months", figure_months(issue), NULL);
    figure_series(option, table, _("Accesses"), f->observation.accesses_per_point_day, FIGURES_MONTHS);
    figure_series(option, table, _("Sources"), f->observation.sources_per_point_day, FIGURES_MONTHS);
    return figure_new(words, option, table);
}

json_t *figures_ports(struct issue *issue)
{
    const struct figures *f = issue->figures;
    struct figure_words words = {"5-2", "figure-5-2-ports",
                                 _("Accesses by destination port, beside the month before"),
                                 _("Pairs of bars, one pair a port: accesses in the month before and in this "
                                   "month, the ten ports approached most and all others."),
                                 Q_("unit of accesses|")};
    uint64_t values[2][FIGURES_TOP_PORTS + 1];
    size_t count = f->observation.port_count;
    json_t *ports = json_array(), *ignored = table_new("", "", "");
    for (size_t i = 0; i <= count; i++) {
        const struct figures_port *port = i < count ? &f->observation.ports[i] : &f->observation.other;
        json_array_append_new(ports, json_string(i < count ? port->name : _("Other ports")));
        values[0][i] = port->accesses[0];
        values[1][i] = port->accesses[1];
    }
    json_t *option = figure_option("ports", ports, NULL);
    figure_series(option, ignored, phrase_month_alone(issue, f->month - 1), values[0], count + 1);
    figure_series(option, ignored, phrase_month_alone(issue, f->month), values[1], count + 1);
    json_decref(ignored); /* the ports' own table also tells the sources */
    return figure_new(words, option, tables_ports(issue));
}

static json_t *days_of_month(struct issue *issue, json_t *table, json_t *marks)
{
    const struct figures *f = issue->figures;
    json_t *days = json_array();
    for (int i = 0; i < f->month_length; i++) {
        const char *label = phrase_day_short(issue, calendar_month_first(f->month) + i);
        json_array_append_new(days, json_string(label));
        table_column(table, label);
        if (i % 7 == 0)
            json_array_append_new(marks, json_pack("[i, s]", i, label));
    }
    return days;
}

static void draw_regions(struct issue *issue, const struct figures_notable *notable, json_t *option,
                         json_t *table)
{
    size_t length = (size_t)issue->figures->month_length, drawn = 0;
    uint64_t rest[31];
    memcpy(rest, notable->daily, length * sizeof rest[0]);
    for (; drawn < notable->country_count && drawn < REGIONS_DRAWN; drawn++) {
        const struct figures_notable_country *country = &notable->by_country[drawn];
        figure_series(option, table, country_name(issue, country->country), country->daily, length);
        for (size_t day = 0; day < length; day++)
            rest[day] -= country->daily[day];
    }
    if (drawn < notable->country_count)
        figure_rest(option, table, _("Others"), rest, length);
}

json_t *figures_notable_port(struct issue *issue, size_t index)
{
    const struct figures_notable *notable = &issue->figures->observation.notable[index];
    struct figure_words words = {
        phrase(issue, "5-%zu", 3 + index), phrase(issue, "figure-5-%zu-notable-port", 3 + index),
        phrase(issue, _("Accesses to %s by source region and day"), notable->port),
        phrase(issue, _("Stacked bars, one a day: accesses to %s by source region."), notable->port),
        Q_("unit of accesses|")};
    json_t *table = table_new(words.file, words.caption, _("Day")), *marks = json_array();
    json_t *days = days_of_month(issue, table, marks);
    json_t *option = figure_option("stacked-days", days, marks);
    draw_regions(issue, notable, option, table);
    return figure_new(words, option, table);
}

/* Figures 2-1 and 2-2: viruses by name over six months; 2-3: harmful programs by day. */
#include "bulletin/figure.h"
#include "bulletin/figures.h"
#include "bulletin/phrase.h"
#include "bulletin/table.h"
#include "bulletin/tables.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include <string.h>

enum { NAMES_DRAWN = 6 };

static const uint64_t *six_of(const struct figures_name *name, bool reports)
{
    return reports ? name->reports : name->detections;
}

/* Names with most detections over the six months: those of this month come first in `figures`, but a name
 * that has just gone would be missed there. Figures 2-1 and 2-2 draw the same names, so that a colour means
 * one virus.
 */
static size_t pick(const struct figures_names *names, const struct figures_name *picked[NAMES_DRAWN])
{
    size_t count = 0;
    uint64_t sums[NAMES_DRAWN];
    for (size_t i = 0; i < names->count; i++) {
        const uint64_t *six = names->items[i].detections;
        uint64_t sum = 0;
        for (int m = 0; m < FIGURES_MONTHS; m++)
            sum += six[m];
        size_t at = count;
        while (at > 0 && sums[at - 1] < sum)
            at--;
        if (sum == 0 || at == NAMES_DRAWN)
            continue;
        size_t moved = (count == NAMES_DRAWN ? NAMES_DRAWN - 1 : count) - at;
        memmove(&sums[at + 1], &sums[at], moved * sizeof sums[0]);
        memmove(&picked[at + 1], &picked[at], moved * sizeof picked[0]);
        sums[at] = sum;
        picked[at] = &names->items[i];
        count += count < NAMES_DRAWN;
    }
    return count;
}

/* What the names drawn leave of the totals (months known only by their history have no names at all). */
static void draw_names(json_t *option, json_t *table, const struct figures_names *names,
                       const uint64_t *totals, bool reports)
{
    const struct figures_name *picked[NAMES_DRAWN];
    size_t count = pick(names, picked);
    figures_six rest;
    bool any_rest = false;
    for (int m = 0; m < FIGURES_MONTHS; m++) {
        rest[m] = totals[m];
        for (size_t i = 0; i < count; i++)
            rest[m] -= six_of(picked[i], reports)[m];
        any_rest |= rest[m] > 0;
    }
    for (size_t i = 0; i < count; i++)
        figure_series(option, table, picked[i]->name, six_of(picked[i], reports), FIGURES_MONTHS);
    if (any_rest)
        figure_rest(option, table, _("Others"), rest, FIGURES_MONTHS);
    table_row(table, _("Total"), "total", totals, FIGURES_MONTHS);
}

static json_t *stacked_names(struct issue *issue, struct figure_words words, bool reports)
{
    const struct figures *f = issue->figures;
    json_t *table = table_new(words.file, words.caption, _("Name"));
    tables_months(issue, table);
    json_t *option = figure_option("stacked-months", figure_months(issue), NULL);
    draw_names(option, table, &f->virus.by_name, reports ? f->virus.reports : f->virus.detections, reports);
    return figure_new(words, option, table);
}

json_t *figures_virus_detections(struct issue *issue)
{
    return stacked_names(
        issue,
        (struct figure_words){"2-1", "figure-2-1-virus-detections", _("Virus detections by name"),
                              _("Stacked bars, one a month over six months: virus detections by name."),
                              Q_("unit of detections|")},
        false);
}

json_t *figures_virus_reports(struct issue *issue)
{
    return stacked_names(
        issue,
        (struct figure_words){"2-2", "figure-2-2-virus-reports", _("Virus reports by name"),
                              _("Stacked bars, one a month over six months: virus reports by name."),
                              Q_("unit of reports|")},
        true);
}

/* Days of the six months as categories; a month's first day bears the month's name. */
static json_t *day_axis(struct issue *issue, json_t *table, json_t *marks)
{
    const struct figures *f = issue->figures;
    json_t *days = json_array();
    for (int i = 0; i < f->days; i++) {
        const char *label = phrase_day_short(issue, f->first_day + i);
        json_array_append_new(days, json_string(label));
        table_column(table, label);
        if (calendar_date(f->first_day + i).day == 1)
            json_array_append_new(
                marks, json_pack("[i, s]", i, phrase_month_short(issue, calendar_month(f->first_day + i))));
    }
    return days;
}

/* The programs that have no colour of their own, together. */
static void draw_other_programs(struct issue *issue, const struct figures_name *const *picked, size_t count,
                                json_t *option, json_t *table)
{
    const struct figures *f = issue->figures;
    if (f->program.by_name.count == count)
        return;
    OWNED_MEMORY uint64_t *rest = memory_new((size_t)f->days, sizeof rest[0]);
    for (int day = 0; day < f->days; day++) {
        for (size_t i = 0; i < f->program.by_name.count; i++)
            rest[day] += f->program.by_name.items[i].daily[day];
        for (size_t i = 0; i < count; i++)
            rest[day] -= picked[i]->daily[day];
    }
    figure_rest(option, table, _("Others"), rest, (size_t)f->days);
}

json_t *figures_programs(struct issue *issue)
{
    const struct figures *f = issue->figures;
    struct figure_words words = {
        "2-3", "figure-2-3-harmful-programs", _("Harmful programs by day"),
        _("Stacked bars, one a day over six months: detections of harmful programs by name."),
        Q_("unit of detections|")};
    json_t *table = table_new(words.file, words.caption, _("Day")), *marks = json_array();
    json_t *days = day_axis(issue, table, marks);
    json_t *option = figure_option("stacked-days", days, marks);
    const struct figures_name *picked[NAMES_DRAWN];
    size_t count = pick(&f->program.by_name, picked);
    for (size_t i = 0; i < count; i++)
        figure_series(option, table, picked[i]->name, picked[i]->daily, (size_t)f->days);
    draw_other_programs(issue, picked, count, option, table);
    return figure_new(words, option, table);
}

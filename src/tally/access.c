/* access: reports of unauthorised access, with and without harm, and their sum with the consultations about
 * it. The consultations are counted before (consultation.c). */
#include "tally/counts.h"

static const char access_reports[] = "SELECT category, received_on, harm, count(*) FROM access_report"
                                     " WHERE received_on >= :first_day AND received_on < :end_day GROUP BY "
                                     "category, received_on, harm ORDER BY category";

static void take_reports(struct month *month, sqlite3_stmt *row)
{
    struct figures *figures = month->figures;
    int at = month_of_day(month, sqlite3_column_int64(row, 1));
    bool harm = sqlite3_column_int(row, 2) != 0;
    uint64_t count = (uint64_t)sqlite3_column_int64(row, 3);
    month->access[at] = true;
    figures->access.reports.total[at] += count;
    *(harm ? &figures->access.reports.harm[at] : &figures->access.reports.no_harm[at]) += count;
    if (harm && at == FIGURES_NOW)
        counts_add(month, &figures->access.harm_by_category, row, 0, at, count);
}

static void add(const figures_six reports, const figures_six consultations, figures_six all)
{
    for (int i = 0; i < FIGURES_MONTHS; i++)
        all[i] = reports[i] + consultations[i];
}

bool access_of_month(struct month *month, struct fault *fault)
{
    struct figures_harm *reports = &month->figures->access.reports, *all = &month->figures->access.all;
    const struct figures_harm *consultations = &month->figures->access.consultations;
    if (!rows_each(month, access_reports, take_reports, fault))
        return false;
    counts_sort(&month->figures->access.harm_by_category);

    history_fill_harm(&month->history, HISTORY_ACCESS_REPORTS_TOTAL, month->access, reports);
    add(reports->harm, consultations->harm, all->harm);
    add(reports->no_harm, consultations->no_harm, all->no_harm);
    add(reports->total, consultations->total, all->total);
    return true;
}

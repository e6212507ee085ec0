#include "tally/history.h"
#include "tally/rows.h"

static const char history_values[] = "SELECT figure, month - :first_month, value FROM history"
                                     " WHERE month >= :first_month AND month < :end_month";

static void take_value(struct month *month, sqlite3_stmt *row)
{
    const char *name = (const char *)sqlite3_column_text(row, 0);
    enum history_figure figure = history_figure_find(name, (size_t)sqlite3_column_bytes(row, 0));
    int at = sqlite3_column_int(row, 1);
    if (figure == HISTORY_FIGURES) /* none that this version knows */
        return;
    month->history.of[figure].named[at] = true;
    month->history.of[figure].value[at] = (uint64_t)sqlite3_column_int64(row, 2);
}

bool history_of_month(struct month *month, struct fault *fault)
{
    return rows_each(month, history_values, take_value, fault);
}

void history_fill(const struct history *history, enum history_figure figure,
                  const bool recorded[FIGURES_MONTHS], figures_six six)
{
    for (int i = 0; i < FIGURES_MONTHS; i++)
        if (!recorded[i] && history->of[figure].named[i])
            six[i] = history->of[figure].value[i];
}

_Static_assert(HISTORY_ACCESS_REPORTS_HARM == HISTORY_ACCESS_REPORTS_TOTAL + 1 &&
                   HISTORY_ACCESS_REPORTS_NO_HARM == HISTORY_ACCESS_REPORTS_TOTAL + 2 &&
                   HISTORY_ACCESS_CONSULTATIONS_HARM == HISTORY_ACCESS_CONSULTATIONS_TOTAL + 1 &&
                   HISTORY_ACCESS_CONSULTATIONS_NO_HARM == HISTORY_ACCESS_CONSULTATIONS_TOTAL + 2,
               "total, with harm, without harm stand in this order");

void history_fill_harm(const struct history *history, enum history_figure total,
                       const bool recorded[FIGURES_MONTHS], struct figures_harm *harm)
{
    history_fill(history, total + 1, recorded, harm->harm);
    history_fill(history, total + 2, recorded, harm->no_harm);
    for (int i = 0; i < FIGURES_MONTHS; i++)
        if (!recorded[i])
            harm->total[i] = harm->harm[i] + harm->no_harm[i];
    history_fill(history, total, recorded, harm->total);
}

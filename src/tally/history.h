/* history: totals that were published before the ledger began, for months in which a table has no row of its
 * own. */
#pragma once
#include "ledger/history.h"
#include "tally/figures.h"

struct history {
    struct {
        bool named[FIGURES_MONTHS];
        figures_six value;
    } of[HISTORY_FIGURES];
};

struct month;
bool history_of_month(struct month *month, struct fault *fault);

/* Puts what history names for the figure into `six`, wherever `recorded` says that the month has no records.
 */
void history_fill(const struct history *history, enum history_figure figure,
                  const bool recorded[FIGURES_MONTHS], figures_six six);
/* The same for a total, and the figures with and without harm that stand behind it in the list of history's
 * figures. A total that is not named is the sum of the two. */
void history_fill_harm(const struct history *history, enum history_figure total,
                       const bool recorded[FIGURES_MONTHS], struct figures_harm *harm);

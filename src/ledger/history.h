/* history: the published totals of months before the ledger began: which figures they may be. Each is named
 * by its dotted path in figures.json. One list for the import, which refuses any other, and the tally, which
 * fills them in. */
#pragma once
#include <stddef.h>

enum history_figure {
    HISTORY_VIRUS_DETECTIONS,
    HISTORY_VIRUS_REPORTS,
    HISTORY_PROGRAM_DETECTIONS,
    HISTORY_ACCESS_REPORTS_TOTAL,
    HISTORY_ACCESS_REPORTS_HARM,
    HISTORY_ACCESS_REPORTS_NO_HARM,
    HISTORY_ACCESS_CONSULTATIONS_TOTAL,
    HISTORY_ACCESS_CONSULTATIONS_HARM,
    HISTORY_ACCESS_CONSULTATIONS_NO_HARM,
    HISTORY_CONSULTATIONS_TOTAL,
    HISTORY_CONSULTATIONS_AUTO,
    HISTORY_CONSULTATIONS_PHONE,
    HISTORY_CONSULTATIONS_MAIL,
    HISTORY_CONSULTATIONS_OTHER,
    HISTORY_OBSERVATION_ACCESSES,
    HISTORY_OBSERVATION_SOURCES,
    HISTORY_OBSERVATION_ACCESSES_PER_POINT_DAY,
    HISTORY_OBSERVATION_SOURCES_PER_POINT_DAY,
    HISTORY_FIGURES,
};
extern const char *const history_figure_names[HISTORY_FIGURES + 1]; /* ends with NULL */

/* The figure of this name; HISTORY_FIGURES where there is none. */
enum history_figure history_figure_find(const char *name, size_t length);

#include "ledger/history.h"
#include <string.h>

const char *const history_figure_names[HISTORY_FIGURES + 1] = {
    [HISTORY_VIRUS_DETECTIONS] = "virus.detections",
    [HISTORY_VIRUS_REPORTS] = "virus.reports",
    [HISTORY_PROGRAM_DETECTIONS] = "program.detections",
    [HISTORY_ACCESS_REPORTS_TOTAL] = "access.reports.total",
    [HISTORY_ACCESS_REPORTS_HARM] = "access.reports.harm",
    [HISTORY_ACCESS_REPORTS_NO_HARM] = "access.reports.no_harm",
    [HISTORY_ACCESS_CONSULTATIONS_TOTAL] = "access.consultations.total",
    [HISTORY_ACCESS_CONSULTATIONS_HARM] = "access.consultations.harm",
    [HISTORY_ACCESS_CONSULTATIONS_NO_HARM] = "access.consultations.no_harm",
    [HISTORY_CONSULTATIONS_TOTAL] = "consultations.total",
    [HISTORY_CONSULTATIONS_AUTO] = "consultations.auto",
    [HISTORY_CONSULTATIONS_PHONE] = "consultations.phone",
    [HISTORY_CONSULTATIONS_MAIL] = "consultations.mail",
    [HISTORY_CONSULTATIONS_OTHER] = "consultations.other",
    [HISTORY_OBSERVATION_ACCESSES] = "observation.accesses",
    [HISTORY_OBSERVATION_SOURCES] = "observation.sources",
    [HISTORY_OBSERVATION_ACCESSES_PER_POINT_DAY] = "observation.accesses_per_point_day",
    [HISTORY_OBSERVATION_SOURCES_PER_POINT_DAY] = "observation.sources_per_point_day",
};

enum history_figure history_figure_find(const char *name, size_t length)
{
    enum history_figure figure = 0;
    while (figure < HISTORY_FIGURES && (strlen(history_figure_names[figure]) != length ||
                                        memcmp(history_figure_names[figure], name, length) != 0))
        figure++;
    return figure;
}

/* story: the bulletin's sentences, made from figures. Each function returns one paragraph that lives in the
 * issue. */
#pragma once
#include "bulletin/issue.h"

/* What a month did to a figure, from the month before. */
enum story_change {
    STORY_UP,
    STORY_DOWN,
    STORY_EQUAL,
    STORY_LEVEL,     /* under the ledger's threshold: no percentage is said */
    STORY_FROM_NONE, /* nothing before, something now */
    STORY_TO_NONE,   /* something before, nothing now */
    STORY_NONE,      /* nothing in either month */
};
enum story_change story_change(const struct issue *issue, uint64_t now, uint64_t before);

/* Subject and unit of a figure: "virus detections", "個" (a unit is empty in English). */
struct story_measure {
    const char *subject, *unit;
    const uint64_t *six; /* figures_six */
    bool with_year;      /* "November 2011", not just "November" */
};
/* "Virus detections came to 20,585 in November 2011, 0.9% above the 20,409 of October." */
const char *story_measure(struct issue *issue, struct story_measure measure);
/* "+0.9%", "level", "same", or a dash where there is nothing to compare with: for a card. */
const char *story_change_mark(struct issue *issue, uint64_t now, uint64_t before);

const char *story_virus_detections(struct issue *issue);
const char *story_virus_reports(struct issue *issue);
const char *story_virus_condensed(struct issue *issue); /* detections -> reports */
const char *story_virus_names(struct issue *issue);     /* NULL where there are none */
const char *story_programs(struct issue *issue);

const char *story_access_reports(struct issue *issue);
const char *story_access_consultations(struct issue *issue);
const char *story_access_harm(struct issue *issue); /* breakdown by category */

const char *story_consultations(struct issue *issue);
const char *story_topics(
    struct issue *issue); /* the four that every bulletin tells of; NULL where nobody asked */

const char *story_observation(struct issue *issue);
const char *story_averages(struct issue *issue);
const char *story_direction(struct issue *issue);
const char *story_ports(struct issue *issue);
const char *story_notable(struct issue *issue, const struct figures_notable *notable);

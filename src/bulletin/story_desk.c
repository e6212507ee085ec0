/* Sections 3 and 4: reports of unauthorised access, and consultations. */
#include "bulletin/phrase.h"
#include "bulletin/story.h"
#include <string.h>

enum { TOLD_MOST = 12 };

const char *story_access_reports(struct issue *issue)
{
    uint64_t total = issue->figures->access.reports.total[FIGURES_NOW];
    uint64_t harm = issue->figures->access.reports.harm[FIGURES_NOW];
    const char *month = phrase_month_alone(issue, issue->figures->month);
    if (total == 0)
        return phrase(issue, _("No unauthorised access was reported in %s."), month);
    const char *reports =
        PHRASE_COUNT(issue, "%s report of unauthorised access", "%s reports of unauthorised access", total);
    if (harm == 0)
        return phrase(issue, _("The desk received %1$s in %2$s, none with harm."), reports, month);
    /* TRANSLATORS: 1 "7 reports of unauthorised access", 2 the month, 3 "5" */
    return phrase(issue, _("The desk received %1$s in %2$s; harm was done in %3$s of them."), reports, month,
                  phrase_number(issue, harm));
}

const char *story_access_consultations(struct issue *issue)
{
    uint64_t total = issue->figures->access.consultations.total[FIGURES_NOW];
    uint64_t harm = issue->figures->access.consultations.harm[FIGURES_NOW];
    if (total == 0)
        return _("Nobody consulted the desk about unauthorised access.");
    const char *said = PHRASE_COUNT(issue, "%s consultation", "%s consultations", total);
    if (harm == 0)
        return phrase(issue, _("It also answered %s about unauthorised access, none with harm."), said);
    /* TRANSLATORS: 1 "69 consultations", 2 "14" */
    return phrase(issue, _("It also answered %1$s about unauthorised access; harm was done in %2$s of them."),
                  said, phrase_number(issue, harm));
}

const char *story_access_harm(struct issue *issue)
{
    const struct figures_counts *counts = &issue->figures->access.harm_by_category;
    const char *told[TOLD_MOST];
    size_t count = 0;
    for (size_t i = 0; i < counts->count && count < TOLD_MOST; i++) {
        uint64_t reports = counts->items[i].count[FIGURES_NOW];
        if (reports > 0)
            /* TRANSLATORS: 1 a kind of unauthorised access, 2 how many reports */
            told[count++] =
                phrase(issue, _("%1$s %2$s"), phrase_category(counts->items[i].name),
                       phrase(issue, "%s%s", phrase_number(issue, reports), Q_("unit of reports|")));
    }
    if (count == 0)
        return NULL;
    return phrase(issue, _("By kind, the reports with harm were: %s."), phrase_list(issue, told, count));
}

const char *story_consultations(struct issue *issue)
{
    return story_measure(issue,
                         (struct story_measure){_("Consultations in all"), Q_("unit of consultations|"),
                                                issue->figures->consultations.total, false});
}

static const char *topic_told(struct issue *issue, const struct figures_count *topic)
{
    const char *unit = Q_("unit of consultations|");
    /* TRANSLATORS: 1 a topic, 2 its consultations, 3 the month before, 4 the consultations then */
    return phrase(issue, _("%1$s %2$s (%3$s: %4$s)"), phrase_topic(topic->name),
                  phrase(issue, "%s%s", phrase_number(issue, topic->count[FIGURES_NOW]), unit),
                  phrase_month_alone(issue, issue->figures->month - 1),
                  phrase(issue, "%s%s", phrase_number(issue, topic->count[FIGURES_BEFORE]), unit));
}

/* The topics that every bulletin tells of, in this order. */
static const char *const watched[] = {"one-click", "fake-antivirus", "winny", "targeted-mail"};

static const char *told_of(struct issue *issue, const char *name)
{
    const struct figures_counts *topics = &issue->figures->consultations.topics;
    for (size_t i = 0; i < topics->count; i++) {
        const struct figures_count *topic = &topics->items[i];
        bool asked = topic->count[FIGURES_NOW] + topic->count[FIGURES_BEFORE] > 0;
        if (asked && strcmp(topic->name, name) == 0)
            return topic_told(issue, topic);
    }
    return NULL;
}

const char *story_topics(struct issue *issue)
{
    const char *told[sizeof watched / sizeof watched[0]];
    size_t count = 0;
    for (size_t i = 0; i < sizeof watched / sizeof watched[0]; i++) {
        const char *topic = told_of(issue, watched[i]);
        if (topic != NULL)
            told[count++] = topic;
    }
    return count == 0 ? NULL : phrase(issue, _("Among them: %s."), phrase_list(issue, told, count));
}

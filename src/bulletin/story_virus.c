/* Section 2: computer viruses and harmful programs. */
#include "bulletin/phrase.h"
#include "bulletin/story.h"

enum { NAMES_TOLD = 3 };

const char *story_virus_detections(struct issue *issue)
{
    return story_measure(issue, (struct story_measure){_("Virus detections"), Q_("unit of detections|"),
                                                       issue->figures->virus.detections, true});
}

const char *story_virus_reports(struct issue *issue)
{
    return story_measure(issue, (struct story_measure){_("Virus reports"), Q_("unit of reports|"),
                                                       issue->figures->virus.reports, false});
}

const char *story_virus_condensed(struct issue *issue)
{
    uint64_t detections = issue->figures->virus.detections[FIGURES_NOW];
    uint64_t reports = issue->figures->virus.reports[FIGURES_NOW];
    const char *month = phrase_month_alone(issue, issue->figures->month);
    if (detections == 0)
        return phrase(issue, _("No virus was reported to the desk in %s."), month);
    /* TRANSLATORS: 1 "20,585 detections", 2 the month, 3 "1,115 reports" */
    return phrase(issue, _("Counted once for each reporter, day and virus, the %1$s of %2$s make %3$s."),
                  PHRASE_COUNT(issue, "%s detection", "%s detections", detections), month,
                  PHRASE_COUNT(issue, "%s report", "%s reports", reports));
}

/* "W32/Netsky (14,025), ..." of the first few that were found this month. */
static const char *top_names(struct issue *issue, const struct figures_names *names)
{
    const char *told[NAMES_TOLD];
    size_t count = 0;
    for (size_t i = 0; i < names->count && count < NAMES_TOLD; i++) {
        uint64_t detections = names->items[i].detections[FIGURES_NOW];
        if (detections > 0)
            /* TRANSLATORS: 1 a name, 2 a number with its unit */
            told[count++] =
                phrase(issue, _("%1$s (%2$s)"), names->items[i].name,
                       phrase(issue, "%s%s", phrase_number(issue, detections), Q_("unit of detections|")));
    }
    return count == 0 ? NULL : phrase_list(issue, told, count);
}

const char *story_virus_names(struct issue *issue)
{
    const char *names = top_names(issue, &issue->figures->virus.by_name);
    return names == NULL ? NULL : phrase(issue, _("Found most often: %s."), names);
}

const char *story_programs(struct issue *issue)
{
    const char *sentence = story_measure(
        issue, (struct story_measure){_("Detections of harmful programs that are not viruses"),
                                      Q_("unit of detections|"), issue->figures->program.detections, false});
    const char *names = top_names(issue, &issue->figures->program.by_name);
    return phrase_both(issue, sentence,
                       names == NULL ? NULL : phrase(issue, _("Found most often: %s."), names));
}

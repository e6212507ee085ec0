#include "bulletin/sections.h"
#include "bulletin/figures.h"
#include "bulletin/phrase.h"
#include "bulletin/story.h"
#include "bulletin/tables.h"

#define NOTES(blocks, ...)                                                                                   \
    do {                                                                                                     \
        const char *const notes_[] = {__VA_ARGS__};                                                          \
        blocks_notes(blocks, notes_, sizeof notes_ / sizeof notes_[0]);                                      \
    } while (0)

void sections_call(struct blocks *blocks)
{
    if (blocks->issue->editor->parts[EDITOR_CALL] == NULL)
        blocks_quiet(blocks, _("No call was written for this month."));
    blocks_editor(blocks, EDITOR_CALL, NULL);
    blocks_causes(blocks);
}

void sections_viruses(struct blocks *blocks)
{
    struct issue *issue = blocks->issue;
    blocks_heading(blocks, _("Detections and reports"));
    blocks_paragraph(blocks, phrase_both(issue, story_virus_detections(issue), story_virus_reports(issue)));
    blocks_paragraph(blocks, phrase_both(issue, story_virus_condensed(issue), story_virus_names(issue)));
    blocks_editor(blocks, EDITOR_VIRUS, NULL);
    blocks_figure(blocks, figures_virus_detections(issue));
    blocks_figure(blocks, figures_virus_reports(issue));
    blocks_heading(blocks, _("Harmful programs"));
    blocks_paragraph(blocks, story_programs(issue));
    if (issue->figures->program.by_name.count > 0)
        blocks_figure(blocks, figures_programs(issue));
    NOTES(blocks,
          _("Detections: how many viruses the reporters found, added up. They belong to the month in which "
            "the desk accepted the report."),
          _("Reports: however many of one virus one reporter found on one day, they are one report."),
          _("Virus: a program with one or more of self-propagation, dormancy and payload, as the official "
            "standard for measures against computer viruses defines it. Any other harmful program is counted "
            "apart, as a harmful program."));
}

void sections_access(struct blocks *blocks)
{
    struct issue *issue = blocks->issue;
    blocks_heading(blocks, _("Reports and consultations"));
    blocks_paragraph(blocks,
                     phrase_both(issue, story_access_reports(issue), story_access_consultations(issue)));
    blocks_table(blocks, tables_access(issue));
    blocks_heading(blocks, _("What harm was done"));
    const char *harm = story_access_harm(issue);
    if (harm == NULL)
        blocks_quiet(blocks, _("No report told of harm."));
    blocks_paragraph(blocks, harm);
    if (issue->figures->access.harm_by_category.count > 0)
        blocks_table(blocks, tables_harm(issue));
    blocks_editor(blocks, EDITOR_ACCESS, NULL);
    blocks_editor(blocks, EDITOR_CASES, _("Cases and advice"));
}

void sections_consultations(struct blocks *blocks)
{
    struct issue *issue = blocks->issue;
    blocks_paragraph(blocks, phrase_both(issue, story_consultations(issue), story_topics(issue)));
    blocks_table(blocks, tables_consultations(issue));
    NOTES(blocks, _("Automatic answering: calls answered by the recorded voice."),
          _("Phone: calls answered by the desk's staff."),
          _("The total includes the consultations about unauthorised access, (d) in section 3."));
    blocks_editor(blocks, EDITOR_CONSULTATIONS, NULL);
    blocks_figure(blocks, figures_topic(issue));
    if (issue->figures->consultations.topics.count > 0)
        blocks_table(blocks, tables_topics(issue));
    blocks_editor(blocks, EDITOR_QUESTIONS, _("Questions and answers"));
}

static void notable_ports(struct blocks *blocks)
{
    const struct figures *f = blocks->issue->figures;
    if (f->observation.notable_count == 0)
        return;
    blocks_heading(blocks, _("Ports that stood out"));
    for (size_t i = 0; i < f->observation.notable_count; i++) {
        blocks_paragraph(blocks, story_notable(blocks->issue, &f->observation.notable[i]));
        blocks_figure(blocks, figures_notable_port(blocks->issue, i));
    }
}

void sections_observation(struct blocks *blocks)
{
    struct issue *issue = blocks->issue;
    const struct figures *f = issue->figures;
    blocks_paragraph(blocks, phrase_both(issue, story_observation(issue), story_averages(issue)));
    blocks_figure(blocks, figures_averages(issue));
    blocks_paragraph(blocks, story_direction(issue));
    if (f->observation.port_count > 0) {
        blocks_heading(blocks, _("Which ports"));
        blocks_paragraph(blocks, story_ports(issue));
        blocks_figure(blocks, figures_ports(issue));
    }
    notable_ports(blocks);
    blocks_editor(blocks, EDITOR_OBSERVATION, NULL);
    if (f->observation.region_count > 0) {
        blocks_heading(blocks, _("From where"));
        blocks_table(blocks, tables_regions(issue));
    }
    NOTES(blocks,
          _("Access: a packet that reached an observation point and that nobody there had asked for."),
          _("Sources: one for each day, observation point, port and source address, so that a source that "
            "comes often is counted once for each."),
          issue->settings->average == NUMBER_CUT
              ? _("Averages: divided by the days that the points watched, fractions cut off.")
              : _("Averages: divided by the days that the points watched, rounded."));
}

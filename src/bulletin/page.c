#include "bulletin/page.h"
#include "bulletin/blocks.h"
#include "bulletin/markup.h"
#include "bulletin/phrase.h"
#include "bulletin/sections.h"
#include "bulletin/story.h"
#include <string.h>

struct section {
    const char *id, *title;
    void (*build)(struct blocks *blocks);
};

static const struct section sections[] = {
    {"call", N_("The call of the month"), sections_call},
    {"viruses", N_("Computer viruses"), sections_viruses},
    {"access", N_("Unauthorised access"), sections_access},
    {"consultations", N_("Consultations"), sections_consultations},
    {"observation", N_("What reached the observation points"), sections_observation},
};
enum { SECTION_COUNT = sizeof sections / sizeof sections[0] };

static json_t *spark(const uint64_t *six)
{
    CLEANUP(text_clear) struct text svg;
    text_init(&svg, 4096);
    markup_spark(&svg, six, FIGURES_MONTHS);
    return json_string(svg.bytes);
}

/* A key figure at the top of the page. */
static json_t *card(struct issue *issue, const char *label, const char *unit, const char *target,
                    const uint64_t *six)
{
    uint64_t now = six[FIGURES_NOW], before = six[FIGURES_BEFORE];
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "label", label, "value", phrase_number(issue, now), "unit",
        unit, "target", target, "change", story_change_mark(issue, now, before), "since",
        phrase(issue, _("on %s"), phrase_month_alone(issue, issue->figures->month - 1)), "spark", spark(six));
}

static json_t *summary(struct issue *issue)
{
    const struct figures *f = issue->figures;
    return json_pack(
        "[o, o, o, o, o]",
        card(issue, _("Virus detections"), Q_("unit of detections|"), "viruses", f->virus.detections),
        card(issue, _("Virus reports"), Q_("unit of reports|"), "viruses", f->virus.reports),
        card(issue, _("Unauthorised access, reports and consultations"), Q_("unit of reports|"), "access",
             f->access.all.total),
        card(issue, _("Consultations in all"), Q_("unit of consultations|"), "consultations",
             f->consultations.total),
        card(issue, _("Accesses at a point on a day"), Q_("unit of accesses|"), "observation",
             f->observation.accesses_per_point_day));
}

static const char *title(const struct issue *issue)
{
    return issue->editor->title != NULL ? issue->editor->title
                                        : _("Viruses, unauthorised access and consultations");
}

static json_t *contact(const char *lines)
{
    json_t *list = json_array();
    for (const char *line = lines == NULL ? "" : lines; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        if (length > 0)
            json_array_append_new(list, json_stringn(line, length));
        line += length + (line[length] == '\n');
    }
    return list;
}

static json_t *head(struct issue *issue)
{
    const struct editor *editor = issue->editor;
    const char *publisher = issue->settings->desk_name == NULL ? "" : issue->settings->desk_name;
    const char *published =
        editor->published_known ? phrase(issue, _("Published %s"), phrase_day(issue, editor->published)) : "";
    json_t *lines = contact(issue->settings->desk_contact);
    json_t *tree =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:[], s:[], s:[]}", "language", words_language(),
                  "title", title(issue), "number", editor->number == NULL ? "" : editor->number, "published",
                  published, "publisher", publisher, "month", phrase_month(issue, issue->figures->month),
                  "summary", summary(issue), "sections", "figures", "tables");
    if (json_array_size(lines) > 0)
        json_object_set_new(tree, "contact", json_pack("{s:O}", "lines", lines));
    json_decref(lines);
    return tree;
}

/* What the page says about itself. */
static json_t *labels(void)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "skip", _("Skip to the text"), "contents",
                     _("Contents"), "summary", _("The month at a glance"), "numbers",
                     _("The numbers of this figure"), "contact", _("The desk"), "notes", _("Notes"), "made",
                     _("Every number of this bulletin is also in figures.json, in tables/*.csv and in "
                       "figures/*.svg beside it."),
                     "bulletin", _("Watch desk bulletin"));
}

json_t *page_gather(struct issue *issue, struct script *script, struct fault *fault)
{
    json_t *tree = head(issue);
    json_object_set_new(tree, "labels", labels());
    struct blocks blocks = {.issue = issue, .script = script, .fault = fault};
    blocks.figures = json_object_get(tree, "figures");
    blocks.tables = json_object_get(tree, "tables");
    for (int i = 0; i < SECTION_COUNT; i++) {
        blocks.list = json_array();
        sections[i].build(&blocks);
        json_array_append_new(json_object_get(tree, "sections"),
                              json_pack("{s:s, s:i, s:s, s:o}", "id", sections[i].id, "number", i + 1,
                                        "title", gettext(sections[i].title), "blocks", blocks.list));
    }
    if (!blocks.failed)
        return tree;
    json_decref(tree);
    return NULL;
}

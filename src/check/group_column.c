#include "base/calendar.h"
#include "base/words.h"
#include "check/group.h"

static bool wants_seen(const struct group *group)
{
    return group->seen_differ;
}

static void write_seen(const struct finding *finding, struct text *out)
{
    text_add_string(out, finding->seen != NULL ? finding->seen : "");
}

static bool wants_expected(const struct group *group)
{
    return group->expected_differ;
}

static void write_expected(const struct finding *finding, struct text *out)
{
    text_add_string(out, finding->expected != NULL ? finding->expected : "");
}

static bool wants_advice(const struct group *group)
{
    return group->advices_differ && group->result != CHECK_SKIPPED;
}

static void write_advice(const struct finding *finding, struct text *out)
{
    text_add_string(out, finding->advice != NULL ? finding->advice : "");
}

static bool wants_source(const struct group *group)
{
    return group->sources_differ;
}

static bool wants_place(const struct group *group)
{
    return group->places_differ;
}

static bool is_skipped(const struct group *group)
{
    return group->result == CHECK_SKIPPED;
}

static void write_reason(const struct finding *finding, struct text *out)
{
    text_add_string(out, finding->reason != NULL ? finding->reason : "");
}

static void write_until(const struct finding *finding, struct text *out)
{
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, finding->until_day);
    text_add_string(out, day);
}

const struct group_column group_columns[GROUP_COLUMNS] = {
    {N_("Seen"), wants_seen, write_seen, false},
    {N_("Expected"), wants_expected, write_expected, false},
    {N_("What to do"), wants_advice, write_advice, true},
    {N_("Reason"), is_skipped, write_reason, true},
    {N_("Until"), is_skipped, write_until, false},
    {N_("Where"), wants_place, group_write_place, false},
    {N_("Source"), wants_source, group_write_source, true},
};

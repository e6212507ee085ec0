/* The words of change, shared by every figure. */
#include "bulletin/story.h"
#include "bulletin/phrase.h"
#include <inttypes.h>

enum story_change story_change(const struct issue *issue, uint64_t now, uint64_t before)
{
    if (now == before)
        return now == 0 ? STORY_NONE : STORY_EQUAL;
    if (before == 0)
        return STORY_FROM_NONE;
    if (now == 0)
        return STORY_TO_NONE;
    int64_t tenths = number_change(now, before).tenths, level = issue->settings->level_tenths;
    if (level >= 0 && (tenths < 0 ? -tenths : tenths) < level)
        return STORY_LEVEL;
    return now > before ? STORY_UP : STORY_DOWN;
}

/* The size of a change, without its sign. */
static const char *percent(struct issue *issue, uint64_t now, uint64_t before)
{
    int64_t tenths = number_change(now, before).tenths;
    char text[PERCENT_TEXT_SIZE];
    number_percent_text(text, tenths < 0 ? -tenths : tenths);
    return phrase(issue, "%s", text);
}

static const char *amount(struct issue *issue, const char *unit, uint64_t value)
{
    return phrase(issue, "%s%s", phrase_number(issue, value), unit);
}

/* Chosen apart from being filled in, so that the messages stand in one list for the translator. The arguments
 * of each: 1 the subject, 2 the amount, 3 the month, 4 the percentage, 5 the amount before, 6 the month
 * before. */
static const char *measure_message(enum story_change change)
{
    switch (change) {
    case STORY_UP:
        return _("%1$s came to %2$s in %3$s, %4$s%% above the %5$s of %6$s.");
    case STORY_DOWN:
        return _("%1$s came to %2$s in %3$s, %4$s%% below the %5$s of %6$s.");
    case STORY_EQUAL:
        return _("%1$s came to %2$s in %3$s, exactly as many as in %6$s.");
    case STORY_LEVEL:
        return _("%1$s came to %2$s in %3$s, level with the %5$s of %6$s.");
    case STORY_FROM_NONE:
        return _("%1$s came to %2$s in %3$s; there were none in %6$s.");
    case STORY_TO_NONE:
        return _("%1$s: none in %3$s, after %5$s in %6$s.");
    case STORY_NONE:
        break;
    }
    return _("%1$s: none in %3$s, as in %6$s.");
}

const char *story_measure(struct issue *issue, struct story_measure measure)
{
    uint64_t now = measure.six[FIGURES_NOW], before = measure.six[FIGURES_BEFORE];
    int32_t month = issue->figures->month;
    enum story_change change = story_change(issue, now, before);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the seven above, all with the same six arguments */
    return phrase(issue, measure_message(change), measure.subject, amount(issue, measure.unit, now),
                  measure.with_year ? phrase_month(issue, month) : phrase_month_alone(issue, month),
                  percent(issue, now, before), amount(issue, measure.unit, before),
                  phrase_month_alone(issue, month - 1));
#pragma GCC diagnostic pop
}

const char *story_change_mark(struct issue *issue, uint64_t now, uint64_t before)
{
    switch (story_change(issue, now, before)) {
    case STORY_UP:
        return phrase(issue, "+%s%%", percent(issue, now, before));
    case STORY_DOWN:
    case STORY_TO_NONE:
        return phrase(issue, "\xe2\x88\x92%s%%", percent(issue, now, before)); /* U+2212 MINUS SIGN */
    case STORY_EQUAL:
    case STORY_NONE:
        return _("unchanged");
    case STORY_LEVEL:
        return _("level");
    case STORY_FROM_NONE:
        break;
    }
    return _("none before");
}

#include "bulletin/phrase.h"
#include "base/cleanup.h"
#include "base/text.h"
#include <stdarg.h>
#include <string.h>

enum { PHRASE_MOST = 64 << 10 };

const char *phrase_about(const char *message)
{
    const char *said = gettext(message);
    if (said != message)
        return said;
    const char *bar = strchr(said, '|');
    return bar == NULL ? said : bar + 1;
}

const char *phrase(struct issue *issue, const char *format, ...)
{
    OWNED_MEMORY char *bytes = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&bytes, format, arguments);
    va_end(arguments);
    if (length < 0)
        abort(); /* out of memory, as everywhere */
    return arena_string(&issue->words, bytes, (size_t)length > PHRASE_MOST ? PHRASE_MOST : (size_t)length);
}

const char *phrase_number(struct issue *issue, uint64_t value)
{
    char grouped[NUMBER_GROUPED_SIZE];
    number_grouped(grouped, value);
    return arena_string(&issue->words, grouped, strlen(grouped));
}

static const char *const month_names[] = {N_("January"),   N_("February"), N_("March"),    N_("April"),
                                          N_("month|May"), N_("June"),     N_("July"),     N_("August"),
                                          N_("September"), N_("October"),  N_("November"), N_("December")};
static const char *const month_shorts[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("short month|May"),
                                           N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"),
                                           N_("Nov"), N_("Dec")};

const char *phrase_month(struct issue *issue, int32_t month)
{
    /* TRANSLATORS: 1 the month's name, 2 the year */
    return phrase(issue, _("%1$s %2$d"), phrase_month_alone(issue, month), calendar_month_year(month));
}

const char *phrase_month_alone(struct issue *issue, int32_t month)
{
    (void)issue;
    return phrase_about(month_names[calendar_month_number(month) - 1]);
}

const char *phrase_month_short(struct issue *issue, int32_t month)
{
    (void)issue;
    return phrase_about(month_shorts[calendar_month_number(month) - 1]);
}

const char *phrase_day(struct issue *issue, int32_t day)
{
    struct calendar_date date = calendar_date(day);
    /* TRANSLATORS: a date: 1 the day, 2 the month's name, 3 the year */
    return phrase(issue, _("%1$d %2$s %3$d"), date.day, phrase_month_alone(issue, calendar_month(day)),
                  date.year);
}

const char *phrase_day_short(struct issue *issue, int32_t day)
{
    /* TRANSLATORS: a short date: 1 the day, 2 the month's short name */
    return phrase(issue, _("%1$d %2$s"), calendar_date(day).day,
                  phrase_month_short(issue, calendar_month(day)));
}

const char *phrase_both(struct issue *issue, const char *first, const char *second)
{
    if (first == NULL || second == NULL)
        return first == NULL ? second : first;
    return phrase(issue, Q_("two sentences|%1$s %2$s"), first, second);
}

const char *phrase_list(struct issue *issue, const char *const *items, size_t count)
{
    CLEANUP(text_clear) struct text list;
    text_init(&list, PHRASE_MOST);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            text_add_string(&list,
                            i + 1 == count ? Q_("before the last of a list| and ") : Q_("within a list|, "));
        text_add_string(&list, items[i]);
    }
    return arena_string(&issue->words, list.length == 0 ? "" : list.bytes, list.length);
}

struct word {
    const char *key, *name;
};

static const char *find_word(const struct word *table, const char *key)
{
    for (const struct word *word = table; word->key != NULL; word++)
        if (strcmp(word->key, key) == 0)
            return gettext(word->name);
    return key;
}

const char *phrase_category(const char *category)
{
    static const struct word table[] = {
        {"intrusion", N_("intrusion")},
        {"impersonation", N_("impersonation")},
        {"dos", N_("denial of service (DoS)")},
        {"malware-implant", N_("planting of harmful programs")},
        {"mail-relay", N_("unauthorised mail relay")},
        {"worm", N_("worm infection")},
        {"address-spoofing", N_("address spoofing")},
        {"other-harm", N_("other harm")},
        {"probe", N_("traces of access (attempts)")},
        {"worm-trace", N_("traces of worms")},
        {"other", N_("other, without harm")},
        {0},
    };
    return find_word(table, category);
}

const char *phrase_topic(const char *topic)
{
    static const struct word table[] = {
        {"one-click", N_("one-click billing fraud")},
        {"fake-antivirus", N_("fake security software")},
        {"winny", N_("Winny")},
        {"suspicious-mail", N_("suspicious mail")},
        {"virus-infection", N_("infection with a virus")},
        {"unauthorised-access", N_("unauthorised access")},
        {"password", N_("passwords")},
        {"settings", N_("settings")},
        {"other", N_("other topics")},
        {"targeted-mail", N_("suspicious mail aimed at particular organisations")},
        {0},
    };
    return find_word(table, topic);
}

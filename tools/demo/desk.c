#include "base/calendar.h"
#include "base/memory.h"
#include "demo/published.h"
#include "demo/records.h"
#include "demo/sheet.h"
#include <stdlib.h>

static int32_t number_of(int month)
{
    return DEMO_YEAR * 12 + DEMO_FIRST_MONTH - 1 + month;
}

static int32_t a_day(struct dice *dice, int month, bool weekdays)
{
    int32_t number = number_of(month), day;
    do {
        day =
            calendar_month_first(number) + (int32_t)dice_below(dice, (uint32_t)calendar_month_length(number));
    } while (weekdays && (calendar_weekday(day) == 0 || calendar_weekday(day) == 6));
    return day;
}

static void access_rows(struct sheet *sheet, struct dice *dice, int month, bool harm)
{
    static const char *const causes[] = {"password", "old-version", "misconfiguration",
                                         "other",    "unknown",     ""};
    for (const struct demo_category *category = harm ? demo_harm : demo_no_harm; category->name != NULL;
         category++) {
        for (uint32_t i = 0; i < category->reports[month]; i++) {
            char text[CALENDAR_DAY_SIZE];
            int32_t day = a_day(dice, month, true);
            calendar_day_text(text, day);
            sheet_add(sheet, day, i, "reporter%u@example.org,%s,%s,%s,%s", dice_below(dice, 60), text,
                      harm ? "yes" : "no", category->name, causes[dice_below(dice, 6)]);
        }
    }
}

void records_access(const char *folder, int month)
{
    struct sheet sheet = {0};
    struct dice dice = dice_for("access", month);
    access_rows(&sheet, &dice, month, true);
    access_rows(&sheet, &dice, month, false);
    sheet_write(&sheet, folder, month,
                &(struct sheet_form){"access", "reporter,received_on,harm,category,cause", "", "\n"});
}

static const char *a_common_topic(struct dice *dice)
{
    static const char *const topics[] = {"virus-infection", "suspicious-mail", "password", "settings",
                                         "other"};
    static const uint32_t weights[] = {34, 17, 9, 14, 26};
    return topics[dice_pick(dice, weights, 5)];
}

/* The topics of a month's consultations, one a consultation, in an order of no meaning. Those about
 * unauthorised access come as "access-harm" or "access". */
static const char **topics_of(struct dice *dice, int month, size_t total)
{
    const char **ordered = memory_new(total, sizeof *ordered), **topics = memory_new(total, sizeof *topics);
    uint32_t *order = memory_new(total, sizeof *order);
    size_t count = 0;
    for (const struct demo_topic *topic = demo_topics; topic->name != NULL; topic++) {
        for (uint32_t i = 0; i < topic->count[month]; i++)
            ordered[count++] = topic->name;
    }
    for (uint32_t i = 0; i < demo_access_consultations[month]; i++)
        ordered[count++] = i < demo_access_consultations_harm[month] ? "access-harm" : "access";
    while (count < total)
        ordered[count++] = a_common_topic(dice);
    for (size_t i = 0; i < total; i++)
        order[i] = (uint32_t)i;
    dice_shuffle(dice, order, total);
    for (size_t i = 0; i < total; i++)
        topics[i] = ordered[order[i]];
    free(order);
    free(ordered);
    return topics;
}

static void consultation_row(struct sheet *sheet, struct dice *dice, int month, const char *channel,
                             const char *topic)
{
    /* the automatic answering system and the mailbox are open every day, the staff on weekdays */
    int32_t day = a_day(dice, month, channel[0] == 'p');
    char text[CALENDAR_DAY_SIZE];
    calendar_day_text(text, day);
    bool access = topic[0] == 'a';
    sheet_add(sheet, day, (uint32_t)dice_next(dice), "%s,%s,%s,%s,%s", text, channel,
              access ? "unauthorised-access" : topic, access ? "yes" : "",
              !access           ? ""
              : topic[6] == '-' ? "yes"
                                : "no");
}

void records_consultations(const char *folder, int month)
{
    const struct {
        const char *channel;
        uint32_t count;
    } channels[] = {{"auto", demo_auto[month]},
                    {"phone", demo_phone[month]},
                    {"mail", demo_mail[month]},
                    {"other", demo_other[month]}};
    struct sheet sheet = {0};
    struct dice dice = dice_for("consultations", month);
    size_t total = demo_auto[month] + demo_phone[month] + demo_mail[month] + demo_other[month], at = 0;
    const char **topics = topics_of(&dice, month, total);
    for (size_t i = 0; i < 4; i++) {
        for (uint32_t n = 0; n < channels[i].count; n++)
            consultation_row(&sheet, &dice, month, channels[i].channel, topics[at++]);
    }
    free(topics);
    sheet_write(&sheet, folder, month,
                &(struct sheet_form){"consultations", "received_on,channel,topic,access,harm", "", "\n"});
}

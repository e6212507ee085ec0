/* consultation: by channel and topic, and those about unauthorised access, which are in both tables. */
#include "tally/counts.h"

/* Grouped in the order of the index consultation_day; only the groups are sorted by topic. */
static const char consultation_groups[] =
    "SELECT topic, received_on, channel, access, harm, number FROM ("
    " SELECT received_on, channel, topic, access, harm, count(*) AS number FROM consultation"
    " WHERE received_on >= :first_day AND received_on < :end_day GROUP BY received_on, channel, topic, "
    "access, harm)"
    " ORDER BY topic";

static void count_channel(struct figures *figures, sqlite3_stmt *row, int at, uint64_t count)
{
    figures->consultations.total[at] += count;
    if (rows_is(row, 2, "auto"))
        figures->consultations.automatic[at] += count;
    else if (rows_is(row, 2, "phone"))
        figures->consultations.phone[at] += count;
    else if (rows_is(row, 2, "mail"))
        figures->consultations.mail[at] += count;
    else if (rows_is(row, 2, "other"))
        figures->consultations.other[at] += count;
}

static void take_group(struct month *month, sqlite3_stmt *row)
{
    struct figures *figures = month->figures;
    int at = month_of_day(month, sqlite3_column_int64(row, 1));
    uint64_t count = (uint64_t)sqlite3_column_int64(row, 5);
    month->consultation[at] = true;
    count_channel(figures, row, at, count);
    if (!rows_is(row, 0, ""))
        counts_add(month, &figures->consultations.topics, row, 0, at, count);
    if (sqlite3_column_int(row, 3) == 0)
        return;
    struct figures_harm *access = &figures->access.consultations;
    access->total[at] += count;
    *(sqlite3_column_int(row, 4) != 0 ? &access->harm[at] : &access->no_harm[at]) += count;
}

/* A total that history does not name is the sum of the channels it names. */
static void fill_channels(const struct history *history, const month_six recorded, struct figures *figures)
{
    uint64_t *automatic = figures->consultations.automatic, *phone = figures->consultations.phone;
    uint64_t *mail = figures->consultations.mail, *other = figures->consultations.other;
    history_fill(history, HISTORY_CONSULTATIONS_AUTO, recorded, automatic);
    history_fill(history, HISTORY_CONSULTATIONS_PHONE, recorded, phone);
    history_fill(history, HISTORY_CONSULTATIONS_MAIL, recorded, mail);
    history_fill(history, HISTORY_CONSULTATIONS_OTHER, recorded, other);
    for (int i = 0; i < FIGURES_MONTHS; i++)
        if (!recorded[i])
            figures->consultations.total[i] = automatic[i] + phone[i] + mail[i] + other[i];
    history_fill(history, HISTORY_CONSULTATIONS_TOTAL, recorded, figures->consultations.total);
}

bool consultation_of_month(struct month *month, struct fault *fault)
{
    if (!rows_each(month, consultation_groups, take_group, fault))
        return false;
    counts_sort(&month->figures->consultations.topics);
    fill_channels(&month->history, month->consultation, month->figures);
    history_fill_harm(&month->history, HISTORY_ACCESS_CONSULTATIONS_TOTAL, month->consultation,
                      &month->figures->access.consultations);
    return true;
}

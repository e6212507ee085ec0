#include "ledger/retain.h"
#include "base/file.h"
#include "base/memory.h"
#include "ledger/spool.h"
#include "ledger/summary.h"
#include <sys/stat.h>
#include <time.h>

void retain_plan_clear(struct retain_plan *plan)
{
    free(plan->days);
    *plan = (struct retain_plan){0};
}

/* A file that is missing weighs nothing. */
static uint64_t bytes_of(const struct ledger *ledger, const struct manifest_file *file)
{
    struct stat status;
    OWNED_MEMORY char *placed = spool_placed_path(ledger, file);
    OWNED_MEMORY char *spooled = spool_path(ledger, file);
    bool found = stat(placed, &status) == 0 || stat(spooled, &status) == 0;
    return found ? (uint64_t)status.st_size : 0;
}

/* All days, oldest first. */
static void gather(const struct ledger *ledger, const struct manifest_files *files, struct retain_plan *plan)
{
    plan->days = memory_new(files->count + 1, sizeof *plan->days);
    for (size_t i = 0; i < files->count; i++) {
        const struct manifest_file *file = &files->items[i];
        if (i == 0 || files->items[i - 1].day != file->day)
            plan->days[plan->all_days++].day = file->day;
        struct retain_day *day = &plan->days[plan->all_days - 1];
        uint64_t bytes = bytes_of(ledger, file);
        day->sightings += file->rows;
        day->bytes += bytes;
        plan->all_bytes += bytes;
    }
}

/* How many of the days, oldest first, go: those beyond the age, then as many as are beyond the size. */
static void choose(const struct ledger_settings *settings, int32_t today, struct retain_plan *plan)
{
    uint64_t left = plan->all_bytes;
    for (; plan->count < plan->all_days; plan->count++) {
        struct retain_day *day = &plan->days[plan->count];
        bool old = settings->keep_days != 0 && day->day < today - settings->keep_days;
        bool large = settings->keep_bytes != 0 && left > settings->keep_bytes;
        if (day->day >= today || (!old && !large))
            return;
        day->why = old ? RETAIN_AGE : RETAIN_SIZE;
        left -= day->bytes;
        plan->sightings += day->sightings;
        plan->bytes += day->bytes;
    }
}

bool retain_plan(struct ledger *ledger, struct retain_plan *plan, struct fault *fault)
{
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    struct retain_plan made = {0};
    if (!manifest_all(ledger, &files, fault))
        return false;
    gather(ledger, &files, &made);
    choose(&ledger->settings, zone_day(&ledger->zone, (int64_t)time(NULL)), &made);
    *plan = made;
    return true;
}

static const struct manifest_summary *summary_of(const struct manifest_summaries *summaries, int32_t day)
{
    for (size_t i = 0; i < summaries->count; i++)
        if (summaries->items[i].day == day)
            return &summaries->items[i];
    return NULL;
}

/* Byte for byte the summary that was made of the day's sightings. */
static bool is_whole(const struct ledger *ledger, const struct manifest_summary *summary)
{
    char day[CALENDAR_DAY_SIZE];
    struct imprint imprint;
    struct fault ignored;
    calendar_day_text(day, summary->day);
    OWNED_MEMORY char *path = ledger_path(ledger, "summary/day=%s.parquet", day);
    return !summary->due && summary->sealed && imprint_take(path, &imprint, &ignored) &&
           imprint_equal(&imprint, &summary->imprint);
}

/* A summary that is not, is made anew while that can be done; `again`: it was. */
static bool see_to_summaries(struct ledger *ledger, const struct retain_plan *plan, bool again,
                             struct fault *fault)
{
    CLEANUP(manifest_summaries_clear) struct manifest_summaries summaries = {NULL, 0};
    if (!manifest_summaries(ledger, &summaries, fault))
        return false;
    for (size_t i = 0; i < plan->count; i++) {
        char day[CALENDAR_DAY_SIZE];
        const struct manifest_summary *summary = summary_of(&summaries, plan->days[i].day);
        calendar_day_text(day, plan->days[i].day);
        if (summary != NULL && is_whole(ledger, summary))
            continue;
        if (again)
            return fault_set(fault, "the summary of %s is not whole ('mimamori ledger check' tells more)",
                             day);
        if (!manifest_make_due(ledger, plan->days[i].day, fault))
            return false;
    }
    return again || (summary_make_due(ledger, fault) && see_to_summaries(ledger, plan, true, fault));
}

bool retain_apply(struct ledger *ledger, const struct retain_plan *plan, struct fault *fault)
{
    if (plan->count == 0)
        return true;
    CLEANUP(manifest_days_clear)
    struct manifest_days days = {memory_new(plan->count, sizeof *days.items), plan->count};
    for (size_t i = 0; i < plan->count; i++)
        days.items[i] = plan->days[i].day;
    if (!spool_place(ledger, fault) || !see_to_summaries(ledger, plan, false, fault) ||
        !manifest_release(ledger, &days, fault))
        return false;
    struct fault later; /* they count no more; the next writer removes what could not be removed now */
    spool_remove_gone(ledger, &later);
    return true;
}

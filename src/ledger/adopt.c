#include "ledger/adopt.h"
#include "base/file.h"
#include "ledger/manifest.h"
#include "ledger/spool.h"
#include <stdio.h>

/* Into its place, not synced. *adopted says whether there was any. */
static bool adopt(struct ledger *ledger, const struct manifest_file *file, struct manifest_summary *summary,
                  bool *adopted, struct fault *fault)
{
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, file->day);
    OWNED_MEMORY char *from = spool_sums_path(ledger, file);
    OWNED_MEMORY char *to = ledger_path(ledger, "summary/day=%s.parquet", day);
    *adopted = file_exists(from); /* else whoever settles sums the day */
    if (*adopted && !imprint_take(from, &summary->imprint, fault))
        return false;
    return !*adopted || rename(from, to) == 0 || fault_errno(fault, "'%s': cannot rename to '%s'", from, to);
}

/* The one file of a day. NULL: there are none or many. */
static const struct manifest_file *only_file(const struct manifest_files *files, int32_t day, size_t *at)
{
    while (*at < files->count && files->items[*at].day < day)
        ++*at;
    if (*at == files->count || files->items[*at].day != day)
        return NULL;
    bool more = *at + 1 < files->count && files->items[*at + 1].day == day;
    return more ? NULL : &files->items[*at];
}

static bool any_due(const struct manifest_summaries *summaries)
{
    for (size_t i = 0; i < summaries->count; i++)
        if (summaries->items[i].due && !summaries->items[i].held)
            return true;
    return false;
}

/* What is adopted moves to the front of `summaries`. */
static bool move_all(struct ledger *ledger, struct manifest_summaries *summaries, size_t *adopted,
                     struct fault *fault)
{
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    size_t at = 0, moved = 0;
    if (!manifest_all(ledger, &files, fault))
        return false;
    for (size_t i = 0; i < summaries->count; i++) {
        struct manifest_summary summary = summaries->items[i];
        const struct manifest_file *file =
            summary.due && !summary.held ? only_file(&files, summary.day, &at) : NULL;
        bool any = false;
        if (file != NULL && file->placed && !adopt(ledger, file, &summary, &any, fault))
            return false;
        if (any)
            summaries->items[moved++] = summary;
    }
    *adopted = moved;
    return true;
}

/* All of them are moved and synced before the manifest says so of any. */
static bool adopt_all(struct ledger *ledger, struct manifest_summaries *summaries, struct fault *fault)
{
    size_t adopted;
    OWNED_MEMORY char *folder = ledger_path(ledger, "summary");
    return move_all(ledger, summaries, &adopted, fault) &&
           (adopted == 0 ||
            (file_sync(folder, fault) && manifest_summed_days(ledger, summaries->items, adopted, fault)));
}

bool adopt_sums(struct ledger *ledger, struct fault *fault)
{
    CLEANUP(manifest_summaries_clear) struct manifest_summaries summaries = {NULL, 0};
    return manifest_summaries(ledger, &summaries, fault) &&
           (!any_due(&summaries) || adopt_all(ledger, &summaries, fault));
}

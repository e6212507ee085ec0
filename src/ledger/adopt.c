#include "ledger/adopt.h"
#include "base/file.h"
#include "ledger/manifest.h"
#include "ledger/spool.h"

static bool adopt(struct ledger *ledger, const struct manifest_file *file, struct fault *fault)
{
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, file->day);
    OWNED_MEMORY char *sums = spool_sums_path(ledger, file);
    OWNED_MEMORY char *summary = ledger_path(ledger, "summary/day=%s.parquet", day);
    struct imprint imprint;
    if (!file_exists(sums))
        return true; /* whoever settles sums the day */
    return imprint_take(ledger, sums, &imprint, fault) && file_rename(sums, summary, fault) &&
           manifest_summed(ledger, file->day, &imprint, fault);
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

static bool adopt_all(struct ledger *ledger, const struct manifest_summaries *summaries, struct fault *fault)
{
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    size_t at = 0;
    if (!manifest_all(ledger, &files, fault))
        return false;
    for (size_t i = 0; i < summaries->count; i++) {
        const struct manifest_summary *summary = &summaries->items[i];
        const struct manifest_file *file =
            summary->due && !summary->held ? only_file(&files, summary->day, &at) : NULL;
        if (file != NULL && file->placed && !adopt(ledger, file, fault))
            return false;
    }
    return true;
}

bool adopt_sums(struct ledger *ledger, struct fault *fault)
{
    CLEANUP(manifest_summaries_clear) struct manifest_summaries summaries = {NULL, 0};
    return manifest_summaries(ledger, &summaries, fault) &&
           (!any_due(&summaries) || adopt_all(ledger, &summaries, fault));
}

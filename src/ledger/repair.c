#include "ledger/repair.h"
#include "base/file.h"
#include "base/memory.h"
#include "ledger/close.h"
#include "ledger/reading.h"
#include "ledger/sightings.h"
#include "ledger/spool.h"
#include "ledger/summary.h"
#include <errno.h>
#include <string.h>

/* Into damaged/, under a name that tells the day. */
static bool put_aside(const struct ledger *ledger, const char *inside, struct fault *fault)
{
    OWNED_MEMORY char *from = ledger_path(ledger, "%s", inside);
    OWNED_MEMORY char *folder = ledger_path(ledger, "damaged");
    OWNED_MEMORY char *to = ledger_path(ledger, "damaged/%s", inside);
    for (char *slash = to + strlen(folder) + 1; (slash = strchr(slash, '/')) != NULL;)
        *slash = '.';
    return !file_exists(from) || (file_make_folder(folder, fault) && file_rename(from, to, fault));
}

/* Nothing was found about the day's summary, and there is one that is up to date. */
static bool summary_is_whole(const struct examination *found, const struct manifest_summaries *summaries,
                             int32_t day)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->findings[i].file.day == day && found->findings[i].id >= EXAMINE_SUMMARY_MISSING &&
            found->findings[i].id <= EXAMINE_SUMMARY_LOST)
            return false;
    for (size_t i = 0; i < summaries->count; i++)
        if (summaries->items[i].day == day)
            return !summaries->items[i].due && summaries->items[i].sealed;
    return false;
}

static bool lose(struct ledger *ledger, const struct examination *found,
                 const struct examine_finding *finding, struct fault *fault)
{
    CLEANUP(manifest_summaries_clear) struct manifest_summaries summaries = {NULL, 0};
    OWNED_MEMORY char *spooled = spool_path(ledger, &finding->file);
    const char *inside = file_exists(spooled) ? spooled + strlen(ledger->path) + 1 : finding->subject;
    return manifest_summaries(ledger, &summaries, fault) &&
           (finding->id == EXAMINE_MISSING || put_aside(ledger, inside, fault)) &&
           manifest_lose(ledger, &finding->file, summary_is_whole(found, &summaries, finding->file.day),
                         fault);
}

/* Every sighting of it can be read, in order; *rows says how many there are. */
static bool reads_well(const struct ledger *ledger, const struct reading_file *file, uint64_t *rows)
{
    struct fault fault;
    struct points points;
    CLEANUP(engine_close) struct engine engine = {NULL, NULL};
    if (!engine_open(&engine, "256MB", NULL, &fault) || !points_load(ledger, &points, &fault))
        return false;
    struct reading *reading = reading_open(&engine, &points, *file, &fault);
    const struct sighting *row;
    bool read = reading != NULL;
    for (*rows = 0; read; ++*rows) {
        read = reading_next(reading, &row, &fault);
        if (!read || row == NULL)
            break;
    }
    reading_free(reading);
    points_clear(&points);
    return read;
}

/* A capture lies in a file that the manifest does not name: it is named again, or lost. */
static bool adopt_or_forget(struct ledger *ledger, const struct examine_finding *finding, struct fault *fault)
{
    struct manifest_file file = finding->file;
    OWNED_MEMORY char *path = spool_placed_path(ledger, &file);
    if (strlen(file.content) != MANIFEST_CONTENT_SIZE - 1 ||
        !reads_well(ledger, &(struct reading_file){path, file.day, NULL}, &file.rows))
        return manifest_forget(ledger, &finding->file, fault);
    file.sealed = true;
    return imprint_take(path, &file.imprint, fault) && manifest_adopt(ledger, &file, fault);
}

static bool remove_stray(const struct ledger *ledger, const struct examine_finding *finding,
                         const struct examination *found, struct fault *fault)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->findings[i].id == EXAMINE_UNLISTED &&
            strcmp(found->findings[i].subject, finding->subject) == 0)
            return true; /* seen to */
    OWNED_MEMORY char *path = ledger_path(ledger, "%s", finding->subject);
    return file_remove_tree(path, fault);
}

static bool lose_summary(struct ledger *ledger, const struct examine_finding *finding, struct fault *fault)
{
    return put_aside(ledger, finding->subject, fault) && manifest_unhold(ledger, finding->file.day, fault);
}

static bool mend(struct ledger *ledger, const struct examination *found,
                 const struct examine_finding *finding, struct fault *fault)
{
    switch (finding->id) {
    case EXAMINE_MISSING:
    case EXAMINE_DAMAGED:
        return lose(ledger, found, finding, fault);
    case EXAMINE_ROWS:
        return manifest_set_rows(ledger, &finding->file, finding->number, fault);
    case EXAMINE_UNLISTED:
        return adopt_or_forget(ledger, finding, fault);
    case EXAMINE_SUMMARY_MISSING:
    case EXAMINE_SUMMARY_DAMAGED:
    case EXAMINE_SUMMARY_DIFFERS:
        return manifest_make_due(ledger, finding->file.day, fault);
    case EXAMINE_SUMMARY_LOST:
        return lose_summary(ledger, finding, fault);
    case EXAMINE_STRAY:
        return remove_stray(ledger, finding, found, fault);
    case EXAMINE_CAPTURE:
        return finding->number == 0 || manifest_count_rows(ledger, finding->number, fault);
    case EXAMINE_RECORDS: /* for a person to see to */
    case EXAMINE_UNREADABLE:
    case EXAMINE_UNFIT:
    case EXAMINE_UNCLAIMED:
    case EXAMINE_LOST:
        break;
    }
    return true;
}

static bool mend_all(struct ledger *ledger, const struct examination *found, struct fault *fault)
{
    for (size_t i = 0; i < found->count; i++)
        if (!mend(ledger, found, &found->findings[i], fault))
            return false;
    return sightings_recover(ledger, fault) && close_days(ledger, fault) && summary_make_due(ledger, fault);
}

bool repair(struct ledger *ledger, struct examination *found, struct examination *left, struct fault *fault)
{
    struct examination before = {0}, after = {0};
    struct fault
        ignored; /* why it could not be mended is told, and not why it could not be looked at again */
    if (!examine(ledger, &before, fault))
        return false;
    bool mended = mend_all(ledger, &before, fault);
    bool looked = examine(ledger, &after, mended ? fault : &ignored);
    *found = before;
    *left = after;
    return mended && looked;
}

#include "ledger/examine.h"
#include "base/memory.h"
#include <stdarg.h>
#include <string.h>

static const char *const names[] = {
    [EXAMINE_RECORDS] = "records",
    [EXAMINE_MISSING] = "missing",
    [EXAMINE_UNREADABLE] = "unreadable",
    [EXAMINE_DAMAGED] = "damaged",
    [EXAMINE_UNFIT] = "unfit",
    [EXAMINE_ROWS] = "rows",
    [EXAMINE_UNCLAIMED] = "unclaimed",
    [EXAMINE_UNLISTED] = "unlisted",
    [EXAMINE_SUMMARY_MISSING] = "summary-missing",
    [EXAMINE_SUMMARY_DAMAGED] = "summary-damaged",
    [EXAMINE_SUMMARY_DIFFERS] = "summary-differs",
    [EXAMINE_SUMMARY_LOST] = "summary-lost",
    [EXAMINE_STRAY] = "stray",
    [EXAMINE_LOST] = "lost",
    [EXAMINE_CAPTURE] = "capture",
};

const char *examine_name(enum examine_id id)
{
    return names[id];
}

void examine_add(struct examination *examination, struct examine_finding finding, const char *subject,
                 const char *expected, const char *seen, ...)
{
    va_list arguments;
    va_start(arguments, seen);
    if (vasprintf(&finding.seen, seen, arguments) < 0)
        abort(); /* out of memory */
    va_end(arguments);
    finding.subject = memory_string(subject);
    finding.expected = expected == NULL ? NULL : memory_string(expected);
    if ((examination->count & (examination->count - 1)) == 0)
        examination->findings =
            memory_resize(examination->findings, 2 * examination->count + 1, sizeof *examination->findings);
    examination->findings[examination->count++] = finding;
}

void examination_clear(struct examination *examination)
{
    for (size_t i = 0; i < examination->count; i++) {
        free(examination->findings[i].subject);
        free(examination->findings[i].seen);
        free(examination->findings[i].expected);
    }
    free(examination->findings);
    *examination = (struct examination){0};
}

static uint64_t rows_of(const struct manifest_files *files)
{
    uint64_t rows = 0;
    for (size_t i = 0; i < files->count; i++)
        rows += files->items[i].rows;
    return rows;
}

static bool look(struct ledger *ledger, struct examine_moment *moment, struct examination *examination,
                 struct fault *fault)
{
    struct progress progress;
    progress_begin(&progress, "checking", rows_of(&moment->files));
    bool looked = examine_records(ledger, examination, fault) &&
                  examine_files(ledger, moment, examination, &progress, fault);
    if (looked) {
        examine_summaries(moment, examination);
        examine_strays(moment, examination);
        looked = examine_captures(ledger, examination, fault);
    }
    progress_end(&progress);
    return looked;
}

bool examine(struct ledger *ledger, struct examination *examination, struct fault *fault)
{
    CLEANUP(examine_moment_clear) struct examine_moment moment = {0};
    bool current;
    if (!manifest_is_current(ledger, &current, fault))
        return false;
    if (!current)
        return fault_set(fault, "'%s' is of an older format ('mimamori ledger repair' brings it up)",
                         ledger->path);
    struct examination made = {0};
    if (!examine_moment_take(ledger, &moment, fault))
        return false;
    if (!look(ledger, &moment, &made, fault)) {
        examination_clear(&made);
        return false;
    }
    *examination = made;
    return true;
}

/* What lies in the ledger's folders and nothing speaks of. */
#include "base/memory.h"
#include "ledger/examine.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { INSIDE_MOST = 128 };

/* Paths that belong there, sorted. */
struct known {
    char (*paths)[INSIDE_MOST];
    size_t count;
};

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void know_files(struct known *known, const struct manifest_files *files)
{
    char day[CALENDAR_DAY_SIZE];
    for (size_t i = 0; i < files->count; i++) {
        calendar_day_text(day, files->items[i].day);
        snprintf(known->paths[known->count++], INSIDE_MOST, "sightings/day=%s/%s.parquet", day,
                 files->items[i].content);
        if (!files->items[i].placed)
            snprintf(known->paths[known->count++], INSIDE_MOST, "spool/%s", files->items[i].content);
    }
}

static void know_all(struct known *known, const struct examine_moment *moment)
{
    char day[CALENDAR_DAY_SIZE];
    size_t most = 2 * (moment->files.count + moment->gone.count) + moment->summaries.count + 1;
    known->paths = memory_new(most, INSIDE_MOST);
    know_files(known, &moment->files);
    know_files(known, &moment->gone);
    for (size_t i = 0; i < moment->summaries.count; i++) {
        calendar_day_text(day, moment->summaries.items[i].day);
        snprintf(known->paths[known->count++], INSIDE_MOST, "summary/day=%s.parquet", day);
    }
    qsort(known->paths, known->count, INSIDE_MOST, compare);
}

static bool is_known(const struct known *known, const char *inside)
{
    return bsearch(inside, known->paths, known->count, INSIDE_MOST, compare) != NULL;
}

/* What somebody who is at work left there for the moment: a reader's folder bears his number, and what begins
 * with a dot in summary/ is being written. */
static bool is_at_work(const struct examine_moment *moment, const char *inside)
{
    long process = strncmp(inside, "spool/query-", 12) == 0 ? strtol(inside + 12, NULL, 10) : 0;
    if (process > 0 && (kill((pid_t)process, 0) == 0 || errno == EPERM))
        return true;
    bool writers = strncmp(inside, "spool/", 6) == 0 || strncmp(inside, "summary/.", 9) == 0;
    return writers && !moment->spool_is_nobodys;
}

void examine_strays(const struct examine_moment *moment, struct examination *examination)
{
    struct known known = {NULL, 0};
    know_all(&known, moment);
    for (size_t i = 0; i < moment->listed_count; i++)
        if (!is_known(&known, moment->listed[i]) && !is_at_work(moment, moment->listed[i]))
            examine_add(examination, (struct examine_finding){.id = EXAMINE_STRAY}, moment->listed[i], NULL,
                        "lies there, and the ledger does not know it");
    free(known.paths);
}

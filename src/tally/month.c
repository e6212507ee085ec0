#include "tally/month.h"
#include "base/memory.h"
#include "ledger/records.h"
#include <string.h>

const char *const figures_why_names[] = {"rising", "new-in-top", "spike"};

int month_of_day(const struct month *month, int64_t day)
{
    const struct figures *figures = month->figures;
    if (day < figures->first_day || day >= (int64_t)figures->first_day + figures->days)
        return -1;
    return calendar_month((int32_t)day) - (figures->month - FIGURES_NOW);
}

void *month_more(struct month *month, void *items, size_t count, size_t size)
{
    if ((count & (count - 1)) != 0) /* it doubles at 0, 1, 2, 4, 8 ... */
        return items;
    void *more = arena_new(&month->figures->arena, count == 0 ? 1 : 2 * count, size);
    if (count > 0)
        memcpy(more, items, count * size);
    return more;
}

static struct figures *figures_new(int32_t month)
{
    struct figures *figures = memory_new(1, sizeof *figures);
    arena_init(&figures->arena);
    figures->month = month;
    figures->month_length = calendar_month_length(month);
    figures->first_day = calendar_month_first(month - FIGURES_NOW);
    figures->days = calendar_month_first(month + 1) - figures->first_day;
    return figures;
}

void figures_free(struct figures *figures)
{
    if (figures != NULL)
        arena_clear(&figures->arena);
    free(figures);
}

/* All statements over the records see one moment of them, whatever is written meanwhile. */
static bool tally_records(struct month *month, struct fault *fault)
{
    sqlite3 *records = month->ledger->records;
    if (!records_run(records, "SAVEPOINT tally", fault))
        return false;
    bool done = history_of_month(month, fault) && malware_of_month(month, fault) &&
                consultation_of_month(month, fault) && access_of_month(month, fault);
    struct fault unwinding; /* what failed first is what is told */
    return records_run(records, "RELEASE tally", done ? fault : &unwinding) && done;
}

struct figures *figures_of_month(const struct ledger *ledger, int32_t month, struct fault *fault)
{
    OWNED(figures_free) struct figures *figures = figures_new(month);
    OWNED(tables_free) struct tables *tables = tables_open(ledger, fault);
    struct month work = {.ledger = ledger, .tables = tables, .figures = figures};
    bool done = tables != NULL && tally_records(&work, fault) && observation_of_month(&work, fault) &&
                notable_of_month(&work, fault) && identities_hold(&work, fault);
    return done ? HANDOVER(figures) : NULL;
}

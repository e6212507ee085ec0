#include "ledger/points.h"
#include "base/memory.h"
#include "ledger/records.h"
#include <stdlib.h>
#include <string.h>

enum { POINTS_WATCHES_MOST = 1 << 20 };

static bool load_names(sqlite3 *records, struct points *points, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *named = records_prepare(records, "SELECT name FROM point ORDER BY name", fault);
    bool row;
    if (named == NULL || !records_step(named, &row, fault))
        return false;
    while (row) {
        if (points->count == POINTS_MOST)
            return fault_set(fault, "there are more than %d points", POINTS_MOST);
        points->names = memory_resize(points->names, points->count + 1, sizeof *points->names);
        points->names[points->count++] = memory_string((const char *)sqlite3_column_text(named, 0));
        if (!records_step(named, &row, fault))
            return false;
    }
    return true;
}

static int32_t column_day(sqlite3_stmt *statement, int column, int32_t open)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL
               ? open
               : (int32_t)sqlite3_column_int(statement, column);
}

static bool add_watch(struct points *points, sqlite3_stmt *row, struct fault *fault)
{
    struct point_watch watch = {
        .point = (uint16_t)sqlite3_column_int(row, 0),
        .since = column_day(row, 2, INT32_MIN),
        .until = column_day(row, 3, INT32_MAX),
    };
    const char *network = (const char *)sqlite3_column_text(row, 1);
    if (!network_parse(network, &watch.network))
        return fault_set(fault, "point '%s' has the network '%s' (expected a CIDR block)",
                         points->names[watch.point], network);
    if (points->watch_count == POINTS_WATCHES_MOST)
        return fault_set(fault, "the points have more than %d networks", POINTS_WATCHES_MOST);
    if ((points->watch_count & (points->watch_count - 1)) == 0) /* doubled at each power of two */
        points->watches = memory_resize(points->watches,
                                        points->watch_count == 0 ? 1 : points->watch_count * 2, sizeof watch);
    points->watches[points->watch_count++] = watch;
    return true;
}

/* Points are numbered as load_names() lists them. */
static const char watches_sql[] =
    "SELECT numbered.number, network, since, until FROM point_watch"
    " JOIN (SELECT id, row_number() OVER (ORDER BY name) - 1 AS number FROM point) AS numbered"
    " ON numbered.id = point_watch.point";

static bool load_watches(sqlite3 *records, struct points *points, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *watches = records_prepare(records, watches_sql, fault);
    bool row;
    if (watches == NULL || !records_step(watches, &row, fault))
        return false;
    while (row)
        if (!add_watch(points, watches, fault) || !records_step(watches, &row, fault))
            return false;
    return true;
}

static int compare_watches(const void *left, const void *right)
{
    const struct point_watch *a = left, *b = right;
    int order = address_compare(a->network.first, b->network.first);
    if (order == 0)
        order = (a->network.prefix > b->network.prefix) - (a->network.prefix < b->network.prefix);
    return order != 0 ? order : (a->since > b->since) - (a->since < b->since);
}

bool points_load(const struct ledger *ledger, struct points *points, struct fault *fault)
{
    struct points loaded = {0};
    /* one transaction, so that the names and the watches are of the same moment */
    bool whole = records_run(ledger->records, "SAVEPOINT points_load", fault) &&
                 load_names(ledger->records, &loaded, fault) && load_watches(ledger->records, &loaded, fault);
    struct fault ignored;
    records_run(ledger->records, "RELEASE points_load", &ignored);
    if (!whole) {
        points_clear(&loaded);
        return false;
    }
    if (loaded.watch_count > 0)
        qsort(loaded.watches, loaded.watch_count, sizeof *loaded.watches, compare_watches);
    *points = loaded;
    return true;
}

void points_clear(struct points *points)
{
    for (size_t i = 0; i < points->count; i++)
        free(points->names[i]);
    free(points->names);
    free(points->watches);
    *points = (struct points){0};
}

static int compare_by_point(const void *left, const void *right)
{
    const struct point_watch *a = left, *b = right;
    if (a->point != b->point)
        return a->point < b->point ? -1 : 1;
    return (a->since > b->since) - (a->since < b->since);
}

void points_days(const struct points *points, int32_t first, int32_t last, uint64_t *point_days,
                 uint64_t *points_watching)
{
    uint64_t days = 0, watching = 0;
    OWNED_MEMORY struct point_watch *watches = memory_new(points->watch_count + 1, sizeof *watches);
    if (points->watch_count > 0)
        memcpy(watches, points->watches, points->watch_count * sizeof *watches);
    qsort(watches, points->watch_count, sizeof *watches, compare_by_point);
    int64_t counted = first; /* of this point, all days before this one are counted */
    bool seen = false;       /* this point watched on a day */
    for (size_t i = 0; i < points->watch_count; i++) {
        if (i > 0 && watches[i].point != watches[i - 1].point) {
            counted = first;
            seen = false;
        }
        int64_t since = watches[i].since > counted ? watches[i].since : counted;
        int64_t end = (int64_t)(watches[i].until < last ? watches[i].until : last) + 1;
        if (end <= since)
            continue;
        days += (uint64_t)(end - since);
        watching += !seen;
        counted = end;
        seen = true;
    }
    *point_days = days;
    *points_watching = watching;
}

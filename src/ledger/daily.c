#include "ledger/daily.h"
#include "base/memory.h"
#include "ledger/columns.h"
#include "ledger/scribe.h"
#include "ledger/sums.h"
#include <string.h>

enum { ASKED = 4096 }; /* rows, of the stream at a time */

struct daily {
    const struct points *points;
    struct sightings_in in;
    struct parquet_table sighting_table, sum_table;
    struct scribe *scribe;
    struct scribe_file sightings, summary;
    struct sums *sums;
    struct sighting carried[ASKED]; /* taken from the stream, not yet written: of the next day */
    size_t carried_at, carried_count;
    struct sighting last; /* the one before the next, where there is one */
    bool begun;
};

static void take_sum(void *daily_, const struct sum *sum)
{
    struct daily *daily = daily_;
    size_t room;
    struct sum *sums = scribe_rows(daily->scribe, &daily->summary, &room);
    *sums = *sum;
    scribe_add(daily->scribe, &daily->summary, 1);
}

struct daily *daily_new(const struct points *points, struct sightings_in in, unsigned threads)
{
    struct daily *daily = memory_new(1, sizeof *daily);
    daily->points = points;
    daily->in = in;
    daily->sighting_table = columns_of_sightings(points);
    daily->sum_table = columns_of_sums(points);
    daily->sightings.parquet.descriptor = daily->summary.parquet.descriptor = -1;
    daily->scribe = scribe_new(threads);
    daily->sums = sums_new(take_sum, daily);
    return daily;
}

void daily_free(struct daily *daily)
{
    if (daily == NULL)
        return;
    scribe_free(daily->scribe);
    parquet_close(&daily->sightings.parquet);
    parquet_close(&daily->summary.parquet);
    sums_free(daily->sums);
    free(daily);
}

bool daily_day(struct daily *daily, int32_t *day)
{
    if (daily->carried_at == daily->carried_count) {
        daily->carried_count = daily->in.next(daily->in.context, daily->carried, ASKED);
        daily->carried_at = 0;
    }
    if (daily->carried_at == daily->carried_count)
        return false;
    *day = daily->carried[daily->carried_at].day;
    return true;
}

/* A stream that breaks its promise would be stored wrongly and for good. */
static bool keeps_promise(const struct daily *daily, const struct sighting *sighting)
{
    return sighting->point < daily->points->count && sighting->kind <= SIGHTING_BACKSCATTER &&
           sighting->protocol <= SIGHTING_IP && sighting->last_s >= sighting->first_s &&
           sighting->accesses > 0;
}

/* How many of `rows` are of `day`; more than `count`: something is wrong with them. */
static size_t check(struct daily *daily, const struct sighting *rows, size_t count, int32_t day)
{
    const struct sighting *before = daily->begun ? &daily->last : NULL;
    for (size_t i = 0; i < count; before = &rows[i++]) {
        if (!keeps_promise(daily, &rows[i]) || (before != NULL && sighting_compare(before, &rows[i]) >= 0))
            return SIZE_MAX;
        if (rows[i].day != day)
            return i;
    }
    return count;
}

/* Up to `room` of the next rows: those carried, or else straight from the stream. */
static size_t next(struct daily *daily, struct sighting *rows, size_t room)
{
    size_t carried = daily->carried_count - daily->carried_at;
    if (carried == 0)
        return daily->in.next(daily->in.context, rows, room < ASKED ? room : ASKED);
    size_t some = carried < room ? carried : room;
    memcpy(rows, daily->carried + daily->carried_at, some * sizeof *rows);
    daily->carried_at += some;
    return some;
}

/* What came too far, back before what is still carried. */
static void carry(struct daily *daily, const struct sighting *rows, size_t count)
{
    if (daily->carried_at == daily->carried_count) {
        memcpy(daily->carried, rows, count * sizeof *rows);
        daily->carried_at = 0;
        daily->carried_count = count;
    } else {
        daily->carried_at -= count; /* they were taken from there */
    }
}

/* `day` is that of the next row. */
static bool write_rows(struct daily *daily, int32_t day, bool summed, struct fault *fault)
{
    for (size_t room, count, good = 0;;) {
        struct sighting *rows = scribe_rows(daily->scribe, &daily->sightings, &room);
        count = next(daily, rows, room);
        good = check(daily, rows, count, day);
        if (good > count)
            return fault_set(fault, "sightings come out of order or out of range");
        if (good > 0) {
            daily->last = rows[good - 1];
            daily->begun = true;
            if (summed)
                sums_add(daily->sums, rows, good);
        }
        if (good < count)
            carry(daily, rows + good, count - good);
        scribe_add(daily->scribe, &daily->sightings, good);
        if (good < count || count == 0)
            return true;
    }
}

static bool write_files(struct daily *daily, int32_t day, bool summed, struct fault *fault)
{
    struct scribe_file *files[] = {&daily->sightings, &daily->summary};
    if (!write_rows(daily, day, summed, fault))
        return false;
    if (summed)
        sums_end(daily->sums);
    return scribe_end(daily->scribe, files, 2, fault) && parquet_end(&daily->sightings.parquet, fault) &&
           (!summed || parquet_end(&daily->summary.parquet, fault));
}

bool daily_write(struct daily *daily, const char *path, const char *sums_path, uint64_t *rows,
                 struct fault *fault)
{
    int32_t day;
    if (!daily_day(daily, &day))
        return fault_set(fault, "'%s': there are no sightings to write", path);
    bool written =
        parquet_open(&daily->sightings.parquet, path, &daily->sighting_table, fault) &&
        (sums_path == NULL || parquet_open(&daily->summary.parquet, sums_path, &daily->sum_table, fault)) &&
        write_files(daily, day, sums_path != NULL, fault);
    if (written)
        *rows = daily->sightings.parquet.rows;
    parquet_close(&daily->sightings.parquet);
    parquet_close(&daily->summary.parquet);
    return written;
}

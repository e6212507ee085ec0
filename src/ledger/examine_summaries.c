/* Every summary that is up to date: its bytes, and its sums beside those of its day's sightings. */
#include "base/memory.h"
#include "ledger/examine.h"
#include "ledger/functions.h"
#include "ledger/views.h"
#include <errno.h>
#include <string.h>

enum { SUMMARY_PATH_MOST = 64 };

/* Every group once, of what is kept and of what the sightings give, which are taken away: groups of which
 * something is left, or that are kept twice. */
static const char difference_head[] =
    "SELECT count(*) FROM (SELECT 1 FROM (SELECT point, kind, protocol, port::INTEGER AS port, country,"
    " accesses::BIGINT AS accesses, sources::BIGINT AS sources, 1 AS kept FROM read_parquet('";
static const char difference_middle[] =
    "') UNION ALL SELECT point, kind, protocol, port::INTEGER, country, -accesses::BIGINT, -1, 0 FROM (";
static const char difference_tail[] = ")) GROUP BY point, kind, protocol, port, country"
                                      " HAVING sum(accesses) <> 0 OR sum(sources) <> 0 OR sum(kept) <> 1)";

/* The files of the day as a snapshot; false where one of them is bad. */
static bool files_of_day(const struct examine_moment *moment, int32_t day, struct snapshot *snapshot)
{
    bool well = true;
    for (size_t i = 0; i < moment->files.count; i++) {
        if (moment->files.items[i].day != day)
            continue;
        struct snapshot_file file = {.day = day, .held = moment->held[i].descriptor};
        if (asprintf(&file.path, "/proc/self/fd/%d", file.held) < 0)
            abort(); /* out of memory */
        snapshot->sightings.items =
            memory_resize(snapshot->sightings.items, snapshot->sightings.count + 1, sizeof file);
        snapshot->sightings.items[snapshot->sightings.count++] = file;
        well = well && !moment->held[i].bad;
    }
    return well && snapshot->sightings.count > 0;
}

/* Borrowed descriptors stay open. */
static void files_clear(struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->sightings.count; i++)
        free(snapshot->sightings.items[i].path);
    free(snapshot->sightings.items);
}

static void add_difference(struct text *sql, const struct snapshot *snapshot, const char *path)
{
    text_add_string(sql, difference_head);
    text_add_string(sql, path);
    text_add_string(sql, difference_middle);
    views_add_sightings(sql, &snapshot->sightings);
    text_add_string(sql, difference_tail);
}

/* How many sums are not the same in both. A fault: the summary cannot be read. */
static bool difference(const struct snapshot *snapshot, const char *path, int64_t *sums, struct fault *fault)
{
    CLEANUP(text_clear) struct text sql;
    CLEANUP(engine_close) struct engine engine = {NULL, NULL};
    duckdb_result result;
    text_init(&sql, VIEWS_SQL_MOST);
    add_difference(&sql, snapshot, path);
    if (!engine_open(&engine, "1GB", NULL, fault) || !functions_register(&engine, snapshot, fault))
        return false;
    bool asked = duckdb_query(engine.connection, sql.bytes, &result) == DuckDBSuccess;
    if (asked)
        *sums = duckdb_value_int64(&result, 0, 0);
    else
        engine_fault(fault, duckdb_result_error(&result));
    duckdb_destroy_result(&result);
    return asked;
}

/* One that is not as it was written, or not there. True: go on with its sums. */
static bool examine_bytes(const struct manifest_summary *summary, const struct examine_held *held,
                          const char *path, struct examine_finding *finding, const char **seen)
{
    struct imprint imprint;
    struct fault fault;
    finding->id = EXAMINE_SUMMARY_MISSING;
    *seen = "is missing";
    if (held->failed == ENOENT)
        return false;
    finding->id = EXAMINE_UNREADABLE;
    *seen = "cannot be read";
    if (held->failed != 0 || !imprint_take(path, &imprint, &fault))
        return false;
    finding->id = EXAMINE_SUMMARY_DAMAGED;
    *seen = "its bytes have changed";
    return !summary->sealed || imprint_equal(&imprint, &summary->imprint);
}

static void examine_summary(const struct examine_moment *moment, size_t at, struct examination *examination)
{
    const struct manifest_summary *summary = &moment->summaries.items[at];
    const struct examine_held *held = &moment->held_summaries[at];
    struct snapshot snapshot = {0};
    struct examine_finding finding = {.file.day = summary->day};
    char path[32], name[SUMMARY_PATH_MOST], day[CALENDAR_DAY_SIZE];
    const char *seen;
    int64_t sums = 0;
    struct fault fault;
    calendar_day_text(day, summary->day);
    snprintf(name, sizeof name, "summary/day=%s.parquet", day);
    snprintf(path, sizeof path, "/proc/self/fd/%d", held->descriptor);
    if (!examine_bytes(summary, held, path, &finding, &seen)) {
        if (summary->held && finding.id != EXAMINE_UNREADABLE)
            finding.id = EXAMINE_SUMMARY_LOST;
        examine_add(examination, finding, name, "the sums of its day, as they were written", "%s", seen);
        return;
    }
    bool whole = files_of_day(moment, summary->day, &snapshot) && !summary->held;
    finding.id = summary->sealed ? EXAMINE_UNREADABLE : EXAMINE_SUMMARY_DAMAGED;
    if (whole && !difference(&snapshot, path, &sums, &fault))
        examine_add(examination, finding, name, NULL, "cannot be read: %s", fault.text);
    finding.id = EXAMINE_SUMMARY_DIFFERS;
    if (sums != 0)
        examine_add(examination, finding, name, "the sums of its day's sightings", "%jd of its sums differ",
                    (intmax_t)sums);
    files_clear(&snapshot);
}

void examine_summaries(const struct examine_moment *moment, struct examination *examination)
{
    for (size_t i = 0; i < moment->summaries.count; i++)
        if (!moment->summaries.items[i].due)
            examine_summary(moment, i, examination);
}

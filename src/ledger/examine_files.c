/* Every file of sightings that counts: its bytes, its order, its rows, its day. */
#include "base/memory.h"
#include "ledger/engine.h"
#include "ledger/examine.h"
#include "ledger/points.h"
#include "ledger/reading.h"
#include <errno.h>
#include <string.h>

enum { EXAMINE_PATH_MOST = 128 };

struct examining {
    struct ledger *ledger;
    struct points points;
    struct engine engine;
    struct examination *examination;
    struct progress *progress;
};

static void inside_path(char out[EXAMINE_PATH_MOST], const struct manifest_file *file)
{
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, file->day);
    snprintf(out, EXAMINE_PATH_MOST, "sightings/day=%s/%s.parquet", day, file->content);
}

/* All of its rows; *rows says how many there are, *other that they are of another day. */
static bool read_rows(struct examining *examining, const struct reading_file *file, uint64_t *rows,
                      bool *other, struct fault *fault)
{
    int64_t begins_s = zone_day_begins_s(&examining->ledger->zone, file->day);
    int64_t ends_s = zone_day_begins_s(&examining->ledger->zone, file->day + 1);
    OWNED(reading_free)
    struct reading *reading = reading_open(&examining->engine, &examining->points, *file, fault);
    const struct sighting *row = NULL;
    *rows = 0;
    *other = false;
    if (reading == NULL || !reading_next(reading, &row, fault))
        return false;
    while (row != NULL) {
        *other = row->first_s < begins_s || row->last_s >= ends_s;
        if (*other)
            return fault_set(fault, "'%s' has a sighting of another day", file->name);
        ++*rows;
        if (*rows % 65536 == 0)
            progress_tell(examining->progress, examining->examination->sightings + *rows);
        if (!reading_next(reading, &row, fault))
            return false;
    }
    return true;
}

/* True where nothing is wrong with it. */
static bool examine_file(struct examining *examining, const struct manifest_file *file,
                         const struct examine_held *held)
{
    struct examination *examination = examining->examination;
    char name[EXAMINE_PATH_MOST], path[32];
    struct fault fault;
    struct imprint imprint;
    uint64_t rows;
    bool other;
    inside_path(name, file);
    snprintf(path, sizeof path, "/proc/self/fd/%d", held->descriptor);
    const struct examine_finding about = {.file = *file};
    struct examine_finding finding = about;
    finding.id = held->failed == ENOENT ? EXAMINE_MISSING : EXAMINE_UNREADABLE;
    if (held->failed != 0) {
        examine_add(examination, finding, name, "a file of sightings that counts",
                    held->failed == ENOENT ? "is missing" : "cannot be opened: %s",
                    strerrordesc_np(held->failed));
        return false;
    }
    if (!imprint_take(path, &imprint, &fault)) {
        finding.id = EXAMINE_UNREADABLE;
        examine_add(examination, finding, name, NULL, "cannot be read");
        return false;
    }
    finding.id = EXAMINE_DAMAGED;
    if (file->sealed && !imprint_equal(&imprint, &file->imprint)) {
        examine_add(examination, finding, name, "the bytes that were written", "its bytes have changed");
        return false;
    }
    if (!read_rows(examining, &(struct reading_file){path, file->day, name}, &rows, &other, &fault)) {
        /* Bytes that are as they were written say what was meant: it is the ledger around them that changed.
         */
        if (file->sealed || other)
            finding.id = EXAMINE_UNFIT;
        examine_add(examination, finding, name, "sorted sightings of its day, each once", "%s", fault.text);
        return false;
    }
    examination->sightings += rows;
    finding.id = EXAMINE_ROWS;
    finding.number = rows;
    if (rows != file->rows)
        examine_add(examination, finding, name, "as many as the ledger says",
                    "holds %ju sightings, the ledger says %ju", (uintmax_t)rows, (uintmax_t)file->rows);
    return true;
}

bool examine_files(struct ledger *ledger, struct examine_moment *moment, struct examination *examination,
                   struct progress *progress, struct fault *fault)
{
    struct examining examining = {.ledger = ledger, .examination = examination, .progress = progress};
    if (!points_load(ledger, &examining.points, fault))
        return false;
    bool opened = engine_open(&examining.engine, "256MB", NULL, fault) &&
                  engine_run(&examining.engine, "SET threads = 1", fault);
    for (size_t i = 0; opened && i < moment->files.count; i++) {
        moment->held[i].bad = !examine_file(&examining, &moment->files.items[i], &moment->held[i]);
        examination->files++;
        examination->days += i == 0 || moment->files.items[i].day != moment->files.items[i - 1].day;
    }
    engine_close(&examining.engine);
    points_clear(&examining.points);
    return opened;
}

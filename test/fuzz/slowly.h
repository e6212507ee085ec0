/* slowly: sightings as anybody would fold them: every packet a row, all rows sorted, equal neighbours added
 * up. */
#pragma once
#include "base/memory.h"
#include "fuzz.h"
#include "observe/fold.h"

struct slowly {
    struct sighting *rows;
    size_t count;
};

static void slowly_add(struct slowly *slowly, const struct fold_seen *seen)
{
    if ((slowly->count & (slowly->count - 1)) == 0) /* full at each power of two */
        slowly->rows =
            memory_resize(slowly->rows, slowly->count == 0 ? 1 : slowly->count * 2, sizeof *slowly->rows);
    slowly->rows[slowly->count++] = (struct sighting){.source = seen->source,
                                                      .accesses = 1,
                                                      .first_s = seen->time_s,
                                                      .last_s = seen->time_s,
                                                      .day = seen->day,
                                                      .point = seen->point,
                                                      .port = seen->port,
                                                      .kind = seen->kind,
                                                      .protocol = seen->protocol};
}

static int slowly_compare(const void *a, const void *b)
{
    return sighting_compare(a, b);
}

static void slowly_merge(struct slowly *slowly)
{
    size_t kept = 0;
    if (slowly->count > 0)
        qsort(slowly->rows, slowly->count, sizeof *slowly->rows, slowly_compare);
    for (size_t i = 0; i < slowly->count; i++) {
        const struct sighting *row = &slowly->rows[i];
        struct sighting *last = kept == 0 ? NULL : &slowly->rows[kept - 1];
        if (last == NULL || sighting_compare(last, row) != 0) {
            slowly->rows[kept++] = *row;
            continue;
        }
        last->accesses += row->accesses;
        last->first_s = row->first_s < last->first_s ? row->first_s : last->first_s;
        last->last_s = row->last_s > last->last_s ? row->last_s : last->last_s;
    }
    slowly->count = kept;
}

/* The fold, which has ended, gives the same rows. Frees the slow ones. */
static void slowly_must_be(struct slowly *slowly, struct fold *fold)
{
    struct sighting row;
    slowly_merge(slowly);
    for (size_t i = 0; i < slowly->count; i++) {
        const struct sighting *expected = &slowly->rows[i];
        MUST(fold_next(fold, &row, 1) == 1 && sighting_compare(&row, expected) == 0);
        MUST(row.accesses == expected->accesses);
        MUST(row.first_s == expected->first_s && row.last_s == expected->last_s);
    }
    MUST(fold_next(fold, &row, 1) == 0);
    free(slowly->rows);
    *slowly = (struct slowly){0};
}

#include "ledger/merge.h"
#include "base/memory.h"
#include <string.h>

struct merge {
    struct engine engine;
    struct reading *readings[MERGE_FILES_MOST];
    const struct sighting *next[MERGE_FILES_MOST];
    size_t heap[MERGE_FILES_MOST]; /* of readings that go on: the one with the least next sighting first */
    size_t count, opened;
    bool failed;
    struct fault fault;
};

static bool before(const struct merge *merge, size_t a, size_t b)
{
    return sighting_compare(merge->next[merge->heap[a]], merge->next[merge->heap[b]]) < 0;
}

static void sink(struct merge *merge, size_t at)
{
    for (size_t child; (child = 2 * at + 1) < merge->count; at = child) {
        if (child + 1 < merge->count && before(merge, child + 1, child))
            child++;
        if (!before(merge, child, at))
            return;
        size_t swapped = merge->heap[at];
        merge->heap[at] = merge->heap[child];
        merge->heap[child] = swapped;
    }
}

/* The reading at the top goes on by one. */
static bool advance(struct merge *merge, struct fault *fault)
{
    size_t top = merge->heap[0];
    if (!reading_next(merge->readings[top], &merge->next[top], fault))
        return false;
    if (merge->next[top] == NULL)
        merge->heap[0] = merge->heap[--merge->count];
    sink(merge, 0);
    return true;
}

static bool open_all(struct merge *merge, const struct points *points, const struct reading_file *files,
                     size_t count, struct fault *fault)
{
    for (size_t i = 0; i < count; i++) {
        merge->readings[i] = reading_open(&merge->engine, points, files[i], fault);
        if (merge->readings[i] == NULL)
            return false;
        merge->opened++;
        if (!reading_next(merge->readings[i], &merge->next[i], fault))
            return false;
        if (merge->next[i] != NULL)
            merge->heap[merge->count++] = i;
    }
    for (size_t i = merge->count / 2; i-- > 0;)
        sink(merge, i);
    return true;
}

struct merge *merge_open(const struct points *points, const struct reading_file *files, size_t count,
                         struct fault *fault)
{
    OWNED(merge_free) struct merge *merge = memory_new(1, sizeof *merge);
    /* One thread: rows come in the order they lie, and the work is here, not in DuckDB. */
    if (!engine_open(&merge->engine, "512MB", NULL, fault) ||
        !engine_run(&merge->engine, "SET threads = 1", fault) ||
        !open_all(merge, points, files, count, fault))
        return NULL;
    return HANDOVER(merge);
}

void merge_free(struct merge *merge)
{
    if (merge == NULL)
        return;
    for (size_t i = 0; i < merge->opened; i++)
        reading_free(merge->readings[i]);
    engine_close(&merge->engine);
    free(merge);
}

static bool country_less(const char a[2], const char b[2])
{
    return a[0] != '\0' && (b[0] == '\0' || memcmp(a, b, 2) < 0);
}

void merge_add(struct sighting *into, const struct sighting *sighting)
{
    into->accesses += sighting->accesses;
    if (sighting->first_s < into->first_s)
        into->first_s = sighting->first_s;
    if (sighting->last_s > into->last_s)
        into->last_s = sighting->last_s;
    if (country_less(sighting->country, into->country))
        memcpy(into->country, sighting->country, sizeof into->country);
}

static bool next_merged(struct merge *merge, struct sighting *row, struct fault *fault)
{
    *row = *merge->next[merge->heap[0]];
    if (!advance(merge, fault))
        return false;
    while (merge->count > 0 && sighting_compare(merge->next[merge->heap[0]], row) == 0) {
        merge_add(row, merge->next[merge->heap[0]]);
        if (!advance(merge, fault))
            return false;
    }
    return true;
}

static size_t next_rows(void *context, struct sighting *rows, size_t most)
{
    struct merge *merge = context;
    size_t count = 0;
    while (!merge->failed && merge->count > 0 && count < most) {
        merge->failed = !next_merged(merge, &rows[count], &merge->fault);
        count += !merge->failed;
    }
    return count;
}

struct sightings_in merge_stream(struct merge *merge)
{
    return (struct sightings_in){next_rows, merge};
}

bool merge_whole(const struct merge *merge, struct fault *fault)
{
    if (merge->failed)
        return fault_set(fault, "%s", merge->fault.text);
    return true;
}

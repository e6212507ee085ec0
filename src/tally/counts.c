#include "tally/counts.h"
#include <stdlib.h>
#include <string.h>

void counts_add(struct month *month, struct figures_counts *counts, sqlite3_stmt *row, int column, int at,
                uint64_t count)
{
    if (counts->count == 0 || !rows_is(row, column, counts->items[counts->count - 1].name)) {
        counts->items = month_more(month, counts->items, counts->count, sizeof *counts->items);
        counts->items[counts->count++].name = rows_string(month, row, column);
    }
    counts->items[counts->count - 1].count[at] += count;
}

static int compare(const void *a, const void *b)
{
    const struct figures_count *left = a, *right = b;
    uint64_t l = left->count[FIGURES_NOW], r = right->count[FIGURES_NOW];
    return l != r ? (l < r) - (l > r) : strcmp(left->name, right->name);
}

void counts_sort(struct figures_counts *counts)
{
    if (counts->count > 0)
        qsort(counts->items, counts->count, sizeof *counts->items, compare);
}

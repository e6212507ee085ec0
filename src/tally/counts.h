/* counts: a list of named counts (categories, topics): built in the order of names, told most first. */
#pragma once
#include "tally/rows.h"

/* Adds `count` to month `at` of the name in `column`; rows come in the order of that column. */
void counts_add(struct month *month, struct figures_counts *counts, sqlite3_stmt *row, int column, int at,
                uint64_t count);
/* Most this month first, equal counts by name. */
void counts_sort(struct figures_counts *counts);

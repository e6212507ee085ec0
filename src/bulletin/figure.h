/* figure: one figure of a bulletin, as data: what an ECharts chart needs to know (its look is
 * web/chart.js's), its words, and the table of its numbers.
 *
 * A JSON object {number, file, caption, description, option, table}; figure 1-1 has `causes`
 * (bulletin/causes.h) in place of `option`. */
#pragma once
#include "bulletin/issue.h"
#include <jansson.h>

struct figure_words {
    const char *number, *file, *caption, *description, *unit;
};
/* Takes over `table` and `option`. */
json_t *figure_new(struct figure_words words, json_t *option, json_t *table);

/* An option with one category axis; `marks` (may be NULL) are the indices of the categories that bear a
 * label. Takes over both. */
json_t *figure_option(const char *kind, json_t *categories, json_t *marks);
/* One more series of an option and one more row of its table. `rest` is drawn in grey. */
void figure_series(json_t *option, json_t *table, const char *name, const uint64_t *values, size_t count);
void figure_rest(json_t *option, json_t *table, const char *name, const uint64_t *values, size_t count);

json_t *figure_months(struct issue *issue); /* the six months' short names, as categories */

/* many: many reports of viruses at once: a table whose columns are those of `import malware` (without the
 * reporter and the day of acceptance, which are the desk's to say) or the fields of the form, under their
 * names in either language. Checked cell by cell, and kept as CSV in one canonical form: it travels through
 * the page that asks for confirmation, is checked again, and is told as "rows". */
#pragma once
#include "base/fault.h"
#include "desk/field.h"
#include "desk/sheet.h"

enum { MANY_COLUMNS_MOST = 24 };
/* Column `index` of the canonical CSV: "detected_on", "name", "kind", "detections" and "route" (what counting
 * needs, cases/classing.h), then fields of the form. NULL after the last one. */
const struct field *many_column(size_t index);

struct many_cell {
    const char *value;   /* folded, or as it was written where it does not hold */
    const char *problem; /* a msgid, or NULL */
};
struct many_row {
    size_t line;
    bool well;
    struct many_cell *cells; /* one a column */
};
struct many {
    struct arena arena;
    const struct field *columns[MANY_COLUMNS_MOST]; /* in the canonical order; those the table has */
    size_t columns_count;
    struct many_row *rows;
    size_t rows_count, bad_count;
    const char *problem; /* a msgid: what is wrong with the table as a whole, NULL: nothing */
    char about[128];     /* the header's cell it is about, "" */
};
/* `today`: no virus is found later. The sheet may be cleared afterwards. */
void many_read(const struct sheet *sheet, int32_t today, struct many *many);
void many_clear(struct many *many);

/* The canonical CSV of a table that is well. */
void many_write(const struct many *many, struct text *csv);
/* [{"detected_on": "2026-11-03", "name": "...", "kind": "virus" or "", "detections": "3", "route": "mail",
 * ...}] of a canonical CSV; an empty array where it is none. New reference. */
json_t *many_told(const char *csv);
size_t many_rows(const char *csv);

/* An empty table to fill in, its header in `language`. */
void many_template_csv(const char *language, struct text *csv);
bool many_template_xlsx(const char *language, struct text *xlsx, struct fault *fault);

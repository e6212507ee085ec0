/* sheet_parts: what the readers of the two kinds of tables share. */
#pragma once
#include "desk/sheet.h"

/* A row under way: cells may come in any order. */
struct sheet_line {
    size_t line, count;
    const char *cells[SHEET_COLUMNS_MOST];
};
/* NULL, or what is wrong. An empty row is passed over. The cells must live as long as the sheet. */
const char *sheet_add(struct sheet *sheet, const struct sheet_line *line);

const char *sheet_read_csv(struct sheet *sheet, const char *bytes, size_t length);
const char *sheet_read_xlsx(struct sheet *sheet, const char *bytes, size_t length);

/* sheet: lines of a CSV file that are put in the order of their day before they are written. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sheet_line {
    int32_t day;
    uint32_t order; /* among lines of one day */
    char text[240];
};
struct sheet {
    struct sheet_line *lines;
    size_t count, room;
};

void sheet_add(struct sheet *sheet, int32_t day, uint32_t order, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Writes FOLDER/NAME-2011-MM.csv and empties the sheet. `before` is a byte-order mark or "", `line_end` "\n"
 * or "\r\n". */
struct sheet_form {
    const char *name, *header, *before, *line_end;
};
void sheet_write(struct sheet *sheet, const char *folder, int month, const struct sheet_form *form);

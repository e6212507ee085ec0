/* Any bytes are a table or none: within the limits, and its cells are text. A table that is well is written
 * as CSV that says the same when it is read again. */
#include "fuzz.h"

#include "base/calendar.h"
#include "base/cleanup.h"
#include "desk/many.h"
#include "desk/request.h"

#include <string.h>

static void check_rows(const struct sheet *sheet)
{
    MUST(sheet->count > 0 && sheet->count <= SHEET_ROWS_MOST);
    for (size_t i = 0; i < sheet->count; i++) {
        MUST(sheet->rows[i].count > 0 && sheet->rows[i].count <= SHEET_COLUMNS_MOST);
        for (size_t cell = 0; cell < sheet->rows[i].count; cell++) {
            const char *value = sheet->rows[i].cells[cell];
            MUST(strlen(value) <= SHEET_CELL_MOST && text_is_utf8(value, strlen(value)));
        }
    }
}

static void check_again(const struct many *many, int32_t today)
{
    CLEANUP(text_clear) struct text csv, again;
    struct sheet sheet;
    struct many read;
    text_init(&csv, REQUEST_FIELD_LONG);
    text_init(&again, REQUEST_FIELD_LONG);
    many_write(many, &csv);
    MUST(text_whole(&csv) && sheet_read(&sheet, csv.bytes, csv.length) == NULL);
    many_read(&sheet, today, &read);
    MUST(read.problem == NULL && read.bad_count == 0 && read.rows_count == many->rows_count);
    many_write(&read, &again);
    MUST(strcmp(again.bytes, csv.bytes) == 0 && many_rows(csv.bytes) == many->rows_count);
    many_clear(&read);
    sheet_clear(&sheet);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct sheet sheet;
    struct many many;
    const int32_t today = calendar_day(2026, 11, 23);
    if (sheet_read(&sheet, (const char *)bytes, length) == NULL) {
        check_rows(&sheet);
        many_read(&sheet, today, &many);
        if (many.problem == NULL && many.bad_count == 0)
            check_again(&many, today);
        many_clear(&many);
    }
    sheet_clear(&sheet);
    return 0;
}

/* Any bytes are rows, bad rows and an end; a good row that is written again reads the same. */
#include "fuzz.h"

#include "base/cleanup.h"
#include "base/csv.h"

#include <string.h>
#include <sys/mman.h>

OWNED_TYPE(csv_reader_free, struct csv_reader)

struct seen {
    size_t length;
};

static void count_seen(void *context, const void *bytes, size_t length)
{
    (void)bytes;
    ((struct seen *)context)->length += length;
}

static struct csv_reader *open_bytes(const void *bytes, size_t length)
{
    char path[64];
    struct fault fault;
    CLEANUP(cleanup_descriptor) int file = memfd_create("input", MFD_CLOEXEC);
    MUST(file >= 0 && write(file, bytes, length) == (ssize_t)length);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    struct csv_reader *reader = csv_reader_open(path, &fault);
    MUST(reader != NULL);
    return reader;
}

static void write_and_read_again(const struct csv_row *row)
{
    CLEANUP(text_clear) struct text out;
    struct csv_row again;
    struct fault fault;
    text_init(&out, CSV_ROW_MOST);
    for (size_t i = 0; i < row->count; i++) {
        if (i > 0)
            text_add_byte(&out, ',');
        csv_write_cell(&out, row->cells[i], false);
    }
    if (out.length == 0)
        text_add_string(&out, "\"\""); /* a line of nothing would be passed over */
    text_add_byte(&out, '\n');
    OWNED(csv_reader_free) struct csv_reader *reader = open_bytes(out.bytes, out.length);
    if (memcmp(out.bytes, "\xef\xbb\xbf", out.length < 3 ? out.length : 3) == 0)
        return; /* at the start of a file these are no cell's bytes */
    MUST(csv_reader_next(reader, &again, &fault) == CSV_NEXT_ROW && again.count == row->count);
    for (size_t i = 0; i < row->count; i++)
        MUST(strcmp(again.cells[i], row->cells[i]) == 0);
    MUST(csv_reader_next(reader, &again, &fault) == CSV_NEXT_END);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct seen seen = {0};
    struct csv_row row;
    struct fault fault = {""};
    size_t line = 0, held = 0;
    enum csv_next next;
    OWNED(csv_reader_free) struct csv_reader *reader = open_bytes(bytes, length);
    csv_reader_watch(reader, count_seen, &seen);
    while ((next = csv_reader_next(reader, &row, &fault)) != CSV_NEXT_END) {
        MUST(row.line > line && row.raw_length > 0 && row.count <= CSV_COLUMNS_MOST);
        line = row.line;
        held += row.raw_length;
        if (next == CSV_NEXT_BAD) {
            MUST(strncmp(fault.text, "/proc/self/fd/", 14) == 0);
            continue;
        }
        for (size_t i = 0; i < row.count; i++)
            MUST(strlen(row.cells[i]) == row.lengths[i]);
        write_and_read_again(&row);
    }
    MUST(!csv_reader_failed(reader) && seen.length == length && held <= length);
    return 0;
}

/* Any bytes are no file of runs, or a sorted stream of sane rows. As they come, and once more with their
 * checksums set right, which no fuzzer could guess. */
#include "fuzz.h"
#include "base/memory.h"
#include "observe/runs_format.h"
#include <sys/mman.h>
#include <unistd.h>

static void read_runs(const uint8_t *bytes, size_t length)
{
    struct fault fault;
    int file = memfd_create("runs", MFD_CLOEXEC);
    MUST(file >= 0 && write(file, bytes, length) == (ssize_t)length);
    OWNED(runs_reader_free) struct runs_reader *reader = runs_open(file, "fuzz", &fault);
    if (reader == NULL)
        return;
    MUST(runs_cut(reader) < length);
    struct sightings_in in = runs_in(reader);
    struct sighting row, before;
    uint64_t rows = 0;
    for (; in.next(in.context, &row, 1) == 1; rows++, before = row) {
        MUST(row.point < runs_points(reader)->count && row.first_s <= row.last_s);
        MUST(row.kind <= SIGHTING_BACKSCATTER && row.protocol <= SIGHTING_IP);
        MUST(rows == 0 || sighting_compare(&before, &row) < 0);
    }
    MUST(rows <= runs_rows(reader) && (rows > 0) == (runs_rows(reader) > 0));
}

static void set_sums_right(uint8_t *bytes, size_t length)
{
    struct runs_header *header = (struct runs_header *)bytes;
    if (length < sizeof *header || le32toh(header->body) > length - sizeof *header)
        return;
    header->sum = htole64(runs_header_sum(header, (char *)(header + 1), le32toh(header->body)));
    for (size_t at = sizeof *header + le32toh(header->body); length - at >= sizeof(struct runs_block);) {
        struct runs_block block;
        memcpy(&block, bytes + at, sizeof block);
        uint64_t rows = le32toh(block.rows);
        if (rows > (length - at - sizeof block) / sizeof(struct runs_row))
            return;
        OWNED_MEMORY struct runs_row *copy = memory_new(rows, sizeof *copy);
        memcpy(copy, bytes + at + sizeof block, rows * sizeof *copy);
        block.sum = htole64(runs_block_sum(&block, copy, header->name, at));
        memcpy(bytes + at, &block, sizeof block);
        at += sizeof block + rows * sizeof *copy;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    read_runs(bytes, length);
    OWNED_MEMORY uint8_t *copy = memory_new(length, 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    set_sums_right(copy, length);
    read_runs(copy, length);
    return 0;
}

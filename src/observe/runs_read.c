/* runs_read: a file of runs is read twice: once through, to know how far it is good, and once by a merge of
 * all runs, each through a small window of its own. */
#include "base/memory.h"
#include "observe/runs_format.h"
#include <errno.h>

enum { WINDOWS_BYTES = 32 << 20, WINDOW_LEAST = 16, WINDOW_MOST = 4096 /* rows */ };

struct run {
    uint64_t offset, end; /* of what was not read yet */
    uint32_t in_block;    /* rows of the open block that were not read yet */
    uint32_t at, count;   /* of the window's rows */
    struct runs_row *window;
    struct sighting row; /* the run's next */
};

struct runs_reader {
    int file;
    struct runs_header header;
    char *body;
    const char *zone;
    struct points points;
    struct run *runs;
    size_t run_count, run_room;
    struct run **heap; /* the run with the least next row first; NULL before the first row was asked for */
    size_t heap_count;
    struct runs_row *windows;
    uint32_t window_rows;
    uint64_t rows, good, length; /* bytes */
};

/* How many bytes could be read. */
static size_t read_at(int file, void *bytes, size_t length, uint64_t offset)
{
    size_t done = 0;
    while (done < length) {
        ssize_t count = pread(file, (char *)bytes + done, length - done, (off_t)(offset + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        done += (size_t)count;
    }
    return done;
}

/* The body is the zone and the names; all of them end. */
static bool read_names(struct runs_reader *reader, size_t length)
{
    if (length == 0 || reader->body[length - 1] != '\0')
        return false;
    size_t strings = 0;
    for (size_t i = 0; i < length; i++)
        strings += reader->body[i] == '\0';
    if (strings - 1 > POINTS_MOST)
        return false;
    reader->zone = reader->body;
    reader->points.names = memory_new(strings, sizeof *reader->points.names);
    const char *end = reader->body + length;
    for (char *at = reader->body + strlen(reader->body) + 1; at < end; at += strlen(at) + 1)
        reader->points.names[reader->points.count++] = at;
    return true;
}

static bool read_header(struct runs_reader *reader, const char *name, struct fault *fault)
{
    struct runs_header *header = &reader->header;
    if (read_at(reader->file, header, sizeof *header, 0) != sizeof *header ||
        memcmp(header->magic, RUNS_MAGIC, sizeof header->magic) != 0)
        return fault_set(fault, "'%s' holds no sightings (expected a journal of mimamori)", name);
    if (le32toh(header->format) != RUNS_FORMAT)
        return fault_set(fault, "the format of '%s' is %u (expected %d: another mimamori wrote it)", name,
                         le32toh(header->format), RUNS_FORMAT);
    size_t length = le32toh(header->body);
    if (length > RUNS_BODY_MOST)
        return fault_set(fault, "the header of '%s' is damaged", name);
    reader->body = memory_new(length + 1, 1);
    if (read_at(reader->file, reader->body, length, sizeof *header) != length ||
        le64toh(header->sum) != runs_header_sum(header, reader->body, length) || !read_names(reader, length))
        return fault_set(fault, "the header of '%s' is damaged", name);
    reader->good = sizeof *header + length;
    return true;
}

/* What a checksum cannot know: whether who wrote the block was right. */
static bool is_sane(const struct runs_reader *reader, const struct runs_row *row)
{
    int64_t first_s = (int64_t)le64toh((uint64_t)row->first_s);
    return row->accesses != 0 && le16toh(row->point) < reader->points.count && row->zero == 0 &&
           row->kind <= SIGHTING_BACKSCATTER && row->protocol <= SIGHTING_IP &&
           first_s > -(INT64_C(1) << 60) && first_s < INT64_C(1) << 60;
}

struct scan {
    struct runs_block block;
    struct runs_row rows[RUNS_BLOCK_ROWS];
    struct sighting last; /* of the run so far */
};

/* One whole block at `good`, in the order of its run. */
static bool scan_block(const struct runs_reader *reader, struct scan *scan)
{
    struct runs_block *block = &scan->block;
    if (read_at(reader->file, block, sizeof *block, reader->good) != sizeof *block ||
        le32toh(block->mark) != RUNS_BLOCK_MARK || le32toh(block->flags) > RUNS_BEGINS || block->zero != 0)
        return false;
    uint32_t rows = le32toh(block->rows);
    if (rows == 0 || rows > RUNS_BLOCK_ROWS || (reader->run_count == 0 && block->flags == 0))
        return false;
    size_t length = rows * sizeof *scan->rows;
    if (read_at(reader->file, scan->rows, length, reader->good + sizeof *block) != length ||
        le64toh(block->sum) != runs_block_sum(block, scan->rows, reader->header.name, reader->good))
        return false;
    bool first = block->flags != 0;
    for (uint32_t i = 0; i < rows; i++) {
        struct sighting row = runs_unpack(&scan->rows[i]);
        if (!is_sane(reader, &scan->rows[i]) || (!first && sighting_compare(&scan->last, &row) >= 0))
            return false;
        scan->last = row;
        first = false;
    }
    return true;
}

static bool scan_all(struct runs_reader *reader, const char *name, struct fault *fault)
{
    OWNED_MEMORY struct scan *scan = memory_new(1, sizeof *scan);
    while (scan_block(reader, scan)) {
        if (scan->block.flags != 0) {
            if (reader->run_count == RUNS_MOST)
                return fault_set(fault, "'%s' has too many runs (expected at most %d)", name, RUNS_MOST);
            if (reader->run_count == reader->run_room) {
                reader->run_room = reader->run_room == 0 ? 64 : reader->run_room * 2;
                reader->runs = memory_resize(reader->runs, reader->run_room, sizeof *reader->runs);
            }
            reader->runs[reader->run_count++] = (struct run){.offset = reader->good};
        }
        uint32_t rows = le32toh(scan->block.rows);
        reader->rows += rows;
        reader->good += sizeof scan->block + rows * sizeof *scan->rows;
        reader->runs[reader->run_count - 1].end = reader->good;
    }
    off_t length = lseek(reader->file, 0, SEEK_END);
    reader->length = length < 0 ? 0 : (uint64_t)length;
    return true;
}

struct runs_reader *runs_open(int file, const char *name, struct fault *fault)
{
    OWNED(runs_reader_free) struct runs_reader *reader = memory_new(1, sizeof *reader);
    reader->file = file;
    if (!read_header(reader, name, fault) || !scan_all(reader, name, fault))
        return NULL;
    return HANDOVER(reader);
}

void runs_reader_free(struct runs_reader *reader)
{
    if (reader == NULL)
        return;
    close(reader->file);
    free(reader->points.names);
    free(reader->windows);
    free(reader->heap);
    free(reader->runs);
    free(reader->body);
    free(reader);
}

/* Read before, and now it cannot be: a disk that fails, or somebody who cuts the file. */
static void read_again(const struct runs_reader *reader, void *bytes, size_t length, uint64_t offset)
{
    if (read_at(reader->file, bytes, length, offset) != length)
        abort();
}

/* The run's next row; false at its end. */
static bool run_step(const struct runs_reader *reader, struct run *run)
{
    if (run->at == run->count) {
        if (run->in_block == 0 && run->offset == run->end)
            return false;
        if (run->in_block == 0) {
            struct runs_block block;
            read_again(reader, &block, sizeof block, run->offset);
            run->in_block = le32toh(block.rows);
            run->offset += sizeof block;
        }
        run->count = run->in_block < reader->window_rows ? run->in_block : reader->window_rows;
        if (run->count > (run->end - run->offset) / sizeof *run->window)
            abort(); /* the file was changed under us */
        read_again(reader, run->window, run->count * sizeof *run->window, run->offset);
        run->offset += run->count * sizeof *run->window;
        run->in_block -= run->count;
        run->at = 0;
    }
    run->row = runs_unpack(&run->window[run->at++]);
    return true;
}

static void sink(struct runs_reader *reader, size_t at)
{
    struct run **heap = reader->heap, *run = heap[at];
    for (;;) {
        size_t below = 2 * at + 1;
        if (below >= reader->heap_count)
            break;
        if (below + 1 < reader->heap_count && sighting_compare(&heap[below + 1]->row, &heap[below]->row) < 0)
            below++;
        if (sighting_compare(&run->row, &heap[below]->row) <= 0)
            break;
        heap[at] = heap[below];
        at = below;
    }
    heap[at] = run;
}

static void begin_merge(struct runs_reader *reader)
{
    size_t rows = WINDOWS_BYTES / sizeof *reader->windows / (reader->run_count + 1);
    reader->window_rows = (uint32_t)(rows < WINDOW_LEAST  ? WINDOW_LEAST
                                     : rows > WINDOW_MOST ? WINDOW_MOST
                                                          : rows);
    reader->windows = memory_resize(NULL, reader->run_count * reader->window_rows, sizeof *reader->windows);
    reader->heap = memory_new(reader->run_count + 1, sizeof *reader->heap);
    for (size_t i = 0; i < reader->run_count; i++) {
        struct run *run = &reader->runs[i];
        run->window = reader->windows + i * reader->window_rows;
        if (run_step(reader, run))
            reader->heap[reader->heap_count++] = run;
    }
    for (size_t i = reader->heap_count / 2; i-- > 0;)
        sink(reader, i);
}

/* The least row of all runs, and on to the next. */
static struct sighting take_least(struct runs_reader *reader)
{
    struct sighting row = reader->heap[0]->row;
    if (!run_step(reader, reader->heap[0]))
        reader->heap[0] = reader->heap[--reader->heap_count];
    if (reader->heap_count > 0)
        sink(reader, 0);
    return row;
}

static size_t next_rows(void *context, struct sighting *rows, size_t most)
{
    struct runs_reader *reader = context;
    if (reader->heap == NULL)
        begin_merge(reader);
    size_t count = 0;
    for (; count < most && reader->heap_count > 0; count++) {
        struct sighting sum = take_least(reader);
        while (reader->heap_count > 0 && sighting_compare(&reader->heap[0]->row, &sum) == 0) {
            struct sighting more = take_least(reader);
            sum.accesses += more.accesses;
            sum.first_s = more.first_s < sum.first_s ? more.first_s : sum.first_s;
            sum.last_s = more.last_s > sum.last_s ? more.last_s : sum.last_s;
        }
        rows[count] = sum;
    }
    return count;
}

struct sightings_in runs_in(struct runs_reader *reader)
{
    return (struct sightings_in){next_rows, reader};
}

const char *runs_zone(const struct runs_reader *reader)
{
    return reader->zone;
}

const struct points *runs_points(const struct runs_reader *reader)
{
    return &reader->points;
}

const unsigned char *runs_name(const struct runs_reader *reader)
{
    return reader->header.name;
}

uint64_t runs_rows(const struct runs_reader *reader)
{
    return reader->rows;
}

uint64_t runs_cut(const struct runs_reader *reader)
{
    return reader->length > reader->good ? reader->length - reader->good : 0;
}

/* runs: writing. A block is written at its own place and, where that failed, written there again: the file
 * never holds the same rows twice. */
#include "observe/runs.h"
#include "base/memory.h"
#include "base/text.h"
#include "observe/runs_format.h"
#include <errno.h>
#include <sys/random.h>
#include <sys/stat.h>

struct runs {
    int file;
    uint64_t offset; /* of the block that is being filled; all before it is written */
    uint32_t count;
    bool open;   /* a run has begun, and its last block is not written yet */
    bool begins; /* the block in hand is the run's first */
    uint32_t rows;
    unsigned char name[RUNS_NAME_SIZE];
    struct {
        struct runs_block block;
        struct runs_row rows[RUNS_BLOCK_ROWS];
    } hand;
};

static bool write_at(int file, const void *bytes, size_t length, uint64_t offset, struct fault *fault)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t written = pwrite(file, at, length, (off_t)offset);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return fault_errno(fault, "cannot write sightings aside");
        at += written;
        offset += (uint64_t)written;
        length -= (size_t)written;
    }
    return true;
}

static bool write_header(struct runs *runs, const char *zone, const struct points *points,
                         struct fault *fault)
{
    CLEANUP(text_clear) struct text body;
    text_init(&body, RUNS_BODY_MOST);
    text_add(&body, zone, strlen(zone) + 1);
    for (size_t i = 0; i < points->count; i++)
        text_add(&body, points->names[i], strlen(points->names[i]) + 1);
    if (!text_whole(&body))
        return fault_set(fault, "the names of %zu points are too long (expected at most %d points)",
                         points->count, POINTS_MOST);
    struct runs_header header = {.format = htole32(RUNS_FORMAT), .body = htole32((uint32_t)body.length)};
    memcpy(header.magic, RUNS_MAGIC, sizeof header.magic);
    memcpy(header.name, runs->name, sizeof header.name);
    header.sum = htole64(runs_header_sum(&header, body.bytes, body.length));
    runs->offset = sizeof header + body.length;
    return write_at(runs->file, &header, sizeof header, 0, fault) &&
           write_at(runs->file, body.bytes, body.length, sizeof header, fault);
}

struct runs *runs_new(int file, const char *zone, const struct points *points, struct fault *fault)
{
    OWNED(runs_free) struct runs *runs = memory_new(1, sizeof *runs);
    runs->file = file;
    if (getrandom(runs->name, sizeof runs->name, 0) != sizeof runs->name) {
        fault_errno(fault, "no random numbers");
        return NULL;
    }
    return write_header(runs, zone, points, fault) ? HANDOVER(runs) : NULL;
}

void runs_free(struct runs *runs)
{
    if (runs == NULL)
        return;
    close(runs->file);
    free(runs);
}

static bool write_block(struct runs *runs, struct fault *fault)
{
    if (runs->rows == 0)
        return true;
    size_t length = sizeof runs->hand.block + runs->rows * sizeof *runs->hand.rows;
    struct runs_block *block = &runs->hand.block;
    *block = (struct runs_block){.mark = htole32(RUNS_BLOCK_MARK),
                                 .rows = htole32(runs->rows),
                                 .flags = htole32(runs->begins ? RUNS_BEGINS : 0)};
    block->sum = htole64(runs_block_sum(block, runs->hand.rows, runs->name, runs->offset));
    if (!write_at(runs->file, &runs->hand, length, runs->offset, fault))
        return false;
    runs->offset += length;
    runs->rows = 0;
    runs->begins = false;
    return true;
}

bool runs_add(struct runs *runs, struct sightings_in in, struct fault *fault)
{
    struct sighting rows[256];
    if (!runs->open && runs->count == RUNS_MOST)
        return fault_set(fault, "too many runs in one file (expected at most %d)", RUNS_MOST);
    if (!runs->open)
        runs->open = runs->begins = true;
    for (;;) {
        /* Only where all that is taken will fit: what failed to be written must still be in hand. */
        size_t room = RUNS_BLOCK_ROWS - runs->rows;
        if (room == 0 && !write_block(runs, fault))
            return false;
        room = RUNS_BLOCK_ROWS - runs->rows;
        size_t most = room < sizeof rows / sizeof *rows ? room : sizeof rows / sizeof *rows;
        size_t count = in.next(in.context, rows, most);
        for (size_t i = 0; i < count; i++)
            runs->hand.rows[runs->rows++] = runs_pack(&rows[i]);
        if (count == 0)
            break;
    }
    bool some = !runs->begins || runs->rows > 0;
    if (!write_block(runs, fault))
        return false;
    runs->count += some;
    runs->open = false;
    return true;
}

bool runs_sync(struct runs *runs, struct fault *fault)
{
    return fdatasync(runs->file) == 0 || fault_errno(fault, "cannot sync sightings put aside");
}

uint64_t runs_bytes(const struct runs *runs)
{
    return runs->offset;
}

uint32_t runs_count(const struct runs *runs)
{
    return runs->count;
}

int runs_file(const struct runs *runs)
{
    return runs->file;
}

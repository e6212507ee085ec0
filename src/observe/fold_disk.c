/* fold_disk: where memory is full, the rows so far become a sorted run in a file, and counting begins anew.
 * At the end the runs are merged as they are read; a key of several runs is one row then. */
#include "observe/fold_parts.h"
#include "base/memory.h"
#include "observe/runs.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of the bytes there may be, what packets may take that wait, and what tables may take: while these become a
 * sorted array both are there in part, and whoever writes the rows needs some too. */
enum { WAITING_SHARE = 4, TABLES_SHARE = 2, COUNTED_AT_ONCE = 4096 };

void fold_bound(struct fold *fold, size_t most, const char *folder, const struct points *points)
{
    size_t waiting = most / WAITING_SHARE / sizeof(struct fold_chunk);
    if (waiting < fold->chunks.most)
        fold->chunks.most = waiting;
    fold->disk.most = most / TABLES_SHARE;
    fold->disk.folder = memory_string(folder);
    fold->disk.points = points;
}

void fold_disk_clear(struct fold_disk *disk)
{
    runs_reader_free(disk->reader);
    runs_free(disk->runs);
    free(disk->folder);
    *disk = (struct fold_disk){0};
}

bool fold_over(const struct fold *fold)
{
    return atomic_load_explicit(&fold->bytes, memory_order_relaxed) > fold->disk.most;
}

/* A file without a name, so that nothing is left of it however we end. */
static int open_unlinked(const char *folder, struct fault *fault)
{
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        return file;
    char path[4096]; /* some file systems have none without */
    snprintf(path, sizeof path, "%s/.aside-XXXXXX", folder);
    file = mkostemp(path, O_CLOEXEC);
    if (file < 0)
        fault_errno(fault, "cannot put sightings aside in '%s'", folder);
    else
        unlink(path);
    return file;
}

static size_t next_row(void *fold, struct sighting *rows, size_t most)
{
    return fold_rows(fold, rows, most);
}

bool fold_put_aside(struct fold *fold, struct fault *fault)
{
    struct fold_disk *disk = &fold->disk;
    if (disk->runs == NULL) {
        int file = open_unlinked(disk->folder, fault);
        disk->runs = file < 0 ? NULL : runs_new(file, "", disk->points, fault);
        if (disk->runs == NULL)
            return false;
    }
    fold_settle(fold);
    if (!runs_add(disk->runs, (struct sightings_in){next_row, fold}, fault))
        return false;
    fold_renew(fold);
    return true;
}

static struct runs_reader *open_reader(const struct fold_disk *disk, struct fault *fault)
{
    int file = fcntl(runs_file(disk->runs), F_DUPFD_CLOEXEC, 0);
    if (file < 0) {
        fault_errno(fault, "cannot read sightings put aside");
        return NULL;
    }
    return runs_open(file, "sightings put aside", fault);
}

/* A key of several runs is one sighting: how many there are is known when they have been merged. */
static bool count_rows(struct fold *fold, struct fault *fault)
{
    OWNED(runs_reader_free) struct runs_reader *reader = open_reader(&fold->disk, fault);
    if (reader == NULL)
        return false;
    OWNED_MEMORY struct sighting *rows = memory_resize(NULL, COUNTED_AT_ONCE, sizeof *rows);
    struct sightings_in in = runs_in(reader);
    for (size_t count; (count = in.next(in.context, rows, COUNTED_AT_ONCE)) > 0;)
        for (size_t i = 0; i < count; i++)
            fold->sightings[rows[i].kind]++;
    return true;
}

bool fold_disk_end(struct fold *fold, struct fault *fault)
{
    if (!fold_put_aside(fold, fault) || !count_rows(fold, fault))
        return false;
    fold->disk.reader = open_reader(&fold->disk, fault);
    if (fold->disk.reader == NULL)
        return false;
    fold->disk.in = runs_in(fold->disk.reader);
    return true;
}

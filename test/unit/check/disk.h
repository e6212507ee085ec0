/* disk: a folder that looks like a disk of a machine, made for a test and taken away after it. */
#pragma once
#include "unit.h"
#include "base/file.h"
#include "hive.h"
#include "pe.h"
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

struct disk {
    char folder[32];
    char path[PATH_MAX]; /* of the file made last */
};

static inline void disk_open(struct disk *disk)
{
    snprintf(disk->folder, sizeof disk->folder, "/tmp/mimamori-test-XXXXXX");
    assert_non_null(mkdtemp(disk->folder));
}

static inline void disk_close(struct disk *disk)
{
    struct fault fault;
    assert_true(file_remove_tree(disk->folder, &fault));
}

/* Its path on this machine, with the folders above it made. */
static inline const char *disk_place(struct disk *disk, const char *name)
{
    struct fault fault;
    snprintf(disk->path, sizeof disk->path, "%s/%s", disk->folder, name);
    char *last = strrchr(disk->path, '/');
    *last = '\0';
    assert_true(file_make_folder(disk->path, &fault));
    *last = '/';
    return disk->path;
}

static inline void disk_hive(struct disk *disk, const char *name, const char *text)
{
    assert_true(made_hive(text, disk_place(disk, name)));
}

static inline void disk_pe(struct disk *disk, const char *name, const char *text)
{
    assert_true(made_pe(text, disk_place(disk, name)));
}

static inline void disk_bytes(struct disk *disk, const char *name, const void *bytes, size_t length)
{
    int file = open(disk_place(disk, name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(file >= 0 && write(file, bytes, length) == (ssize_t)length && close(file) == 0);
}

/* All of the file made last. */
static inline void disk_read(const struct disk *disk, struct text *out)
{
    struct fault fault;
    text_init(out, 1 << 24);
    assert_true(file_read(disk->path, out, &fault));
}

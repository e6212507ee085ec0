/* source_file: files and standard input, and which of them are packed. */
#include "observe/source_ahead.h"
#include "observe/source_packed.h"
#include "base/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct file {
    int descriptor;
    atomic_ullong read;                /* also by a thread that reads ahead */
    unsigned char magic[SOURCE_MAGIC]; /* read ahead to tell what it is */
    size_t magic_at, magic_end;
};

static ptrdiff_t read_again(int descriptor, void *out, size_t room)
{
    ssize_t got;
    do
        got = read(descriptor, out, room);
    while (got < 0 && errno == EINTR);
    return got;
}

static ptrdiff_t file_read(void *state, unsigned char *out, size_t room, const char **why)
{
    struct file *file = state;
    size_t ahead = file->magic_end - file->magic_at;
    if (ahead > 0) {
        size_t count = ahead < room ? ahead : room;
        memcpy(out, file->magic + file->magic_at, count);
        file->magic_at += count;
        return (ptrdiff_t)count;
    }
    ptrdiff_t got = read_again(file->descriptor, out, room);
    if (got < 0)
        *why = strerrordesc_np(errno);
    else
        file->read += (unsigned long long)got;
    return got;
}

static void file_free(void *state)
{
    struct file *file = state;
    if (file->descriptor > STDIN_FILENO)
        close(file->descriptor);
    free(file);
}

static bool read_magic(struct file *file, const char *path, struct fault *fault)
{
    while (file->magic_end < SOURCE_MAGIC) {
        ptrdiff_t got =
            read_again(file->descriptor, file->magic + file->magic_end, SOURCE_MAGIC - file->magic_end);
        if (got < 0)
            return fault_errno(fault, "'%s' cannot be read", path);
        if (got == 0)
            break;
        file->magic_end += (size_t)got;
    }
    return true;
}

static bool open_descriptor(const char *path, int *descriptor, struct fault *fault)
{
    if (strcmp(path, "-") == 0) {
        *descriptor = STDIN_FILENO;
        return true;
    }
    int opened = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (opened < 0)
        return fault_errno(fault, "'%s' cannot be opened", path);
    *descriptor = opened;
    posix_fadvise(opened, 0, 0, POSIX_FADV_SEQUENTIAL);
    return true;
}

struct source *source_open(const char *path, struct fault *fault)
{
    int descriptor = -1;
    if (!open_descriptor(path, &descriptor, fault))
        return NULL;
    struct file *file = memory_new(1, sizeof *file);
    file->descriptor = descriptor;
    if (!read_magic(file, path, fault)) {
        file_free(file);
        return NULL;
    }
    struct source_from from = {file_read, file_free, file};
    enum source_packing packing = source_packing(file->magic, file->magic_end);
    struct source *source =
        source_new(packing == SOURCE_PLAIN ? from : source_ahead(source_packed(packing, from)));
    struct stat status;
    source->raw_read = &file->read;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode))
        source->raw_size = (uint64_t)status.st_size;
    return source;
}

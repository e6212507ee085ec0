#include "base/file.h"

#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* The folder that `path` lies in. */
static bool folder_of(const char *path, char folder[PATH_MAX], struct fault *fault)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 1 : slash == path ? 1 : (size_t)(slash - path);
    if (length >= PATH_MAX)
        return fault_set(fault, "'%s' is too long a path", path);
    memcpy(folder, slash == NULL ? "." : path, length);
    folder[length] = '\0';
    return true;
}

bool file_sync(const char *path, struct fault *fault)
{
    CLEANUP(cleanup_descriptor) int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fsync(file) != 0)
        return fault_errno(fault, "'%s': cannot sync", path);
    return true;
}

static bool sync_folder_of(const char *path, struct fault *fault)
{
    char folder[PATH_MAX];
    return folder_of(path, folder, fault) && file_sync(folder, fault);
}

bool file_rename(const char *from, const char *to, struct fault *fault)
{
    if (rename(from, to) != 0)
        return fault_errno(fault, "'%s': cannot rename to '%s'", from, to);
    return sync_folder_of(to, fault) && sync_folder_of(from, fault);
}

static bool write_beside(const char *beside, const void *bytes, size_t length)
{
    unlink(beside); /* left by a crash of a process with our number */
    CLEANUP(cleanup_descriptor) int file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return file >= 0 && write_all(file, bytes, length) && fsync(file) == 0;
}

bool file_write(const char *path, const void *bytes, size_t length, struct fault *fault)
{
    char beside[PATH_MAX];
    int size = snprintf(beside, sizeof beside, "%s.%ld.new", path, (long)getpid());
    if (size < 0 || (size_t)size >= sizeof beside)
        return fault_set(fault, "'%s' is too long a path", path);
    bool written = write_beside(beside, bytes, length);
    if (!written || rename(beside, path) != 0) {
        fault_errno(fault, "'%s': cannot write", path);
        unlink(beside);
        return false;
    }
    return sync_folder_of(path, fault);
}

bool file_read(const char *path, struct text *out, struct fault *fault)
{
    char run[64 * 1024];
    CLEANUP(cleanup_descriptor) int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fault_errno(fault, "'%s': cannot open", path);
    for (;;) {
        ssize_t got = read(file, run, sizeof run);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fault_errno(fault, "'%s': cannot read", path);
        if (got == 0)
            return true;
        text_add(out, run, (size_t)got);
        if (!text_whole(out))
            return fault_set(fault, "'%s' is too large (expected at most %zu bytes)", path, out->limit);
    }
}

bool file_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

#include "check/versions/windows_path.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "check/versions/caseless.h"
#include "check/versions/machine.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

enum { NAME_MOST = NAME_MAX + 1 };

static int refuse(int why)
{
    errno = why;
    return -1;
}

/* "C:\x", "\\?\C:\x" and "\x" all begin at the root; NULL where another disk is meant. */
static const char *below_drive(const char *path)
{
    if (strncmp(path, "\\\\?\\", 4) == 0)
        path += 4;
    if (path[0] == '\0' || path[1] != ':')
        return strncmp(path, "\\\\", 2) == 0 ? NULL : path; /* a share lies on another machine */
    return path[0] == 'C' || path[0] == 'c' ? path + 2 : NULL;
}

/* The next part of a path: false at its end. *name is "" where there can be no such name. */
static bool next_part(const char **path, char name[NAME_MOST])
{
    *path += strspn(*path, "\\/");
    size_t length = strcspn(*path, "\\/");
    if (length == 0)
        return false;
    bool possible = length < NAME_MOST && memchr(*path, ':', length) == NULL;
    if (possible)
        memcpy(name, *path, length);
    name[possible ? length : 0] = '\0';
    if (strcmp(name, "..") == 0)
        name[0] = '\0';
    *path += length;
    return true;
}

/* The name as the folder has it: exactly so, else the first that has the same letters. False: none. */
static bool find_name(int folder, char name[NAME_MOST])
{
    struct stat about;
    if (fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0)
        return true;
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CLEANUP(cleanup_folder) DIR *listed = again >= 0 ? fdopendir(again) : NULL;
    if (listed == NULL)
        return false;
    char found[NAME_MOST] = "";
    for (const struct dirent *entry; (entry = readdir(listed)) != NULL;)
        if (caseless_equal(entry->d_name, name) && (found[0] == '\0' || strcmp(entry->d_name, found) < 0))
            memcpy(found, entry->d_name, strlen(entry->d_name) + 1);
    if (found[0] == '\0')
        return refuse(ENOENT) == 0;
    memcpy(name, found, sizeof found);
    return true;
}

/* A folder or whatever a part is, without following it. */
static int open_part(int folder, char name[NAME_MOST], int flags)
{
    if (name[0] == '\0')
        return refuse(ENOENT);
    return find_name(folder, name) ? openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC) : -1;
}

int windows_path_open(int root_descriptor, const char *path, int flags)
{
    const char *left = below_drive(path);
    if (left == NULL || root_descriptor < 0)
        return refuse(ENODEV);
    if (strlen(left) > (size_t)WINDOWS_PATH_MOST * 4)
        return refuse(ENOENT);
    CLEANUP(cleanup_descriptor) int at = openat(root_descriptor, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    char name[NAME_MOST], next[NAME_MOST];
    bool more = next_part(&left, name);
    if (!more)
        return openat(root_descriptor, ".", flags | O_CLOEXEC);
    while (at >= 0) {
        more = next_part(&left, next);
        int opened = open_part(at, name, more ? O_PATH | O_DIRECTORY : flags);
        if (!more || opened < 0)
            return opened < 0 && errno == ENOTDIR && more ? refuse(ENOENT) : opened;
        close(at);
        at = opened;
        memcpy(name, next, sizeof name);
    }
    return -1;
}

DIR *windows_path_folder(int root_descriptor, const char *path)
{
    int opened = windows_path_open(root_descriptor, path, O_RDONLY | O_DIRECTORY);
    DIR *folder = opened >= 0 ? fdopendir(opened) : NULL;
    if (folder == NULL && opened >= 0)
        close(opened);
    return folder;
}

bool windows_path_about(int root_descriptor, const char *path, struct stat *about)
{
    CLEANUP(cleanup_descriptor) int opened = windows_path_open(root_descriptor, path, O_PATH);
    return opened >= 0 && fstat(opened, about) == 0;
}

int machine_open_windows(const struct machine *machine, const char *path)
{
    /* without waiting: what looks like a file may be a pipe */
    int opened = windows_path_open(machine->root_descriptor, path, O_RDONLY | O_NONBLOCK);
    struct stat about;
    if (opened < 0 || (fstat(opened, &about) == 0 && S_ISREG(about.st_mode)))
        return opened;
    close(opened);
    return refuse(S_ISDIR(about.st_mode) ? EISDIR : ENOENT);
}

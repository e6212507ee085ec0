#include "base/file.h"

#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool file_make_folder(const char *path, struct fault *fault)
{
    char part[PATH_MAX];
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof part)
        return fault_set(fault, "'%s' is no path for a folder", path);
    memcpy(part, path, length + 1);
    for (char *at = part + 1;; at++) {
        char here = *at;
        if (here != '/' && here != '\0')
            continue;
        *at = '\0';
        if (mkdir(part, 0777) != 0 && !is_folder(part))
            return fault_errno(fault, "'%s': cannot make the folder", part);
        *at = here;
        if (here == '\0')
            return true;
    }
}

/* Removes what lies in the open folder `inside` under `name`, folders with all they hold. */
static bool remove_entry(int inside, const char *name, struct fault *fault);

static bool remove_contents(DIR *folder, struct fault *fault)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (entry == NULL)
            return errno == 0 || fault_errno(fault, "cannot read a folder");
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (!remove_entry(dirfd(folder), entry->d_name, fault))
            return false;
    }
}

static bool remove_entry(int inside, const char *name, struct fault *fault)
{
    if (unlinkat(inside, name, 0) == 0 || errno == ENOENT)
        return true;
    if (errno != EISDIR && errno != EPERM)
        return fault_errno(fault, "'%s': cannot remove", name);
    /* O_NOFOLLOW: what became a link since is not a folder to walk into. */
    int descriptor = openat(inside, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    CLEANUP(cleanup_folder) DIR *folder = descriptor >= 0 ? fdopendir(descriptor) : NULL;
    if (folder == NULL) {
        fault_errno(fault, "'%s': cannot open", name);
        if (descriptor >= 0)
            close(descriptor);
        return false;
    }
    if (!remove_contents(folder, fault))
        return fault_while(fault, "'%s'", name);
    if (unlinkat(inside, name, AT_REMOVEDIR) != 0)
        return fault_errno(fault, "'%s': cannot remove", name);
    return true;
}

bool file_remove_tree(const char *path, struct fault *fault)
{
    return remove_entry(AT_FDCWD, path, fault);
}

#include "bulletin/place.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "bulletin/outputs.h"
#include <fcntl.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* True where nothing is in the folder, or a bulletin and nothing else: what is replaced is removed. */
static bool holds_bulletin_at_most(const char *folder)
{
    CLEANUP(cleanup_folder) DIR *listing = opendir(folder);
    if (listing == NULL)
        return false;
    bool ours = true;
    for (const struct dirent *entry = readdir(listing); entry != NULL && ours; entry = readdir(listing))
        ours =
            strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 || outputs_has(entry->d_name);
    return ours;
}

/* A folder cannot be swapped by the name it calls itself. */
static bool is_dots(const char *target)
{
    const char *slash = strrchr(target, '/'), *name = slash == NULL ? target : slash + 1;
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool may_replace(const char *target, struct fault *fault)
{
    struct stat status;
    if (lstat(target, &status) != 0)
        return errno == ENOENT || fault_errno(fault, "'%s'", target);
    if (!S_ISDIR(status.st_mode))
        return fault_set(fault, "'%s' is not a folder (expected a new name, an empty folder or a bulletin's)",
                         target);
    if (holds_bulletin_at_most(target))
        return true;
    return fault_set(
        fault, "'%s' holds something else (expected a new name, an empty folder or a bulletin's)", target);
}

/* The folder that TARGET lies in, made where it is missing. */
static bool parent_of(const char *target, char parent[PATH_MAX], struct fault *fault)
{
    const char *slash = strrchr(target, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - target);
    if (slash == NULL)
        snprintf(parent, PATH_MAX, ".");
    else if (length == 0)
        snprintf(parent, PATH_MAX, "/");
    else
        snprintf(parent, PATH_MAX, "%.*s", (int)length, target);
    return file_make_folder(parent, fault);
}

bool place_begin(struct place *place, const char *target, struct fault *fault)
{
    char parent[PATH_MAX];
    size_t length = strlen(target);
    while (length > 1 && target[length - 1] == '/')
        length--;
    if (length == 0 || length > PATH_MAX - 64)
        return fault_set(fault, "'%s' is no name for a folder", target);
    snprintf(place->target, sizeof place->target, "%.*s", (int)length, target);
    place->beside[0] = '\0';
    if (is_dots(place->target))
        return fault_set(fault, "'%s' cannot be replaced (expected a folder by its name)", target);
    if (!may_replace(place->target, fault) || !parent_of(place->target, parent, fault))
        return false;
    char beside[PATH_MAX + 64];
    snprintf(beside, sizeof beside, "%s/.bulletin-XXXXXX", parent);
    if (strlen(beside) >= PATH_MAX || mkdtemp(beside) == NULL || chmod(beside, 0755) != 0)
        return fault_errno(fault, "'%s' could not be made", beside);
    memcpy(place->beside, beside, strlen(beside) + 1);
    return true;
}

bool place_finish(struct place *place, struct fault *fault)
{
    struct stat status;
    if (lstat(place->target, &status) != 0) {
        if (!file_rename(place->beside, place->target, fault))
            return false;
        place->beside[0] = '\0';
        return true;
    }
    if (renameat2(AT_FDCWD, place->beside, AT_FDCWD, place->target, RENAME_EXCHANGE) != 0)
        return fault_errno(fault, "'%s' could not be put in its place", place->target);
    char parent[PATH_MAX];
    bool well = parent_of(place->target, parent, fault) && file_sync(parent, fault);
    place_give_up(place); /* now the old one */
    return well;
}

void place_give_up(struct place *place)
{
    struct fault
        ignored; /* what cannot be removed is left: there is a fault on its way already, or nothing to say */
    if (place->beside[0] != '\0')
        file_remove_tree(place->beside, &ignored);
    place->beside[0] = '\0';
}
